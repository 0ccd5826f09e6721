"""A draft written out: the report's text, and its claims with their offsets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.synthetic.sentences import Number, Sentence
from benchmarks.synthetic.war import RUNNING, Draft
from sayso.model import (
    Claim,
    Count,
    Effect,
    Event,
    EventType,
    Figure,
    Report,
    Scope,
    Source,
    SourceType,
    Span,
    Status,
    Where,
)

_EFFECTS = {
    "killed": Effect.KILLED,
    "wounded": Effect.WOUNDED,
    "part": Effect.KILLED,
    "victim": Effect.KILLED,
}


def written(name: str, draft: Draft) -> tuple[Report, list[tuple[Claim, str]]]:
    """The report, and its claims with their keys, in its order."""
    first = draft.sentences[0].town
    head = f"{first.name.upper() if first else ''} ({draft.credit}) — " if draft.credit else ""
    starts, at, parts = [], len(head), []
    for sentence in draft.sentences:
        starts.append(at)
        parts.append(sentence.text)
        at += len(sentence.text) + 2
    text = head + "\n\n".join(parts)
    report = Report(
        id=name,
        text=text,
        title=draft.title.text,
        publisher=draft.outlet,
        published=draft.published,
        credit=draft.credit,
    )
    sources = [Source(draft.outlet, "publisher")]
    if draft.credit and draft.credit != draft.outlet:
        sources.append(
            Source(draft.credit, "publisher", SourceType.AGENCY, cue=f"({draft.credit})")
        )
    found = list(_claims(report, "title", 0, draft.title, sources, None))
    home = _where(draft.sentences[0], starts[0])
    for sentence, start in zip(draft.sentences, starts, strict=True):
        found += _claims(
            report,
            "text",
            start,
            sentence,
            sources,
            home if sentence.key == draft.title.key else None,
        )
    return report, found


def _spans(sentence: Sentence, start: int) -> dict[str, Span]:
    spans, at = {}, start
    for slot, words in sentence.pieces:
        if slot:
            spans[slot] = Span(words, at, at + len(words))
        at += len(words)
    return spans


def _where(sentence: Sentence, start: int) -> Where | None:
    """The place that the sentence names."""
    spans, place = _spans(sentence, start), sentence.town
    span = spans.get("place") or spans.get("country")
    if span is None or place is None:
        return None
    country = place.kind == "country"
    latitude, longitude = (None, None) if country else (place.latitude, place.longitude)
    return Where(
        span.text,
        span.start,
        span.end,
        place.name,
        place.id,
        place.country,
        latitude,
        longitude,
        "country" if country else "town",
    )


def _claims(
    report: Report,
    part: str,
    start: int,
    sentence: Sentence,
    publishers: Sequence[Source],
    home: Where | None,
) -> Iterator[tuple[Claim, str]]:
    """The claims of one sentence; one that names no place is told of the report's."""
    if not sentence.key:
        return
    spans, who = _spans(sentence, start), sentence.claimant
    sources = list(publishers)
    if who and (span := spans.get("source")):
        sources.append(
            Source(
                who.name, "claimant", who.type, who.party, span.text, span.start, span.end, "said"
            )
        )
    common: dict[str, Any] = {
        "report": report.id,
        "part": part,
        "quote": sentence.text,
        "start": start,
        "end": start + len(sentence.text),
        "sources": tuple(sources),
        "when": sentence.when,
        "where": _where(sentence, start) or home,
    }
    event = None
    if "act" in spans:
        target = spans.get("spot")
        event = Event(
            kind="event",
            trigger=spans["act"],
            type=EventType.ASSAULT,
            mode=sentence.mode,
            actor=spans.get("actor"),
            target=target,
            **common,
        ).identified(report.hash)
        yield event, sentence.key
    whole = None
    for slot, span in spans.items():
        if slot not in _EFFECTS and slot != "total":
            continue
        figure = _figure(slot, span, sentence, spans, common)
        tie = whole.id if slot == "part" and whole else None
        figure = replace(figure, event=event.id if event else None, part_of=tie).identified(
            report.hash
        )
        whole = figure if slot == "killed" else whole
        yield figure, sentence.key


def _figure(
    slot: str, span: Span, sentence: Sentence, spans: Mapping[str, Span], common: Mapping[str, Any]
) -> Figure:
    """The toll or strength that a slot tells."""
    number = sentence.numbers.get(slot, Number(span.text, 1, 1))
    kind, effect, scope, status = "toll", _EFFECTS.get(slot), Scope.INCIDENT, Status.UNKNOWN
    who = {"killed": spans.get("who"), "part": spans.get("some"), "victim": span}.get(slot)
    if sentence.running:
        kind, effect, _, status, _, _ = RUNNING[sentence.running]
        scope, who = Scope.TOTAL, spans["counted"]
    elif slot == "killed" and who:
        status = sentence.status
    counted = Count(span.text, span.start, span.end, number.low, number.high, number.approx)
    return Figure(
        kind=kind,
        count=counted,
        effect=effect,
        who=who,
        status=status,
        by=spans.get("actor"),
        scope=scope,
        **common,
    )

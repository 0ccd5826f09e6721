"""Values of the model <-> rows of the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.model import (
    Blame,
    Claim,
    Count,
    Effect,
    Event,
    EventType,
    Figure,
    Forecast,
    Mode,
    Outlook,
    Relation,
    Report,
    Scope,
    Source,
    SourceFact,
    Span,
    Statement,
    Status,
    When,
    Where,
)

_SPANS = ("count", "who", "by", "content", "cue", "trigger", "actor", "target", "about", "value")
_TIMES = ("when", "horizon")
_PLAIN = (
    "effect",
    "status",
    "scope",
    "per",
    "planned",
    "part_of",
    "event",
    "type",
    "mode",
    "blame",
    "name",
    "relation",
)


def report_row(report: Report) -> dict[str, Any]:
    """The report's columns; when it was read is for the record to add."""
    return {
        "id": report.id,
        "hash": report.hash,
        "publisher": report.publisher,
        "published": report.published,
        "title": report.title,
        "text": report.text,
        "url": report.url,
        "credit": report.credit,
        "origin": report.origin,
    }


def report_of(row: Any) -> Report:
    return Report(
        id=row.id,
        text=row.text,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        credit=row.credit,
        origin=row.origin,
    )


def claim_row(claim: Claim) -> dict[str, Any]:
    """The claim's columns, those of other kinds null. Its sources are rows of another table."""
    row: dict[str, Any] = {
        name: getattr(claim, name)
        for name in ("id", "report", "kind", "part", "quote", "start", "end", "hedge")
    }
    row |= {name: getattr(claim, name, None) for name in _PLAIN}
    for name in _SPANS:
        row |= _span_row(name, getattr(claim, name, None))
    for name in _TIMES:
        row |= _time_row(name, getattr(claim, name, None))
    where, count = claim.where, getattr(claim, "count", None)
    row |= _span_row("where", where)
    row |= {
        f"where_{name}": where and getattr(where, name)
        for name in ("name", "geonames", "country", "latitude", "longitude", "precision")
    }
    row |= {name: count and getattr(count, name) for name in ("low", "high", "approx")}
    row["parts"] = [[p.text, p.start, p.end] for p in getattr(claim, "parts", ())] or None
    return row


def _span_row(name: str, span: Span | Where | None) -> dict[str, Any]:
    return {
        f"{name}_text": span and span.text,
        f"{name}_start": span and span.start,
        f"{name}_end": span and span.end,
    }


def _time_row(name: str, when: When | None) -> dict[str, Any]:
    return {
        f"{name}_{field}": when and getattr(when, field)
        for field in ("start", "end", "text", "precision")
    }


def claim_of(row: Any, sources: tuple[Source, ...]) -> Claim:
    """The claim in a row. Raises ValueError for a kind or a value that is not one of the
    model's.
    """
    if row.kind not in _KINDS:
        raise ValueError(f"{row.kind!r} is no kind of claim")
    common = {
        name: getattr(row, name)
        for name in ("id", "report", "kind", "part", "quote", "start", "end", "hedge")
    }
    return _KINDS[row.kind](
        row, common | {"sources": sources, "when": _time(row, "when"), "where": _where(row)}
    )


def _figure(row: Any, common: dict[str, Any]) -> Claim:
    return Figure(
        **common,
        count=Count(row.count_text, row.count_start, row.count_end, row.low, row.high, row.approx),
        effect=Effect(row.effect) if row.effect else None,
        who=_span(row, "who"),
        status=Status(row.status),
        by=_span(row, "by"),
        scope=Scope(row.scope),
        per=row.per,
        planned=row.planned,
        part_of=row.part_of,
        event=row.event,
    )


def _statement(row: Any, common: dict[str, Any]) -> Claim:
    parts = tuple(Span(*part) for part in row.parts or ())
    return Statement(
        **common,
        content=_needed(row, "content"),
        parts=parts,
        cue=_span(row, "cue"),
        mode=Mode(row.mode),
    )


def _forecast(row: Any, common: dict[str, Any]) -> Claim:
    return Forecast(
        **common,
        content=_needed(row, "content"),
        cue=_span(row, "cue"),
        mode=Outlook(row.mode),
        horizon=_time(row, "horizon"),
    )


def _event(row: Any, common: dict[str, Any]) -> Claim:
    return Event(
        **common,
        trigger=_needed(row, "trigger"),
        type=EventType(row.type),
        mode=row.mode,
        actor=_span(row, "actor"),
        target=_span(row, "target"),
        blame=Blame(row.blame) if row.blame else None,
    )


def _source_fact(row: Any, common: dict[str, Any]) -> Claim:
    return SourceFact(
        **common,
        about=_needed(row, "about"),
        name=row.name,
        relation=Relation(row.relation),
        value=_needed(row, "value"),
    )


_KINDS: dict[str, Callable[[Any, dict[str, Any]], Claim]] = {
    "toll": _figure,
    "strength": _figure,
    "statement": _statement,
    "forecast": _forecast,
    "event": _event,
    "source": _source_fact,
}


def _span(row: Any, name: str) -> Span | None:
    text = getattr(row, f"{name}_text")
    return (
        Span(text, getattr(row, f"{name}_start"), getattr(row, f"{name}_end"))
        if text is not None
        else None
    )


def _needed(row: Any, name: str) -> Span:
    if (span := _span(row, name)) is None:
        raise ValueError(f"a {row.kind} without its {name}")
    return span


def _time(row: Any, name: str) -> When | None:
    text = getattr(row, f"{name}_text")
    if text is None:
        return None
    return When(
        getattr(row, f"{name}_start"),
        getattr(row, f"{name}_end"),
        text,
        getattr(row, f"{name}_precision"),
    )


def _where(row: Any) -> Where | None:
    if row.where_text is None:
        return None
    return Where(
        row.where_text,
        row.where_start,
        row.where_end,
        row.where_name,
        row.where_geonames,
        row.where_country,
        row.where_latitude,
        row.where_longitude,
        row.where_precision,
    )

"""Reports and claims for tests, made by hand: every span holds, so that what is tested is what
comes after finding.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.language.numerals import find_quantities
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
    When,
    Where,
)
from sayso.model.links import Origin, OriginKind

TOWNS = {  # name -> GeoNames id, latitude, longitude, country, precision
    "Khost": (1444362, 33.34, 69.92, "AF", "town"),
    "Gardez": (1140855, 33.60, 69.23, "AF", "town"),
    "Kandahar": (1138336, 31.61, 65.71, "AF", "town"),
    "Afghanistan": (1149361, 33.0, 66.0, "AF", "country"),
}
CIVILIANS = re.compile(r"civilian|villager|child|women|girl|boy")


def said_by(name: str) -> Origin:
    """The origin of what this body says, wherever it is cited."""
    return Origin(OriginKind.SAYS, name)


def report(
    name: str,
    text: str,
    published: str | None = "2012-10-02",
    publisher: str = "The Example",
    **more: str,
) -> Report:
    """A report of that text; `published` in ISO form."""
    day = date.fromisoformat(published) if published else None
    return Report(id=name, text=text, published=day, publisher=publisher, **more)


def toll(
    of: Report,
    words: str,
    effect: Effect = Effect.KILLED,
    *,
    who: str | None = None,
    said: str | None = None,
    day: str | None = None,
    to: str | None = None,
    place: str | None = None,
    part_of: Figure | None = None,
    scope: Scope = Scope.INCIDENT,
    kind: str = "toll",
    type: SourceType = SourceType.GOVERNMENT,  # noqa: A002 - the field's own name
    event: Event | None = None,
) -> Figure:
    """The figure whose quantity `words` stand in the report; `said` is the claimant's name, `day`
    and `to` its days.
    """
    start = of.text.index(words)
    quantity = next(iter(find_quantities(words)), None)
    low, high, approx = (
        (quantity.low, quantity.high, quantity.approx) if quantity else (1, 1, False)
    )
    sentence = _sentence(of.text, start)
    status = (
        Status.CIVILIAN
        if who and CIVILIANS.search(who)
        else Status.MILITARY
        if who and "soldier" in who
        else Status.UNKNOWN
    )
    claim = Figure(
        report=of.id,
        kind=kind,
        part="text",
        quote=of.text[sentence[0] : sentence[1]],
        start=sentence[0],
        end=sentence[1],
        count=Count(words, start, start + len(words), low, high, approx),
        effect=effect if kind == "toll" else None,
        who=_span(of.text, who) if who else None,
        status=status,
        sources=_sources(of, said, type),
        when=_when(day, to),
        where=_where(of.text, place),
        scope=scope,
        part_of=part_of.id if part_of else None,
        event=event.id if event else None,
    )
    claim.check(of)
    return claim.identified(of.hash)


def act(
    of: Report,
    trigger: str,
    kind: EventType = EventType.ASSAULT,
    mode: str | None = None,
    *,
    said: str | None = None,
    day: str | None = None,
    place: str | None = None,
    actor: str | None = None,
) -> Event:
    """The event whose trigger word stands in the report."""
    start = of.text.index(trigger)
    sentence = _sentence(of.text, start)
    claim = Event(
        report=of.id,
        kind="event",
        part="text",
        quote=of.text[sentence[0] : sentence[1]],
        start=sentence[0],
        end=sentence[1],
        trigger=Span(trigger, start, start + len(trigger)),
        type=kind,
        mode=mode,
        actor=_span(of.text, actor) if actor else None,
        sources=_sources(of, said, SourceType.GOVERNMENT),
        when=_when(day, None),
        where=_where(of.text, place),
    )
    claim.check(of)
    return claim.identified(of.hash)


def by_id(*claims: Claim) -> dict[str, Claim]:
    return {c.id: c for c in claims}


def _sources(of: Report, said: str | None, kind: SourceType) -> tuple[Source, ...]:
    publisher = Source(of.publisher, "publisher")
    if said is None:
        return (publisher,)
    lost = said == ""
    return publisher, Source(
        None if lost else said,
        "claimant",
        None if lost else kind,
        cue="according to" if lost else "said",
    )


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(". ", 0, at) + 2, text.rfind("\n", 0, at) + 1) if at else 0
    end = text.find(".", at)
    return (start if start > 1 else 0), (end + 1 if end >= 0 else len(text))


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(words, start, start + len(words))


def _when(day: str | None, to: str | None) -> When | None:
    if day is None:
        return None
    first = date.fromisoformat(day)
    last = date.fromisoformat(to) if to else first
    return When(first, last, day, "day" if last - first < timedelta(1) else "range")


def _where(text: str, place: str | None) -> Where | None:
    if place is None:
        return None
    start = text.index(place)
    if place not in TOWNS:
        return Where(place, start, start + len(place), precision="town")
    geonames, latitude, longitude, country, precision = TOWNS[place]
    return Where(
        place, start, start + len(place), place, geonames, country, latitude, longitude, precision
    )

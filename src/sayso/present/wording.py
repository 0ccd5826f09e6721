"""Claims in words that fit on a line."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from datetime import date

from sayso.model import Claim, Event, Figure, Forecast, SourceFact, Span, Statement, When, Where
from sayso.model.links import Incident


def on_a_line(words: str) -> str:
    """The words without line ends, and without the control characters by which a hostile report
    could write to a terminal.
    """
    if words.isprintable():  # as nearly all are; the rest is checked character by character
        return " ".join(words.split())
    return " ".join(
        "".join(
            "�" if unicodedata.category(c) == "Cc" and not c.isspace() else c for c in words
        ).split()
    )


def how_many(claim: Figure) -> str:
    """The interval in symbols: "3,199", "≥ 2,101", "~ 130,000", "20-30", "≤ 40", "1 a day"."""
    low, high = claim.count.low, claim.count.high
    if low is not None and high is not None:
        words = f"{low:,}" if low == high else f"{low:,}-{high:,}"
        words = f"~ {words}" if claim.count.approx else words
    elif low is not None:
        words = f"≥ {low:,}"
    elif high is not None:
        words = f"≤ {high:,}"
    else:
        words = claim.count.text
    return f"{words} a {claim.per}" if claim.per else words


def who_says(claim: Claim) -> str:
    """The claimant in words: a name, "the report itself", or that it is lost."""
    last = claim.sources[-1]
    if last.role == "publisher":
        return "the report itself"
    return on_a_line(last.name) if last.name else "(announced, but lost)"


def when_words(when: When | None) -> str:
    """The dates as a person writes them: "11 Mar 2012", "Oct 2001", "2007 to mid-2012"."""
    if when is None or (when.start is None and when.end is None):
        return ""
    if when.start is None or when.end is None:
        known = when.start or when.end
        assert known is not None
        return f"{'from' if when.start else 'to'} {_day(known)}"
    if when.start == when.end:
        return _day(when.start)
    in_units = when.start.day == 1 and _ends_month(when.end)
    if f"{when.start:%b %Y}" == f"{when.end:%b %Y}":
        return f"{when.start:%b %Y}" if in_units else f"{when.start.day} to {_day(when.end)}"
    if not in_units:
        return f"{_day(when.start)} to {_day(when.end)}"
    if when.start.month == 1 and when.end.month in (6, 12):
        first, last = f"{when.start:%Y}", f"{'mid-' if when.end.month == 6 else ''}{when.end:%Y}"
        return first if first == last else f"{first} to {last}"
    return f"{when.start:%b %Y} to {when.end:%b %Y}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def incident_when(incident: Incident) -> str:
    """The days of an incident as a person writes them."""
    return when_words(When(incident.first, incident.last, "", incident.date_precision or "day"))


def place_words(where: Where | None) -> str:
    """A place by its name in the gazetteer, else by the report's words, on one line."""
    return on_a_line(where.name or where.text) if where else ""


def counted_words(claim: Figure) -> str:
    """Who is counted, where and when, on one line."""
    who = " ".join(claim.who.text.split()) if claim.who else "" if claim.part_of else "people"
    place = " ".join(claim.where.text.split()) if claim.where else ""
    where = f", {place.title() if place.isupper() else place}" if place else ""
    when = f", {words}" if (words := when_words(claim.when)) else ""
    return f"{who}{where}{when}".lstrip(", ")


def marks(claim: Figure) -> str:
    """What to know about a figure before it is used: that it is planned, hedged, or stated by a
    party to the war.
    """
    found = ["planned"] * claim.planned + ["hedged"] * claim.hedge
    if claim.sources[-1].party:
        found.append("party to the war")
    return ", ".join(found)


def _middle(claim: Claim) -> Span:
    """The words at the middle of a claim: its count, its content, its trigger."""
    match claim:
        case Figure():
            return claim.count
        case Statement() | Forecast():
            return claim.content
        case Event():
            return claim.trigger
        case SourceFact():
            return claim.value
    raise TypeError(f"{type(claim).__name__} is not a kind of claim")


def around(claim: Claim, width: int = 90) -> str:
    """The words around the middle of a claim, cut to `width` characters."""
    at = _middle(claim).start - claim.start
    begin = max(0, min(at - width // 3, len(claim.quote) - width))
    words = on_a_line(claim.quote[begin : begin + width])
    return f"{'…' if begin else ''}{words}{'…' if begin + width < len(claim.quote) else ''}"


def what(claim: Claim) -> str:
    """What a claim says, on one line: who is counted, what was said, done, expected, or is said of
    a source.
    """
    match claim:
        case Figure():
            words = claim.who.text if claim.who else ""
        case Statement() | Forecast():
            words = claim.content.text
        case Event():
            words = _deed(claim)
        case SourceFact():
            words = f"{claim.name}: {claim.relation.value.replace('_', ' ')} {claim.value.text}"
        case _:
            words = ""
    return on_a_line(words)


def _deed(event: Event) -> str:
    actor, target = (
        (event.actor.text if event.actor else "?"),
        (event.target.text if event.target else ""),
    )
    return f"{actor}: {event.trigger.text}{f' → {target}' if target else ''}"


def sort_of(claim: Claim) -> str:
    """The kind of a claim with what narrows it: "killed", "ASSAULT aerial", "forecast, promise"."""
    match claim:
        case Figure():
            return claim.effect.value.replace("_", " ") if claim.effect else claim.kind
        case Event():
            return f"{claim.type.value} {claim.mode or ''}".strip()
        case Statement() | Forecast():
            return f"{claim.kind}, {claim.mode.value}"
    return claim.kind

"""The fields of a claim that people can correct: how a value is written, read, and put into the
claim.

Words of the report are never changed: what is corrected is what was made of them. A value for words
(`who`, `actor`) must stand in the claim's sentence; a claimant's name that does not stand there has
no offsets.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sayso.errors import DecisionError
from sayso.model import (
    Blame,
    Claim,
    Count,
    Effect,
    Event,
    EventType,
    Figure,
    Forecast,
    Outlook,
    Relation,
    Scope,
    Source,
    SourceFact,
    SourceType,
    Span,
    Statement,
    Status,
    When,
    Where,
)

OWN_VOICE = "the report itself"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class CorrectableField:
    """A field that can be corrected.

    `name` is the model's, `label` and `hint` tell a person what to write; `choices` are the only
    values, where there are some. `of` tells whether a claim has it, `written` gives its value as a
    person writes it, `put` a claim with another one; it raises DecisionError.
    """

    name: str
    label: str
    hint: str
    of: Callable[[Claim], bool]
    written: Callable[[Claim], Any]
    put: Callable[[Claim, Any], Claim]
    choices: tuple[str, ...] = ()


def fields_of(claim: Claim) -> list[CorrectableField]:
    """The fields of a claim that can be corrected, the most important first."""
    return [f for f in FIELDS.values() if f.of(claim)]


def written(claim: Claim, name: str) -> Any:
    """A field's value as it is written in a correction. Raises DecisionError for a field that the
    claim has not.
    """
    return _field(claim, name).written(claim)


def corrected(claim: Claim, name: str, value: Any) -> Claim:
    """The claim with another value in a field. Raises DecisionError for a field that it has not, or
    a value that is none.
    """
    return _field(claim, name).put(claim, value)


def _put(claim: Claim, name: str, value: Any) -> Claim:
    fields: dict[str, Any] = {name: value}
    return replace(claim, **fields)


def _field(claim: Claim, name: str) -> CorrectableField:
    found = FIELDS.get(name)
    if found is None or not found.of(claim):
        names = ", ".join(f.name for f in fields_of(claim))
        raise DecisionError(
            f"{name!r} is no field of a {claim.kind} that can be corrected; expected one of {names}"
        )
    return found


# The fields of an incident that can be corrected, with what a person writes for them.
GROUP_FIELDS = {
    "when": "2012-03-11, 2012-03, or 2012-03-11/2012-03-14",
    "where": "a place's name",
    "type": "a PLOVER type",
}


def group_value(name: str, value: Any) -> When | Where | str | None:
    """The value that a correction gives a field of an incident. Raises DecisionError for another
    field, or a value that is none.
    """
    match name:
        case "when":
            return dates(str(value))
        case "where":
            return place(value)
        case "type":
            return _one_of(str(value), tuple(EventType))
    raise DecisionError(
        f"{name!r} is no field of an incident that can be corrected; expected one of "
        f"{', '.join(GROUP_FIELDS)}"
    )


# -- how many ------------------------------------------------------------------

_NUMBER = r"\d[\d,. ]*"
_FORMS = (
    (re.compile(rf"(?P<about>~|about )?\s*(?P<low>{_NUMBER})"), True, True),
    (
        re.compile(
            rf"(?P<about>~|about )?\s*(?P<low>{_NUMBER})\s*(?:-|–|to)\s*(?P<high>{_NUMBER})"
        ),
        True,
        True,
    ),
    (re.compile(rf"(?:≥|>=|at least )\s*(?P<low>{_NUMBER})|(?P<low_>{_NUMBER})\+"), True, False),
    (re.compile(rf"(?:≤|<=|at most )\s*(?P<high>{_NUMBER})"), False, True),
)
# The largest number of people that a figure can hold: more than have ever lived.
_MOST = 200_000_000_000


def interval(words: str) -> tuple[int | None, int | None, bool]:
    """The interval that a person writes: "16", "16-20", "≥ 16" or "16+", "≤ 40", "~ 100"; and
    whether it is about so many.

    Raises DecisionError for anything else.
    """
    text = " ".join(words.split()).lower()
    for form, has_low, has_high in _FORMS:
        if m := form.fullmatch(text):
            groups = m.groupdict()
            low = _whole(groups.get("low") or groups.get("low_"), words) if has_low else None
            high = (
                _whole(groups.get("high"), words)
                if groups.get("high")
                else low
                if has_high
                else None
            )
            if low is not None and high is not None and low > high:
                raise DecisionError(
                    f"{words!r}: {low:,} is more than {high:,}; write the smaller number first"
                )
            return low, high, bool(groups.get("about"))
    raise DecisionError(
        f"{words!r} is no number of people; expected 16, 16-20, ≥ 16, ≤ 40, or ~ 100"
    )


def _whole(digits: str | None, words: str) -> int:
    number = int(re.sub(r"[,. ]", "", digits or ""))
    if number > _MOST:
        raise DecisionError(
            f"{words!r} is more people than have ever lived; expected 16, 16-20, ≥ 16, ≤ 40, "
            f"or ~ 100"
        )
    return number


def _interval_written(claim: Claim) -> str:
    assert isinstance(claim, Figure)
    low, high = claim.count.low, claim.count.high
    if low is None:
        return f"≤ {high:,}" if high is not None else ""
    words = f"≥ {low:,}" if high is None else f"{low:,}" if low == high else f"{low:,}-{high:,}"
    return f"~ {words}" if claim.count.approx and high is not None else words


def _put_interval(claim: Claim, value: Any) -> Claim:
    assert isinstance(claim, Figure)
    low, high, about = interval(str(value))
    return replace(
        claim, count=Count(claim.count.text, claim.count.start, claim.count.end, low, high, about)
    )


# -- when and where --------------------------------------------------------------


def dates(words: str) -> When | None:
    """The days that a person writes in ISO 8601: "2012-03-11", "2012-03", "2012",
    "2012-03-11/2012-04", "2001/.."; none for "".

    Raises DecisionError for anything else.
    """
    text = words.strip()
    if not text:
        return None
    first, slash, last = text.partition("/")
    start, precision = _day(first, last=False, words=words)
    end, _ = _day(last or first, last=True, words=words)
    if start and end and start > end:
        raise DecisionError(f"{words!r}: it ends before it begins; write the earlier day first")
    return When(start, end, text, "range" if slash else precision)


def _day(text: str, *, last: bool, words: str) -> tuple[date | None, str]:
    """The first or last day of a year, month or day, and which of them it is; None for an open
    end.
    """
    text = text.strip()
    if text == "..":
        return None, "range"
    m = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    try:
        if m is None:
            raise ValueError(text)
        year, month, day = (int(g) if g else None for g in m.groups())
        assert year is not None
        known = month or (12 if last else 1)
        precision = "day" if day else "month" if month else "year"
        return date(
            year, known, day or (calendar.monthrange(year, known)[1] if last else 1)
        ), precision
    except ValueError:
        raise DecisionError(
            f"{words!r} is no day; expected 2012-03-11, 2012-03, 2012, 2012-03-11/2012-03-14, "
            f"or 2001/.."
        ) from None


def dates_written(when: When | None) -> str:
    """Days as `dates` reads them."""
    if when is None or (when.start is None and when.end is None):
        return ""
    if when.precision in ("day", "month", "year") and when.start:
        whole = {
            "day": f"{when.start}",
            "month": f"{when.start:%Y-%m}",
            "year": f"{when.start:%Y}",
        }[when.precision]
        if (told := dates(whole)) and (told.start, told.end) == (when.start, when.end):
            return whole
    if when.start == when.end:
        return f"{when.start}"
    return f"{when.start or '..'}/{when.end or '..'}"


_WHERE = ("text", "name", "geonames", "country", "latitude", "longitude", "precision")


def place(value: Any) -> Where | None:
    """The place that a correction holds: the words alone, or an object with the fields of a
    gazetteer's entry; none for "".

    Raises DecisionError for anything else.
    """
    if isinstance(value, str):
        return Where(" ".join(value.split()), None, None) if value.strip() else None
    if isinstance(value, dict) and isinstance(value.get("text"), str) and set(value) <= set(_WHERE):
        return Where(start=None, end=None, **value)
    raise DecisionError(f"{value!r} is no place; expected its name, or an entry of the gazetteer")


def place_written(where: Where | None) -> Any:
    """A place as `place` reads it: an object where it is an entry of the gazetteer, else its
    words.
    """
    if where is None:
        return ""
    return (
        {name: getattr(where, name) for name in _WHERE}
        if where.geonames is not None or where.country
        else where.text
    )


# -- who says so, and words of the sentence -------------------------------------------


def _claimant(claim: Claim) -> Source | None:
    last = claim.sources[-1] if claim.sources else None
    return last if last is not None and last.role == "claimant" else None


def _claimant_written(claim: Claim) -> str:
    source = _claimant(claim)
    return OWN_VOICE if source is None else source.name or ""


def _put_claimant(claim: Claim, value: Any) -> Claim:
    """Another claimant; `OWN_VOICE` for none, "" for one that is announced but lost."""
    name = " ".join(str(value).split())
    before = _claimant(claim)
    chain = claim.sources[:-1] if before else claim.sources
    if name.casefold() == OWN_VOICE:
        return replace(claim, sources=chain)
    if before and name == (before.name or ""):
        return claim
    at = claim.quote.find(name) if name else -1
    span = (name, claim.start + at, claim.start + at + len(name)) if at >= 0 else (None, None, None)
    source = Source(
        name or None,
        "claimant",
        before.type if before else None,
        before.party if before else False,
        *span,
    )
    return replace(claim, sources=(*chain, source))


def _with_claimant(**fields: Any) -> Callable[[Claim], Claim]:
    def put(claim: Claim) -> Claim:
        source = _claimant(claim)
        if source is None:
            raise DecisionError("the report itself says so; correct the claimant first")
        return replace(claim, sources=(*claim.sources[:-1], replace(source, **fields)))

    return put


def _span_field(name: str, label: str, kind: type[Claim], hint: str) -> CorrectableField:
    def show(claim: Claim) -> str:
        span = getattr(claim, name)
        return " ".join(span.text.split()) if span else ""

    def put(claim: Claim, value: Any) -> Claim:
        return _put(claim, name, _in_sentence(claim, str(value)))

    return CorrectableField(name, label, hint, lambda c: isinstance(c, kind), show, put)


def _in_sentence(claim: Claim, words: str) -> Span | None:
    """The words where they stand in the claim's sentence, the nearest to its core. Raises
    DecisionError when they do not.
    """
    if not words.strip():
        return None
    pattern = re.compile(r"\s+".join(re.escape(w) for w in words.split()))
    found = [
        (m.start() + claim.start, m.end() + claim.start) for m in pattern.finditer(claim.quote)
    ]
    if not found:
        raise DecisionError(
            f"{words!r} does not stand in the sentence; copy the words from it: "
            f"{claim.quote[:200]!r}"
        )
    start, end = min(found, key=lambda at: abs(at[0] - claim.core.start))
    return Span(claim.quote[start - claim.start : end - claim.start], start, end)


# -- values from a list --------------------------------------------------------------


def _enum_field(
    name: str,
    label: str,
    kind: type[Claim],
    values: type[StrEnum],
    *,
    optional: bool = False,
    leave: tuple[str, ...] = (),
) -> CorrectableField:
    choices = tuple(v.value for v in values if v.value not in leave)

    def put(claim: Claim, value: Any) -> Claim:
        if optional and not value:
            return _put(claim, name, None)
        return _put(claim, name, values(_one_of(str(value), (*choices, *leave))))

    def show(claim: Claim) -> str:
        return getattr(claim, name) or ""

    return CorrectableField(
        name,
        label,
        "",
        lambda c: isinstance(c, kind) and (optional or getattr(c, name) is not None),
        show,
        put,
        (*([""] * optional), *choices),
    )


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise DecisionError(f"{value!r} is none of {', '.join(choices)}")
    return value


def _flag_field(name: str, label: str, kind: type[Claim]) -> CorrectableField:
    def put(claim: Claim, value: Any) -> Claim:
        return _put(claim, name, _yes(value))

    return CorrectableField(
        name,
        label,
        "",
        lambda c: isinstance(c, kind),
        lambda c: YES if getattr(c, name) else NO,
        put,
        (YES, NO),
    )


def _yes(value: Any) -> bool:
    return _one_of(str(value), (YES, NO)) == YES


def _time_field(name: str, label: str, kind: type[Claim]) -> CorrectableField:
    hint = "2012-03-11, 2012-03, 2012, 2012-03-11/2012-03-14, or 2001/.. for an open end"

    def put(claim: Claim, value: Any) -> Claim:
        return _put(claim, name, dates(str(value)))

    return CorrectableField(
        name,
        label,
        hint,
        lambda c: isinstance(c, kind),
        lambda c: dates_written(getattr(c, name)),
        put,
    )


_ALL: tuple[CorrectableField, ...] = (
    CorrectableField(
        "count",
        "how many",
        "16, 16-20, ≥ 16, ≤ 40, or ~ 100",
        lambda c: isinstance(c, Figure),
        _interval_written,
        _put_interval,
    ),
    _enum_field("effect", "what happened to them", Figure, Effect),
    _span_field("who", "who is counted", Figure, "words of the sentence"),
    _enum_field("status", "as what they are counted", Figure, Status),
    _enum_field("scope", "one incident or a total", Figure, Scope, leave=(Scope.RATE,)),
    _enum_field("type", "type of event", Event, EventType),
    _span_field("actor", "who did it", Event, "words of the sentence"),
    _span_field("target", "to whom", Event, "words of the sentence"),
    _enum_field("blame", "how it is laid at the actor's door", Event, Blame, optional=True),
    _enum_field("mode", "kind of forecast", Forecast, Outlook),
    _time_field("horizon", "by when", Forecast),
    _enum_field("relation", "what is said of it", SourceFact, Relation),
    CorrectableField(
        "claimant",
        "who says so",
        f"a name, empty for one that is lost, or “{OWN_VOICE}”",
        lambda c: bool(c.sources),
        _claimant_written,
        _put_claimant,
    ),
    CorrectableField(
        "claimant_type",
        "what kind of claimant",
        "",
        lambda c: _claimant(c) is not None,
        lambda c: (s.type or "") if (s := _claimant(c)) else "",
        lambda c, v: _with_claimant(
            type=SourceType(_one_of(str(v), tuple(SourceType))) if v else None
        )(c),
        ("", *SourceType),
    ),
    CorrectableField(
        "party",
        "claimant is a party to it",
        "",
        lambda c: _claimant(c) is not None,
        lambda c: YES if (s := _claimant(c)) and s.party else NO,
        lambda c, v: _with_claimant(party=_yes(v))(c),
        (YES, NO),
    ),
    _time_field("when", "when", Claim),
    CorrectableField(
        "where",
        "where",
        "a place's name",
        lambda c: not isinstance(c, Statement | SourceFact),
        lambda c: place_written(c.where),
        lambda c, v: replace(c, where=place(v)),
    ),
    _span_field("by", "by whom", Figure, "words of the sentence"),
    _flag_field("planned", "planned, not yet so", Figure),
    _flag_field("hedge", "hedged", Claim),
)
FIELDS = {f.name: f for f in _ALL}

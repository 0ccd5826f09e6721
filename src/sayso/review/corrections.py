"""The fields of a claim that people can correct: how a value is written, read, and put into the
claim.

Which they are, their labels and hints, stands where the fields are declared
(`sayso.model.claims`); how each type of value is written is said here. Words of the report are
never changed: what is corrected is what was made of them. A value for words (`who`, `actor`) must
stand in the claim's sentence; a claimant's name that does not stand there has no offsets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from sayso.errors import DecisionError
from sayso.model import (
    Claim,
    Count,
    EventType,
    Figure,
    Source,
    SourceType,
    Span,
    When,
    Where,
)
from sayso.model.declaring import Correction
from sayso.model.fields import CLASS_OF, Field
from sayso.model.fields import fields_of as declared_fields
from sayso.review.writing import (
    dates,
    dates_written,
    interval,
    interval_written,
    place,
    place_written,
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
    return [f for f in _fields_of(claim.kind) if f.of(claim)]


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
    fields = fields_of(claim)
    found = next((f for f in fields if f.name == name), None)
    if found is None:
        names = ", ".join(f.name for f in fields)
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


# -- fields as they are declared --------------------------------------------------------


@cache
def _fields_of(kind: str) -> tuple[CorrectableField, ...]:
    """The fields of a kind of claims that can be corrected: its own, who says so, those of every
    claim, and what is asked aside.
    """
    common = {f.name for f in declared_fields(Claim)}
    declared = ((f, f.description.correction) for f in declared_fields(CLASS_OF[kind]))
    found = [(f, c) for f, c in declared if c is not None and kind not in c.not_of]
    # What is asked aside comes last, and what every claim has after its kind's own.
    found.sort(key=lambda fc: (fc[1].aside, fc[0].name in common))
    fields = [(f.name in common or c.aside, _correctable(f, c)) for f, c in found]
    own = [made for later, made in fields if not later]
    return *own, *_CLAIMANT_FIELDS, *(made for later, made in fields if later)


def _correctable(field: Field, correction: Correction) -> CorrectableField:
    """How a field is corrected, by the type of its value."""
    written, way, choices = _way(field, correction)

    def put(claim: Claim, value: Any) -> Claim:
        if value in ("", None) and not choices and not correction.clearable:
            raise DecisionError(f"{correction.label} cannot be empty; expected {correction.hint}")
        return way(claim, value)

    return CorrectableField(
        field.name, correction.label, correction.hint, lambda _: True, written, put, choices
    )


_Written = Callable[[Claim], Any]
_Put = Callable[[Claim, Any], Claim]


def _way(field: Field, correction: Correction) -> tuple[_Written, _Put, tuple[str, ...]]:
    """How a value of the field is written, how it is put into a claim, and the only values."""

    def value(claim: Claim) -> Any:
        return getattr(claim, field.name)

    kind = field.type
    if kind is When:
        return (
            lambda c: dates_written(value(c)),
            lambda c, v: _put(c, field.name, dates(str(v))),
            (),
        )
    if kind is Where:
        return lambda c: place_written(value(c)), lambda c, v: _put(c, field.name, place(v)), ()
    if kind is Count:
        return lambda c: interval_written(value(c)), _put_interval, ()
    if kind is Span:
        return (
            lambda c: " ".join(s.text.split()) if (s := value(c)) else "",
            lambda c, v: _put(c, field.name, _in_sentence(c, str(v))),
            (),
        )
    if kind is bool:
        return (
            lambda c: YES if value(c) else NO,
            lambda c, v: _put(c, field.name, _yes(v)),
            (YES, NO),
        )
    return _enumeration(field, correction)


def _enumeration(field: Field, correction: Correction) -> tuple[_Written, _Put, tuple[str, ...]]:
    values: type[StrEnum] = field.type
    offered = tuple(v for v in field.values if v not in correction.unoffered)

    def put(claim: Claim, value: Any) -> Claim:
        if correction.clearable and not value:
            return _put(claim, field.name, None)
        return _put(claim, field.name, values(_one_of(str(value), field.values)))

    choices = (*([""] * correction.clearable), *offered)
    return lambda c: getattr(c, field.name) or "", put, choices


def _put_interval(claim: Claim, value: Any) -> Claim:
    assert isinstance(claim, Figure)
    low, high, about = interval(str(value))
    count = claim.count
    return replace(claim, count=Count(count.text, count.start, count.end, low, high, about))


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise DecisionError(f"{value!r} is none of {', '.join(choices)}")
    return value


def _yes(value: Any) -> bool:
    return _one_of(str(value), (YES, NO)) == YES


# Who says so is no field of its own: it is the last link of the chain of sources.
_CLAIMANT_FIELDS: tuple[CorrectableField, ...] = (
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
)

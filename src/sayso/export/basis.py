"""Which of an incident's claims give its days, its place and its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sayso.export.cells import Basis
from sayso.export.material import Material
from sayso.model import Claim, Count, Effect, Figure, Report, Span, Where
from sayso.model.links import Coded, Incident

# Words before a place's name that put the event near it, not in it: "near Tal Qarrah", "15 km
# north of Gwoza".
_NEAR = re.compile(
    r"""
    (?: \b
        (?: near|nearby|outside|around|close\ to|not\ far\ from
          | in\ the\ (?:vicinity|outskirts|countryside|area)\ of
          | on\ the\ (?:outskirts|edge|road\ to)\ (?:of\ )?
          | # a direction: "south-western of"
            (?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?\ of
          | # a distance: "miles away from"
            (?:km|kilomet(?:er|re)s?|miles?)\ (?:away\ )?from
        )
    )
    (?:\ (?:the|a|of|town|city|village))*\ ?$""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE = 40


def dated(claims: Sequence[Claim], first: date, last: date) -> tuple[Basis, ...]:
    """The claims that give both days; where none does, those that give either of them."""
    days = [(c, (c.when.start, c.when.end)) for c in claims if c.when]
    both = [c for c, given in days if given == (first, last)]
    return tuple(
        Basis(c, _day_words(c))
        for c in both or [c for c, given in days if first in given or last in given]
    )


def _day_words(claim: Claim) -> Span | None:
    """The words that give a claim's day, where they stand in its quote exactly once."""
    words = claim.when.text if claim.when else ""
    if not words or claim.quote.count(words) != 1:
        return None
    start = claim.start + claim.quote.index(words)
    return Span(words, start, start + len(words))


def placed(claims: Sequence[Claim], incident: Incident) -> tuple[Basis, ...]:
    """The claims that name the incident's place, by the same gazetteer entry or the same words."""
    return tuple(
        Basis(c, _place_words(c.where))
        for c in claims
        if c.where and incident.where and _same(c.where, incident.where)
    )


def _same(one: Where, other: Where) -> bool:
    if one.geonames is not None and other.geonames is not None:
        return one.geonames == other.geonames
    return one.text.casefold() == other.text.casefold()


def _place_words(where: Where) -> Span | None:
    return (
        Span(where.text, where.start, where.end)
        if where.start is not None and where.end is not None
        else None
    )


def only_near(basis: Sequence[Basis], material: Material) -> bool:
    """Whether every claim that names the place puts the event near it, outside it, or some distance
    from it.
    """
    naming = [b for b in basis if b.words]
    return bool(naming) and all(_is_near(b, material.reports[b.claim.report]) for b in naming)


def _is_near(basis: Basis, report: Report) -> bool:
    assert basis.words is not None
    words = report.part(basis.claim.part)
    return _NEAR.search(words[max(0, basis.words.start - _BEFORE) : basis.words.start]) is not None


def deciding(material: Material, coded: Coded, *steps: str) -> tuple[Basis, ...]:
    """The claims behind the policy's steps that begin with these words; where it has no such steps,
    all killed figures that decided.
    """
    ids = dict.fromkeys(
        c for step in coded.steps if step.words.startswith(steps) for c in step.claims
    )
    if not ids:
        ids = dict.fromkeys(c for c in coded.deciding if _is_of_killed(material.claims.get(c)))
    return tuple(counted(claim) for c in ids if (claim := material.claims.get(c)) is not None)


def _is_of_killed(claim: Claim | None) -> bool:
    return isinstance(claim, Figure) and claim.effect in (Effect.KILLED, Effect.KILLED_OR_WOUNDED)


def rule_of(coded: Coded, *steps: str) -> str:
    """The policy's steps that begin with these words, as one text."""
    words = dict.fromkeys(step.words for step in coded.steps if step.words.startswith(steps))
    return "; ".join((f"under the policy {coded.policy}", *words))


def counted(claim: Claim) -> Basis:
    """A claim with the words of its quantity, where it has one."""
    return Basis(claim, _quantity(claim.count) if isinstance(claim, Figure) else None)


def _quantity(count: Count) -> Span:
    return Span(count.text, count.start, count.end)

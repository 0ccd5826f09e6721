"""ACLED's notes: what each source says, in a sentence of our own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sayso.export.basis import counted
from sayso.export.cells import Cell
from sayso.export.material import Material
from sayso.model import Claim, Effect, Figure, Scope
from sayso.model.links import Coded, Incident

# A note is short: numbers after this many are counted, not listed.
_MOST = 6


def note(material: Material, incident: Incident, coded: Coded, claims: Sequence[Claim]) -> Cell:
    """When and where; how many according to whom; how many reports and independent origins; and the
    policy's notes.
    """
    tolls = [
        c
        for c in claims
        if isinstance(c, Figure) and c.effect and c.scope is Scope.INCIDENT and not c.part_of
    ]
    counts = (
        f"{_several(len(incident.reports), 'report')}, "
        f"{_several(incident.origins, 'independent origin')}"
    )
    figures = [
        _figures(material, effect, of)
        for effect in Effect
        if (of := [t for t in tolls if t.effect is effect])
    ]
    words = ". ".join(
        " ".join(s.split()) for s in (_setting(incident), *figures, counts, *coded.notes) if s
    )
    return Cell(
        f"{words}.",
        "the figures by source, and the policy's notes",
        tuple(map(counted, tolls)),
        incident.reports,
    )


def _figures(material: Material, effect: Effect, tolls: Sequence[Figure]) -> str:
    """Every number with those who give it: "Killed: 40 (the UN; Reuters), at least 22 (medics)"."""
    by_number: dict[str, dict[str, None]] = defaultdict(dict)
    for toll in tolls:
        by_number[_number(toll)][_claimant(material, toll)] = None
    listed = [f"{number} ({'; '.join(claimants)})" for number, claimants in by_number.items()]
    more = [f"and {len(listed) - _MOST} more"] if len(listed) > _MOST else []
    return f"{effect.value.replace('_', ' ').capitalize()}: {', '.join([*listed[:_MOST], *more])}"


def _setting(incident: Incident) -> str:
    place = (incident.where.name or incident.where.text) if incident.where else ""
    days = ""
    if incident.first and incident.last:
        days = (
            _day(incident.first)
            if incident.first == incident.last
            else f"{_day(incident.first)} to {_day(incident.last)}"
        )
    return ", ".join(p for p in (days, place) if p)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _number(toll: Figure) -> str:
    low, high = toll.count.low, toll.count.high
    if low is not None and high is not None:
        return (
            f"{'about ' if toll.count.approx else ''}{low}" if low == high else f"{low} to {high}"
        )
    if low is None and high is None:
        return f'"{" ".join(toll.count.text.split())}"'
    return f"at least {low}" if low is not None else f"at most {high}"


def _claimant(material: Material, toll: Figure) -> str:
    last = toll.sources[-1] if toll.sources else None
    if last is None or last.role == "publisher":
        return material.reports[toll.report].publisher or "a report"
    return last.name or "a source that is not named"


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"

"""Tolls over time under a coding policy, a row for each group of people: a bar for the best figure,
a line from the low to the high one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.errors import SaysoError
from sayso.model.links import Coded, Incident, Range
from sayso.plot.bars import bars
from sayso.plot.look import BETWEEN, PLAIN, SPOKEN, Look, Spec, counted, framed
from sayso.plot.periods import Unit, in_words, middle, period_start, unit_for
from sayso.present.wording import on_a_line

Row = dict[str, Any]
# The group whose periods count every incident.
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Period:
    """How many of a group were killed in a day, a month or a year.

    `start` is its first day, as `period_start` gives it. `who` is "everybody", "civilians",
    "combatants", "status unknown", or other words for the people. `low`, `best` and `high` are
    people; `best` is None where the policy gives none. `incidents` is how many incidents the
    figures are the sum of.
    """

    start: date
    unit: Unit
    who: str
    low: int
    best: int | None
    high: int
    incidents: int


# Each group that is counted, with its sides of a coded incident.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "civilians": ("civilians",),
    "combatants": ("side_a", "side_b"),
    "status unknown": ("unknown",),
}


def periods(incidents: Iterable[tuple[Incident, Coded]]) -> list[Period]:
    """The killed of incidents, each with its figures under one policy, by day, month or year and by
    who is counted.

    An incident without a day, or without any number of killed, is left out. Each counts at its
    first day.
    """
    dated = [(i.first, c) for i, c in incidents if i.first is not None and c.killed != Range()]
    if not dated:
        return []
    days = [day for day, _ in dated]
    unit = unit_for(min(days), max(days))
    by_period: dict[date, list[Coded]] = defaultdict(list)
    for day, coded in dated:
        by_period[period_start(day, unit)].append(coded)
    groups = [EVERYBODY, *_GROUPS]
    found = [
        p
        for who in groups
        for start in sorted(by_period)
        if (p := _period(start, unit, who, by_period[start])) is not None
    ]
    counted = {p.who for p in found if p.high}
    return [p for p in found if p.who in counted]


def _period(start: date, unit: Unit, who: str, coded: Sequence[Coded]) -> Period | None:
    shares = (
        [c.killed for c in coded]
        if who == EVERYBODY
        else [s for c in coded for side in _GROUPS[who] if (s := c.sides.get(side))]
    )
    shares = [s for s in shares if s != Range()]
    if not shares:
        return None
    low, high = sum(s.low or 0 for s in shares), sum(_most(s) for s in shares)
    best = (
        None
        if all(s.best is None for s in shares)
        else sum(s.best if s.best is not None else s.low or 0 for s in shares)
    )
    return Period(start, unit, who, low, best, max(high, best or 0), len(shares))


def _most(share: Range) -> int:
    return next((n for n in (share.high, share.best, share.low) if n is not None), 0)


def tolls_chart(periods: Sequence[Period], policy: str, look: Look = PLAIN) -> Spec:
    """The Vega-Lite spec of tolls over time.

    `periods` are all of one unit; each group that is counted gets a row, in order of appearance.
    `policy` is the name of the policy that the figures are from; `look` is for where it is drawn.
    Raises SaysoError when there is no period, or they are of several units.
    """
    if not periods:
        raise SaysoError(
            "tolls over time cannot be drawn: no incident has both a day and a number of "
            "killed under this policy; "
            "choose another policy, or a record with such incidents"
        )
    units = {p.unit for p in periods}
    if len(units) > 1:
        raise SaysoError(
            f"tolls over time cannot be drawn by {' and by '.join(sorted(units))} at once; "
            f"give all periods one unit"
        )
    unit = periods[0].unit
    title, under = f"People killed, by {unit}", _under(periods, policy)
    rows = [_row(p) for p in periods]
    figures = "; ".join(f"{r['when']}, {r['who']}: {r['figure']}" for r in rows[:SPOKEN])
    return framed(
        title,
        under,
        f"{title}. {under[0]}. {figures}",
        bars(rows, [p.start for p in periods], unit, look),
        look,
    )


def _under(periods: Sequence[Period], policy: str) -> list[str]:
    """What stands below the title: how many incidents, under which policy, and what the marks
    mean.
    """
    first, last = min(p.start for p in periods), max(p.start for p in periods)
    days = " to ".join(dict.fromkeys(in_words(day, periods[0].unit) for day in (first, last)))
    everybody = sum(p.incidents for p in periods if p.who == EVERYBODY)
    what = counted(everybody, "incident") if everybody else "Incidents"
    notes = [
        "bar: best figure" if any(p.best is not None for p in periods) else "",
        "line: low to high" if any(_has_line(p) for p in periods) else "",
        "line without a bar: no best figure" if any(p.best is None for p in periods) else "",
        "each row has its own scale" if len({p.who for p in periods}) > 1 else "",
    ]
    return [
        f"{what}, {days}, figures under the policy {on_a_line(policy)}",
        BETWEEN.join(n for n in notes if n),
    ]


def _has_line(period: Period) -> bool:
    """Whether there is more to show than the best figure alone."""
    return period.best is None or period.low != period.high


def _row(period: Period) -> Row:
    ends = f"{period.low:,}" if period.low == period.high else f"{period.low:,}-{period.high:,}"
    best = "" if period.best is None else f"{period.best:,}"
    return {
        "who": on_a_line(period.who),
        "at": middle(period.start, period.unit).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"),
        "when": in_words(period.start, period.unit),
        "low": period.low,
        "best": period.best,
        "high": period.high,
        "line": _has_line(period),
        "figure": ends if best in ("", ends) else f"{best} ({ends})",
        "incidents": period.incidents,
    }

"""Running totals, rates and strengths -> series: one quantity, reported again over time.

Two figures are of one quantity when they count the same people, in the same place, from the same
beginning, in the same way. Each of these must be equal rather than similar, since a total is
defined by them: a toll of one day never joins a running total, and a figure whose beginning is not
given joins one only where just one can be meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sayso.link.mentions import days_of, is_about_incident, place_key, without_offsets
from sayso.model import Claim, Figure, Report, Scope, Status
from sayso.model.links import Origin, Series, group_id, independent_origins

# "Since March 2011" and "since 15 March 2011" may be the same beginning: the most days between
# such two.
_SAME_BEGINNING = 46
# A total over fewer days than this is of a battle or a day's fighting, and the same only over the
# same days.
_SHORT_DAYS = 45
# Two totals of one quantity, reported within a year of each other, differ by less than this factor.
_FACTOR = 4.0

# Words for everybody whom a report counts.
_EVERYBODY = frozenset(
    "people persons dead deaths victims lives casualties fatalities others bodies person".split()
)
_SMALL = frozenset("the a an of in and or its their his other more some all these those".split())


@dataclass(frozen=True)
class _Total:
    """A figure with what must match for it to be of the same quantity as another."""

    claim: Figure
    published: date | None

    @cached_property
    def who(self) -> str:
        """The head of the words for those counted: "Syrian civilians" -> "civilians"; "people" and
        no words at all are everybody.
        """
        words = [
            w
            for w in re.findall(
                r"[\w-]+", (self.claim.who.text if self.claim.who else "").casefold()
            )
            if w not in _SMALL
        ]
        if not words or (
            words[-1] in _EVERYBODY and self.claim.status in (Status.UNKNOWN, Status.MIXED)
        ):
            return "people"
        if self.claim.status is Status.CIVILIAN and not {
            "children",
            "women",
            "journalists",
            "medics",
            "workers",
        } & set(words):
            return "civilians"
        return str(words[-1])

    @cached_property
    def span(self) -> tuple[date | None, date | None]:
        when = self.claim.when
        return (when.start if when else None), (when.end if when else None)

    @property
    def until(self) -> date | None:
        """The day up to which it counts; where it gives none, the day of publication."""
        return self.span[1] or self.published

    @cached_property
    def is_short(self) -> bool:
        days = days_of(self.claim.when)
        return days is not None and (days[1] - days[0]).days < _SHORT_DAYS

    @property
    def key(self) -> tuple[object, ...]:
        """What must be the same: kind, effect, people, place, unit of a rate, and the days of a
        short total.
        """
        c = self.claim
        place = place_key(c.where) if c.where else ""
        short = self.span if self.is_short else None
        return (
            c.kind,
            c.effect,
            self.who,
            place,
            c.scope is Scope.RATE and c.per,
            c.part_of is not None,
            short,
        )


def link_series(
    reports: Sequence[Report], claims: Iterable[Claim], origin: Mapping[str, Origin]
) -> tuple[Series, ...]:
    """The series of totals, of rates, and of the strength of a force; the longest first."""
    published = {r.id: r.published for r in reports}
    by_key: dict[tuple[object, ...], list[_Total]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Figure) and _is_running(claim):
            total = _Total(claim, published.get(claim.report))
            by_key[total.key].append(total)
    series = [_series(group, origin) for totals in by_key.values() for group in _split(totals)]
    return tuple(sorted(series, key=lambda s: (-len(s.claims), s.id)))


def _is_running(claim: Figure) -> bool:
    """Whether a figure is of a running quantity: a total, a rate, a force's strength; whatever is
    not of one incident.
    """
    return not is_about_incident(claim)


def _split(totals: list[_Total]) -> list[list[_Total]]:
    """Totals with the same key by their beginnings; those that give none go to the only group that
    they fit, else into groups of their own.
    """
    groups: list[list[_Total]] = []
    for total in sorted(
        (t for t in totals if t.span[0]), key=lambda t: (t.until or date.max, t.claim.id)
    ):
        fitting = [g for g in groups if _same_beginning(g[0], total) and _fits(g, total)]
        if fitting:
            min(fitting, key=lambda g: _days_between(g[0], total)).append(total)
        else:
            groups.append([total])
    undated: list[list[_Total]] = []
    for total in sorted(
        (t for t in totals if not t.span[0]), key=lambda t: (t.until or date.max, t.claim.id)
    ):
        fitting = [g for g in groups if _fits(g, total)]
        if len(fitting) == 1:
            fitting[0].append(total)
        elif (
            near := next((g for g in undated if _fits(g, total)), None)
        ) is not None and not fitting:
            near.append(total)
        else:
            undated.append([total])
    return groups + undated


def _days_between(a: _Total, b: _Total) -> int:
    one, other = a.span[0], b.span[0]
    return abs((one - other).days) if one and other else 0


def _same_beginning(a: _Total, b: _Total) -> bool:
    """Whether both may begin on the same day: "since March 2011", "since 15 March 2011", and "since
    2011", of which only the year is known.
    """
    one, other = a.span[0], b.span[0]
    if one is None or other is None:
        return False
    year_only = one.year == other.year and (1, 1) in (
        (one.month, one.day),
        (other.month, other.day),
    )
    return year_only or _days_between(a, b) <= _SAME_BEGINNING


def _fits(group: Sequence[_Total], total: _Total) -> bool:
    """Whether a total's size fits the total of the group that is nearest in time."""
    if not total.claim.count.size:
        return True
    near = min(
        group, key=lambda t: abs((t.until - total.until).days) if t.until and total.until else 0
    )
    years = abs((near.until - total.until).days) / 365 if near.until and total.until else 0.0
    factor = _FACTOR * (1 + years)
    return (
        not near.claim.count.size
        or 1 / factor <= near.claim.count.size / total.claim.count.size <= factor
    )


def series_of(
    claims: Iterable[Figure], published: Mapping[str, date | None], origin: Mapping[str, Origin]
) -> Series:
    """The series of these figures, whatever their keys."""
    return _series([_Total(c, published.get(c.report)) for c in claims], origin)


def _series(totals: Sequence[_Total], origin: Mapping[str, Origin]) -> Series:
    ordered = sorted(
        totals, key=lambda t: (t.until or date.max, t.published or date.max, t.claim.id)
    )
    earliest = min(
        totals,
        key=lambda t: (t.published is None, t.published or date.max, t.claim.report, t.claim.id),
    )
    first = max(
        ordered,
        key=lambda t: (
            (t.claim.where is not None) + (t.claim.who is not None) + (t.span[0] is not None),
            t.claim.id,
        ),
    )
    since = min((t.span[0] for t in ordered if t.span[0]), default=None)
    return Series(
        id=group_id("s", earliest.claim.id),
        claims=tuple(t.claim.id for t in ordered),
        reports=tuple(dict.fromkeys(t.claim.report for t in ordered)),
        origins=len(independent_origins((t.claim for t in ordered), origin)),
        kind=first.claim.kind,
        effect=first.claim.effect,
        status=first.claim.status,
        who=" ".join(first.claim.who.text.split()) if first.claim.who else "people",
        where=without_offsets(first.claim.where) if first.claim.where else None,
        since=since,
        per=first.claim.per,
    )

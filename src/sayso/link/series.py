"""Running totals, rates and strengths -> series: one quantity, told again over time.

Two figures are of one quantity when they count the same people, in the same place, of the same
beginning, in the same way. Each of these is a key and not a likeness, since a total is told by its
definition: a toll of one day never joins a running total, and a figure whose beginning is not told
joins one only where just one can be meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sayso.link.mentions import days_of, place_key, tells_of_incident, without_offsets
from sayso.model import Claim, Figure, Report, Scope, Status
from sayso.model.links import Series, group_id, independent_origins

# "Since March 2011" and "since 15 March 2011" are one beginning: days between two that may be the
# same.
_SAME_BEGINNING = 46
# A total over fewer days than this is of a battle or a day's fighting, and only the same days make
# it the same.
_SHORT_DAYS = 45
# Two totals of one quantity, told within a year of each other, differ by less than this factor.
_FACTOR = 4.0

# People of whom a report counts everybody, whatever it calls them.
_EVERYBODY = frozenset(
    "people persons dead deaths victims lives casualties fatalities others bodies person".split()
)
_SMALL = frozenset("the a an of in and or its their his other more some all these those".split())


@dataclass(frozen=True)
class _Total:
    """A figure with what makes it the same quantity as another."""

    claim: Figure
    published: date | None

    @cached_property
    def who(self) -> str:
        """The head of who is counted: "Syrian civilians" -> "civilians"; "people" and none at all
        are everybody.
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
    def upto(self) -> date | None:
        """The day up to which it counts; where it tells none, that of publication."""
        return self.span[1] or self.published

    @cached_property
    def is_short(self) -> bool:
        days = days_of(self.claim.when)
        return days is not None and (days[1] - days[0]).days < _SHORT_DAYS

    @property
    def key(self) -> tuple[object, ...]:
        """What must be the same: kind, effect, people, place, unit of a rate, and whether it is of
        a few days only.
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
    reports: Sequence[Report], claims: Iterable[Claim], origin: Mapping[str, str]
) -> tuple[Series, ...]:
    """The series that the claims tell: of totals, of rates, and of the strength of a force; the
    longest first.
    """
    published = {r.id: r.published for r in reports}
    by_key: dict[tuple[object, ...], list[_Total]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Figure) and _runs(claim):
            total = _Total(claim, published.get(claim.report))
            by_key[total.key].append(total)
    series = [_series(group, origin) for totals in by_key.values() for group in _split(totals)]
    return tuple(sorted(series, key=lambda s: (-len(s.claims), s.id)))


def _runs(claim: Figure) -> bool:
    """Whether a figure is of a running quantity: a total, a rate, a force's strength; all that is
    not of one happening.
    """
    return not tells_of_incident(claim)


def _split(totals: list[_Total]) -> list[list[_Total]]:
    """Totals with the same key by their beginnings; those that tell none go to the only group they
    fit, else alone.
    """
    groups: list[list[_Total]] = []
    for total in sorted(
        (t for t in totals if t.span[0]), key=lambda t: (t.upto or date.max, t.claim.id)
    ):
        fitting = [g for g in groups if _one_beginning(g[0], total) and _may_be(g, total)]
        if fitting:
            min(fitting, key=lambda g: _apart(g[0], total)).append(total)
        else:
            groups.append([total])
    open_: list[list[_Total]] = []
    for total in sorted(
        (t for t in totals if not t.span[0]), key=lambda t: (t.upto or date.max, t.claim.id)
    ):
        fitting = [g for g in groups if _may_be(g, total)]
        if len(fitting) == 1:
            fitting[0].append(total)
        elif (
            near := next((g for g in open_ if _may_be(g, total)), None)
        ) is not None and not fitting:
            near.append(total)
        else:
            open_.append([total])
    return groups + open_


def _apart(a: _Total, b: _Total) -> int:
    one, other = a.span[0], b.span[0]
    return abs((one - other).days) if one and other else 0


def _one_beginning(a: _Total, b: _Total) -> bool:
    """Whether both begin together: "since March 2011" and "since 15 March 2011" do, and so does
    "since 2011", of which only the year is known.
    """
    one, other = a.span[0], b.span[0]
    if one is None or other is None:
        return False
    year_only = one.year == other.year and (1, 1) in (
        (one.month, one.day),
        (other.month, other.day),
    )
    return year_only or _apart(a, b) <= _SAME_BEGINNING


def _may_be(group: Sequence[_Total], total: _Total) -> bool:
    """Whether a total's size fits the nearest in time of a group."""
    if not total.claim.count.size:
        return True
    near = min(group, key=lambda t: abs((t.upto - total.upto).days) if t.upto and total.upto else 0)
    years = abs((near.upto - total.upto).days) / 365 if near.upto and total.upto else 0.0
    factor = _FACTOR * (1 + years)
    return (
        not near.claim.count.size
        or 1 / factor <= near.claim.count.size / total.claim.count.size <= factor
    )


def series_of(
    claims: Iterable[Figure], published: Mapping[str, date | None], origin: Mapping[str, str]
) -> Series:
    """The series that these figures are, whatever their keys."""
    return _series([_Total(c, published.get(c.report)) for c in claims], origin)


def _series(totals: Sequence[_Total], origin: Mapping[str, str]) -> Series:
    ordered = sorted(
        totals, key=lambda t: (t.upto or date.max, t.published or date.max, t.claim.id)
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

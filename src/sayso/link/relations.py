"""Links between claims about the same thing: which of them repeat, revise, agree, contradict, are
part of another, or cannot be compared.

Only figures that count the same people, in the same way, over the same days can contradict each
other, and only when their origins are independent. Each origin is represented by its latest figure;
of one report's figures for the same people, the largest is that of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from sayso.link.groups_counted import GroupCounted, group_counted
from sayso.link.mentions import days_of
from sayso.model import Claim, Effect, Figure
from sayso.model.links import Incident, Link, LinkKind, Origin, Series, origin_of

# "About 100" overlaps with 90 and 110.
ABOUT = 0.1
# "Dozens" means 24 or more, but its claimant has not counted: it reaches down to half of that.
VAGUE = 0.5
# Totals this many days apart, or fewer, are of the same time.
SAME_TIME_DAYS = 31
# How many figures of one incident are compared, the largest first; the largest incident of 756
# reports has 70 origins.
_COMPARED = 40


# Two figures that do not overlap are rivals when both are three or more and within a factor of 2,
# even if their reports also give larger ones. Beyond a factor of 20 no two figures are rivals, not
# even the main ones of their reports: one counts something else.
_RIVALS_FROM, _RIVALS, _RIVALS_AT_MOST = 3, 2, 20


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with what it is compared by."""

    claim: Figure
    people: GroupCounted
    origin: Origin
    published: date | None
    is_whole: bool = True

    @property
    def order(self) -> tuple[bool, date, str, str, int]:
        c = self.claim
        return (
            self.published is None,
            self.published or date.max,
            c.report,
            (c.part == "text" and "1") or "0",
            c.start,
        )


def relate(
    incidents: Iterable[Incident],
    series: Iterable[Series],
    claims: Mapping[str, Claim],
    origin: Mapping[str, Origin],
    published: Mapping[str, date | None],
) -> tuple[Link, ...]:
    """The links between the figures of each incident and series, from the later claim to the
    earlier.
    """
    links: dict[tuple[str, str], Link] = {}

    def figures(ids: Iterable[str]) -> list[_Figure]:
        return [
            _Figure(c, group_counted(c), origin_of(c, origin), published.get(c.report))
            for i in ids
            if isinstance(c := claims[i], Figure)
        ]

    for incident in incidents:
        for link in _of_incident(figures(incident.claims)):
            links.setdefault((link.claim, link.other), link)
    for one in series:
        for link in _of_series(figures(one.claims)):
            links.setdefault((link.claim, link.other), link)
    return tuple(links.values())


def _of_incident(figures: Sequence[_Figure]) -> Iterator[Link]:
    for f in figures:
        if f.claim.part_of is not None:
            yield Link(f.claim.id, f.claim.part_of, LinkKind.PART_OF, "the report says so")
    by_effect: dict[tuple[str, Effect | None], list[_Figure]] = defaultdict(list)
    for f in sorted(figures, key=lambda f: f.order):
        by_effect[f.claim.kind, f.claim.effect].append(f)
    for of_effect in by_effect.values():
        by_origin: dict[tuple[Origin, GroupCounted], list[_Figure]] = defaultdict(list)
        for f in _with_wholes(of_effect):
            by_origin[f.origin, f.people].append(f)
        for same in by_origin.values():
            yield from _of_one_origin(same)
        latest = sorted(
            (_latest(same) for same in by_origin.values()),
            key=lambda f: (-f.claim.count.size, f.order),
        )[:_COMPARED]
        for a, b in combinations(sorted(latest, key=lambda f: f.order), 2):
            if link := _between(b, a):
                yield link


def _with_wholes(figures: Sequence[_Figure]) -> list[_Figure]:
    """The figures, each marked as the whole or a detail: it is the whole if it is in a title, or
    the largest of its report.
    """
    largest: dict[str, int] = {}
    for f in figures:
        largest[f.claim.report] = max(f.claim.count.size, largest.get(f.claim.report, 0))
    return [
        replace(
            f, is_whole=f.claim.part == "title" or f.claim.count.size == largest[f.claim.report]
        )
        for f in figures
    ]


def _of_one_origin(figures: Sequence[_Figure]) -> Iterator[Link]:
    """Links between one origin's figures for the same people: each report's largest figure against
    the one before.
    """
    wholes: dict[str, _Figure] = {}
    for f in figures:
        if (
            f.claim.report not in wholes
            or f.claim.count.size > wholes[f.claim.report].claim.count.size
        ):
            wholes[f.claim.report] = f
    before: _Figure | None = None
    for f in sorted(wholes.values(), key=lambda f: f.order):
        if before is not None:
            yield _same_origin(f, before)
        before = f
    for f in figures:  # the same figure again in one report: in its title, say
        whole = wholes[f.claim.report]
        if (
            f is not whole
            and overlap(f.claim, whole.claim)
            and f.claim.count.low == whole.claim.count.low
        ):
            yield Link(
                f.claim.id, whole.claim.id, LinkKind.REPEATS, "the same report says it again"
            )


def _same_origin(later: _Figure, earlier: _Figure) -> Link:
    if overlap(later.claim, earlier.claim):
        return Link(
            later.claim.id,
            earlier.claim.id,
            LinkKind.REPEATS,
            f"the same origin: {_origin_name(later)}",
        )
    when = (
        f" on {later.published}" if later.published and later.published != earlier.published else ""
    )
    return Link(
        later.claim.id,
        earlier.claim.id,
        LinkKind.REVISES,
        f"the same origin, {_origin_name(later)}, says otherwise{when}",
    )


def _latest(figures: Sequence[_Figure]) -> _Figure:
    """An origin's latest figure: the largest of its latest day."""
    last = max((f.published for f in figures if f.published), default=None)
    return max(
        (f for f in figures if f.published == last),
        key=lambda f: (f.claim.count.size, f.claim.id),
        default=figures[-1],
    )


def _between(later: _Figure, earlier: _Figure) -> Link | None:
    """The link between the figures of two origins, or for two groups of people."""
    a, b = later.claim, earlier.claim
    if _on_different_days(a, b):
        return Link(a.id, b.id, LinkKind.NOT_COMPARABLE, "they cover different days")
    if a.part_of == b.id or b.part_of == a.id:
        return None
    if later.people == earlier.people:
        if later.origin == earlier.origin:
            return None
        who = f"{_origin_name(later)} and {_origin_name(earlier)}"
        if overlap(a, b):
            return Link(
                a.id, b.id, LinkKind.AGREES, f"independent, and the figures can both hold: {who}"
            )
        if not _of_one_whole(later, earlier):
            return Link(
                a.id, b.id, LinkKind.NOT_COMPARABLE, "the smaller may count only some of the people"
            )
        return Link(
            a.id,
            b.id,
            LinkKind.CONTRADICTS,
            f"independent, both count {later.people.words()}, and the figures lie apart: {who}",
        )
    for part, whole in ((later, earlier), (earlier, later)):
        if part.people.within(whole.people):
            low, high = bounds(part.claim)[0], bounds(whole.claim)[1]
            if low <= high:
                return Link(
                    part.claim.id,
                    whole.claim.id,
                    LinkKind.PART_OF,
                    f"{part.people.words()} among {whole.people.words()}",
                )
            if _of_one_whole(part, whole):
                reason = (
                    f"more {part.people.words()} than {whole.people.words()} in all: "
                    f"{_origin_name(part)} and {_origin_name(whole)}"
                )
                return Link(part.claim.id, whole.claim.id, LinkKind.CONTRADICTS, reason)
            return Link(
                part.claim.id,
                whole.claim.id,
                LinkKind.NOT_COMPARABLE,
                "the smaller may count only some of the people",
            )
    return Link(
        a.id,
        b.id,
        LinkKind.NOT_COMPARABLE,
        f"they count different people: {later.people.words()}, {earlier.people.words()}",
    )


def _of_one_whole(a: _Figure, b: _Figure) -> bool:
    """Whether two figures that do not overlap are both of the whole: each the main one of its
    report, or near enough to be rivals.
    """
    less, more = sorted((a.claim.count.size, b.claim.count.size))
    if less < 1 or more > _RIVALS_AT_MOST * less:
        return False
    return (a.is_whole and b.is_whole) or (less >= _RIVALS_FROM and more <= _RIVALS * less)


def _on_different_days(a: Figure, b: Figure) -> bool:
    one, other = days_of(a.when), days_of(b.when)
    return one is not None and other is not None and (one[0] > other[1] or other[0] > one[1])


def _of_series(figures: Sequence[_Figure]) -> Iterator[Link]:
    """The links of a series. A running total grows: figures of one origin revise each other, those
    of different origins are compared only at the same time.
    """
    dated = [
        (f, until) for f in figures if (until := (f.claim.when and f.claim.when.end) or f.published)
    ]
    dated.sort(key=lambda d: (d[1], d[0].order))
    last: dict[Origin, tuple[_Figure, date]] = {}
    for f, until in dated:
        if before := last.get(f.origin):
            yield _same_origin(f, before[0])
        for name, (other, day) in last.items():
            if name != f.origin and (until - day).days <= SAME_TIME_DAYS:
                kind = LinkKind.AGREES if overlap(f.claim, other.claim) else LinkKind.CONTRADICTS
                words = "can both hold" if kind is LinkKind.AGREES else "lie apart"
                reason = (
                    f"independent totals, up to {day} and {until}, that {words}: "
                    f"{_origin_name(f)} and {_origin_name(other)}"
                )
                yield Link(f.claim.id, other.claim.id, kind, reason)
        last[f.origin] = f, until


def bounds(claim: Figure) -> tuple[float, float]:
    """The numbers that a figure allows: open ends are open, "about" is a tenth either way, vague
    words reach lower.
    """
    low = float(claim.count.low or 0)
    high = float(claim.count.high) if claim.count.high is not None else float("inf")
    if claim.count.approx:
        low, high = low * (1 - ABOUT), high * (1 + ABOUT)
    elif claim.count.is_vague:
        low *= VAGUE
    return low, high


def overlap(a: Figure, b: Figure) -> bool:
    """Whether the numbers that two figures allow overlap."""
    (low, high), (other_low, other_high) = bounds(a), bounds(b)
    return low <= other_high and other_low <= high


def _origin_name(figure: _Figure) -> str:
    """The name of a figure's origin, for readers."""
    last = figure.claim.sources[-1] if figure.claim.sources else None
    if last is None or last.name is None:
        return "an unnamed source"
    return " ".join(last.name.split())

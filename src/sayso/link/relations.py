"""Links between claims on one thing: what repeats, revises, agrees, contradicts, is part of, or
cannot be compared.

Only figures that count the same people, in the same way, over the same days can contradict each
other, and only when their origins are independent. Each origin speaks with its latest figure; of
one report's figures for the same people the largest is that of the whole.
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
from sayso.model.links import Incident, Link, LinkKind, Series

# "About 100" meets 90 and 110.
ABOUT = 0.1
# "Dozens" is counted from 24 on, but who says so has not counted: it meets half of that.
VAGUE = 0.5
# Totals as many days apart as this, or fewer, are told of the same time.
SAME_TIME_DAYS = 31
# Figures of one happening that are compared, the weightiest first; the largest incident of 756
# reports has 70 origins.
_COMPARED = 40


# Two figures for one whole, told beside a larger one, are rivals when they are of three and more
# and within a factor of 2; none is, main ones of their reports included, beyond a factor of 20: one
# counts something else.
_RIVALS_FROM, _RIVALS, _RIVALS_AT_MOST = 3, 2, 20


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with what is compared of it."""

    claim: Figure
    people: GroupCounted
    origin: str
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
    origin: Mapping[str, str],
    published: Mapping[str, date | None],
) -> tuple[Link, ...]:
    """The links between the figures of each incident and series, the later claim to the earlier
    one.
    """
    links: dict[tuple[str, str], Link] = {}

    def figures(ids: Iterable[str]) -> list[_Figure]:
        told = [c for i in ids if isinstance(c := claims[i], Figure)]
        return [
            _Figure(c, group_counted(c), origin.get(c.id, c.report), published.get(c.report))
            for c in told
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
    for same in (_wholes_told(told) for told in by_effect.values()):
        voices: dict[tuple[str, GroupCounted], list[_Figure]] = defaultdict(list)
        for f in same:
            voices[f.origin, f.people].append(f)
        for told in voices.values():
            yield from _of_one_origin(told)
        latest = sorted(
            (_latest(told) for told in voices.values()),
            key=lambda f: (-f.claim.count.size, f.order),
        )[:_COMPARED]
        for a, b in combinations(sorted(latest, key=lambda f: f.order), 2):
            if link := _between(b, a):
                yield link


def _wholes_told(figures: Sequence[_Figure]) -> list[_Figure]:
    """The figures, each marked as the whole or a detail: in a title, or the largest of its report,
    it is the whole.
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


def _of_one_origin(told: Sequence[_Figure]) -> Iterator[Link]:
    """What one origin says of the same people, report by report: each report's largest figure
    against the one before.
    """
    wholes: dict[str, _Figure] = {}
    for f in told:
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
    for f in told:  # the same figure again in one report: in its title, say
        whole = wholes[f.claim.report]
        if (
            f is not whole
            and meet(f.claim, whole.claim)
            and f.claim.count.low == whole.claim.count.low
        ):
            yield Link(
                f.claim.id, whole.claim.id, LinkKind.REPEATS, "the same report says it again"
            )


def _same_origin(later: _Figure, earlier: _Figure) -> Link:
    if meet(later.claim, earlier.claim):
        return Link(
            later.claim.id, earlier.claim.id, LinkKind.REPEATS, f"the same origin: {_called(later)}"
        )
    when = (
        f" on {later.published}" if later.published and later.published != earlier.published else ""
    )
    return Link(
        later.claim.id,
        earlier.claim.id,
        LinkKind.REVISES,
        f"the same origin, {_called(later)}, says otherwise{when}",
    )


def _latest(told: Sequence[_Figure]) -> _Figure:
    """An origin's last word: of its latest day, the figure of the whole."""
    last = max((f.published for f in told if f.published), default=None)
    return max(
        (f for f in told if f.published == last),
        key=lambda f: (f.claim.count.size, f.claim.id),
        default=told[-1],
    )


def _between(later: _Figure, earlier: _Figure) -> Link | None:
    """How the figures of two origins, or of two groups of people, stand to each other."""
    a, b = later.claim, earlier.claim
    if _other_days(a, b):
        return Link(a.id, b.id, LinkKind.NOT_COMPARABLE, "they count other days")
    if a.part_of == b.id or b.part_of == a.id:
        return None
    if later.people == earlier.people:
        if later.origin == earlier.origin:
            return None
        who = f"{_called(later)} and {_called(earlier)}"
        if meet(a, b):
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
                    f"{_called(part)} and {_called(whole)}"
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
        f"they count other people: {later.people.words()}, {earlier.people.words()}",
    )


def _of_one_whole(a: _Figure, b: _Figure) -> bool:
    """Whether two figures that lie apart are both of the whole: each its report's main one, or near
    enough to be rivals.
    """
    less, more = sorted((a.claim.count.size, b.claim.count.size))
    if less < 1 or more > _RIVALS_AT_MOST * less:
        return False
    return (a.is_whole and b.is_whole) or (less >= _RIVALS_FROM and more <= _RIVALS * less)


def _other_days(a: Figure, b: Figure) -> bool:
    one, other = days_of(a.when), days_of(b.when)
    return one is not None and other is not None and (one[0] > other[1] or other[0] > one[1])


def _of_series(figures: Sequence[_Figure]) -> Iterator[Link]:
    """A running total grows: figures of one origin revise each other, those of others are compared
    only at the same time.
    """
    dated = [
        (f, upto) for f in figures if (upto := (f.claim.when and f.claim.when.end) or f.published)
    ]
    dated.sort(key=lambda d: (d[1], d[0].order))
    last: dict[str, tuple[_Figure, date]] = {}
    for f, upto in dated:
        if before := last.get(f.origin):
            yield _same_origin(f, before[0])
        for name, (other, day) in last.items():
            if name != f.origin and (upto - day).days <= SAME_TIME_DAYS:
                kind = LinkKind.AGREES if meet(f.claim, other.claim) else LinkKind.CONTRADICTS
                words = "can both hold" if kind is LinkKind.AGREES else "lie apart"
                reason = (
                    f"independent totals, up to {day} and {upto}, that {words}: {_called(f)} and "
                    f"{_called(other)}"
                )
                yield Link(f.claim.id, other.claim.id, kind, reason)
        last[f.origin] = f, upto


def bounds(claim: Figure) -> tuple[float, float]:
    """The numbers that a figure admits: open ends are open, "about" is a tenth either way, vague
    words reach lower.
    """
    low = float(claim.count.low or 0)
    high = float(claim.count.high) if claim.count.high is not None else float("inf")
    if claim.count.approx:
        low, high = low * (1 - ABOUT), high * (1 + ABOUT)
    elif claim.count.is_vague:
        low *= VAGUE
    return low, high


def meet(a: Figure, b: Figure) -> bool:
    """Whether one number could be meant by both."""
    (low, high), (other_low, other_high) = bounds(a), bounds(b)
    return low <= other_high and other_low <= high


def _called(figure: _Figure) -> str:
    """The origin as a reader names it."""
    last = figure.claim.sources[-1] if figure.claim.sources else None
    if last is None or last.name is None:
        return "somebody whose name is lost"
    return " ".join(last.name.split())

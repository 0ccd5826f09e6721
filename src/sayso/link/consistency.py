"""What does not fit, inside a report and between reports, the worst first.

A doubt is no verdict: it shows two sentences side by side, or one, and says what is odd about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from sayso.model import Claim, Effect, Figure, Scope
from sayso.model.links import (
    Incident,
    Link,
    Linked,
    LinkKind,
    Origin,
    OriginKind,
    Series,
    origin_of,
)


class InconsistencyKind(StrEnum):
    """What is odd. In the order of how much it weighs, by itself: the first cannot be so, the last
    may well be.
    """

    PART_LARGER = "part larger than its whole"
    SWAPPED = "dead and wounded swapped"
    FALLING = "a total that falls"
    MISQUOTED = "the named source says otherwise"
    CONTRADICTION = "contradiction"
    SOURCE_LOST = "source lost"


_WEIGHT = {
    InconsistencyKind.PART_LARGER: 5.0,
    InconsistencyKind.SWAPPED: 4.0,
    InconsistencyKind.FALLING: 3.0,
    InconsistencyKind.MISQUOTED: 3.0,
    InconsistencyKind.CONTRADICTION: 2.0,
    InconsistencyKind.SOURCE_LOST: 1.0,
}
# A running total falls when it is lower than before by more than this: rounding is no fall.
_FALL = 0.05
_SOME_DAYS = 45
# Two figures by one source's word, further apart than this factor, are of two things.
_ONE_THING = 3


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Something odd: what, in words, and the one or two claims that show it. `weight` orders
    doubts: more is worse.
    """

    kind: InconsistencyKind
    words: str
    claims: tuple[str, ...]
    weight: float


def check(
    linked: Linked, claims: Mapping[str, Claim], published: Mapping[str, date | None]
) -> list[Inconsistency]:
    """Every doubt about the claims, the worst first."""
    inconsistencies = [
        *_parts(claims),
        *_lost(claims),
        *_swapped(linked.incidents, claims),
        *_falling(linked, claims, published),
    ]
    inconsistencies += [
        *_of_links(linked.links, claims),
        *_misquoted(linked.incidents, linked.origins, claims, published),
    ]
    unique = {(d.kind, frozenset(d.claims)): d for d in inconsistencies}
    return sorted(unique.values(), key=lambda d: (-d.weight, d.kind, d.claims))


def _inconsistency(
    kind: InconsistencyKind, words: str, *claims: Claim, ratio: float = 1.0
) -> Inconsistency:
    """Weighs by kind, by how far the figures lie apart, and by how many people are at stake."""
    stake = max((c.count.size for c in claims if isinstance(c, Figure)), default=0)
    weight = _WEIGHT[kind] + min(ratio, 10.0) / 10 + min(stake, 10_000) ** 0.5 / 100
    return Inconsistency(kind, words, tuple(c.id for c in claims), round(weight, 3))


def _parts(claims: Mapping[str, Claim]) -> Iterator[Inconsistency]:
    for part in claims.values():
        if (
            isinstance(part, Figure)
            and part.part_of
            and isinstance(whole := claims.get(part.part_of), Figure)
        ):
            high = whole.count.high
            if (
                high is not None
                and not whole.count.approx
                and part.count.size > high
                and part.effect is whole.effect
            ):
                yield _inconsistency(
                    InconsistencyKind.PART_LARGER,
                    f"a part of {part.count.size:,} of a whole of {high:,}",
                    part,
                    whole,
                    ratio=part.count.size / max(high, 1),
                )


def _lost(claims: Mapping[str, Claim]) -> Iterator[Inconsistency]:
    seen: set[tuple[str, str, int]] = set()
    # Of one sentence, its figure.
    for claim in sorted(claims.values(), key=lambda c: not isinstance(c, Figure)):
        last = claim.sources[-1] if claim.sources else None
        if (
            last is not None
            and last.role == "claimant"
            and last.name is None
            and not (last.cue or "").endswith("ed")
        ):
            # "are reported to have died" names nobody, but nobody was lost: it is a hedge
            if (
                claim.report,
                claim.part,
                last.start if last.start is not None else claim.end,
            ) in seen:
                continue
            seen.add(
                (claim.report, claim.part, last.start if last.start is not None else claim.end)
            )
            yield _inconsistency(
                InconsistencyKind.SOURCE_LOST,
                f"the words announce who says so ({last.cue}) and do not name them",
                claim,
            )


def _of_links(links: Iterable[Link], claims: Mapping[str, Claim]) -> Iterator[Inconsistency]:
    for link in links:
        a, b = claims.get(link.claim), claims.get(link.other)
        if link.kind is LinkKind.CONTRADICTS and isinstance(a, Figure) and isinstance(b, Figure):
            more, less = max(a.count.size, b.count.size), min(a.count.size, b.count.size)
            yield _inconsistency(
                InconsistencyKind.CONTRADICTION, link.reason, a, b, ratio=more / max(less, 1)
            )


def _swapped(incidents: Iterable[Incident], claims: Mapping[str, Claim]) -> Iterator[Inconsistency]:
    """Two reports of one happening, where the dead of one are the wounded of the other, and the
    other way round.
    """
    for incident in incidents:
        exact: dict[str, dict[Effect, dict[int, Figure]]] = defaultdict(lambda: defaultdict(dict))
        for claim in (claims[i] for i in incident.claims):
            if (
                isinstance(claim, Figure)
                and claim.effect in (Effect.KILLED, Effect.WOUNDED)
                and claim.count.size > 2
            ):
                exact[claim.report][claim.effect].setdefault(claim.count.size, claim)
        for one, other in combinations(sorted(exact), 2):
            yield from _swapped_pair(exact[one], exact[other])


def _swapped_pair(
    one: Mapping[Effect, Mapping[int, Figure]], other: Mapping[Effect, Mapping[int, Figure]]
) -> Iterator[Inconsistency]:
    killed, wounded = one.get(Effect.KILLED, {}), one.get(Effect.WOUNDED, {})
    for k, claim in killed.items():
        for w in wounded:
            if k != w and k in other.get(Effect.WOUNDED, {}) and w in other.get(Effect.KILLED, {}):
                # a report that gives both numbers of both has not mixed them up
                if w not in killed and k not in wounded:
                    words = (
                        f"{k:,} killed and {w:,} wounded in one, {w:,} killed and {k:,} wounded "
                        f"in the other"
                    )
                    yield _inconsistency(
                        InconsistencyKind.SWAPPED, words, claim, other[Effect.KILLED][w]
                    )


def _falling(
    linked: Linked, claims: Mapping[str, Claim], published: Mapping[str, date | None]
) -> Iterator[Inconsistency]:
    """A running total that one origin gives lower than it had before."""
    for series in linked.series:
        if (
            series.kind != "toll"
            or series.per is not None
            or series.effect in (Effect.DISPLACED, Effect.MISSING)
        ):
            continue
        yield from _falls(series, linked.origins, claims, published)


def _falls(
    series: Series,
    origin: Mapping[str, Origin],
    claims: Mapping[str, Claim],
    published: Mapping[str, date | None],
) -> Iterator[Inconsistency]:
    highest: dict[Origin, Figure] = {}
    totals = [
        c
        for i in series.claims
        if isinstance(c := claims[i], Figure) and c.scope is Scope.TOTAL and _runs_long(c)
    ]
    for claim in sorted(
        totals, key=lambda c: (published.get(c.report) or date.max, c.report, c.start)
    ):
        before = highest.get(origin_of(claim, origin))
        top = claim.count.high
        if (
            before is not None
            and top is not None
            and _since(claim) == _since(before)
            and top < before.count.size * (1 - _FALL)
        ):
            yield _inconsistency(
                InconsistencyKind.FALLING,
                f"{before.count.size:,} before, {top:,} later",
                claim,
                before,
                ratio=before.count.size / max(top, 1),
            )
        if before is None or claim.count.size > before.count.size:
            highest[origin_of(claim, origin)] = claim


def _runs_long(claim: Figure) -> bool:
    """Whether it counts over more than a few weeks: a sum of some days' fighting is no running
    total.
    """
    when = claim.when
    return (
        when is not None
        and when.start is not None
        and when.end is not None
        and (when.end - when.start).days > _SOME_DAYS
    )


def _since(claim: Figure) -> date | None:
    return claim.when.start if claim.when else None


def _misquoted(
    incidents: Iterable[Incident],
    origin: Mapping[str, Origin],
    claims: Mapping[str, Claim],
    published: Mapping[str, date | None],
) -> Iterator[Inconsistency]:
    """Two outlets that name one source for the same people, on the same day, with figures that
    cannot both be its.
    """
    for incident in incidents:
        said: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        for claim in (claims[i] for i in incident.claims):
            if (
                isinstance(claim, Figure)
                and origin_of(claim, origin).kind is OriginKind.SAYS
                and published.get(claim.report)
            ):
                if (
                    claim.count.low == claim.count.high
                    and claim.part_of is None
                    and not claim.count.approx
                ):
                    said[
                        origin[claim.id], claim.effect, claim.status, published[claim.report]
                    ].append(claim)
        for figures in said.values():
            yield from _differing(figures)


def _differing(figures: Sequence[Figure]) -> Iterator[Inconsistency]:
    """The largest figures of each report that differ by more than an update would: none of them
    stands in both reports.
    """
    of_report: dict[str, set[int]] = defaultdict(set)
    largest: dict[str, Figure] = {}
    for claim in figures:
        of_report[claim.report].add(claim.count.size)
        if claim.report not in largest or claim.count.size > largest[claim.report].count.size:
            largest[claim.report] = claim
    for a, b in combinations([largest[r] for r in sorted(largest)], 2):
        less, more = sorted((a.count.size, b.count.size))
        if 1 < less < more <= _ONE_THING * less and not of_report[a.report] & of_report[b.report]:
            words = f"{a.count.size:,} and {b.count.size:,}, both on one day and both by its word"
            yield _inconsistency(InconsistencyKind.MISQUOTED, words, a, b, ratio=more / less)

"""Figures of one thing side by side on one axis: a line for what each independent origin said on a
day, copies folded under it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.coding.evidence import Tally, evidence_of
from sayso.model import Claim, Effect, Figure, Review
from sayso.model.links import Coded, Incident, Link, LinkKind, Origin, Range
from sayso.plot.origin_names import names_of
from sayso.present.coding import in_words
from sayso.present.wording import how_many
from sayso.web.scale import Scale, ScaleMark
from sayso.web.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class AxisLine:
    """What one origin reported: `claims` are the figures, of the first report first; `reports` all
    those with the same figures.
    """

    who: str
    published: date | None
    words: str
    mark: ScaleMark
    claims: tuple[Figure, ...]
    reports: tuple[str, ...]
    party: bool = False
    hedged: bool = False
    lost: bool = False
    disputed: bool = False
    revises: bool = False
    review: Review = Review.MACHINE


@dataclass(frozen=True, slots=True)
class PolicyMark:
    """What a policy makes of the figures, and the claims that decide it."""

    policy: str
    words: str
    mark: ScaleMark
    deciding: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """All lines of one effect, with the ticks of their axis (number, position in per cent)."""

    effect: Effect
    lines: tuple[AxisLine, ...]
    policies: tuple[PolicyMark, ...]
    ticks: tuple[tuple[int, float], ...]
    is_logarithmic: bool


_SHOWN = (Effect.KILLED, Effect.WOUNDED, Effect.KILLED_OR_WOUNDED)


def axes_of(snapshot: Snapshot, incident: Incident, coded: Mapping[str, Coded]) -> list[Axis]:
    """The axes of an incident, the killed first; none for an effect that nobody reports."""
    claims = [snapshot.claims[c] for c in incident.claims if c in snapshot.claims]
    figures = [c for c in claims if isinstance(c, Figure)]
    tallies = evidence_of(incident, claims, snapshot.linked.origins, snapshot.published).tallies
    names = names_of(figures, snapshot.linked.origins)
    disputed, revising = _linked(snapshot, incident)
    axes = []
    for effect in _SHOWN:
        of_effect = [t for t in tallies if t.effect is effect]
        by_policy = (
            {name: c.killed if effect is Effect.KILLED else c.wounded for name, c in coded.items()}
            if effect in _SHOWN[:2]
            else {}
        )
        if of_effect:
            axes.append(
                _axis(snapshot, effect, of_effect, names, disputed, revising, by_policy, coded)
            )
    return axes


def _linked(snapshot: Snapshot, incident: Incident) -> tuple[set[str], set[str]]:
    """The claims that contradict another of the incident, and those that revise one."""
    members = set(incident.claims)
    disputed: set[str] = set()
    revising: set[str] = set()
    for c in incident.claims:
        for k in snapshot.links_of.get(c, ()):
            if k.kind is LinkKind.CONTRADICTS and k.claim in members and k.other in members:
                disputed |= {k.claim, k.other}
            elif k.kind is LinkKind.REVISES and k.claim == c:
                revising.add(c)
    return disputed, revising


def _axis(
    snapshot: Snapshot,
    effect: Effect,
    tallies: Sequence[Tally],
    names: Mapping[Origin, str],
    disputed: set[str],
    revising: set[str],
    by_policy: Mapping[str, Range],
    coded: Mapping[str, Coded],
) -> Axis:
    shares = [r for r in by_policy.values() if r != Range()]
    ends = [n for t in tallies for n in t.ends if n is not None] + [
        n for r in shares for n in (r.low, r.best, r.high) if n is not None
    ]
    scale = Scale(ends)
    same: dict[tuple[object, ...], list[Tally]] = defaultdict(list)
    for t in sorted(
        tallies, key=lambda t: (t.published is None, t.published or date.max, t.report)
    ):
        same[t.origin, t.published, t.ends].append(t)
    lines = tuple(_line(group, names, scale, disputed, revising) for group in same.values())
    policies = tuple(
        _policy_mark(snapshot, name, share, scale, coded[name], effect)
        for name, share in by_policy.items()
        if share != Range()
    )
    return Axis(effect, lines, policies, tuple(scale.ticks), scale.is_logarithmic)


def _line(
    group: Sequence[Tally],
    names: Mapping[Origin, str],
    scale: Scale,
    disputed: set[str],
    revising: set[str],
) -> AxisLine:
    claims = tuple(f for t in group for f in t.whole.figures)
    low, high = group[0].ends
    one = len(group[0].whole.figures) == 1
    approx = any(f.count.approx for f in group[0].whole.figures)
    ids = {f.id for f in claims}
    return AxisLine(
        who=names[group[0].origin],
        published=group[0].published,
        words=how_many(claims[0])
        if one
        else f"{_sum_words(low, high)} in {len(group[0].whole.figures)} figures",
        mark=scale.mark(low, high, approx),
        claims=claims,
        reports=tuple(dict.fromkeys(t.report for t in group)),
        party=any(f.sources[-1].party for f in claims),
        hedged=group[0].hedged,
        lost=all(f.sources[-1].role == "claimant" and f.sources[-1].name is None for f in claims),
        disputed=not ids.isdisjoint(disputed),
        revises=not ids.isdisjoint(revising),
        review=least(f.review for f in claims),
    )


def _sum_words(low: int | None, high: int | None) -> str:
    if low is None:
        return f"≤ {high:,}"
    return f"≥ {low:,}" if high is None else f"{low:,}" if low == high else f"{low:,}-{high:,}"


def least(reviews: Iterable[Review]) -> Review:
    """The review of several entries together: the weakest among them."""
    counts = Counter(reviews)
    for r in (Review.MACHINE, Review.CORRECTED, Review.CONFIRMED):
        if counts[r]:
            return r
    return Review.MACHINE


def _policy_mark(
    snapshot: Snapshot, policy: str, share: Range, scale: Scale, coded: Coded, effect: Effect
) -> PolicyMark:
    deciding = [
        c
        for name in coded.deciding
        if (c := snapshot.claims.get(name)) is not None and getattr(c, "effect", None) is effect
    ]
    return PolicyMark(policy, in_words(share), scale.range(share), tuple(deciding))


# How a figure can be linked to an earlier one, in the order shown.
_TIES = (LinkKind.REVISES, LinkKind.CONTRADICTS, LinkKind.AGREES)


def earlier_ties(snapshot: Snapshot, claim: Claim) -> tuple[tuple[Link, Claim], ...]:
    """The links of a figure to earlier ones, three at most."""
    found = [
        k for k in snapshot.links_of.get(claim.id, ()) if k.claim == claim.id and k.kind in _TIES
    ]
    found.sort(key=lambda k: _TIES.index(k.kind))
    return tuple((k, snapshot.claims[k.other]) for k in found[:3])

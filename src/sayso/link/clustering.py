"""Likeness between pairs -> groups: the strongest pairs first, and no group that its own members
speak against.

A chain of likely pairs may join what nobody would: A is like B and B like C, but A and C are not
alike. So two groups are joined only when all that is known between their members, taken together,
is enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Weighted = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Joining:
    """When to join: a pair at `pair` or more is tried, two groups join at a mean of `mean` or more
    between them.

    `absent` is what a pair counts for that was never compared; no pair counts for more than `most`,
    either way. `members` of a group are looked at: more change little and cost much.
    """

    pair: float
    mean: float
    absent: float
    most: float
    members: int = 12


def group(ids: Sequence[str], pairs: Iterable[Weighted], joining: Joining) -> list[list[str]]:
    """The ids in groups, each in the order of `ids`; one that nothing joins stands alone. The same
    whatever the pairs' order.
    """
    weights: dict[tuple[str, str], float] = {}
    likely: list[Weighted] = []
    for a, b, weight in pairs:
        weights[a, b] = weights[b, a] = max(-joining.most, min(joining.most, weight))
        if weight >= joining.pair:
            likely.append((a, b, weight))
    head = {i: i for i in ids}
    members: dict[str, list[str]] = {i: [i] for i in ids}

    def find(i: str) -> str:
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    for left, right, _ in sorted(likely, key=lambda p: (-p[2], *sorted(p[:2]))):
        a, b = sorted((find(left), find(right)))
        if a != b and _mean(members[a], members[b], weights, joining) >= joining.mean:
            head[b] = a
            members[a] += members.pop(b)
    grouped: dict[str, list[str]] = defaultdict(list)
    for i in ids:
        grouped[find(i)].append(i)
    return list(grouped.values())


def _mean(
    one: Sequence[str],
    other: Sequence[str],
    weights: dict[tuple[str, str], float],
    joining: Joining,
) -> float:
    between = [
        weights.get((a, b), joining.absent)
        for a in one[: joining.members]
        for b in other[: joining.members]
    ]
    return sum(between) / len(between)

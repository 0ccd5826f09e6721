"""Weighted pairs -> groups: the strongest pairs first, and no group whose members are evidence
against it.

A chain of likely pairs may join what nobody would: A is like B and B is like C, but A is not like
C. So two groups are joined only when the evidence between all their members, taken together, is
enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Weighted = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Joining:
    """When to join: pairs of weight `pair` or more are tried, and two groups join when the mean
    weight between their members is `mean` or more.

    A pair that was never compared weighs `absent`; no pair weighs more than `most`, either way.
    Only the first `members` of a group are compared: more change little and cost much.
    """

    pair: float
    mean: float
    absent: float
    most: float
    members: int = 12


def group(ids: Sequence[str], pairs: Iterable[Weighted], joining: Joining) -> list[list[str]]:
    """The ids in groups, each in the order of `ids`; an id that joins no other is a group of its
    own. The order of the pairs makes no difference.
    """
    weights: dict[tuple[str, str], float] = {}
    likely: list[Weighted] = []
    for a, b, weight in pairs:
        weights[a, b] = weights[b, a] = max(-joining.most, min(joining.most, weight))
        if weight >= joining.pair:
            likely.append((a, b, weight))
    parent = {i: i for i in ids}
    members: dict[str, list[str]] = {i: [i] for i in ids}

    def find(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for left, right, _ in sorted(likely, key=lambda p: (-p[2], *sorted(p[:2]))):
        a, b = sorted((find(left), find(right)))
        if a != b and _mean_weight(members[a], members[b], weights, joining) >= joining.mean:
            parent[b] = a
            members[a] += members.pop(b)
    grouped: dict[str, list[str]] = defaultdict(list)
    for i in ids:
        grouped[find(i)].append(i)
    return list(grouped.values())


def _mean_weight(
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

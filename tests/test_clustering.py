"""Weighted pairs -> groups, and what keeps two groups apart."""

from __future__ import annotations

from itertools import permutations

import pytest

from sayso.link.clustering import Joining, Weighted, group

JOINING = Joining(pair=1.0, mean=0.0, absent=-2.0, most=8.0)

# The pairs of some of a, b, c, d -> the groups.
GROUPS: list[tuple[list[Weighted], list[str]]] = [
    ([], ["a", "b", "c", "d"]),  # nothing is known
    ([("a", "b", 5.0)], ["ab", "c", "d"]),
    ([("b", "a", 5.0)], ["ab", "c", "d"]),  # whichever is named first
    ([("a", "b", 1.0)], ["ab", "c", "d"]),  # just enough to be tried
    ([("a", "b", 0.9)], ["a", "b", "c", "d"]),  # just not
    ([("a", "b", -5.0)], ["a", "b", "c", "d"]),
    ([("a", "b", 5.0), ("c", "d", 4.0)], ["ab", "cd"]),
    # a chain: what was never compared (-2) is outweighed by a strong pair, and not by a weak one
    ([("a", "b", 5.0), ("b", "c", 4.0)], ["abc", "d"]),
    ([("a", "b", 5.0), ("b", "c", 1.5)], ["ab", "c", "d"]),
    # the ends of a chain are evidence against it
    ([("a", "b", 5.0), ("b", "c", 4.0), ("a", "c", -5.0)], ["ab", "c", "d"]),
    ([("a", "b", 5.0), ("b", "c", 4.0), ("a", "c", -4.0)], ["abc", "d"]),  # a mean of 0 is enough
    # no pair outvotes all others: of 100 only 8 count, either way
    ([("a", "b", 5.0), ("b", "c", 100.0), ("a", "c", -8.5)], ["a", "bc", "d"]),
    ([("a", "b", 9.0), ("b", "c", 8.5), ("a", "c", -100.0)], ["abc", "d"]),
    # two pairs become four between their members
    (
        [("a", "b", 6.0), ("c", "d", 6.0), ("b", "c", 3.0), ("a", "d", 2.0)],
        ["abcd"],  # 3 + 2 - 2 - 2
    ),
    ([("a", "b", 6.0), ("c", "d", 6.0), ("b", "c", 5.0)], ["ab", "cd"]),  # 5 - 2 - 2 - 2
]


@pytest.mark.parametrize(("pairs", "expected"), GROUPS)
def test_groups_whatever_the_order_of_the_pairs(pairs: list[Weighted], expected: list[str]) -> None:
    for ordered in permutations(pairs):
        assert ["".join(g) for g in group("abcd", ordered, JOINING)] == expected


def test_the_strongest_pair_is_joined_first() -> None:
    pairs = [("a", "b", 3.0), ("b", "c", 4.0), ("a", "c", -6.0)]
    assert group("abc", pairs, JOINING) == [["a"], ["b", "c"]]


def test_groups_and_members_come_in_the_order_of_the_ids() -> None:
    pairs = [("a", "c", 5.0), ("b", "d", 6.0)]
    assert group(["d", "c", "b", "a"], pairs, JOINING) == [["d", "b"], ["c", "a"]]


# Three that are one group, and a fourth that two of them are like and one is not: the mean is 0.
@pytest.mark.parametrize(
    ("members", "mean", "joins"),
    [
        (12, 0.0, True),
        (12, 0.5, False),  # the third is evidence against it
        (2, 0.5, True),  # and is not heard where only the first two are compared
    ],
)
def test_only_the_first_members_of_a_group_are_compared(
    members: int, mean: float, joins: bool
) -> None:
    pairs = [("a", "b", 7.0), ("a", "c", 6.0), ("b", "c", 6.0)]
    pairs += [("a", "d", 4.0), ("b", "d", 4.0), ("c", "d", -8.0)]
    found = group("abcd", pairs, Joining(1.0, mean, -2.0, 8.0, members))
    assert found == ([["a", "b", "c", "d"]] if joins else [["a", "b", "c"], ["d"]])


def test_nothing_to_group() -> None:
    assert group([], [], JOINING) == []

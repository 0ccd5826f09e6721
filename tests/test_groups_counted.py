"""Who a figure counts, and which groups are parts of which."""

from __future__ import annotations

import pytest

from sayso.link.groups_counted import GroupCounted, group_counted
from sayso.model import Count, Figure, Span, Status

EVERYBODY = GroupCounted(None, None)
CIVILIANS = GroupCounted(Status.CIVILIAN, None)
CHILDREN = GroupCounted(None, "children")
CIVILIAN_CHILDREN = GroupCounted(Status.CIVILIAN, "children")
SOLDIERS = GroupCounted(Status.MILITARY, None)


def counted(who: str | None, status: Status, part_of: str | None = None) -> GroupCounted:
    return group_counted(
        Figure(
            report="r",
            kind="toll",
            part="text",
            quote="",
            start=0,
            end=0,
            count=Count("12", 0, 2, 12, 12),
            who=Span(who, 3, 3 + len(who)) if who else None,
            status=status,
            part_of=part_of,
        )
    )


# Who is counted, and their status -> the group, and its words.
@pytest.mark.parametrize(
    ("who", "status", "expected", "words"),
    [
        (None, Status.UNKNOWN, EVERYBODY, "everybody"),
        ("people", Status.UNKNOWN, EVERYBODY, "everybody"),
        ("people", Status.MIXED, EVERYBODY, "everybody"),  # soldiers and civilians together
        ("villagers", Status.CIVILIAN, CIVILIANS, "civilians"),
        ("Afghan soldiers", Status.MILITARY, SOLDIERS, "soldiers and police"),
        ("insurgents", Status.MILITANT, GroupCounted(Status.MILITANT, None), "fighters"),
        # a named part
        ("children", Status.UNKNOWN, CHILDREN, "children"),
        ("schoolchildren", Status.CIVILIAN, CIVILIAN_CHILDREN, "children"),
        ("Girls and BOYS", Status.CIVILIAN, CIVILIAN_CHILDREN, "children"),  # words of one part
        ("women", Status.CIVILIAN, GroupCounted(Status.CIVILIAN, "women"), "women"),
        ("a nurse", Status.CIVILIAN, GroupCounted(Status.CIVILIAN, "medics"), "medics"),
        ("reporters", Status.CIVILIAN, GroupCounted(Status.CIVILIAN, "journalists"), "journalists"),
        ("commanders", Status.MILITANT, GroupCounted(Status.MILITANT, "leaders"), "leaders"),
        ("the bomber", Status.MILITANT, GroupCounted(Status.MILITANT, "attackers"), "attackers"),
        ("men", Status.UNKNOWN, GroupCounted(None, "men"), "men"),
        # words of two parts
        (
            "women and children",
            Status.CIVILIAN,
            GroupCounted(Status.CIVILIAN, "women and children"),
            "women and children",
        ),
        ("manpower", Status.UNKNOWN, EVERYBODY, "everybody"),  # "man" is no word of it
    ],
)
def test_group(who: str | None, status: Status, expected: GroupCounted, words: str) -> None:
    assert counted(who, status) == expected
    assert expected.words() == words


# A part of another figure is a part, whatever it is called.
@pytest.mark.parametrize(
    ("who", "status", "expected"),
    [
        (None, Status.UNKNOWN, GroupCounted(None, "some of them")),
        ("elderly people", Status.UNKNOWN, GroupCounted(None, "people")),
        ("children", Status.UNKNOWN, CHILDREN),
        ("civilians", Status.CIVILIAN, CIVILIANS),  # its status tells it from the whole
    ],
)
def test_a_part_of_another_figure(who: str | None, status: Status, expected: GroupCounted) -> None:
    assert counted(who, status, part_of="whole") == expected


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        (CIVILIANS, EVERYBODY, True),
        (CHILDREN, EVERYBODY, True),
        (CIVILIAN_CHILDREN, EVERYBODY, True),
        (CIVILIAN_CHILDREN, CIVILIANS, True),
        (EVERYBODY, EVERYBODY, False),  # the whole is no part of itself
        (CHILDREN, CHILDREN, False),
        (EVERYBODY, CIVILIANS, False),
        (CIVILIANS, CIVILIAN_CHILDREN, False),
        (SOLDIERS, CIVILIANS, False),
        (CHILDREN, CIVILIANS, False),  # children of whom nobody says that they are civilians
        (CIVILIAN_CHILDREN, CHILDREN, False),  # of which they are a part is not known
    ],
)
def test_within(one: GroupCounted, other: GroupCounted, within: bool) -> None:
    assert one.within(other) is within

"""The patterns of date expressions: of each the words that it takes, and its named groups.

What the groups mean is the affair of `sayso.language.dates`, and tested there.
"""

from __future__ import annotations

import re

import pytest

from sayso.language.date_patterns import BEFORE_MONTH, FROM_PUBLICATION, PATTERNS, YEAR


def first(text: str) -> tuple[int, str, dict[str, str]] | None:
    """The first pattern that takes something of the text, its words, and its groups."""
    for number, pattern in enumerate(PATTERNS):
        if m := pattern.search(text):
            return number, m[0], {k: v for k, v in m.groupdict().items() if v is not None}
    return None


# A sentence -> the number of the pattern, the words that it takes, and its groups.
TAKEN: list[tuple[str, int, str, dict[str, str]]] = [
    # days in figures
    (
        "dated 2012-03-11.",
        0,
        "2012-03-11",
        {"iso": "2012-03-11", "y": "2012", "m": "03", "d": "11"},
    ),
    (
        "dated 25.3.2012.",
        1,
        "25.3.2012",
        {"dmy": "25.3.2012", "d": "25", "m": "3", "y": "2012"},
    ),
    (
        "dated 3/25/2012.",
        2,
        "3/25/2012",
        {"mdy": "3/25/2012", "m": "3", "d": "25", "y": "2012"},
    ),
    # days in words, the month first
    (
        "On Sunday, March 11, 2012 it rained.",
        3,
        "Sunday, March 11, 2012",
        {"mon": "March", "d": "11", "y": "2012"},
    ),
    ("On Oct. 7 it rained.", 3, "Oct. 7", {"mon": "Oct.", "d": "7"}),
    (
        "From March 11-13 it rained.",
        3,
        "March 11-13",
        {"mon": "March", "d": "11", "tail": "-13", "d2": "13"},
    ),
    # and the day first
    (
        "On Sunday, 11 March 2012 it rained.",
        4,
        "Sunday, 11 March 2012",
        {"d": "11", "mon": "March", "y": "2012"},
    ),
    (
        "On the 11th of March it rained.",
        4,
        "the 11th of March",
        {"d": "11th", "mon": "March"},
    ),
    (
        "From 11 to 13 March it rained.",
        4,
        "11 to 13 March",
        {"d": "11", "tail": " to 13", "d2": "13", "mon": "March"},
    ),
    # a telegram's year of two figures
    ("KHOST, 3 JAN 90 -- It rained.", 4, "3 JAN 90", {"d": "3", "mon": "JAN", "y": "90"}),
    # a comma was lost
    ("On March 112012 it rained.", 5, "March 112012", {"mon": "March", "d": "11", "y": "2012"}),
    # months
    (
        "In late March 2012 it rained.",
        6,
        "late March 2012",
        {"part": "late", "mon": "March", "y": "2012"},
    ),
    (
        "In March-April 2012 it rained.",
        6,
        "March-April 2012",
        {"mon": "March", "mon2": "April", "y": "2012"},
    ),
    ("In March of that year it rained.", 7, "March of that year", {"mon": "March", "ref": "that"}),
    ("In March last year it rained.", 7, "March last year", {"mon": "March", "ref2": "last"}),
    # seasons and feasts
    (
        "In early spring 2012 it rained.",
        8,
        "early spring 2012",
        {"part": "early", "season": "spring", "y": "2012"},
    ),
    (
        "In the winter of 1941-42 it rained.",
        8,
        "winter of 1941-42",
        {"season": "winter", "y": "1941", "y2": "42"},
    ),
    (
        "On Christmas Eve, 2012 it rained.",
        9,
        "Christmas Eve, 2012",
        {"feast": "Christmas Eve", "y": "2012"},
    ),
    ("On New Year’s Day it rained.", 9, "New Year’s Day", {"feast": "New Year’s Day"}),
    # years
    ("It rained between 2001 and 2004.", 10, "between 2001", {"y": "2001"}),
    ("It rained in the late 1980s.", 11, "the late 1980s", {"decade": "the late 1980s"}),
    ("It rained in the years 1914-18.", 12, "the years 1914-18", {"y": "1914", "y2": "18"}),
    ("It rained before the 9/11 attacks.", 13, "the 9/11", {"sep11": "9/11"}),
    # what another date settles
    (
        "The following morning it rained.",
        14,
        "The following morning",
        {"ref": "The following", "unit": "morning"},
    ),
    (
        "By the end of the year it rained.",
        14,
        "By the end of the year",
        {"ref": "By the end of the", "unit": "year"},
    ),
    ("It rained last March.", 15, "last March", {"ref": "last", "mon": "March"}),
    ("It rained last spring.", 16, "last spring", {"ref": "last", "season": "spring"}),
    ("It rained on Thursday.", 17, "Thursday", {"weekday": "Thursday"}),
    (
        "It rained last Thursday night.",
        17,
        "last Thursday night",
        {"ref": "last", "weekday": "Thursday"},
    ),
    ("Thursday's rain was heavy.", 17, "Thursday's", {"weekday": "Thursday"}),
    ("It rained yesterday.", 18, "yesterday", {"day": "yesterday"}),
    (
        "It rained the day before yesterday.",
        18,
        "the day before yesterday",
        {"day": "the day before yesterday"},
    ),
    ("It rained this morning.", 14, "this morning", {"ref": "this", "unit": "morning"}),
    (
        "It rained in the past 48 hours.",
        19,
        "in the past 48 hours",
        {"span": "past", "n": "48", "unit": "hours"},
    ),
    (
        "It rained some two weeks ago.",
        20,
        "some two weeks ago",
        {"n": "two", "unit": "weeks", "dir": "ago"},
    ),
    # a month, a year, a season alone
    ("It rained in March.", 21, "March", {"month_only": "March", "mon": "March"}),
    (
        "It rained in early March.",
        21,
        "early March",
        {"month_only": "early March", "part": "early", "mon": "March"},
    ),
    ("It rained in 2012.", 22, "2012", {"y": "2012"}),
    ("It rained in late 2012.", 22, "late 2012", {"part": "late", "y": "2012"}),
    (
        "It rained in the spring.",
        23,
        "the spring",
        {"season_only": "the spring", "season": "spring"},
    ),
]


@pytest.mark.parametrize(("text", "number", "words", "groups"), TAKEN, ids=[t[0] for t in TAKEN])
def test_what_a_pattern_takes(text: str, number: int, words: str, groups: dict[str, str]) -> None:
    assert first(text) == (number, words, groups)


def test_every_pattern_has_a_row() -> None:
    assert {number for _, number, _, _ in TAKEN} == set(range(len(PATTERNS)))


# Figures and words that look like a date, and are none.
@pytest.mark.parametrize(
    "text",
    [
        "Some 2,012 people fled.",  # a count with its comma
        "They fled, 2000 people in all.",  # a count without one
        "At least 1999 of them fled.",  # a quantity
        "It cost $2012 or €2012.",  # money
        "They walked 2000 miles.",  # a measure
        "Of them 2012% fled.",
        "The spring offensive failed.",  # the name of a campaign
        "The summer camp is closed.",
        "It was built in 2012 BC.",
        "A sunday roast and a monday blues.",  # without a capital no weekday
        "They march on and may stop.",  # nor are these months
        "The 1990-strong crowd left.",  # a count with a hyphen
        "It fell by the 31.13.2012 rule.",  # no such month
    ],
)
def test_what_none_takes(text: str) -> None:
    assert first(text) is None


@pytest.mark.parametrize(
    ("text", "is_year"),
    [
        ("1066", True),
        ("1999", True),
        ("2012", True),
        ("2100", False),  # later than any report
        ("999", False),
        ("12", False),
    ],
)
def test_year(text: str, is_year: bool) -> None:
    assert bool(re.fullmatch(YEAR, text)) is is_year


# What stands before "may" or "march" -> whether it is then a month.
@pytest.mark.parametrize(
    ("before", "is_month"),
    [
        ("in ", True),
        ("since ", True),
        ("early-", True),
        ("(", True),
        ("troops ", False),
        ("they ", False),
        ("within ", False),  # "in" must be a word
    ],
)
def test_before_a_month(before: str, is_month: bool) -> None:
    assert bool(BEFORE_MONTH.search(before)) is is_month


def test_what_is_counted_from_the_day_of_publication() -> None:
    assert {"last", "this", "next"} <= FROM_PUBLICATION
    assert not {"that", "the same", "the following", "the previous"} & FROM_PUBLICATION

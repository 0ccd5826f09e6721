"""Quantities: the interval table of the coding guide, one row a case."""

from __future__ import annotations

import pytest

from sayso.language.numerals import find_quantities, number

INTERVALS = [
    ("12 people", "12", 12, 12, False),
    ("twelve people", "twelve", 12, 12, False),
    ("a dozen people", "a dozen", 12, 12, False),
    ("a couple of men", "a couple", 2, 2, False),
    ("at least 40 people", "at least 40", 40, None, False),
    ("40 or more people", "40 or more", 40, None, False),
    ("no fewer than 40 dead", "no fewer than 40", 40, None, False),
    ("over 40 people", "over 40", 41, None, False),
    ("more than 40 people", "more than 40", 41, None, False),
    ("up to 40 people", "up to 40", None, 40, False),
    ("as many as 3 million refugees", "as many as 3 million", None, 3_000_000, False),
    ("no more than 40", "no more than 40", None, 40, False),
    ("fewer than 40", "fewer than 40", None, 39, False),
    ("under 40 men", "under 40", None, 39, False),
    ("about 40 people", "about 40", 40, 40, True),
    ("some 130,000 troops", "some 130,000", 130_000, 130_000, True),
    ("an estimated 40,000", "an estimated 40,000", 40_000, 40_000, True),
    ("nearly two dozen", "nearly two dozen", 24, 24, True),
    ("20 to 30 people", "20 to 30", 20, 30, False),
    ("between 20 and 30", "between 20 and 30", 20, 30, False),
    ("20-30 people", "20-30", 20, 30, False),
    ("from eight to 25", "from eight to 25", 8, 25, False),
    ("several people", "several", 2, None, False),
    ("a number of men", "a number", 2, None, False),
    ("dozens", "dozens", 24, None, False),
    ("scores", "scores", 40, None, False),
    ("tens of thousands", "tens of thousands", 20_000, None, False),
    ("hundreds", "hundreds", 200, None, False),
    ("several hundred", "several hundred", 200, None, False),
    ("hundreds and possibly thousands", "hundreds and possibly thousands", 200, None, False),
    ("more than a dozen", "more than a dozen", 13, None, False),
    ("more than a quarter of a million", "more than a quarter of a million", 250_001, None, False),
    ("both men", "both", 2, 2, False),
    ("no casualties", "no", 0, 0, False),
    ("without injuries", "without", 0, 0, False),
    ("twenty-two men", "twenty-two", 22, 22, False),
    ("3.5 million refugees", "3.5 million", 3_500_000, 3_500_000, False),
    ("one hundred and five", "one hundred and five", 105, 105, False),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "approx"), INTERVALS)
def test_interval(text: str, words: str, low: int | None, high: int | None, approx: bool) -> None:
    first = find_quantities(text)[0]
    assert text[first.start : first.end] == words
    assert (first.low, first.high, first.approx) == (low, high, approx)


@pytest.mark.parametrize(
    "text",
    [
        "a 12-year-old girl",
        "19 years",
        "5 km",
        "40% of them",
        "$40",
        "at 11:30",
        "a 3.2 ratio of 1.5%",
    ],
)
def test_not_a_quantity(text: str) -> None:
    assert not find_quantities(text)


def test_two_in_one_sentence() -> None:
    text = "At least 45 killed and 20 wounded"
    assert [(q.low, q.high) for q in find_quantities(text)] == [(45, None), (20, 20)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("half a million", 500_000),
        ("4.1 million", 4_100_000),
        ("8.2 million", 8_200_000),
        ("9" * 26, None),
        ("two hundred thousand", 200_000),
        ("1,200,000", 1_200_000),
        ("nonsense", None),
    ],
)
def test_number(words: str, value: int | None) -> None:
    assert number(words) == value

"""How claims are told to a person."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.model import Count, Effect, Figure, Source, When
from sayso.present.wording import around, how_many, when_words, who_says


def figure(
    low: int | None,
    high: int | None,
    *,
    approx: bool = False,
    per: str | None = None,
    quote: str = "12 died",
) -> Figure:
    return Figure(
        report="r",
        kind="toll",
        part="text",
        quote=quote,
        start=0,
        end=len(quote),
        count=Count(quote[:2], 0, 2, low, high, approx),
        effect=Effect.KILLED,
        sources=(Source("The Example", "publisher"),),
        per=per,
    )


@pytest.mark.parametrize(
    ("low", "high", "approx", "per", "words"),
    [
        (3199, 3199, False, None, "3,199"),
        (2101, None, False, None, "≥ 2,101"),
        (None, 40, False, None, "≤ 40"),
        (20, 30, False, None, "20-30"),
        (130_000, 130_000, True, None, "~ 130,000"),
        (1, 1, False, "day", "1 a day"),
        (0, 0, False, None, "0"),
    ],
)
def test_how_many(
    low: int | None, high: int | None, approx: bool, per: str | None, words: str
) -> None:
    assert how_many(figure(low, high, approx=approx, per=per)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2012-03-11", "2012-03-11", "11 Mar 2012"),
        ("2001-10-01", "2001-10-31", "Oct 2001"),
        ("2011-01-01", "2011-12-31", "2011"),
        ("2007-01-01", "2012-06-30", "2007 to mid-2012"),
        ("2011-03-01", "2014-10-24", "Mar 2011 to 24 Oct 2014"),
        ("2014-10-22", "2014-10-24", "22 to 24 Oct 2014"),
    ],
)
def test_when(start: str, end: str, words: str) -> None:
    assert (
        when_words(When(date.fromisoformat(start), date.fromisoformat(end), "", "range")) == words
    )


def test_an_open_end() -> None:
    assert when_words(When(date(2011, 3, 1), None, "", "range")) == "from 1 Mar 2011"
    assert when_words(None) == ""


def test_who_says() -> None:
    one = figure(12, 12)
    assert who_says(one) == "the report itself"
    publisher = one.sources[0]
    assert (
        who_says(
            Figure(
                **{
                    **{f: getattr(one, f) for f in one.__dataclass_fields__},
                    "sources": (publisher, Source(None, "claimant", cue="according to")),
                }
            )
        )
        == "(announced, but lost)"
    )


def test_the_words_around_the_count() -> None:
    quote = "12" + " word" * 60
    assert around(figure(12, 12, quote=quote), 20) == "12 word word word wo…"

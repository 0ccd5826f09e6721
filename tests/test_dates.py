"""Date expressions, counted from Friday 24 October 2014."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.language.dates import find_dates

FRIDAY = date(2014, 10, 24)

IN_NEWS = [
    ("on Thursday", "2014-10-23", "2014-10-23"),
    ("on Friday", "2014-10-24", "2014-10-24"),  # the day itself
    ("last Friday", "2014-10-17", "2014-10-17"),
    ("yesterday", "2014-10-23", "2014-10-23"),
    ("last week", "2014-10-13", "2014-10-19"),
    ("last month", "2014-09-01", "2014-09-30"),
    ("this year", "2014-01-01", "2014-12-31"),
    ("last year", "2013-01-01", "2013-12-31"),
    ("in the past 48 hours", "2014-10-22", "2014-10-24"),
    ("over the last two weeks", "2014-10-10", "2014-10-24"),
    ("three days ago", "2014-10-21", "2014-10-21"),
    ("since March 2011", "2011-03-01", "2011-03-31"),
    ("in August", "2014-08-01", "2014-08-31"),
    ("in December", "2013-12-01", "2013-12-31"),  # the last one, not the next
    ("on 7 October 2001", "2001-10-07", "2001-10-07"),
    ("on October 7, 2001", "2001-10-07", "2001-10-07"),
    ("On Oct. 7", "2014-10-07", "2014-10-07"),
    ("2014-10-01", "2014-10-01", "2014-10-01"),
    ("26-01-2014", "2014-01-26", "2014-01-26"),
    ("the 9/11 attacks", "2001-09-11", "2001-09-11"),
    ("mid-2012", "2012-01-01", "2012-12-31"),
    ("in 2012", "2012-01-01", "2012-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), IN_NEWS)
def test_in_news(text: str, first: str, last: str) -> None:
    found = find_dates(text, FRIDAY)
    assert len(found) == 1
    assert (str(found[0].first), str(found[0].last)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on",
        "2000 people fled",
        "at least 1999 were hurt",
        "the block of 2010 Main",
        "31 February 2014",
    ],
)
def test_no_date(text: str) -> None:
    assert not [d for d in find_dates(text, FRIDAY) if d.first and d.first.year not in (2010,)]


def test_two_ends_are_two_expressions() -> None:
    text = "from 6-7 January 1916"
    assert [(text[d.start : d.end], str(d.first)) for d in find_dates(text, None)] == [
        ("6", "1916-01-06"),
        ("7 January 1916", "1916-01-07"),
    ]


def test_without_a_publication_date_weekdays_stay_open() -> None:
    assert find_dates("on Thursday", None)[0].first is None


def test_narrative_takes_the_year_from_before() -> None:
    text = (
        "War began in November 1939. In June 1940, and in 1941, 1942, 1943, 1944, 1945, 1946 and "
        "1947 it went on. In August 1939 it had not. On 5 September it came."
    )
    assert str(find_dates(text, date(2009, 12, 19))[-1].first) == "1939-09-05"


def test_offsets_hold_the_words() -> None:
    text = "Two died on Thursday; three last week."
    assert [text[d.start : d.end] for d in find_dates(text, FRIDAY)] == ["Thursday", "last week"]


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_edges_of_the_calendar(published: date) -> None:
    find_dates(
        "yesterday, tomorrow, last year, next year, in the past 20 years, next week, 300 years ago",
        published,
    )

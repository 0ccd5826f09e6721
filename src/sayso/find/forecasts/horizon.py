"""By when: the days at which, or by which, a forecast is expected to come about."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from sayso.language.dates import DateExpression, count_of, moved
from sayso.model import When

_NUMBER = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|few|several|couple of|a couple of)"
# "within three months", "in the next 48 hours", "in two weeks' time": so long from the day of the report.
_SPAN_OF_TIME = re.compile(
    rf"\b(?P<lead>within|in|over|for|during) (?:the )?(?:next |coming |following )?{_NUMBER}[ -](?P<unit>hour|day|week|month|year)s?\b(?![- ](?:old|long))(?:['’]? time)?",
    re.IGNORECASE,
)

_BY = re.compile(
    r"\b(?:by|until|till|before|no later than|within|up to|through)(?: the)?\s*$", re.IGNORECASE
)
_AFTER = re.compile(r"\b(?:after|beyond|past|following)(?: the)?\s*$", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|starting(?: on| in)?|beginning(?: on| in)?|as (?:early|soon) as|as of|effective)(?: the)?\s*$",
    re.IGNORECASE,
)
# Time that has run, and none that is expected.
_SINCE = re.compile(r"\bsince(?: the)?\s*$", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)


def horizon_of(
    text: str, start: int, end: int, dates: list[DateExpression], published: date | None
) -> When | None:
    """The horizon told between two offsets of a sentence, or None when the words do not settle it.

    A weekday or a month without its year is the next one after publication, since it is expected.
    """
    try:
        return _horizon_in(text, start, end, dates, published)
    except (OverflowError, ValueError):  # a day beyond the calendar's last
        return None


def _horizon_in(
    text: str, start: int, end: int, dates: list[DateExpression], published: date | None
) -> When | None:
    for d in dates:
        if (
            start <= d.start
            and d.end <= end
            and d.first is not None
            and not _SINCE.search(text[: d.start])
        ):
            found = _as_horizon(text, _ahead(text, d, published))
            if _is_ahead(found, published):
                return found
    if published is not None and (m := _SPAN_OF_TIME.search(text, start, end)):
        return _from_now(m, published)
    return None


def _ahead(text: str, d: DateExpression, published: date | None) -> DateExpression:
    """The expression, moved on to its next occurrence where it lies behind the day of the report."""
    if (
        published is None
        or d.first is None
        or d.last is None
        or not d.relative
        or d.last > published
    ):
        return d
    if _WEEKDAY.match(text[d.start : d.end]):
        day = published + timedelta((d.first - published).days % 7)
        return replace(d, first=day, last=day)
    if (
        d.precision in ("day", "month")
        and re.match(r"(?!last\b).*(?:[A-Z]|\d)", text[d.start : d.end])
        and d.last < published
    ):
        first = _next_year(d.first)
        last = (
            _next_year(d.last)
            if d.precision == "day"
            else date(first.year, first.month, monthrange(first.year, first.month)[1])
        )
        return replace(d, first=first, last=last)
    return d


def _next_year(day: date) -> date:
    return moved(day, 1, "year")


def _as_horizon(text: str, d: DateExpression) -> When:
    assert d.first is not None
    assert d.last is not None
    before, words = text[max(0, d.start - 30) : d.start], text[d.start : d.end]
    last = date(d.last.year, 6, 30) if d.part == "mid" and d.precision == "year" else d.last
    if _BY.search(before) or d.part == "end":
        return When(None, last, words, d.precision)
    if _AFTER.search(before):
        return When(last + timedelta(1), None, words, d.precision)
    if _FROM.search(before):
        return When(d.first, None, words, d.precision)
    return When(d.first, last, words, d.precision)


def _is_ahead(when: When, published: date | None) -> bool:
    """Whether some of the time is still to come on the day of the report."""
    return published is None or when.end is None or when.end >= published


def _from_now(m: re.Match[str], published: date) -> When | None:
    number = count_of(m["n"])
    if number is None:
        return None  # "in a few days" settles no day
    last = moved(published, number, m["unit"].lower())
    return When(None if m["lead"].lower() == "within" else published, last, m[0], "range")

"""Days, months and years as the periods of a picture: where each begins and ends, and its words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Literal

Unit = Literal["day", "month", "year"]

# The longest spans, in days, that are shown by day and by month: 45 days and 12 years, so that no
# bar is hair-thin.
_BY_DAY, _BY_MONTH = 45, 12 * 366


def unit_for(first: date, last: date) -> Unit:
    """The unit by which a span of days is shown: by day up to 45 days, by month up to 12 years,
    else by year.
    """
    days = (last - first).days
    return "day" if days <= _BY_DAY else "month" if days <= _BY_MONTH else "year"


def period_start(day: date, unit: Unit) -> date:
    """The first day of the day, month or year that a day is in."""
    return day if unit == "day" else day.replace(day=1) if unit == "month" else date(day.year, 1, 1)


def period_end(start: date, unit: Unit) -> date:
    """The first day after the period that begins at `start`; for the calendar's last period, its
    last day.
    """
    try:
        if unit == "day":
            return date.fromordinal(start.toordinal() + 1)
        if unit == "year" or start.month == 12:
            return date(start.year + 1, 1, 1)
        return date(start.year, start.month + 1, 1)
    except (ValueError, OverflowError):
        return date.max


def middle(start: date, unit: Unit) -> datetime:
    """The moment in the middle of the period, in UTC."""
    first, end = (datetime.combine(day, time(), UTC) for day in (start, period_end(start, unit)))
    return first + (end - first) / 2


def number_of(start: date, unit: Unit) -> int:
    """The number of the period in the calendar: consecutive periods of one unit differ by 1."""
    return (
        start.toordinal()
        if unit == "day"
        else start.year * 12 + start.month - 1
        if unit == "month"
        else start.year
    )


def start_of(number: int, unit: Unit) -> date:
    """The first day of the period with that number: the inverse of `number_of`."""
    if unit == "day":
        return date.fromordinal(number)
    return date(number // 12, number % 12 + 1, 1) if unit == "month" else date(number, 1, 1)


def in_words(start: date, unit: Unit) -> str:
    """The period as a person writes it: "2 Mar 2011", "Mar 2011", "2011"."""
    return (
        f"{start.day} {start:%b %Y}"
        if unit == "day"
        else f"{start:%b %Y}"
        if unit == "month"
        else f"{start.year}"
    )

"""Axes that a person reads at a glance: round numbers, whole days, months and years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import floor, log10

from sayso.plot.look import Spec

# Figures that differ by more than this factor are drawn on a logarithmic axis: on a plain one the
# small ones would merge into one line.
_LOG_FACTOR = 60
# The smallest figure, as a share of the largest, above which an axis leaves out zero, so that
# revisions can be seen.
_FAR_FROM_NOUGHT = 0.5
# Ticks of an axis, and of a horizontal one in a narrow picture.
TICKS, FEW_TICKS = 7, 4
# The space left beside the first and the last figure, as a share of the axis.
_ROOM = 0.08


def is_logarithmic(values: Sequence[int]) -> bool:
    """Whether the figures differ too much for a plain axis."""
    positive = [v for v in values if v > 0]
    return bool(positive) and max(positive) / min(positive) > _LOG_FACTOR


def leaves_out_nought(values: Sequence[int]) -> bool:
    """Whether a plain axis for these figures begins above 0."""
    return (
        not is_logarithmic(values)
        and len(set(values)) > 1
        and min(values) > _FAR_FROM_NOUGHT * max(values)
    )


def people_axis(
    values: Sequence[int], from_nought: bool, most: int = TICKS, plain: bool = False
) -> tuple[Spec, list[int]]:
    """The scale for numbers of people, and its ticks, about `most`.

    `from_nought`: it begins at 0 whatever the figures. `plain`: it is never logarithmic, as under
    bars, whose length stands for the number.
    """
    if is_logarithmic(values) and not plain:
        least = 0 if 0 in values else min(v for v in values) / 1.5
        upto = max(values) * 1.6
        kind = {"type": "symlog", "constant": 1} if least == 0 else {"type": "log"}
        return {**kind, "domain": [least, upto], "nice": False}, _powers(least, upto)
    low, high = min(values), max(values)
    if from_nought or not leaves_out_nought(values):
        low = 0
    room = max((high - low) * _ROOM, 1)
    step = _step((high - low + 2 * room) / most)
    least = max(0, floor((low - room) / step) * step) if low else 0
    return {"domain": [least, high + room], "nice": False, "zero": False}, list(
        range(least, int(high + room) + 1, step)
    )


def _powers(least: float, most: float) -> list[int]:
    """The powers of ten between two numbers, with 2 and 5 times them, or 3 times, where there is
    room; and 0, if `least` is 0.
    """
    decades = log10(most / max(least, 1))
    between = (1, 2, 5) if decades <= 2.5 else (1, 3) if decades <= 4 else (1,)
    ticks = [b * 10**d for d in range(int(log10(most)) + 1) for b in between]
    return [0] * (least == 0) + [t for t in ticks if least <= t <= most]


def _step(least: float) -> int:
    """The smallest whole number that is 1, 2 or 5 times a power of ten and no smaller."""
    power = 10 ** max(0, floor(log10(least)))
    return int(next(m * power for m in (1, 2, 5, 10) if m * power >= least))


def time_axis(days: Sequence[date], most: int = TICKS) -> tuple[Spec, list[date], str]:
    """The scale for days, its ticks, about `most`, and the format of their labels
    (d3-time-format).
    """
    first, last = min(days), max(days)
    room = timedelta(max(1, round((last - first).days * 0.04)))
    first, last = _earlier(first, room), _later(last, room)
    scale = {"type": "utc", "domain": [as_datetime(first), as_datetime(last)], "nice": False}
    span = (last - first).days
    for step in (1, 2, 7, 14):
        if span <= most * step:
            return scale, [first + timedelta(d) for d in range(0, span + 1, step)], "%-d %b %Y"
    for step in (1, 2, 3, 6):
        if span <= most * step * 30.5:
            return scale, list(_months(first, last, step)), "%b %Y"
    step = _step(span / 365.25 / most)
    return (
        scale,
        [date(y, 1, 1) for y in range(-(-(first.year + 1) // step) * step, last.year + 1, step)],
        "%Y",
    )


def _earlier(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min


def _later(day: date, by: timedelta) -> date:
    return day + by if date.max - day > by else date.max


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """The first day of every `step`-th month, counted from January."""
    for n in range(first.year * 12 + first.month, last.year * 12 + last.month):
        if n % step == 0:
            yield date(n // 12, n % 12 + 1, 1)


def as_datetime(day: date) -> Spec:
    """A day as Vega-Lite writes one; in UTC, or it would move with the reader's clock."""
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def in_full(days: Iterable[date]) -> str:
    """From the first to the last of the days, in words: "2 Mar 2011 to 5 Apr 2014"."""
    first, last = min(days := list(days)), max(days)
    ends = [f"{d.day} {d:%b %Y}" for d in (first, last)]
    return ends[0] if first == last else " to ".join(ends)

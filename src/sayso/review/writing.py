"""Values as people write them in a correction, read and written: numbers, days, places."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from sayso.errors import DecisionError
from sayso.model import Count, When, Where
from sayso.model.fields import fields_of

# -- how many ------------------------------------------------------------------

_NUMBER = r"\d[\d,. ]*"
_FORMS = (
    (re.compile(rf"(?P<about>~|about )?\s*(?P<low>{_NUMBER})"), True, True),
    (
        re.compile(
            rf"(?P<about>~|about )?\s*(?P<low>{_NUMBER})\s*(?:-|–|to)\s*(?P<high>{_NUMBER})"
        ),
        True,
        True,
    ),
    (re.compile(rf"(?:≥|>=|at least )\s*(?P<low>{_NUMBER})|(?P<low_>{_NUMBER})\+"), True, False),
    (re.compile(rf"(?:≤|<=|at most )\s*(?P<high>{_NUMBER})"), False, True),
)
# The largest number of people that a figure can hold: more than have ever lived.
_MOST = 200_000_000_000


def interval(words: str) -> tuple[int | None, int | None, bool]:
    """The interval that a person writes: "16", "16-20", "≥ 16" or "16+", "≤ 40", "~ 100"; and
    whether it is about so many.

    Raises DecisionError for anything else.
    """
    text = " ".join(words.split()).lower()
    for form, has_low, has_high in _FORMS:
        if m := form.fullmatch(text):
            groups = m.groupdict()
            low = _whole(groups.get("low") or groups.get("low_"), words) if has_low else None
            high = (
                _whole(groups.get("high"), words)
                if groups.get("high")
                else low
                if has_high
                else None
            )
            if low is not None and high is not None and low > high:
                raise DecisionError(
                    f"{words!r}: {low:,} is more than {high:,}; write the smaller number first"
                )
            return low, high, bool(groups.get("about"))
    raise DecisionError(
        f"{words!r} is no number of people; expected 16, 16-20, ≥ 16, ≤ 40, or ~ 100"
    )


def _whole(digits: str | None, words: str) -> int:
    number = int(re.sub(r"[,. ]", "", digits or ""))
    if number > _MOST:
        raise DecisionError(
            f"{words!r} is more people than have ever lived; expected 16, 16-20, ≥ 16, ≤ 40, "
            f"or ~ 100"
        )
    return number


def interval_written(count: Count) -> str:
    """An interval as `interval` reads it."""
    low, high = count.low, count.high
    if low is None:
        return f"≤ {high:,}" if high is not None else ""
    words = f"≥ {low:,}" if high is None else f"{low:,}" if low == high else f"{low:,}-{high:,}"
    return f"~ {words}" if count.approx and high is not None else words


# -- when and where --------------------------------------------------------------


def dates(words: str) -> When | None:
    """The days that a person writes in ISO 8601: "2012-03-11", "2012-03", "2012",
    "2012-03-11/2012-04", "2001/.."; none for "".

    Raises DecisionError for anything else.
    """
    text = words.strip()
    if not text:
        return None
    first, slash, last = text.partition("/")
    start, precision = _day(first, last=False, words=words)
    end, _ = _day(last or first, last=True, words=words)
    if start and end and start > end:
        raise DecisionError(f"{words!r}: it ends before it begins; write the earlier day first")
    return When(start, end, text, "range" if slash else precision)


def _day(text: str, *, last: bool, words: str) -> tuple[date | None, str]:
    """The first or last day of a year, month or day, and which of them it is; None for an open
    end.
    """
    text = text.strip()
    if text == "..":
        return None, "range"
    m = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    try:
        if m is None:
            raise ValueError(text)
        year, month, day = (int(g) if g else None for g in m.groups())
        assert year is not None
        known = month or (12 if last else 1)
        precision = "day" if day else "month" if month else "year"
        return date(
            year, known, day or (calendar.monthrange(year, known)[1] if last else 1)
        ), precision
    except ValueError:
        raise DecisionError(
            f"{words!r} is no day; expected 2012-03-11, 2012-03, 2012, 2012-03-11/2012-03-14, "
            f"or 2001/.."
        ) from None


def dates_written(when: When | None) -> str:
    """Days as `dates` reads them."""
    if when is None or (when.start is None and when.end is None):
        return ""
    if when.precision in ("day", "month", "year") and when.start:
        whole = {
            "day": f"{when.start}",
            "month": f"{when.start:%Y-%m}",
            "year": f"{when.start:%Y}",
        }[when.precision]
        if (read := dates(whole)) and (read.start, read.end) == (when.start, when.end):
            return whole
    if when.start == when.end:
        return f"{when.start}"
    return f"{when.start or '..'}/{when.end or '..'}"


# A corrected place stands nowhere in the report.
_WHERE = tuple(f.name for f in fields_of(Where) if f.name not in ("start", "end"))


def place(value: Any) -> Where | None:
    """The place that a correction holds: the words alone, or an object with the fields of a
    gazetteer's entry; none for "".

    Raises DecisionError for anything else.
    """
    if isinstance(value, str):
        return Where(" ".join(value.split()), None, None) if value.strip() else None
    if isinstance(value, dict) and isinstance(value.get("text"), str) and set(value) <= set(_WHERE):
        return Where(start=None, end=None, **value)
    raise DecisionError(f"{value!r} is no place; expected its name, or an entry of the gazetteer")


def place_written(where: Where | None) -> Any:
    """A place as `place` reads it: an object where it is an entry of the gazetteer, else its
    words.
    """
    if where is None:
        return ""
    return (
        {name: getattr(where, name) for name in _WHERE}
        if where.geonames is not None or where.country
        else where.text
    )

"""Date expressions in English and the days they mean: "on Thursday", "since March 2011".

Pure: text and a publication date in, intervals out. A date without a year takes it from the
text around it in a narrative of past years, and from the publication date in news.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sayso.language.date_patterns import BEFORE_MONTH, FROM_PUBLICATION, PATTERNS, YEAR
from sayso.language.numerals import number


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression: `text[start:end]`, and the days it means.

    `first` and `last` are dates, inclusive; both None when the words alone do not settle them.
    `precision` is `day`, `week`, `month`, `year` or `range`. `part` is "early", "mid", "late",
    "end" or "start" where the words narrow the unit ("late 1942" has the whole year as interval).
    `relative` is true when only the publication date or the text around gave it a year.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    part: str | None = None
    relative: bool = False


_MONTHS = {n.lower(): i for i, n in enumerate(calendar.month_name) if n} | {
    n.lower(): i for i, n in enumerate(calendar.month_abbr) if n
}
_MONTHS["sept"] = 9
_WEEKDAYS = {n.lower(): i for i, n in enumerate(calendar.day_name)} | {
    n.lower(): i for i, n in enumerate(calendar.day_abbr)
}
_WEEKDAYS |= {"tues": 1, "thur": 3, "thurs": 3}
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
# In a narrative, a month up to this many before the last one is a look back, not in the next year
# (the best value from 3 to 11 on the WikiWars narratives).
_BACKWARD = 10
_FEASTS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "new year's day": (1, 1),
    "new year’s day": (1, 1),
    "new year's eve": (12, 31),
    "new year’s eve": (12, 31),
}


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, month, 1), _month_end(year, month)


def _shift_month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def moved(day: date, n: int, unit: str) -> date:
    """The day n hours, days, weeks, months, years or decades after another, or before it where n is
    negative.

    Raises OverflowError or ValueError beyond the calendar's ends.
    """
    if unit == "hour":
        return day + timedelta(math.ceil(n / 24) if n > 0 else math.floor(n / 24))
    if unit in ("day", "night"):
        return day + timedelta(n)
    if unit == "week":
        return day + timedelta(7 * n)
    return _shift_month(day, n * {"month": 1, "year": 12, "decade": 120}[unit])


def count_of(words: str | None) -> int | None:
    """The number that "three", "a" or "48" stands for; None for "several"."""
    if words is None:
        return 1
    words = words.lower()
    if words in ("a", "an"):
        return 1
    if "couple" in words:
        return 2
    return None if words in ("several", "a few", "few") else number(words)


class _Reader:
    """Reads matches in order and remembers the last date, which the next may refer to."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.narrative = self._is_narrative()
        self.reference: date | None = None if self.narrative else published
        self.reference_precision = "year" if self.narrative else "day"

    def _is_narrative(self) -> bool:
        """Whether the text is about years other than that of its publication: history, not news."""
        years = [int(y) for y in re.findall(rf"(?<![\d,.$-]){YEAR}(?![\d,]\d|%)", self.text)]
        if self.published is None:
            return len(years) > 3
        other = sum(y != self.published.year and y != self.published.year - 1 for y in years)
        return len(years) > 8 and other > 0.6 * len(years)

    # -- absolute ---------------------------------------------------------------

    def read(self, m: re.Match[str]) -> list[DateExpression]:
        """The expression of a match; two where it names two ends ("6-7 January", "1914-18")."""
        g = m.groupdict()
        try:
            found = self._value(m, g)
        except (OverflowError, ValueError):  # before the first year or after the last
            return []
        if found is None:
            return []
        ends = [found, *self._second_end(m, g, found)]
        if (
            found.first is not None
            and found.precision in ("day", "month", "year")
            and not g.get("day")
        ):
            self.reference = ends[-1].first
            self.reference_precision = found.precision
        return sorted(ends, key=lambda e: e.start)

    def _second_end(
        self, m: re.Match[str], g: dict[str, str | None], one: DateExpression
    ) -> list[DateExpression]:
        if one.first is None:
            return []
        if g.get("d2"):
            day = _date(one.first.year, one.first.month, _leading_number(m["d2"]))
            start, end = (m.start("d2"), m.end("d2"))
            if m.start("mon") > m.start("d2"):
                end = m.end()
            return (
                [replace(one, start=start, end=end, first=day, last=day)]
                if day and day > one.first
                else []
            )
        if g.get("y2"):
            year = int(m["y2"]) if len(m["y2"]) == 4 else one.first.year // 100 * 100 + int(m["y2"])
            if year <= one.first.year:
                return []
            return [
                replace(
                    one,
                    start=m.start("y2"),
                    end=m.end("y2"),
                    first=date(year, 1, 1),
                    last=date(year, 12, 31),
                )
            ]
        if g.get("mon2"):
            month = _MONTHS[m["mon2"].lower().rstrip(".")]
            first, last = month_of(int(m["y"]), month)
            return [replace(one, start=m.start("mon2"), first=first, last=last)]
        return []

    def _expression(
        self,
        m: re.Match[str],
        days: tuple[date, date] | None,
        precision: str,
        *,
        relative: bool = False,
    ) -> DateExpression:
        part = (m.groupdict().get("part") or "").lower()
        narrowed = next(
            (
                p
                for p in ("end", "early", "mid", "late", "start", "beginning", "first", "second")
                if p in part
            ),
            None,
        )
        if not part and m.groupdict().get("ref") and "end of" in m["ref"].lower():
            narrowed = "end"
        narrowed = {"beginning": "start"}.get(narrowed or "", narrowed)
        first, last = days or (None, None)
        return DateExpression(m.start(), m.end(), first, last, precision, narrowed, relative)

    def _value(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        if g.get("sep11"):
            return self._expression(m, (date(2001, 9, 11), date(2001, 9, 11)), "day")
        if g.get("iso") or g.get("dmy") or g.get("mdy"):
            day = _date(int(m["y"]), int(m["m"]), int(m["d"]))
            return self._expression(m, (day, day), "day") if day else None
        if g.get("decade"):
            decade = _leading_number(m[0])
            return self._expression(m, (date(decade, 1, 1), date(decade + 9, 12, 31)), "range")
        if g.get("feast"):
            month, day_number = _FEASTS[m["feast"].lower()]
            year = int(m["y"]) if g.get("y") else self._year_for(month, day_number)
            return self._one_day(
                m, _date(year, month, day_number) if year else None, relative=not g.get("y")
            )
        if g.get("mon") and g.get("d"):
            return self._day_of_month(m, g)
        if g.get("mon"):
            return self._month(m, g)
        if g.get("season"):
            return self._season(m, g)
        if g.get("y"):
            return self._year(m, g)
        return self._relative(m, g)

    def _one_day(
        self, m: re.Match[str], day: date | None, *, relative: bool
    ) -> DateExpression | None:
        return self._expression(m, (day, day) if day else None, "day", relative=relative)

    def _day_of_month(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        month = _MONTHS[m["mon"].lower().rstrip(".")]
        day_number = _leading_number(m["d"])
        year: int | None = (
            _four_digits(int(m["y"])) if g.get("y") else self._year_for(month, day_number)
        )
        first = _date(year, month, day_number) if year else None
        if first is None:
            return None if g.get("y") else self._expression(m, None, "day", relative=True)
        found = self._expression(m, (first, first), "day", relative=not g.get("y"))
        if not g.get("d2"):
            return found
        return replace(found, end=m.end("d") if m.start("d") < m.start("mon") else m.start("tail"))

    def _month(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        name = m["mon"].lower().rstrip(".")
        month = _MONTHS[name]
        if g.get("y"):
            year: int | None = int(m["y"])
        elif ref := g.get("ref") or g.get("ref2"):
            year = self._referred_year(ref.lower(), month, of_year=m[0].endswith("year"))
        else:
            if (
                name in ("may", "march")
                and not BEFORE_MONTH.search(self.text[max(0, m.start() - 14) : m.start()])
                and not g.get("part")
            ):
                return None
            year = self._year_for(month)
        if year is None:
            return self._expression(m, None, "month", relative=True)
        found = self._expression(m, month_of(year, month), "month", relative=not g.get("y"))
        return replace(found, end=m.end("mon")) if g.get("mon2") else found

    def _referred_year(self, ref: str, month: int, *, of_year: bool) -> int | None:
        base = self.published if ref in ("last", "this", "next", "this past") else self.reference
        if base is None:
            return None
        if of_year:
            return base.year + {
                "last": -1,
                "the previous": -1,
                "next": 1,
                "the following": 1,
                "the next": 1,
            }.get(ref, 0)
        if ref in ("last", "this past", "the previous"):
            return base.year if month < base.month else base.year - 1
        if ref in ("next", "the following"):
            return base.year if month > base.month else base.year + 1
        return base.year

    def _season(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        start, end = _SEASONS[m["season"].lower()]
        if g.get("y"):
            year = int(m["y"])
        elif self.reference is None:
            return self._expression(m, None, "range", relative=True)
        else:
            ref = (g.get("ref") or "").lower()
            if ref in ("last", "this", "next", "this past") and self.published is None:
                return self._expression(m, None, "range", relative=True)
            base = (
                self.published
                if ref in ("last", "this", "next", "this past") and self.published
                else self.reference
            )
            past = ref in ("last", "this past") and start >= base.month
            year = base.year - past + (ref in ("next", "the following") and start <= base.month)
        last = _month_end(year + (end < start), end)
        return self._expression(m, (date(year, start, 1), last), "range", relative=not g.get("y"))

    def _year(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        year = int(m["y"])
        if self.published and year > self.published.year + 60:
            return None
        start = m.start() + (
            m[0].lower().find(m["y"]) if re.match(r"between|from", m[0], re.IGNORECASE) else 0
        )
        found = self._expression(m, (date(year, 1, 1), date(year, 12, 31)), "year")
        return replace(found, start=start, end=m.end("y") if g.get("y2") else found.end)

    # -- relative to another date --------------------------------------------------

    def _year_for(self, month: int, day: int = 1) -> int | None:
        """The year of a month that is named without one."""
        if self.reference is None:
            return None
        if not self.narrative and self.published is not None:
            # A day or two ahead of a dateline is a slip of time zones, a month ahead is last year.
            ahead = (month, day) > (self.published.month, self.published.day + 7)
            return self.published.year - (ahead and month != self.published.month)
        if self.reference_precision == "year":
            return self.reference.year
        # A narrative goes forward: a month far before the last one is in the next year.
        return self.reference.year + (self.reference.month - month > _BACKWARD)

    def _relative(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        words = m[0].lower()
        if g.get("weekday"):
            return self._weekday(m, (g.get("ref") or "").lower())
        if g.get("day"):
            offset = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(
                words, -2 if "before" in words else 0
            )
            base = self.published if not self.narrative else None
            if words == "overnight" and base:
                return self._expression(m, (base - timedelta(1), base), "range", relative=True)
            return self._one_day(m, base + timedelta(offset) if base else None, relative=True)
        if g.get("span"):
            return self._span(m, g)
        if g.get("dir"):
            return self._distance(m, g)
        return self._deictic(m, g)

    def _weekday(self, m: re.Match[str], ref: str) -> DateExpression | None:
        if self.published is None or self.narrative:
            return self._expression(m, None, "day", relative=True)
        back = (self.published.weekday() - _WEEKDAYS[m["weekday"].lower()]) % 7
        if ref == "next":
            return self._one_day(m, self.published + timedelta(7 - back), relative=True)
        if ref in ("last", "the previous") and back == 0:
            back = 7
        return self._one_day(m, self.published - timedelta(back), relative=True)

    def _span(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        """ "in the past 48 hours", "over the last two weeks": days that end at the publication."""
        n, unit = count_of(g.get("n")), m["unit"].lower().rstrip("s")
        if (
            g.get("n") is None
            and not m["unit"].endswith("s")
            and m["span"].lower() in ("last", "next")
        ):
            return self._deictic(m, {**g, "ref": m["span"]})
        if (
            self.published is None
            or self.narrative
            or n is None
            or (g.get("n") is None and m["unit"].endswith("s"))
        ):
            return self._expression(m, None, "range", relative=True)
        ahead = m["span"].lower() in ("next", "coming")
        # "The past four days" counts the day of publication.
        steps = n - 1 if unit == "day" and n > 1 else n
        other = moved(self.published, steps if ahead else -steps, unit)
        days = (self.published, other) if ahead else (other, self.published)
        return self._expression(m, days, "range", relative=True)

    def _distance(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        """ "two days ago" from the publication; "two days later" from the last date of the text."""
        n, unit = count_of(g.get("n")), m["unit"].lower().rstrip("s")
        ago = m["dir"].lower() in ("ago", "from now", "hence")
        base = self.published if ago and not self.narrative else self.reference
        if n is None or base is None or unit == "hour":
            return self._expression(m, None, "day", relative=True)
        back = m["dir"].lower() in ("ago", "earlier", "before", "previously")
        try:
            day = moved(base, -n if back else n, unit)
        except (ValueError, OverflowError):
            return self._expression(m, None, "day", relative=True)
        if unit in ("day", "night") and (ago or self.reference_precision == "day"):
            return self._one_day(m, day, relative=True)
        if unit in ("year", "decade"):
            return self._expression(
                m, (date(day.year, 1, 1), date(day.year, 12, 31)), "year", relative=True
            )
        if unit == "month" and self.reference_precision in ("day", "month"):
            return self._expression(m, month_of(day.year, day.month), "month", relative=True)
        if unit == "week" and (ago or self.reference_precision == "day"):
            monday = day - timedelta(day.weekday())
            return self._expression(m, (monday, monday + timedelta(6)), "week", relative=True)
        return self._expression(m, None, "day", relative=True)

    def _deictic(self, m: re.Match[str], g: dict[str, str | None]) -> DateExpression | None:
        """ "last week", "this year", "the next day", "that month", "the end of the year"."""
        ref, unit = (
            m["ref"].lower() if "ref" in m.groupdict() and m["ref"] else str(g["ref"]).lower(),
            m["unit"].lower(),
        )
        from_now = ref in FROM_PUBLICATION
        base = self.published if from_now and not self.narrative else self.reference
        if ref in ("the", "past", "mid", "the past") and unit in (
            "day",
            "night",
            "evening",
            "morning",
            "afternoon",
            "week",
            "month",
            "weekend",
            "year",
        ):
            if not (ref == "the" and unit == "weekend"):
                return None
        if base is None or (from_now and self.published is None):
            return self._expression(m, None, "day", relative=True)
        step = (
            -1
            if "last" in ref or "previous" in ref
            else 1
            if "next" in ref or "following" in ref
            else 0
        )
        if unit == "year":
            year = base.year + step
            return self._expression(
                m, (date(year, 1, 1), date(year, 12, 31)), "year", relative=True
            )
        if unit == "month":
            if self.reference_precision == "year" and not from_now:
                return self._expression(m, None, "month", relative=True)
            shifted = _shift_month(base.replace(day=1), step)
            return self._expression(
                m, month_of(shifted.year, shifted.month), "month", relative=True
            )
        if self.reference_precision != "day" and not from_now:
            return self._expression(m, None, "day", relative=True)
        if unit == "weekend":
            saturday = base - timedelta((base.weekday() - 5) % 7)
            return self._expression(m, (saturday, saturday + timedelta(1)), "range", relative=True)
        if unit == "week":
            monday = base - timedelta(base.weekday()) + timedelta(7 * step)
            return self._expression(m, (monday, monday + timedelta(6)), "week", relative=True)
        return self._one_day(m, base + timedelta(step), relative=True)


def _leading_number(words: str) -> int:
    """The first number in the words: 7 of "7th", 1920 of "the 1920s"."""
    return int(re.findall(r"\d+", words)[0])


def _four_digits(year: int) -> int:
    """A two-digit year of a telegram's dateline ("3 JAN 90 --") in full."""
    return year if year > 99 else year + (1900 if year > 40 else 2000)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The matches of all patterns, in text order; of two that overlap, the earlier pattern's."""
    taken = bytearray(len(text) + 1)
    found: list[re.Match[str]] = []
    for pattern in PATTERNS:
        for m in pattern.finditer(text):
            if m.end() > m.start() and not any(taken[m.start() : m.end()]):
                taken[m.start() : m.end()] = b"\x01" * (m.end() - m.start())
                found.append(m)
    return iter(sorted(found, key=lambda m: m.start()))


def find_dates(text: str, published: date | None) -> list[DateExpression]:
    """Every date expression in the text, in order, none overlapping another.

    `published` is what "Thursday" and "last week" are counted from; without it they stay open.
    """
    reader = _Reader(text, published)
    return [found for m in _matches(text) for found in reader.read(m)]

"""Quantities in words and figures: "at least two dozen" -> 24 or more.

Pure: text in, `Quantity` values out. The intervals are those of the coding guide that
`docs/claims.md` gives ("How words become intervals"): bounds are whole numbers, inclusive, and
`None` is open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Sort(StrEnum):
    """The kind of words in a quantity, which decides whether a noun must follow."""

    NUMBER = "number"  # 12, twelve, two dozen, between 20 and 30
    VAGUE = "vague"  # dozens, hundreds, tens of thousands
    DETERMINER = "determiner"  # several, many, some, both: only before a noun or "of"
    ZERO = "zero"  # no, none, without


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and where it stands: `text[start:end]` is the words, qualifier included.

    `low` and `high` are inclusive, `None` is open; `approx` is true for "about", "nearly",
    "an estimated" and the like.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    approx: bool
    sort: Sort


_UNITS = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    w: 10 * i
    for i, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
_WORD_NUMBERS = _UNITS | _TENS

# The lowest number that such a plural can mean: two of its unit (the coding guide's table).
_PLURALS = {
    "dozens": 24,
    "scores": 40,
    "tens": 20,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2 * 10**6,
}
_DETERMINERS = (
    "several"
    "|an? (?:(?:large|great|small|significant|considerable|high|huge|unknown|unspecified"
    "|undisclosed|undetermined|growing) )?number"
    "|(?:large|high|great|huge|vast|overwhelming|record|massive|significant|unknown) numbers?"
    "|numerous|multiple|countless|many|some"
    "|(?:quite )?a few|few|various|a handful|a group|a couple|both|most|a lot|lots|scores"
)

_DIGITS = r"\d{1,3}(?:[,.\u00a0 ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_TEN = "|".join(_TENS)
_BELOW_HUNDRED = rf"(?:{_TEN})(?:[- ](?:{_UNIT}))?|(?:{_UNIT})"
_SCALE = "|".join(_SCALES)
_WORDS = (
    rf"(?:{_BELOW_HUNDRED})(?:[- ](?:{_SCALE}))*(?:(?: and|,)? (?:{_BELOW_HUNDRED})(?:[- ]"
    rf"(?:{_SCALE}))+)*"
    rf"(?:(?<=hundred)(?:(?: and)? (?:{_BELOW_HUNDRED}))?)?"
)
_FRACTION = (
    r"half[- ]an?[- ](?:million|dozen)|a quarter of a million|three[- ]quarters of a million"
)
_NUMBER = (
    rf"(?:{_FRACTION}|an? (?:{_SCALE})(?! of)|(?:{_DIGITS})(?:[- ](?:{_SCALE})s?| ?(?:k|m|mn"
    rf"|bn)\b)?|{_WORDS})"
)
_PLURAL = (
    r"(?:(?:tens|dozens|scores|hundreds|many|several) of (?:thousands|hundreds|millions)"
    r"|(?:several|(?:a )?few|many|a couple of) (?:hundred|thousand|dozen|million)s?"
    r"|dozens|scores|tens|hundreds|thousands|millions)"
)
_AT_LEAST = r"at (?:the )?least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|minimum"
_OVER = (
    r"(?:well |far |slightly |a little |many )?(?:over|more than|upwards? of|in excess of|above"
    r"|exceeding|greater than)"
)
_UP_TO = r"up to|as many as|no more than|not more than|at (?:the )?most|a maximum of|maximum of"
_UNDER = r"(?:fewer|less) than|under|below"
_ABOUT = (
    r"about|around|some|perhaps|possibly|nearly|almost|approximately|roughly|an? estimated"
    r"|estimated(?: at)?|close to|circa"
    r"|approx\.?|near(?:ly)? to|an average of|as much as"
)
_QUALIFIER = (
    rf"(?P<at_least>{_AT_LEAST})|(?P<over>{_OVER})|(?P<up_to>{_UP_TO})|(?P<under>{_UNDER})|"
    rf"(?P<about>{_ABOUT})"
)
_NOT_A_COUNT_BEFORE = r"(?<![\w.$£€#/@-])(?<!\d[,:])(?<![Nn]o )"
_NOT_A_COUNT_AFTER = r"(?!-(?!strong)|[\w/@:%]|[.,]\d| per ?cent| percent|°)"


def _spaced(pattern: str) -> str:
    """The pattern with each space matching any run of white space, line ends included."""
    parts = re.split(r"(\[[^\]]*\])", pattern)  # character classes stay as they are
    return "".join(
        p if p.startswith("[") else p.replace(" ?", r"\s*").replace(" ", r"\s+") for p in parts
    )


_COUNT = re.compile(
    _NOT_A_COUNT_BEFORE
    + _spaced(
        rf"(?:(?:{_QUALIFIER})(?: than| of)? )?(?:(?P<also>{_ABOUT}) )?(?:"
        rf"(?:(?P<between>between|from) (?P<from>{_NUMBER}) (?:and|to) (?P<till>{_NUMBER}))"
        rf"|(?:(?P<low>{_DIGITS}) ?[-–—] ?(?P<high>{_DIGITS}))"
        rf"|(?:(?P<low2>{_NUMBER}) (?:to|or) (?P<high2>{_NUMBER}))"
        rf"|(?P<number>{_NUMBER})(?P<more> or (?:more|so)|\+| plus\b)?"
        rf"|(?P<plural>{_PLURAL})(?: (?:and|or) (?:possibly |perhaps |maybe |even )?"
        rf"(?P<plural2>{_PLURAL}))?"
        rf"){_NOT_A_COUNT_AFTER}"
    ),
    re.IGNORECASE,
)
_VAGUE = re.compile(
    _NOT_A_COUNT_BEFORE + _spaced(rf"(?P<word>{_DETERMINERS}){_NOT_A_COUNT_AFTER}"), re.IGNORECASE
)
_ZERO = re.compile(
    r"(?<![\w-])(?:no one|nobody|none|no(?! (?:longer|more|less|fewer|doubt))|without"
    r"(?: any)?)(?![\w-])",
    re.IGNORECASE,
)

_NOT_COUNTED = re.compile(
    r"(?:[- ]?(?:year|month|week|day|hour|minute)s?(?:[- ]old)?(?![a-z])"
    r"|[- ]?(?:km|kilomet\w+|miles?|metres?|meters?|feet|tons?|tonnes?|kg|mm|percent|dollars?"
    r"|euros?|pounds?|am|pm|a\.m|p\.m|o'clock)(?![a-z]))",
    re.IGNORECASE,
)


# No figure counts more people than the world has.
_ALL_PEOPLE = 10**10


def _people(value: int) -> int | None:
    return value if value < _ALL_PEOPLE else None


def number(words: str) -> int | None:
    """The whole number that the words spell ("3,199", "3.5 million", "twenty-two"), or None."""
    words = " ".join(words.lower().split())
    if words in _WORD_NUMBERS:
        return _WORD_NUMBERS[words]
    if m := re.fullmatch(r"half[- ]an?[- ](million|dozen)", words):
        return _SCALES[m[1]] // 2
    if words.endswith("quarter of a million"):
        return 250_000
    if re.match(r"three[- ]quarters", words):
        return 750_000
    if m := re.fullmatch(rf"({_DIGITS})[- ]?({_SCALE}|k|m|mn|bn)?s?", words):
        scale = _SCALES.get(
            m[2] or "", {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9}.get(m[2] or "", 1)
        )
        digits = m[1]
        if re.fullmatch(r"\d{1,3}(?:[,. ]\d{3})+", digits) and not (scale > 1 and "." in digits):
            return _people(int(re.sub(r"\D", "", digits)) * scale)
        value = Decimal(digits) * scale
        return _people(int(value)) if value == int(value) else None
    total = current = 0
    for word in re.split(r"[ ,-]+", re.sub(r"\ban?\b", "one", words)):
        if word == "and":
            continue
        if word in _WORD_NUMBERS:
            current += _WORD_NUMBERS[word]
        elif word in ("hundred", "dozen"):
            current = max(current, 1) * _SCALES[word]
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
        else:
            return None
    return total + current


def _plural_low(words: str) -> int:
    """The low end of "dozens", "several hundred", "tens of thousands"."""
    words = " ".join(words.lower().split())
    if m := re.fullmatch(r"(\w+) of (thousand|hundred|million)s", words):
        return _PLURALS.get(m[1], 2) * _SCALES[m[2]]
    if m := re.fullmatch(rf"(?:several|(?:a )?few|many|a couple of) ({_SCALE})s?", words):
        return 2 * _SCALES[m[1]]
    return _PLURALS[words]


def _bounds(m: re.Match[str]) -> tuple[int | None, int | None, bool, Sort] | None:
    approx = bool(m["about"] or m["also"])
    if m["plural"]:
        low = _plural_low(m["plural"])
        return (None if m["up_to"] or m["under"] else low), None, approx, Sort.VAGUE
    if first := m["from"] or m["low"] or m["low2"]:
        low_value, high_value = number(first), number(m["till"] or m["high"] or m["high2"])
        if low_value is None or high_value is None or low_value > high_value:
            return None
        return low_value, high_value, approx, Sort.NUMBER
    value = number(m["number"])
    if value is None:
        return None
    if value == 0:
        return 0, 0, False, Sort.ZERO
    if m["over"]:
        return value + 1, None, approx, Sort.NUMBER
    if m["at_least"] or (m["more"] and "so" not in m["more"]):
        return value, None, approx, Sort.NUMBER
    if m["up_to"]:
        return None, value, approx, Sort.NUMBER
    if m["under"]:
        return None, value - 1, approx, Sort.NUMBER
    return value, value, approx or bool(m["more"]), Sort.NUMBER


def _determiner(word: str) -> tuple[int, int | None]:
    word = " ".join(word.lower().split())
    return (2, 2) if word in ("both", "a couple") else (2, None)


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity in the text, in order, none overlapping another.

    Ages, distances, money, percentages and the like are left out; years and days of the month are
    not, since `sayso.language.dates` recognises dates.
    """
    found: list[Quantity] = []
    for m in _COUNT.finditer(text):
        if _NOT_COUNTED.match(text, m.end()) or not (bounds := _bounds(m)):
            continue
        found.append(Quantity(m.start(), m.end(), *bounds))
    taken = [(q.start, q.end) for q in found]

    def free(m: re.Match[str]) -> bool:
        return not any(s < m.end() and m.start() < e for s, e in taken)

    for m in _VAGUE.finditer(text):
        if free(m):
            found.append(
                Quantity(m.start(), m.end(), *_determiner(m["word"]), False, Sort.DETERMINER)
            )
            taken.append(m.span())
    for m in _ZERO.finditer(text):
        if free(m):
            found.append(Quantity(m.start(), m.end(), 0, 0, False, Sort.ZERO))
    return sorted(found, key=lambda q: q.start)

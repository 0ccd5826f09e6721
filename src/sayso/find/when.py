"""When it happened: the date expression that belongs to a figure, as days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from sayso.dates import DateExpression, find_dates
from sayso.model import When
from sayso.parse import Parsed, Sentence

_SAID_ON = re.compile(
    r"\b(?:said|says|told|reported|announced|added|stated|statement|report|declared|confirmed|tweeted|posted|published|updated|interview|press conference|\w+ (?:news agency|agency|TV|reporters?|channel))"
    r"(?: (?:in an?|on|late|early|the|a|press|statement|report|that|his|its|news|agency|[A-Z]\w+))*,?\s*$",
)
_SINCE = re.compile(
    r"\b(?:since|from|after|starting(?: in| from)?|beginning(?: in)?)(?: the (?:start|beginning|end|middle) of| late| early| mid-?)?\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^\s*(?:and|to|until|till|through|-|–|—)\s*(?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from|in|of|period)?\s*$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|until|till|through|as of|up to)(?: the)?\s*$", re.IGNORECASE)
_SINCE_THEN = re.compile(r"\bsince then\b", re.IGNORECASE)


class Calendar:
    """The date expressions of one report, and which of them dates a figure."""

    def __init__(self, parsed: Parsed) -> None:
        self._published = parsed.report.published
        self._found = {part: find_dates(parsed.report.part(part), self._published) for part in ("title", "text")}
        self._parsed = parsed
        self._event_dates: dict[int, When | None] = {}

    def dates(self, sentence: Sentence) -> list[DateExpression]:
        """The expressions of a sentence, with offsets within it."""
        return [
            replace(d, start=d.start - sentence.start, end=d.end - sentence.start)
            for d in self._found[sentence.part]
            if sentence.start <= d.start and d.end <= sentence.end
        ]

    def when(self, sentence: Sentence, word: Token, dates: list[DateExpression]) -> When | None:
        """The days that the harm at `word` covers, or None when the words do not settle it."""
        own = self._of_sentence(sentence, dates, word.idx)
        if own is not None or any(d.first is None for d in dates):
            return own
        return self._carried(sentence)

    def _of_sentence(self, sentence: Sentence, dates: list[DateExpression], position: int) -> When | None:
        text = sentence.text
        usable = [d for d in dates if d.first is not None and not self._dates_statement(text, d) and not self._is_dateline(sentence, d)]
        if not usable:
            return None
        nearest = min(usable, key=lambda d: (d.start < position - 120, abs((d.start + d.end) // 2 - position)))
        return self._interval(text, nearest, usable)

    def _dates_statement(self, text: str, d: DateExpression) -> bool:
        """Whether the day only dates the statement: "said on Thursday", "Thursday's report"."""
        return d.precision == "day" and bool(_SAID_ON.search(text[max(0, d.start - 60) : d.start]))

    def _is_dateline(self, sentence: Sentence, d: DateExpression) -> bool:
        """Whether the date opens the body, before the news begins."""
        if sentence.part != "text" or sentence.start > 150 or d.precision != "day" or d.relative:
            return False
        before = sentence.text[: d.start]
        return len(before) < 60 and not re.search(r"\b(?:on|killed|died|dead|in|wounded|injured)\b", before) and d.first == self._published

    def _interval(self, text: str, d: DateExpression, dates: list[DateExpression]) -> When:
        before = text[max(0, d.start - 40) : d.start]
        other = next((o for o in dates if o is not d and self._are_ends(text, *sorted((d, o), key=lambda x: x.start))), None)
        if other is not None:
            a, b = sorted((d, other), key=lambda x: x.start)
            last = b.last
            if b.part == "mid" and b.first and b.last:
                last = _middle(b.first, b.last)
            return When(a.first, last, text[a.start : b.end], "range")
        if (
            _SINCE.search(before)
            and d.first
            and self._published
            and d.first <= self._published
            and not (d.precision == "day" and re.search(r"from\s*$", before))
        ):
            return When(_start(d), self._published, text[d.start : d.end], "range")
        if d.part == "end" and _BY.search(before) and d.last:
            return When(d.last, d.last, text[d.start : d.end], "day")
        return When(d.first, d.last, text[d.start : d.end], d.precision)

    @staticmethod
    def _are_ends(text: str, a: DateExpression, b: DateExpression) -> bool:
        if a.first is None or b.last is None or b.last < a.first:
            return False
        between = text[a.end : b.start]
        return bool(_UNTIL.match(between)) and (
            between.strip() != "and" or bool(re.search(r"\bbetween\s*$", text[max(0, a.start - 12) : a.start]))
        )

    def _carried(self, sentence: Sentence) -> When | None:
        """The date of the nearest earlier sentence of the same part that dates an event."""
        for s in reversed(self._parsed.sentences[: sentence.index]):
            if s.part != sentence.part or sentence.index - s.index > CARRY:
                break
            if s.index not in self._event_dates:
                self._event_dates[s.index] = self._of_sentence(s, self.dates(s), 0)
            if found := self._event_dates[s.index]:
                return found if found.precision == "day" else None
        return None


# How many sentences back a day still dates what has no date of its own.
CARRY = 3


def _start(d: DateExpression) -> date | None:
    """Where "since" begins: the unit's first day, its middle for "mid-2012"."""
    if d.part == "mid" and d.first and d.last:
        return _middle(d.first, d.last) + timedelta(1)
    return d.first


def _middle(first: date, last: date) -> date:
    """The day that ends the first half: 30 June for a year, the 15th for a month."""
    return date(first.year, 6, 30) if (last - first).days > 300 else first + timedelta(14)

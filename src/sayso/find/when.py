"""When it happened: the date expression that belongs to a figure, as days."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from sayso.language.dates import DateExpression, find_dates
from sayso.model import Scope, When
from sayso.model.parsed import Parsed, Sentence

_SAID_ON = re.compile(
    r"\b(?:said|says|told|reported|announced|added|stated|statement|report|declared|confirmed|tweeted|revealed|disclosed|posted|published|updated|interview|press conference|\w+ (?:news agency|agency|TV|reporters?|channel))"
    r"(?: (?:in an?|on|by|online|late|early|earlier|the|a|press|statement|report|that|his|its|news|agency|[A-Z]\w+))*,?\s*$",
)
# What police and courts do on a day does not date what they look into, nor a meeting what is said at it.
_DEALT_WITH_ON = re.compile(
    r"\b(?P<deed>arrest(?:s|ed)?|charged|arraigned|indicted|sentenced|convicted|pleaded(?: not)? guilty|appear\w* in court|testif\w+|spoke|speaking|announcement|announcing|meeting|met|visit(?:ed|ing)?)"
    r"(?: (?:in|on|at|with|here|late|early|[A-Z]\w+))*,?\s*$"
)
_SINCE = re.compile(
    r"\b(?:since|from|after|starting(?: in| from)?|beginning(?: in)?)(?: the (?:start|beginning|end|middle) of| late| early| mid-?)?\s*$",
    re.IGNORECASE,
)
# "since the conflict began in March 2011": everything between "since" and its date dates the beginning.
_SINCE_EVENT = re.compile(
    r"\b(?:since|count(?:ed|ing) from|start(?:ed|ing) (?:at|from|with))\b[^.,;:\"“”]{0,70}$",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:(?:which|that|who|has|have|had) (?:\w+ )?(?:began|begun|started|erupted|broke out|broken out|launched)|(?:war|conflict|uprising|revolt|crisis|rebellion|insurgency)(?: \w+){0,3} (?:began|started|erupted|broke out))(?: (?:in|on|late|early|at the (?:start|end) of))?\s*$",
    re.IGNORECASE,
)
_WAR = re.compile(
    r"\b(?:war|wars|conflict|uprising|revolt|crisis|rebellion|insurgency|to date|so far)\b|\b[Ii]t has (?:killed|claimed|cost|left|displaced)\b",
    re.IGNORECASE,
)
_FULL_DATE_ALONE = re.compile(
    r"(?:^|[^\w\s,])\s*$|\b(?!(?:on|in|of|since|until|till|by|from|to|and|between|after|before|during|late|early|the|dated)\b)[\w'’.]+[,:;)]?\s*$",
    re.IGNORECASE,
)
# A report says most plainly of its own event when it was: "The shooting happened just before 9 p.m. Monday".
_HAPPENED = re.compile(r"\b(?:happened|occurred|took place|unfolded)\b")
# "comes a day after a bomber killed 29": what follows happened before the news.
_AFTER_IT = re.compile(r"\b(?:a|one) (?P<unit>day|week) after\b", re.IGNORECASE)
_UNTIL = re.compile(r"^\s*(?:and|to|until|till|through|-|–|—)\s*(?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from|in|of|period)?\s*$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|until|till|through|as of|up to)(?: the)?\s*$", re.IGNORECASE)
# "The US began the war in Afghanistan on": the day of a war's outbreak.
_OUTBREAK = re.compile(
    r"\b(?:(?:began|begun|started|launched)(?: \w+){0,3} (?:war|invasion|conflict|uprising)|(?:war|invasion|conflict|uprising)(?: [\w'’-]+){0,4} (?:began|started|broke out|erupted)|invaded(?: [A-Z]\w+)+)(?: in(?: [A-Z]\w+)+)? on\s*$"
)
_BEFORE_IT = re.compile(r"\b(?:before|prior to)\s*$", re.IGNORECASE)
# Up to now from a war's beginning, whatever else the sentence dates: "Eleven years later … since the invasion".
_SINCE_IT = re.compile(
    r"\bsince (?:the|its|their) (?:\w+ )?(?:invasion|war|conflict|uprising|outbreak|beginning|start)\b(?! (?:in|on|of|began))"
)
# Wars counted from a day less than this many days ago are the report's own news.
_LONG_AGO = 60
# A sum that the sentence calls one.
_A_TOTAL = re.compile(r"\b(?:a|the) total of\b", re.IGNORECASE)
# Up to now, from a beginning that the sentence does not date: "since then", "since the invasion".
_SINCE_UNDATED = re.compile(r"\bsince (?:then|the|its|it|they|he|she|an?)\b", re.IGNORECASE)


class Calendar:
    """The date expressions of one report, and which of them dates a figure."""

    def __init__(self, parsed: Parsed) -> None:
        self._published = parsed.report.published
        self._found = {
            part: find_dates(parsed.report.part(part), self._published)
            for part in ("title", "text")
        }
        self._parsed = parsed
        self._war: When | None = None
        self._war_sought = False
        self._by_part = {
            part: [s for s in parsed.sentences if s.part == part] for part in ("title", "text")
        }
        # The first few: a chronicle says of every day what happened.
        self._happened = [s for s in self._by_part["text"] if _HAPPENED.search(s.text)][:_TOLD]
        self._outbreak = self._find_outbreak()
        self._event_dates: dict[int, When | None] = {}

    def dates(self, sentence: Sentence) -> list[DateExpression]:
        """The expressions of a sentence, with offsets within it."""
        found = self._found[sentence.part]
        first = bisect_left(found, sentence.start, key=lambda d: d.start)
        last = bisect_left(found, sentence.end, key=lambda d: d.start)
        return [
            replace(d, start=d.start - sentence.start, end=d.end - sentence.start)
            for d in found[first:last]
            if d.end <= sentence.end
        ]

    def when(
        self,
        sentence: Sentence,
        word: Token,
        dates: list[DateExpression],
        scope: Scope = Scope.INCIDENT,
        *,
        carry: bool = True,
    ) -> When | None:
        """The days that the harm at `word` covers, or None when the words do not settle it.

        With `carry`, a figure without a date of its own takes the day of the sentences around it.
        """
        if (m := _AFTER_IT.search(sentence.text)) and m.end() <= word.idx:
            return self._before_it(sentence, m)
        if scope is Scope.TOTAL and self._outbreak is not None and _SINCE_IT.search(sentence.text):
            return self._outbreak
        own = self._of_sentence(sentence, dates, word.idx)
        if own is not None:
            return self._narrowed(own) if scope is Scope.INCIDENT else self._from_outbreak(own)
        if scope is Scope.TOTAL and (
            _WAR.search(sentence.text)
            or _SINCE_UNDATED.search(sentence.text)
            or _A_TOTAL.search(sentence.text)
        ):
            return self._whole_conflict()
        if not carry or scope is Scope.RATE or any(d.first is None for d in dates):
            return None
        return self._carried(sentence)

    def _from_outbreak(self, found: When) -> When:
        """ "Since 2001", in a report that dates the war's first day in that year, is since that day."""
        day = self._outbreak.start if self._outbreak else None
        if (
            day is None
            or found.start is None
            or found.end not in (self._published, date(found.start.year, 12, 31))
        ):
            return found
        return (
            replace(found, start=day, end=self._published)
            if found.start == date(day.year, 1, 1)
            else found
        )

    def _narrowed(self, found: When) -> When:
        """One event's week or month, down to the day where the report dates events of one day in it."""
        if found.precision not in ("week", "month") or found.start is None or found.end is None:
            return found
        days: list[tuple[date, date, str]] = []
        for s in self._parsed.sentences:
            d = self._event_date(s) if s.part == "text" else None
            if d and d.start and d.end and found.start <= d.start and d.end <= found.end:
                days.append((d.start, d.end, d.text))
        if not days:
            return found
        first, last = min(d[0] for d in days), max(d[1] for d in days)
        return (
            When(first, last, days[0][2], "day" if first == last else "range")
            if (last - first).days <= 1
            else found
        )

    def _before_it(self, sentence: Sentence, m: re.Match[str]) -> When | None:
        """What comes after "a day after" or "one week after" lies so long before the news."""
        news = self._carried(sentence)
        day = news.start if news and news.start else self._published
        if day is None:
            return None
        day -= timedelta(7 if m["unit"] == "week" else 1)
        return When(day, day, m[0], "day")

    def _find_outbreak(self) -> When | None:
        """The time since the one day on which, by the report, the war began."""
        for s in self._parsed.sentences:
            for d in self.dates(s):
                if (
                    d.precision == "day"
                    and d.first
                    and _OUTBREAK.search(s.text[max(0, d.start - 90) : d.start])
                ):
                    if self._published is None or (self._published - d.first).days > _LONG_AGO:
                        return When(d.first, self._published, s.text[d.start : d.end], "range")
        return None

    def _whole_conflict(self) -> When | None:
        """For a sum over the war, the time since it began, where the report says when."""
        if self._outbreak is not None:
            return self._outbreak
        if self._war is None and not self._war_sought:
            self._war_sought = True
            for s in self._parsed.sentences:
                if _WAR.search(s.text):
                    for d in self.dates(s):
                        if d.precision != "day" and self._begins(s.text, d):
                            self._war = self._war or When(
                                _start(d), self._published, s.text[d.start : d.end], "range"
                            )
        return self._war

    def _of_sentence(
        self, sentence: Sentence, dates: list[DateExpression], position: int
    ) -> When | None:
        text = sentence.text
        usable = [
            d
            for d in dates
            if self._is_past(d)
            and not self._dates_statement(text, d, position)
            and not self._is_dateline(sentence, d)
        ]
        if not usable:
            return None
        nearest = min(
            usable, key=lambda d: (d.start < position - 120, abs((d.start + d.end) // 2 - position))
        )
        return self._interval(text, nearest, usable)

    def _is_past(self, d: DateExpression) -> bool:
        """Whether the days have come: not "over the next five years"."""
        if d.first is None:
            return False
        return self._published is None or d.first < self._published or d.first == d.last

    def _dates_statement(self, text: str, d: DateExpression, position: int) -> bool:
        """Whether the day only dates the statement or what police and courts did: "said on Thursday".

        Where the harm at `position` is itself the arrest, its day counts.
        """
        if d.precision != "day":
            return False
        head = max(0, d.start - 60)
        before = text[head : d.start]
        dealt = _DEALT_WITH_ON.search(before)
        return bool(_SAID_ON.search(before)) or (
            dealt is not None and head + dealt.start("deed") != position
        )

    def _is_dateline(self, sentence: Sentence, d: DateExpression) -> bool:
        """Whether the date stands alone at the head of the body: "AFP Friday 3 Jun 2016 Regime raids …"."""
        if (
            sentence.part != "text"
            or sentence.start + d.start > 200
            or d.precision != "day"
            or d.first != self._published
        ):
            return False
        return not d.relative and bool(_FULL_DATE_ALONE.search(sentence.text[: d.start]))

    def _interval(self, text: str, d: DateExpression, dates: list[DateExpression]) -> When:
        before = text[max(0, d.start - 40) : d.start]
        other = next(
            (
                o
                for o in dates
                if o is not d and self._are_ends(text, *sorted((d, o), key=lambda x: x.start))
            ),
            None,
        )
        if other is not None:
            a, b = sorted((d, other), key=lambda x: x.start)
            last = b.last
            if b.part == "mid" and b.first and b.last:
                last = _middle(b.first, b.last)
            return When(a.first, last, text[a.start : b.end], "range")
        if self._begins(text, d) and not (d.precision == "day" and re.search(r"from\s*$", before)):
            return When(_start(d), self._published, text[d.start : d.end], "range")
        if d.precision == "year" and d.part is None and _BEFORE_IT.search(before) and d.first:
            return When(None, d.first - timedelta(1), text[d.start : d.end], "range")
        if d.part == "end" and _BY.search(before) and d.last:
            return When(d.last, d.last, text[d.start : d.end], "day")
        last = d.last
        if d.first and last and self._published and d.first <= self._published < last:
            last = self._published  # what has happened in "this week" has happened by now
        return When(d.first, last, text[d.start : d.end], d.precision)

    def _begins(self, text: str, d: DateExpression) -> bool:
        """Whether the date is where a period up to now begins: "since May", "the war that began in 2011"."""
        if d.first is None or (self._published is not None and d.first > self._published):
            return False
        before = text[max(0, d.start - 90) : d.start]
        return bool(
            _SINCE.search(before[-40:]) or _SINCE_EVENT.search(before) or _BEGAN.search(before)
        )

    @staticmethod
    def _are_ends(text: str, a: DateExpression, b: DateExpression) -> bool:
        if a.first is None or b.last is None or b.last < a.first:
            return False
        between = text[a.end : b.start]
        if (
            b.first
            and a.last
            and between.strip() == "and"
            and a.precision == b.precision == "day"
            and (b.first - a.last).days == 1
        ):
            return True  # "on Saturday and Sunday"
        return bool(_UNTIL.match(between)) and (
            between.strip() != "and"
            or bool(
                re.search(r"\bbetween\s*$", text[max(0, a.start - 12) : a.start], re.IGNORECASE)
            )
        )

    def _carried(self, sentence: Sentence) -> When | None:
        """The day of the nearest sentence that dates an event: before it, else after it at the head, else the report's first."""
        i = sentence.index
        same = self._by_part[sentence.part]
        first = same[0].index
        here = i - first
        before = same[max(0, here - _CARRY) : here][::-1]
        after = same[here + 1 : _AHEAD + 1] if here <= _AHEAD else []
        for s in (*before, *self._happened, *after, *same[:_LEDE]):
            if (s in self._happened or s.doc is not None or abs(s.index - i) <= _BARE) and (
                found := self._event_date(s)
            ):
                return found
        return None

    def _event_date(self, s: Sentence) -> When | None:
        if s.index not in self._event_dates:
            found = self._of_sentence(s, self.dates(s), 0)
            brief = found and found.start and found.end and (found.end - found.start).days <= 1
            self._event_dates[s.index] = found if brief else None
        return self._event_dates[s.index]


# How many sentences back a day still dates what has no date of its own, how far the head of a
# report looks ahead for one, the sentences whose day is the
# report's, and how near a sentence must be whose day counts though it tells of no harm.
_CARRY = 4
_TOLD = 10
_AHEAD = 5
_LEDE = 2
_BARE = 2


def _start(d: DateExpression) -> date | None:
    """Where "since" begins: the unit's first day, its middle for "mid-2012"."""
    if d.part == "mid" and d.first and d.last:
        return _middle(d.first, d.last) + timedelta((d.last - d.first).days > 300)
    return d.first


def _middle(first: date, last: date) -> date:
    """The day that ends the first half: 30 June for a year, the 15th for a month."""
    return date(first.year, 6, 30) if (last - first).days > 300 else first + timedelta(14)

"""What a report is and what it claims: the values that every stage takes and gives.

All of them are frozen. Offsets count Unicode code points, 0-based, end exclusive, into the
report's `title` or `text`; `text[start:end]` is always the words themselves.
The field names are those that `sayso find --format jsonl` prints.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Self

from sayso.errors import SpanError
from sayso.model.declaring import Correction, Description
from sayso.model.terms import (
    Blame,
    Effect,
    EventType,
    Kind,
    Mode,
    Outcome,
    Outlook,
    Relation,
    Review,
    Scope,
    SourceType,
    Status,
)

_SPAN_START = Description(
    "where {name}_text begins in its part of the report, in code points from 0"
)
_SPAN_END = Description("where {name}_text ends, exclusive")


@dataclass(frozen=True, slots=True)
class Span:
    """Words and where they stand: `part[start:end] == text`."""

    text: Annotated[str, Description("{words}")]
    start: Annotated[int, _SPAN_START]
    end: Annotated[int, _SPAN_END]


@dataclass(frozen=True, slots=True)
class Count(Span):
    """A quantity as written, with its interval: whole numbers, inclusive, None is open."""

    low: Annotated[
        int | None,
        Description("of a figure: the least number of people; empty is open", bare=True),
    ]
    high: Annotated[
        int | None,
        Description("of a figure: the greatest number of people; empty is open", bare=True),
    ]
    approx: Annotated[
        bool,
        Description("of a figure: whether the words say about, some, nearly", bare=True, sheet=""),
    ] = False

    @property
    def size(self) -> int:
        """The number that stands for it when figures are compared: its low end, or the high one
        where that is open.
        """
        return self.low if self.low is not None else self.high or 0

    @property
    def is_vague(self) -> bool:
        """Whether it is a word without a number: "several", "dozens", "civilians"; not "at least
        ten".
        """
        return (
            self.high is None
            and self.low is not None
            and not _FLOOR.search(self.text)
            and not any(c.isdigit() for c in self.text)
        )


# Words by which a number is a floor, and so open without being vague.
_FLOOR = re.compile(
    r"\b(?:least|than|over|more|above|fewer|less|minimum|exceed\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain of who says so, from the publisher inward.

    `role` is `publisher` (a report copied from another outlet has two: who published it here, then
    its origin, whose `cue` is what shows it), `via` (an outlet in between, as in "told RT") or
    `claimant`. A claimant that the words announce but do not name has `name` None. `text`, `start`
    and `end` are the words in the report that name the claimant at this place; `name` is the
    fullest name that the report uses for it. `party` is true when the claimant is a party to what
    it claims.
    """

    name: str | None
    role: str
    type: SourceType | None = None
    party: bool = False
    text: str | None = None
    start: int | None = None
    end: int | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The dates that a claim covers, inclusive; None where one end is open.

    `precision` is `day`, `week`, `month`, `year` or `range`; `text` is the words that say so.
    """

    start: Annotated[date | None, Description("{words}: the first day; empty is open")]
    end: Annotated[date | None, Description("{words}: the last day, inclusive; empty is open")]
    text: Annotated[str, Description("{words}: the words that say so")]
    precision: Annotated[
        str, Description("{words}: how exact", values=("day", "week", "month", "year", "range"))
    ]


@dataclass(frozen=True, slots=True)
class Where:
    """A place as written, and the gazetteer entry it was resolved to, if one only fits.

    `start` and `end` are None for a title's place that only the body names.

    `name`, `geonames` (the GeoNames id), `country` (ISO 3166-1 alpha-2), `latitude` and
    `longitude` (degrees, WGS 84) are None when it is unresolved.
    """

    text: Annotated[str, Description("{words}, in the words of the report")]
    start: Annotated[int | None, _SPAN_START]
    end: Annotated[int | None, _SPAN_END]
    name: Annotated[
        str | None,
        Description(
            "the place's name in the gazetteer; empty when it is not settled which place is meant"
        ),
    ] = None
    geonames: Annotated[int | None, Description("its GeoNames id")] = None
    country: Annotated[str | None, Description("its country, ISO 3166-1 alpha-2")] = None
    latitude: Annotated[float | None, Description("degrees north, WGS 84")] = None
    longitude: Annotated[float | None, Description("degrees east, WGS 84")] = None
    precision: Annotated[
        str | None,
        Description(
            "how exact the place is", values=("point", "town", "admin2", "admin1", "country")
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it was read: untouched text, and what is known about it.

    `published` is the date that decides what "Thursday" means: the text's own dateline where it
    has one, else the metadata's. `credit` is the agency of a credit line ("AFP"). `origin` is the
    outlet or agency that the report was copied from, by its own words. `id` is the one it came
    with, else the file's name.
    """

    id: str
    text: str
    title: str = ""
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    credit: str | None = None
    origin: str | None = None

    @property
    def hash(self) -> str:
        """SHA-256, in hexadecimal, of publisher, title and text: the identity of a report."""
        return hashlib.sha256(
            "\x1f".join([self.publisher or "", self.title, self.text]).encode()
        ).hexdigest()

    @property
    def credited(self) -> str | None:
        """The outlet or agency that the report says it has its text from: its origin, else its
        credit line.
        """
        return self.origin or self.credit

    def part(self, name: str) -> str:
        """The title or the text, by the name that claims use for it."""
        return self.title if name == "title" else self.text


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out: where it stands, why, and whether that is an error.

    A report in another language is no error; a broken file is one.
    """

    where: str
    reason: str
    error: bool


# Rejected claims are kept apart.
_IN_A_RECORD = tuple(r.value for r in Review if r is not Review.REJECTED)
# What a person is asked to write for words of the report, and for days.
_WORDS = "words of the sentence"
_DAYS = "2012-03-11, 2012-03, 2012, 2012-03-11/2012-03-14, or 2001/.. for an open end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every kind of claim has: the words that make it, who says so, when and where.

    `id` hashes the report's words and the claim's own: reading again gives the same ids. `review`
    is what people decided about it; a claim as it was found is the machine's.
    """

    id: Annotated[str, Description("the claim's id, a hash of the report's words and its own")] = ""
    report: Annotated[str, Description("the report that makes it")]
    kind: Annotated[str, Description("what kind of claim", values=tuple(Kind))]
    part: Annotated[
        str, Description("the part of the report it stands in", values=("title", "text"))
    ]
    quote: Annotated[str, Description("the words that make the claim")]
    start: Annotated[int, Description("where the quote begins in its part, in code points from 0")]
    end: Annotated[int, Description("where the quote ends, exclusive")]
    sources: Annotated[tuple[Source, ...], Description(stored=False)] = ()
    hedge: Annotated[
        bool,
        Description(
            "whether it is hedged: reportedly, allegedly, feared, believed",
            correction=Correction("hedged", aside=True),
        ),
    ] = False
    when: Annotated[
        When | None,
        Description(
            "the days that it covers",
            always=True,
            correction=Correction("when", _DAYS, clearable=True),
        ),
    ] = None
    where: Annotated[
        Where | None,
        Description(
            "where it happened",
            always=True,
            correction=Correction(
                "where", "a place's name", clearable=True, not_of=("statement", "source")
            ),
        ),
    ] = None
    review: Annotated[
        Review,
        Description(
            "whether the machine alone says so, or a person confirmed or corrected it",
            values=_IN_A_RECORD,
            stored=False,
        ),
    ] = Review.MACHINE

    @property
    def core(self) -> Span:
        """The words that it is made from: its count, its content, its trigger, or the source that
        it is about.
        """
        span = self._own_spans()[0]
        assert span is not None
        return span

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells this claim from others of its kind in the same part of the report."""
        raise NotImplementedError

    def _own_spans(self) -> tuple[Span | None, ...]:
        raise NotImplementedError

    def identified(self, report_hash: str) -> Self:
        """This claim, of the report with this hash, with its id set."""
        content = [report_hash, self.kind, self.part, *(str(a) for a in self.identity)]
        return replace(self, id=hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:16])

    def spans(self) -> list[tuple[str, int, int]]:
        """Every (words, start, end) of this claim that must be found in its part."""
        spans = [(self.quote, self.start, self.end)]
        spans += [(s.text, s.start, s.end) for s in self._own_spans() if s]
        for place in (self.where, *self.sources):
            if (
                place
                and place.text is not None
                and place.start is not None
                and place.end is not None
            ):
                spans.append((place.text, place.start, place.end))
        return spans

    def check(self, report: Report) -> None:
        """Raises SpanError unless every span holds exactly its words."""
        words = report.part(self.part)
        for text, start, end in self.spans():
            if words[start:end] != text:
                raise SpanError(
                    f"claim {self.id} of report {report.id}: expected {text!r} at "
                    f"{start}:{end} of its {self.part}, found {words[start:end]!r}"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Claim):
    """A toll or a strength: how many people.

    `part_of` is the id of the claim, in the same report, of which this is a part; `event` that of
    the event it is the toll of.
    """

    count: Annotated[
        Count,
        Description(
            "of a figure: the quantity as written",
            correction=Correction("how many", "16, 16-20, ≥ 16, ≤ 40, or ~ 100"),
        ),
    ]
    effect: Annotated[
        Effect | None,
        Description(
            "of a toll: what happened to the people",
            correction=Correction("what happened to them", not_of=("strength",)),
        ),
    ] = None
    who: Annotated[
        Span | None,
        Description(
            "of a figure: the people counted",
            always=True,
            correction=Correction("who is counted", _WORDS, clearable=True),
        ),
    ] = None
    status: Annotated[
        Status,
        Description("of a figure: who they are", correction=Correction("as what they are counted")),
    ] = Status.UNKNOWN
    by: Annotated[
        Span | None,
        Description(
            "of a figure: who did it",
            always=True,
            correction=Correction("by whom", _WORDS, clearable=True, aside=True),
        ),
    ] = None
    scope: Annotated[
        Scope,
        Description(
            "of a figure: one event, a sum over a time, or so many a unit of time",
            correction=Correction("one incident or a total", unoffered=(Scope.RATE,)),
        ),
    ] = Scope.INCIDENT
    per: Annotated[str | None, Description("of a rate: its unit of time", sheet="")] = None
    planned: Annotated[
        bool,
        Description(
            "of a strength: whether it is what will be",
            sheet="",
            sparse=True,
            correction=Correction("planned, not yet so", aside=True),
        ),
    ] = False
    part_of: Annotated[
        str | None, Description("of a figure: the claim of which it counts a part")
    ] = None
    event: Annotated[str | None, Description("of a figure: the event that it is the toll of")] = (
        None
    )

    @property
    def identity(self) -> tuple[object, ...]:
        return self.effect or "", self.count.start, self.count.end

    def _own_spans(self) -> tuple[Span | None, ...]:
        return self.count, self.who, self.by


_CUE = Description(
    "of a statement or forecast: the words that say that it was said, or look ahead", always=True
)
_MODE = Description(
    "of a statement direct, indirect or mixed; of a forecast prediction, plan, promise or "
    "warning; of an event how it was done"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Claim):
    """Somebody's words: what was said, and the words that say that it was said.

    `content` runs from its first word to its last; `parts` are its pieces where the cue or the
    speaker breaks it. The speaker is the last source. `cue` is None for a quotation that nothing
    introduces.
    """

    content: Annotated[
        Span, Description("of a statement or forecast: what was said or is expected")
    ]
    parts: Annotated[tuple[Span, ...], Description(sheet="")] = ()
    cue: Annotated[Span | None, _CUE] = None
    mode: Annotated[Mode, _MODE]

    @property
    def identity(self) -> tuple[object, ...]:
        return self.content.start, self.content.end, self.cue.start if self.cue else ""

    def _own_spans(self) -> tuple[Span | None, ...]:
        return self.content, self.cue, *self.parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Claim):
    """What is expected, planned, promised or threatened. `horizon` is the time by which, or at
    which.
    """

    content: Annotated[
        Span, Description("of a statement or forecast: what was said or is expected")
    ]
    cue: Annotated[Span | None, _CUE] = None
    mode: Annotated[Outlook, replace(_MODE, correction=Correction("kind of forecast"))]
    horizon: Annotated[
        When | None,
        Description(
            "of a forecast: when it is expected",
            always=True,
            correction=Correction("by when", _DAYS, clearable=True),
        ),
    ] = None

    @property
    def identity(self) -> tuple[object, ...]:
        return self.content.start, self.content.end

    def _own_spans(self) -> tuple[Span | None, ...]:
        return self.content, self.cue


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    """What happened: its type and mode in PLOVER, who did it, and to whom.

    `trigger` is the word that names the act; `blame` how the act is laid at the actor's door, None
    where there is no actor.
    """

    trigger: Annotated[Span, Description("of an event: the word that names the act")]
    type: Annotated[
        EventType,
        Description("of an event: its PLOVER type", correction=Correction("type of event")),
    ]
    mode: Annotated[str | None, _MODE] = None
    actor: Annotated[
        Span | None,
        Description(
            "of an event: who did it",
            always=True,
            correction=Correction("who did it", _WORDS, clearable=True),
        ),
    ] = None
    target: Annotated[
        Span | None,
        Description(
            "of an event: to whom or what",
            always=True,
            correction=Correction("to whom", _WORDS, clearable=True),
        ),
    ] = None
    blame: Annotated[
        Blame | None,
        Description(
            "of an event: how it is laid at the actor's door",
            correction=Correction("how it is laid at the actor's door", clearable=True),
        ),
    ] = None

    @property
    def identity(self) -> tuple[object, ...]:
        return self.type.value, self.trigger.start, self.trigger.end

    def _own_spans(self) -> tuple[Span | None, ...]:
        return self.trigger, self.actor, self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFact(Claim):
    """Something said of a source: "RT is funded by the Russian government".

    `about` is the words that name the source here and `name` the fullest name the report uses for
    it; `value` the words that tell who funds it, what it is called, and so on, by `relation`.
    """

    about: Annotated[
        Span,
        Description("of what is said of a source: the words that name the source", sheet=""),
    ]
    name: Annotated[
        str,
        Description(
            "of what is said of a source: its fullest name", exported="source_name", sheet="about"
        ),
    ]
    relation: Annotated[
        Relation,
        Description(
            "of what is said of a source: what is said",
            correction=Correction("what is said of it"),
        ),
    ]
    value: Annotated[Span, Description("of what is said of a source: the words that say it")]

    @property
    def identity(self) -> tuple[object, ...]:
        return self.relation.value, self.about.start, self.value.start, self.value.end

    def _own_spans(self) -> tuple[Span | None, ...]:
        return self.about, self.value


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about a claim: added, never changed.

    `outcome` is what became of a forecast; `because` the reason in words; `source` the address of
    what shows it; `at` when it was decided, in UTC.
    """

    claim: str
    outcome: Outcome
    because: str
    source: str
    who: str
    at: datetime

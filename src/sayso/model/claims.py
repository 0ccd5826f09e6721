"""What a report is and what it claims: the values that every stage takes and gives.

All of them are frozen. Offsets count Unicode code points, 0-based, end exclusive, into the
report's `title` or `text`; `text[start:end]` is always the words themselves.
The field names are those that `sayso find --format jsonl` prints.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from sayso.errors import SpanError


class Effect(StrEnum):
    """What happened to the people of a toll."""

    KILLED = "killed"
    WOUNDED = "wounded"
    KILLED_OR_WOUNDED = "killed_or_wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    DISPLACED = "displaced"


class Status(StrEnum):
    """Who is counted. `UNKNOWN` when the words do not say: it is never guessed."""

    CIVILIAN = "civilian"
    MILITARY = "military"
    MILITANT = "militant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """One event or operation, a sum over a period or campaign, or so many per unit of time."""

    INCIDENT = "incident"
    TOTAL = "total"
    RATE = "rate"


class SourceType(StrEnum):
    """What kind of body or person a claimant is."""

    GOVERNMENT = "government"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    INTERGOVERNMENTAL = "intergovernmental"
    NGO = "ngo"
    MEDICAL = "medical"
    MEDIA = "media"
    AGENCY = "agency"
    EXPERT = "expert"
    WITNESS = "witness"
    LOCAL = "local"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


class Mode(StrEnum):
    """How a statement gives its words: quoted, reported, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Outlook(StrEnum):
    """What kind of forecast it is: what somebody expects, means to do, binds itself to, or
    threatens.
    """

    PREDICTION = "prediction"
    PLAN = "plan"
    PROMISE = "promise"
    WARNING = "warning"


class Outcome(StrEnum):
    """What became of a forecast, by the judgement of a person."""

    CAME_TRUE = "came-true"
    FAILED = "failed"
    UNCLEAR = "unclear"


class EventType(StrEnum):
    """The sixteen roots of the PLOVER event ontology (Open Event Data Alliance)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Blame(StrEnum):
    """How an event is laid at its actor's door, after the grades of the MUC-4 rules: told as fact
    by the report, claimed or admitted by the actor, laid on it by a claimant, or only possible.
    """

    FACT = "fact"
    ADMITTED = "admitted"
    ATTRIBUTED = "attributed"
    POSSIBLE = "possible"


class Review(StrEnum):
    """How far people stand behind an entry: found by the machine alone, confirmed, corrected (and
    so confirmed), rejected.
    """

    MACHINE = "machine"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Relation(StrEnum):
    """What is said of a source."""

    FUNDED_BY = "funded_by"
    RUN_BY = "run_by"
    SIDES_WITH = "sides_with"
    OPPOSES = "opposes"
    BASED_IN = "based_in"
    PART_OF = "part_of"
    KNOWN_AS = "known_as"
    DESCRIBED_AS = "described_as"


@dataclass(frozen=True, slots=True)
class Span:
    """Words and where they stand: `part[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count(Span):
    """A quantity as written, with its interval: whole numbers, inclusive, None is open."""

    low: int | None
    high: int | None
    approx: bool = False

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

    start: date | None
    end: date | None
    text: str
    precision: str


@dataclass(frozen=True, slots=True)
class Where:
    """A place as written, and the gazetteer entry it was resolved to, if one only fits.

    `start` and `end` are None for a title's place that only the body names.

    `name`, `geonames` (the GeoNames id), `country` (ISO 3166-1 alpha-2), `latitude` and
    `longitude` (degrees, WGS 84) are None when it is unresolved. `precision` is `point`, `town`,
    `admin1` or `country`.
    """

    text: str
    start: int | None
    end: int | None
    name: str | None = None
    geonames: int | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None


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


class Kind(StrEnum):
    """The kinds of claims: `Figure` is of the first two, then `Statement`, `Event`, `Forecast`,
    `SourceFact`.
    """

    TOLL = "toll"
    STRENGTH = "strength"
    STATEMENT = "statement"
    EVENT = "event"
    FORECAST = "forecast"
    SOURCE = "source"


KINDS: frozenset[str] = frozenset(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every kind of claim has: the words that make it, who says so, when and where.

    `id` hashes the report's words and the claim's own: reading again gives the same ids. `review`
    is what people decided about it; a claim as it was found is the machine's.
    """

    id: str = ""
    report: str
    kind: str
    part: str
    quote: str
    start: int
    end: int
    sources: tuple[Source, ...] = ()
    hedge: bool = False
    when: When | None = None
    where: Where | None = None
    review: Review = Review.MACHINE

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
        """Raises AnchorError unless every span holds exactly its words."""
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

    count: Count
    effect: Effect | None = None
    who: Span | None = None
    status: Status = Status.UNKNOWN
    by: Span | None = None
    scope: Scope = Scope.INCIDENT
    per: str | None = None
    planned: bool = False
    part_of: str | None = None
    event: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        return self.effect or "", self.count.start, self.count.end

    def _own_spans(self) -> tuple[Span | None, ...]:
        return self.count, self.who, self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Claim):
    """Somebody's words: what was said, and the words that say that it was said.

    `content` runs from its first word to its last; `parts` are its pieces where the cue or the
    speaker breaks it. The speaker is the last source. `cue` is None for a quotation that nothing
    introduces.
    """

    content: Span
    parts: tuple[Span, ...] = ()
    cue: Span | None = None
    mode: Mode

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

    content: Span
    cue: Span | None = None
    mode: Outlook
    horizon: When | None = None

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

    trigger: Span
    type: EventType
    mode: str | None = None
    actor: Span | None = None
    target: Span | None = None
    blame: Blame | None = None

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

    about: Span
    name: str
    relation: Relation
    value: Span

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


# Fields that every claim of their kind has in its JSON form, null or not.
_ALWAYS = frozenset({"when", "where", "by", "who", "actor", "target", "horizon", "cue"})


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """The claim as JSON holds it: dates in ISO form, empty optional fields left out."""
    data = asdict(claim, dict_factory=_json_dict)
    data = {k: v for k, v in data.items() if k in _ALWAYS or (v is not None and v != ())}
    if not data.get("planned"):
        data.pop("planned", None)
    data["sources"] = [_source_dict(s) for s in claim.sources]
    return data


def _source_dict(source: Source) -> dict[str, Any]:
    data = {
        k: v
        for k, v in asdict(source, dict_factory=_json_dict).items()
        if v is not None and v is not False
    }
    return {"name": source.name, **data}


def _json_dict(items: list[tuple[str, Any]]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in items}

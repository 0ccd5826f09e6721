"""What a report is and what it claims: the values that every stage takes and gives.

All of them are frozen. Offsets count Unicode code points, 0-based, end exclusive, into the
report's `title` or `text`; `text[start:end]` is always the words themselves.
The field names are those that `sayso find --format jsonl` prints.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from sayso.errors import AnchorError


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


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain of who says so, from the publisher inward.

    A claimant that the words announce but do not name has `name` None. `text`, `start` and `end`
    are the words in the report that name the claimant at this place; `name` is the fullest name
    that the report uses for it. `party` is true when the claimant is a party to what it claims.
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
    has one, else the metadata's. `credit` is the agency of a credit line ("AFP"). `id` is the one
    it came with, else the file's name.
    """

    id: str
    text: str
    title: str = ""
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    credit: str | None = None

    @property
    def hash(self) -> str:
        """SHA-256, in hexadecimal, of publisher, title and text: the identity of a report."""
        return hashlib.sha256("\x1f".join([self.publisher or "", self.title, self.text]).encode()).hexdigest()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A toll or a strength: how many people, who says so, when and where.

    `id` hashes the report's words and the claim's own: reading again gives the same ids.
    `part_of` is the id of the claim, in the same report, of which this is a part.
    """

    id: str = ""
    report: str
    kind: str
    part: str
    quote: str
    start: int
    end: int
    count: Count
    effect: Effect | None = None
    who: Span | None = None
    status: Status = Status.UNKNOWN
    by: Span | None = None
    sources: tuple[Source, ...] = ()
    hedge: bool = False
    scope: Scope = Scope.INCIDENT
    per: str | None = None
    planned: bool = False
    part_of: str | None = None
    when: When | None = None
    where: Where | None = None

    def identified(self, report_hash: str) -> Self:
        """This claim, of the report with this hash, with its id set."""
        content = [report_hash, self.kind, self.part, self.effect or "", str(self.count.start), str(self.count.end)]
        digest = hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:16]
        return type(self)(**{**_shallow(self), "id": digest})

    def spans(self) -> list[tuple[str, int, int]]:
        """Every (words, start, end) of this claim that must be found in its part."""
        spans = [(self.quote, self.start, self.end)]
        spans += [(s.text, s.start, s.end) for s in (self.count, self.who, self.by) if s]
        for place in (self.where, *self.sources):
            if place and place.text is not None and place.start is not None and place.end is not None:
                spans.append((place.text, place.start, place.end))
        return spans

    def check(self, report: Report) -> None:
        """Raises AnchorError unless every span holds exactly its words."""
        words = report.part(self.part)
        for text, start, end in self.spans():
            if words[start:end] != text:
                raise AnchorError(
                    f"claim {self.id} of report {report.id}: expected {text!r} at {start}:{end} of its {self.part}, found {words[start:end]!r}"
                )


def _shallow(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def claim_to_dict(claim: Figure) -> dict[str, Any]:
    """The claim as JSON holds it: dates in ISO form, empty optional fields left out."""
    data = {k: v for k, v in asdict(claim, dict_factory=_json_dict).items() if v is not None or k in ("by", "when", "where", "who")}
    for key in ("per", "part_of", "planned"):
        if not data.get(key):
            data.pop(key, None)
    data["sources"] = [_source_dict(s) for s in claim.sources]
    return data


def _source_dict(source: Source) -> dict[str, Any]:
    data = {k: v for k, v in asdict(source, dict_factory=_json_dict).items() if v is not None and v is not False}
    return {"name": source.name, **data}


def _json_dict(items: list[tuple[str, Any]]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in items}

"""The closed lists of terms that claims are described in."""

from __future__ import annotations

from enum import StrEnum


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
    """How an event is laid at its actor's door, after the grades of the MUC-4 rules: stated as fact
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

"""What comparing reports and claims gives: copies, links, incidents, series, and figures under a
rule.

All of them are frozen values that refer to reports and claims by id. Nothing in them is true or
false: an incident is the claims that seem to be about one happening, a series those of one running
quantity.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sayso.model import Claim, Effect, EventType, Review, Status, Where


class Sharing(StrEnum):
    """How much of a report is another's text: the most of it, or only some of its paragraphs."""

    COPY = "copy"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports that hold the same text.

    `report` has it from `of`, when `directed`; else both have it from somebody else, or it is
    unknown which was first. `share` is the part of the shorter report's words that both have in
    common, 0 to 1. `reasons` say in words how that and the direction were found.
    """

    report: str
    of: str
    sharing: Sharing
    share: float
    directed: bool
    reasons: tuple[str, ...]


class LinkKind(StrEnum):
    """How two claims on one thing stand to each other.

    `copies`: the same sentence, copied. `repeats`: the same origin says the same again. `revises`:
    the same origin, later, says otherwise. `agrees`: independent, and the intervals meet.
    `contradicts`: independent, of the same scope and people, and the intervals lie apart.
    `part_of`: one counts some of the people of the other. `not_comparable`: they count other
    people, other days, or in another way; the reason says which.
    """

    COPIES = "copies"
    REPEATS = "repeats"
    REVISES = "revises"
    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    PART_OF = "part_of"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Link:
    """One claim to another: `claim` copies, repeats, revises, … `other`; `reason` in words."""

    claim: str
    other: str
    kind: LinkKind
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two incident mentions that were compared: what two reports state of a happening.

    `claim` and `other` are the first claim of each. `weight` is the sum, in bits (log2 of
    the odds), of what speaks for and against their being about one happening; `reasons` are its
    parts in words, the heaviest first.
    """

    claim: str
    other: str
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The claims that are about one happening.

    `reports` are their reports, the main one first: the one that states most of it. `claims` are in
    the same order of reports. `origins` is the number of independent origins of its figures (of all
    its claims where it has none): outlets that copy one agency, or cite one ministry, are one.
    `first` and `last` are its days, None where no claim gives any; `date_precision` is that of
    `When`. `where` is the most exact place that its claims agree on. `main` are those of its
    reports that are mainly about it. `id` comes from the first claim of its earliest
    report: a report that joins later changes nothing.
    """

    id: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    main: tuple[str, ...]
    origins: int
    type: EventType | None = None
    mode: str | None = None
    first: date | None = None
    last: date | None = None
    date_precision: str | None = None
    where: Where | None = None
    review: Review = Review.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One quantity reported again and again: a running total of the same people, place and
    beginning.

    `claims` are ordered by the day up to which they count. `who` is the words for those counted,
    `since` the day from which, None when open or not given. `effect` is None for the strength of a
    force. `per` is the unit of a rate. `review` is what people decided about it: that these claims,
    and no others, are of one quantity.
    """

    id: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    origins: int
    kind: str
    effect: Effect | None = None
    status: Status = Status.UNKNOWN
    who: str = ""
    where: Where | None = None
    since: date | None = None
    per: str | None = None
    review: Review = Review.MACHINE


class OriginKind(StrEnum):
    """How somebody is an independent origin.

    `says`: a body that is cited, wherever it is. `voice`: an outlet or agency in its own voice.
    `heard`: a claimant without a name, whom only one text has heard. `report`: a report whose
    claims were never linked.
    """

    SAYS = "says"
    VOICE = "voice"
    HEARD = "heard"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who independently says so: claims of one origin count as one.

    `body` is who is cited, or whose voice or text it is, by the key of its name
    (`sayso.language.outlets`); `who` is the claimant of a `heard` origin, None where it is lost.
    """

    kind: OriginKind
    body: str
    who: str | None = None

    def __str__(self) -> str:
        """The origin as exports write it: "says NAME", "voice NAME", "voice NAME: WHO"."""
        match self.kind:
            case OriginKind.HEARD:
                return f"voice {self.body}: {self.who or 'somebody lost'}"
            case OriginKind.REPORT:
                return self.body
        return f"{self.kind.value} {self.body}"


@dataclass(frozen=True, slots=True)
class Linked:
    """All that linking gives. `origins` holds, for every claim by its id, who independently says
    so.
    """

    copies: tuple[Copy, ...] = ()
    pairs: tuple[Pair, ...] = ()
    incidents: tuple[Incident, ...] = ()
    series: tuple[Series, ...] = ()
    links: tuple[Link, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Range:
    """A low, a best and a high figure: people, whole numbers; None where the rule gives none."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rule: its words, and the claims that it rests on."""

    words: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An incident's figures under a named policy.

    `killed` and `wounded` count everybody. `sides` is the killed by who they were: `side_a`,
    `side_b`, `civilians`, `unknown`; `side_a_name` and `side_b_name` are the actors as the claims
    name them, None when not given. `deciding` are the claims that set a figure, `steps` how;
    `notes` what the rule wants said beside the figure (a dispute, say).
    """

    incident: str
    policy: str
    killed: Range
    wounded: Range
    civilians_killed: Range
    civilians_wounded: Range
    sides: dict[str, Range] = field(default_factory=dict)
    side_a_name: str | None = None
    side_b_name: str | None = None
    deciding: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()


def origin_of(claim: Claim, origin: Mapping[str, Origin]) -> Origin:
    """The origin of a claim by its id; its report where it was never linked."""
    return origin.get(claim.id) or Origin(OriginKind.REPORT, claim.report)


def independent_origins(claims: Iterable[Claim], origin: Mapping[str, Origin]) -> frozenset[Origin]:
    """The independent origins of claims on one thing.

    A report that cites somebody for it is no origin of its own besides: what it states in its own
    voice counts as theirs. An outlet or agency that cites nobody is one.
    """
    claims = list(claims)
    citing = {c.report for c in claims if c.sources and c.sources[-1].role == "claimant"}
    found = {
        origin_of(c, origin)
        for c in claims
        if c.report not in citing or c.sources[-1].role == "claimant"
    }
    return frozenset(found)


def group_id(prefix: str, first_claim: str) -> str:
    """The id of an incident ("i") or a series ("s"), from its first claim's."""
    return prefix + hashlib.sha256(f"{prefix}\x1f{first_claim}".encode()).hexdigest()[:12]

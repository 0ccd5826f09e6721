"""What people decide about a record: added, never changed, and bound to words rather than to what
the machine made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sayso.model import Claim, Event, Figure, SourceFact


class Act(StrEnum):
    """What is decided.

    `confirm`: it is as it stands. `correct`: a field has another value. `reject`: it is no claim,
    or no incident. `merge`: two groups of claims are of one thing. `separate`: two groups are not
    (a split, or "not the same incident"). `settle`: what became of a forecast. `note`: words beside
    it. `undo`: an earlier decision counts no longer.
    """

    CONFIRM = "confirm"
    CORRECT = "correct"
    REJECT = "reject"
    MERGE = "merge"
    SEPARATE = "separate"
    SETTLE = "settle"
    NOTE = "note"
    UNDO = "undo"


class Subject(StrEnum):
    """What a decision is about: one claim, or the claims of an incident or of a series taken
    together.
    """

    CLAIM = "claim"
    INCIDENT = "incident"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class ClaimReference:
    """A claim that a decision is about, and where its words stand.

    A better extractor may give the same words another id; `report` (the report's hash), `kind`,
    `part`, the offsets and the words of the claim's core, and `detail` (the effect, type or
    relation) find it again.
    """

    claim: str
    report: str
    kind: str
    part: str
    start: int
    end: int
    text: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of one person.

    `claims` are what it is about; `others` the other side of a merge or of a separation. `field`
    and `value` are those of a correction, `was` the value that it took the place of; of a settled
    forecast `value` is the outcome and `source` the address of what shows it. `because` is the
    reason or the note, in words. `undoes` is the id of the decision that an undo takes back. `at`
    is in UTC. `id` is 0 until the decision is in a record.
    """

    subject: Subject
    act: Act
    claims: tuple[ClaimReference, ...]
    others: tuple[ClaimReference, ...] = ()
    field: str | None = None
    value: Any = None
    was: Any = None
    because: str = ""
    source: str | None = None
    undoes: int | None = None
    who: str
    at: datetime
    id: int = 0

    @property
    def about(self) -> frozenset[str]:
        """The ids, at the time, of every claim that it touches."""
        return frozenset(a.claim for a in (*self.claims, *self.others))


def reference_to(claim: Claim, report_hash: str) -> ClaimReference:
    """Where a claim of the report with this hash stands."""
    core = claim.core
    return ClaimReference(
        claim.id,
        report_hash,
        claim.kind,
        claim.part,
        core.start,
        core.end,
        core.text,
        detail_of(claim),
    )


def detail_of(claim: Claim) -> str:
    """What tells a claim from another of its kind over the same words."""
    match claim:
        case Figure():
            return claim.effect.value if claim.effect else ""
        case Event():
            return claim.type.value
        case SourceFact():
            return claim.relation.value
    return ""


def now() -> datetime:
    """The time at which a decision is made: in UTC, without a zone, as a record holds it."""
    return datetime.now(UTC).replace(tzinfo=None)


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody took back, oldest first, without the undoing itself; to undo an
    undoing is to do again.
    """
    decisions = sorted(decisions, key=lambda d: d.id)
    undone: set[int] = set()
    for d in reversed(decisions):
        if d.act is Act.UNDO and d.id not in undone and d.undoes is not None:
            undone.add(d.undoes)
    return [d for d in decisions if d.act is not Act.UNDO and d.id not in undone]


def by_claim(decisions: Iterable[Decision]) -> Mapping[str, tuple[Decision, ...]]:
    """The decisions about each claim, by the id that it had, in their order."""
    found: dict[str, list[Decision]] = {}
    for d in decisions:
        for name in d.about:
            found.setdefault(name, []).append(d)
    return {name: tuple(ds) for name, ds in found.items()}

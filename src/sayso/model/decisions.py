"""The decisions of people about a record: only ever added, and tied to the words of reports rather
than to the ids that the machine gave them.
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

    `confirm`: it is right as it stands. `correct`: a field has another value. `reject`: it is not a
    claim, or not an incident. `merge`: two groups of claims are about the same thing. `separate`:
    two groups are not (a split, or "not the same incident"). `settle`: the outcome of a forecast.
    `note`: a comment. `undo`: an earlier decision no longer counts.
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
    """What a decision is about: one claim, or all claims of an incident or a series together."""

    CLAIM = "claim"
    INCIDENT = "incident"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class ClaimReference:
    """A claim that a decision is about, and where its words stand.

    A better extractor may give the same words another id; the claim is found again by `report`
    (the report's hash), `kind`, `part`, the offsets and words of its core, and `detail` (the
    effect, type or relation).
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

    `claims` are the claims that it is about, `others` the other side of a merge or a separation.
    `field` and `value` are those of a correction, and `was` the value before it; for a settled
    forecast, `value` is the outcome and `source` the address of the evidence. `because` is the
    reason or the note. `undoes` is the id of the decision that an undo takes back. `at` is in UTC.
    `id` is 0 until the decision is in a record.
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
        """The ids that all claims it touches had at the time."""
        return frozenset(r.claim for r in (*self.claims, *self.others))


def reference_to(claim: Claim, report_hash: str) -> ClaimReference:
    """The reference to a claim of the report with this hash."""
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
    """What distinguishes a claim from another of its kind over the same words."""
    match claim:
        case Figure():
            return claim.effect.value if claim.effect else ""
        case Event():
            return claim.type.value
        case SourceFact():
            return claim.relation.value
    return ""


def now() -> datetime:
    """The current time for a decision: in UTC, without a zone, as a record stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody undid, oldest first, without the undos themselves; undoing an undo
    restores the decision.
    """
    decisions = sorted(decisions, key=lambda d: d.id)
    undone: set[int] = set()
    for d in reversed(decisions):
        if d.act is Act.UNDO and d.id not in undone and d.undoes is not None:
            undone.add(d.undoes)
    return [d for d in decisions if d.act is not Act.UNDO and d.id not in undone]


def by_claim(decisions: Iterable[Decision]) -> Mapping[str, tuple[Decision, ...]]:
    """The decisions about each claim, by the id that it had then, in their order."""
    found: dict[str, list[Decision]] = {}
    for d in decisions:
        for name in d.about:
            found.setdefault(name, []).append(d)
    return {name: tuple(ds) for name, ds in found.items()}

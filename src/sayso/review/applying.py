"""Applies decisions: the claims as they stand, the decisions about groups of claims, and the
orphaned decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sayso.errors import DecisionError
from sayso.model import Claim, Judgement, Outcome, Review
from sayso.model.decisions import Act, ClaimReference, Decision, Subject, standing
from sayso.review.corrections import corrected
from sayso.review.fitting import Finder


@dataclass(frozen=True, slots=True)
class Fitted:
    """A standing decision with the claims that it is now about, by id."""

    decision: Decision
    claims: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrphanedDecision:
    """A standing decision that no longer fits the record, wholly or in part, and why, in words."""

    decision: Decision
    reason: str


@dataclass(frozen=True)
class Reviewed:
    """Claims as they stand: corrected, with their `review`; the `rejected` are kept separately.

    `groups` are the standing decisions about incidents and series, oldest first; `orphaned` those
    that no longer fit; `judgements` what became of forecasts, by claim; `decisions` all decisions
    ever made, undone ones too; `touched` the claims that somebody confirmed, corrected or rejected:
    all others are the same objects that were found.
    """

    claims: Mapping[str, Claim]
    rejected: Mapping[str, Claim] = field(default_factory=dict)
    groups: tuple[Fitted, ...] = ()
    orphaned: tuple[OrphanedDecision, ...] = ()
    judgements: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    touched: frozenset[str] = frozenset()


def apply(
    claims: Mapping[str, Claim], hashes: Mapping[str, str], decisions: Sequence[Decision]
) -> Reviewed:
    """The claims with people's decisions applied; `hashes` are the reports', by id."""
    held = standing(decisions)
    if not held:
        return Reviewed(claims, decisions=tuple(decisions))
    finder = Finder.of(claims, hashes, (a for d in held for a in (*d.claims, *d.others)))
    groups: list[Fitted] = []
    orphaned: list[OrphanedDecision] = []
    about: dict[str, list[Decision]] = defaultdict(list)
    for d in held:
        fitted, missing = _fit(d, finder)
        if missing:
            orphaned.append(OrphanedDecision(d, missing))
        if fitted is None:
            continue
        if d.subject is Subject.CLAIM and d.act not in (Act.MERGE, Act.SEPARATE):
            about[fitted.claims[0]].append(d)
        else:
            groups.append(fitted)
    changed, faults = _changed(claims, about)
    standing_claims = dict(claims) | changed  # each in its old place
    rejected = {
        name: standing_claims.pop(name)
        for name, c in changed.items()
        if c.review is Review.REJECTED
    }
    return Reviewed(
        standing_claims,
        rejected,
        tuple(groups),
        (*orphaned, *faults),
        {name: js for name, ds in about.items() if (js := _judgements(name, ds))},
        tuple(decisions),
        frozenset(changed),
    )


def _fit(d: Decision, finder: Finder) -> tuple[Fitted | None, str]:
    """The decision with the claims of today, or None; and what is missing, in words."""
    claims, gone = _found(d.claims, finder)
    others, other_gone = _found(d.others, finder)
    missing = gone + other_gone
    if not claims or (d.others and not others):
        words = missing[0].text if missing else ""
        return None, f"no claim, or more than one, now stands at “{words}”"
    reason = (
        f"{len(missing)} of its {len(d.claims) + len(d.others)} claims are no longer found"
        if missing
        else ""
    )
    return Fitted(d, claims, others), reason


def _found(
    references: Iterable[ClaimReference], finder: Finder
) -> tuple[tuple[str, ...], list[ClaimReference]]:
    found: dict[str, None] = {}
    gone: list[ClaimReference] = []
    for a in references:
        name = finder.find(a)
        if name is None:
            gone.append(a)
        else:
            found[name] = None
    return tuple(found), gone


def _changed(
    claims: Mapping[str, Claim], about: Mapping[str, Sequence[Decision]]
) -> tuple[dict[str, Claim], list[OrphanedDecision]]:
    """The claims that somebody confirmed, corrected or rejected, as they now are; and corrections
    that can no longer be made.
    """
    changed: dict[str, Claim] = {}
    faults: list[OrphanedDecision] = []
    for name, ds in about.items():
        claim, verdict = claims[name], Review.MACHINE
        is_corrected = False
        for d in ds:
            match d.act:
                case Act.CORRECT:
                    try:
                        claim = corrected(claim, d.field or "", d.value)
                    except DecisionError as error:
                        faults.append(OrphanedDecision(d, str(error)))
                        continue
                    is_corrected, verdict = True, Review.CORRECTED
                case Act.CONFIRM:
                    verdict = Review.CORRECTED if is_corrected else Review.CONFIRMED
                case Act.REJECT:
                    verdict = Review.REJECTED
        if verdict is not Review.MACHINE:
            changed[name] = replace(claim, review=verdict)
    return changed, faults


def _judgements(name: str, ds: Iterable[Decision]) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(name, Outcome(d.value), d.because, d.source or "", d.who, d.at)
        for d in ds
        if d.act is Act.SETTLE
    )

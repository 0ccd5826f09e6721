"""Decisions <-> rows. They are only ever added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa

from sayso.errors import ConflictError, DecisionError
from sayso.model.decisions import Act, ClaimReference, Decision, Subject
from sayso.store.schema import DECISION, DECISION_CLAIM

_PLAIN = ("field", "value", "was", "because", "source", "undoes", "who", "at")


def add(c: sa.Connection, decision: Decision, seen: int | None) -> Decision:
    """Adds a decision in the transaction that is handed over, and gives it its id.

    `seen` is the last decision that the person knew of. Raises ConflictError where a later one
    touches any of the same claims, and DecisionError where there is nothing to undo. The row is
    written first, so that nobody can decide in between.
    """
    if c.dialect.name == "postgresql":
        c.execute(sa.text("LOCK TABLE decision IN EXCLUSIVE MODE"))
    if (
        decision.undoes is not None
        and c.execute(sa.select(DECISION.c.id).where(DECISION.c.id == decision.undoes)).first()
        is None
    ):
        raise DecisionError(f"there is no decision {decision.undoes} to undo")
    row = {name: getattr(decision, name) for name in _PLAIN} | {
        "subject": decision.subject.value,
        "act": decision.act.value,
    }
    key = c.execute(DECISION.insert().values(row)).inserted_primary_key
    assert key is not None
    name = int(key[0])
    sides = (("claims", decision.claims), ("others", decision.others))
    references = [
        {"decision": name, "side": side, "position": n, **asdict(a)}
        for side, of_side in sides
        for n, a in enumerate(of_side)
    ]
    if references:
        c.execute(DECISION_CLAIM.insert(), references)
    if seen is not None:
        _refuse_conflict(c, decision, seen, name)
    if decision.undoes is not None:
        _refuse_second_undo(c, decision.undoes, name)
    return replace(decision, id=name)


def _refuse_conflict(c: sa.Connection, decision: Decision, seen: int, own: int) -> None:
    touching = sa.select(DECISION_CLAIM.c.decision).where(
        DECISION_CLAIM.c.claim.in_(decision.about),
        DECISION_CLAIM.c.decision > seen,
        DECISION_CLAIM.c.decision != own,
    )
    if since := sorted(set(c.execute(touching).scalars())):
        who = ", ".join(
            dict.fromkeys(
                c.execute(sa.select(DECISION.c.who).where(DECISION.c.id.in_(since))).scalars()
            )
        )
        raise ConflictError(
            f"{who} decided about this after you opened it; look at what was decided, then "
            f"decide again",
            tuple(since),
        )


def _refuse_second_undo(c: sa.Connection, undoes: int, own: int) -> None:
    rows = c.execute(
        sa.select(DECISION.c.id, DECISION.c.undoes).where(
            DECISION.c.act == Act.UNDO.value, DECISION.c.id != own
        )
    ).all()
    taken_back = {r.undoes for r in rows}
    if any(r.undoes == undoes and r.id not in taken_back for r in rows):
        raise DecisionError(f"decision {undoes} is undone already")


def read(c: sa.Connection) -> list[Decision]:
    """Every decision, oldest first."""
    sides: dict[tuple[int, str], list[ClaimReference]] = defaultdict(list)
    for r in c.execute(
        sa.select(DECISION_CLAIM).order_by(DECISION_CLAIM.c.decision, DECISION_CLAIM.c.position)
    ):
        sides[r.decision, r.side].append(
            ClaimReference(r.claim, r.report, r.kind, r.part, r.start, r.end, r.text, r.detail)
        )
    return [
        _decision(r, sides[r.id, "claims"], sides[r.id, "others"])
        for r in c.execute(sa.select(DECISION).order_by(DECISION.c.id))
    ]


def _decision(
    row: Any, claims: Iterable[ClaimReference], others: Iterable[ClaimReference]
) -> Decision:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Decision(
        id=row.id,
        subject=Subject(row.subject),
        act=Act(row.act),
        claims=tuple(claims),
        others=tuple(others),
        **plain,
    )


def last(c: sa.Connection) -> int:
    """The id of the last decision; 0 where there is none."""
    return int(c.execute(sa.select(sa.func.coalesce(sa.func.max(DECISION.c.id), 0))).scalar_one())

"""What does not hold in a record: hashes, spans, and references between rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from sayso.errors import SpanError
from sayso.model import Claim, Report
from sayso.store import links
from sayso.store.rows import chains_of, claim_of, report_of
from sayso.store.schema import ATTRIBUTION, CLAIM, DECISION, DECISION_CLAIM, REPORT, SOURCE


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a record: which report or claim, and what."""

    where: str
    what: str


def verify(c: sa.Connection) -> Iterator[Fault]:
    """Every fault of the record behind the connection."""
    reports: dict[str, Report] = {}
    for row in c.execute(sa.select(REPORT)):
        report = reports[row.id] = report_of(row)
        if report.hash != row.hash:
            words = "its words have changed since they were read (hash differs)"
            yield Fault(f"report {report.id}", words)
    claims: set[str] = set()
    yield from _claims(c, reports, claims)
    yield from _references(c, claims)
    yield from _decisions(c, claims)
    yield from _attributions(c, claims)


def _claims(c: sa.Connection, reports: dict[str, Report], known: set[str]) -> Iterator[Fault]:
    """Faults of single claims; `known` takes the ids of all."""
    chains = chains_of(c)
    for row in c.execute(sa.select(CLAIM)):
        known.add(row.id)
        try:
            claim = claim_of(row, chains.get(row.id, ()))
        except ValueError as error:
            yield Fault(f"claim {row.id}", f"holds a value that is not one of ours ({error})")
            continue
        if claim.report not in reports:
            words = f"belongs to report {claim.report}, which is not in the record"
            yield Fault(f"claim {claim.id}", words)
        else:
            yield from (Fault(f"claim {claim.id}", w) for w in _wrong(claim, reports[claim.report]))


def _wrong(claim: Claim, report: Report) -> Iterator[str]:
    if not claim.sources:
        yield "has no source; expected at least its publisher"
    try:
        claim.check(report)
    except SpanError as error:
        yield str(error)
    if claim.identified(report.hash).id != claim.id:
        yield "its report, kind or words are not what they were when found (id differs)"


def _references(c: sa.Connection, known: set[str]) -> Iterator[Fault]:
    """References to claims that are not there: of parts, of events, of what linking gave."""
    for column, words in (
        (CLAIM.c.part_of, "is part of claim"),
        (CLAIM.c.event, "belongs to the event of claim"),
    ):
        for name, other in c.execute(sa.select(CLAIM.c.id, column).where(column.is_not(None))):
            if other not in known:
                yield Fault(f"claim {name}", f"{words} {other}, which is not in the record")
    for table, name in links.gone(c):
        words = "the claim is not in the record; link it again: sayso link"
        yield Fault(f"{table} of claim {name}", words)


def _decisions(c: sa.Connection, known: set[str]) -> Iterator[Fault]:
    about = sa.select(DECISION_CLAIM.c.claim, DECISION.c.act, DECISION.c.id).join(
        DECISION, DECISION.c.id == DECISION_CLAIM.c.decision
    )
    for row in c.execute(about.order_by(DECISION.c.id)):
        if row.claim not in known:
            words = f"claim {row.claim}, which it is about, is not in the record"
            yield Fault(f"decision {row.id} ({row.act})", words)


def _attributions(c: sa.Connection, known: set[str]) -> Iterator[Fault]:
    sources = set(c.execute(sa.select(SOURCE.c.id)).scalars())
    for row in c.execute(sa.select(ATTRIBUTION.c.claim, ATTRIBUTION.c.source)):
        where = f"attribution of claim {row.claim}"
        if row.claim not in known:
            yield Fault(where, "the claim is not in the record")
        if row.source not in sources:
            yield Fault(where, f"its source {row.source} is not in the record")

"""Values of the model <-> rows of the tables."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from sayso.model import Claim, Report, Source, SourceType
from sayso.model.fields import flat, from_flat
from sayso.store.schema import ATTRIBUTION, SOURCE


def report_row(report: Report) -> dict[str, Any]:
    """The report's columns; when it was read is for the record to add."""
    return {
        "id": report.id,
        "hash": report.hash,
        "publisher": report.publisher,
        "published": report.published,
        "title": report.title,
        "text": report.text,
        "url": report.url,
        "credit": report.credit,
        "origin": report.origin,
    }


def report_of(row: Any) -> Report:
    return Report(
        id=row.id,
        text=row.text,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        credit=row.credit,
        origin=row.origin,
    )


def claim_row(claim: Claim) -> dict[str, Any]:
    """The claim's columns, those of other kinds null. Its sources are rows of another table."""
    return flat(claim)


def claim_of(row: Any, sources: tuple[Source, ...]) -> Claim:
    """The claim in a row. Raises ValueError for an unknown kind or an invalid value."""
    return from_flat(row._mapping, sources)


def chains_of(c: sa.Connection) -> dict[str, tuple[Source, ...]]:
    """The chain of sources of every claim, by its id."""
    chains: dict[str, list[Source]] = defaultdict(list)
    a = ATTRIBUTION.c
    query = sa.select(
        a.claim, SOURCE.c.name, a.role, SOURCE.c.type, a.party, a.text, a.start, a.end, a.cue
    )
    query = query.join(SOURCE, SOURCE.c.id == a.source).order_by(a.claim, a.position)
    for claim, name, role, kind, *rest in c.execute(query):
        chains[claim].append(Source(name, role, SourceType(kind) if kind else None, *rest))
    return {claim: tuple(chain) for claim, chain in chains.items()}

"""What linking gives <-> rows: all of it is written again each time, in the transaction that is
handed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from sayso.model import Effect, EventType, Status, Where
from sayso.model.links import (
    Copy,
    Incident,
    Link,
    Linked,
    LinkKind,
    Origin,
    OriginKind,
    Pair,
    Series,
    Sharing,
)
from sayso.store.schema import (
    CLAIM,
    COPY,
    INCIDENT,
    INCIDENT_CLAIM,
    LINK,
    ORIGIN,
    PAIR,
    SERIES,
    SERIES_CLAIM,
)

_PLACE = ("text", "name", "geonames", "country", "latitude", "longitude", "precision")
# In the order in which rows can be taken away without leaving a reference to nothing.
_TABLES = (ORIGIN, LINK, SERIES_CLAIM, SERIES, INCIDENT_CLAIM, INCIDENT, PAIR, COPY)


def clear(c: sa.Connection) -> None:
    """Takes away all that linking gave."""
    for table in _TABLES:
        c.execute(table.delete())


def write(c: sa.Connection, linked: Linked) -> None:
    """Puts this linking in the place of the last one."""
    clear(c)
    rows: list[tuple[sa.Table, list[dict[str, Any]]]] = [
        (COPY, [_copy_row(copy) for copy in linked.copies]),
        (
            PAIR,
            [
                {"claim": p.claim, "other": p.other, "weight": p.weight, "reasons": list(p.reasons)}
                for p in linked.pairs
            ],
        ),
        (INCIDENT, [_incident_row(i) for i in linked.incidents]),
        (INCIDENT_CLAIM, _members("incident", linked.incidents)),
        (SERIES, [_series_row(s) for s in linked.series]),
        (SERIES_CLAIM, _members("series", linked.series)),
        (
            LINK,
            [
                {"claim": k.claim, "other": k.other, "kind": k.kind.value, "reason": k.reason}
                for k in linked.links
            ],
        ),
        (ORIGIN, [{"claim": claim, **asdict(o)} for claim, o in linked.origins.items()]),
    ]
    for table, values in rows:
        if values:
            c.execute(table.insert(), values)


def read(c: sa.Connection) -> Linked:
    """All that the last linking gave."""
    of_incident, of_series = (
        _grouped(c, INCIDENT_CLAIM, "incident"),
        _grouped(c, SERIES_CLAIM, "series"),
    )
    incidents = c.execute(
        sa.select(INCIDENT).order_by(INCIDENT.c.first.is_(None), INCIDENT.c.first, INCIDENT.c.id)
    )
    series = [_series(row, of_series[row.id]) for row in c.execute(sa.select(SERIES))]
    return Linked(
        copies=tuple(
            Copy(r.report, r.of, Sharing(r.sharing), r.share, r.directed, tuple(r.reasons))
            for r in c.execute(sa.select(COPY).order_by(COPY.c.report, COPY.c.of))
        ),
        pairs=tuple(
            Pair(r.claim, r.other, r.weight, tuple(r.reasons))
            for r in c.execute(sa.select(PAIR).order_by(PAIR.c.weight.desc()))
        ),
        incidents=tuple(_incident(row, of_incident[row.id]) for row in incidents),
        series=tuple(sorted(series, key=lambda s: (-len(s.claims), s.id))),
        links=tuple(
            Link(r.claim, r.other, LinkKind(r.kind), r.reason)
            for r in c.execute(sa.select(LINK).order_by(LINK.c.claim))
        ),
        origins={
            r.claim: Origin(OriginKind(r.kind), r.body, r.who) for r in c.execute(sa.select(ORIGIN))
        },
    )


def size(c: sa.Connection) -> tuple[int, int, int]:
    """How much the last linking gave: claims with an origin, incidents, links."""
    one, two, three = (
        c.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
        for t in (ORIGIN, INCIDENT, LINK)
    )
    return one, two, three


def unlinked(c: sa.Connection) -> int:
    """How many claims were read after the last linking."""
    return c.execute(
        sa.select(sa.func.count())
        .select_from(CLAIM)
        .where(CLAIM.c.id.not_in(sa.select(ORIGIN.c.claim)))
    ).scalar_one()


def gone(c: sa.Connection) -> Iterator[tuple[str, str]]:
    """The table and the claim of every row that speaks of a claim which the record does not
    hold.
    """
    known = sa.select(CLAIM.c.id)
    for column in (
        INCIDENT_CLAIM.c.claim,
        SERIES_CLAIM.c.claim,
        LINK.c.claim,
        LINK.c.other,
        PAIR.c.claim,
        PAIR.c.other,
        ORIGIN.c.claim,
    ):
        for name in c.execute(sa.select(column).where(column.not_in(known)).distinct()).scalars():
            yield column.table.name.replace("_claim", ""), name


def _copy_row(copy: Copy) -> dict[str, Any]:
    return {
        "report": copy.report,
        "of": copy.of,
        "sharing": copy.sharing.value,
        "share": copy.share,
        "directed": copy.directed,
        "reasons": list(copy.reasons),
    }


def _incident_row(i: Incident) -> dict[str, Any]:
    return {
        "id": i.id,
        "reports": list(i.reports),
        "main": list(i.main),
        "origins": i.origins,
        "type": i.type and i.type.value,
        "mode": i.mode,
        "first": i.first,
        "last": i.last,
        "date_precision": i.date_precision,
        **_place_row(i.where),
    }


def _series_row(s: Series) -> dict[str, Any]:
    return {
        "id": s.id,
        "reports": list(s.reports),
        "origins": s.origins,
        "kind": s.kind,
        "effect": s.effect and s.effect.value,
        "status": s.status.value,
        "who": s.who,
        "since": s.since,
        "per": s.per,
        **_place_row(s.where),
    }


def _place_row(where: Where | None) -> dict[str, Any]:
    return {f"where_{name}": where and getattr(where, name) for name in _PLACE}


def _members(of: str, groups: Iterable[Incident | Series]) -> list[dict[str, Any]]:
    return [
        {of: g.id, "position": n, "claim": claim}
        for g in groups
        for n, claim in enumerate(g.claims)
    ]


def _grouped(c: sa.Connection, table: sa.Table, of: str) -> Mapping[str, tuple[str, ...]]:
    members: dict[str, tuple[str, ...]] = defaultdict(tuple)
    collected: dict[str, list[str]] = defaultdict(list)
    for row in c.execute(sa.select(table).order_by(table.c[of], table.c.position)):
        collected[getattr(row, of)].append(row.claim)
    members.update({key: tuple(ids) for key, ids in collected.items()})
    return members


def _where(row: Any) -> Where | None:
    if row.where_text is None:
        return None
    return Where(
        row.where_text,
        None,
        None,
        row.where_name,
        row.where_geonames,
        row.where_country,
        row.where_latitude,
        row.where_longitude,
        row.where_precision,
    )


def _incident(row: Any, claims: tuple[str, ...]) -> Incident:
    return Incident(
        id=row.id,
        claims=claims,
        reports=tuple(row.reports),
        main=tuple(row.main),
        origins=row.origins,
        type=EventType(row.type) if row.type else None,
        mode=row.mode,
        first=row.first,
        last=row.last,
        date_precision=row.date_precision,
        where=_where(row),
    )


def _series(row: Any, claims: tuple[str, ...]) -> Series:
    return Series(
        id=row.id,
        claims=claims,
        reports=tuple(row.reports),
        origins=row.origins,
        kind=row.kind,
        effect=Effect(row.effect) if row.effect else None,
        status=Status(row.status),
        who=row.who,
        where=_where(row),
        since=row.since,
        per=row.per,
    )

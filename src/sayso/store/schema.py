"""The tables of a record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from sayso.model.fields import Column, columns

_METADATA = sa.MetaData()


# The column type of each flat value.
_TYPES: Mapping[type, Any] = {
    str: sa.Text,
    int: sa.Integer,
    float: sa.Float,
    bool: sa.Boolean,
    date: sa.Date,
    tuple: sa.JSON(none_as_null=True),
}
# Numbers of people can be larger than an integer column of PostgreSQL holds.
_LARGE = frozenset({"low", "high"})
# Columns that filters and look-ups go by.
_INDEXED = frozenset({"report", "kind", "effect", "when_start", "horizon_start"})
# Columns that name a row, with what is said of the foreign key.
_REFERENCES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "report": ("report.id", {}),
    "part_of": ("claim.id", {"deferrable": True, "initially": "DEFERRED"}),
    "event": ("claim.id", {"name": "claim_event", "deferrable": True, "initially": "DEFERRED"}),
}


def _column(c: Column) -> sa.Column[Any]:
    """A claim's column as its field declares it."""
    target, options = _REFERENCES.get(c.name, (None, {}))
    return sa.Column(
        c.name,
        sa.BigInteger if c.name in _LARGE else _TYPES[c.type],
        *([sa.ForeignKey(target, **options)] if target else []),
        primary_key=c.name == "id",
        nullable=not c.required,
        index=c.name in _INDEXED or None,
    )


REPORT = sa.Table(
    "report",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("publisher", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("credit", sa.Text),
    sa.Column("origin", sa.Text),
    sa.Column("read_at", sa.DateTime, nullable=False),
)

# One row a claim of any kind; the columns that its kind has not are null. A new field of a claim
# needs a migration beside its declaration.
CLAIM = sa.Table(
    "claim",
    _METADATA,
    *(_column(c) for c in columns() if c.field.description.stored),
)
SOURCE = sa.Table(
    "source",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("type", sa.Text),
    sa.UniqueConstraint("name", "type"),
)
ATTRIBUTION = sa.Table(
    "attribution",
    _METADATA,
    sa.Column("claim", sa.Text, sa.ForeignKey("claim.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("source", sa.Integer, sa.ForeignKey("source.id"), nullable=False, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("party", sa.Boolean, nullable=False),
    sa.Column("text", sa.Text),
    sa.Column("start", sa.Integer),
    sa.Column("end", sa.Integer),
    sa.Column("cue", sa.Text),
)
# Decisions are added, never changed; one that a later reading left without its claims is kept.
DECISION = sa.Table(
    "decision",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("field", sa.Text),
    sa.Column("value", sa.JSON(none_as_null=True)),
    sa.Column("was", sa.JSON(none_as_null=True)),
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("undoes", sa.Integer, sa.ForeignKey("decision.id")),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)
# The claims that a decision is about (`side` is "claims", or "others" of a merge or separation),
# and where their words stand.
DECISION_CLAIM = sa.Table(
    "decision_claim",
    _METADATA,
    sa.Column("decision", sa.Integer, sa.ForeignKey("decision.id"), primary_key=True),
    sa.Column("side", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("claim", sa.Text, nullable=False, index=True),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)


# What linking gives. All of it is made again by the next linking; nothing that a person decided
# stands here.
def _where() -> list[sa.Column[Any]]:
    words = ("where_text", "where_name", "where_country", "where_precision")
    columns: list[sa.Column[Any]] = [sa.Column(name, sa.Text) for name in words]
    return [
        *columns,
        sa.Column("where_geonames", sa.Integer),
        sa.Column("where_latitude", sa.Float),
        sa.Column("where_longitude", sa.Float),
    ]


def _claim(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, sa.ForeignKey("claim.id"), **options)


COPY = sa.Table(
    "copy",
    _METADATA,
    sa.Column("report", sa.Text, sa.ForeignKey("report.id"), primary_key=True),
    sa.Column("of", sa.Text, sa.ForeignKey("report.id"), primary_key=True),
    sa.Column("sharing", sa.Text, nullable=False),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("directed", sa.Boolean, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
)
# Accounts that were compared, each by its first claim.
PAIR = sa.Table(
    "pair",
    _METADATA,
    _claim("claim", primary_key=True),
    _claim("other", primary_key=True),
    sa.Column("weight", sa.Float, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
)
INCIDENT = sa.Table(
    "incident",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("reports", sa.JSON, nullable=False),
    sa.Column("main", sa.JSON, nullable=False),
    sa.Column("origins", sa.Integer, nullable=False),
    sa.Column("type", sa.Text),
    sa.Column("mode", sa.Text),
    sa.Column("first", sa.Date, index=True),
    sa.Column("last", sa.Date),
    sa.Column("date_precision", sa.Text),
    *_where(),
)
INCIDENT_CLAIM = sa.Table(
    "incident_claim",
    _METADATA,
    sa.Column("incident", sa.Text, sa.ForeignKey("incident.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _claim("claim", nullable=False, index=True),
)
SERIES = sa.Table(
    "series",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("reports", sa.JSON, nullable=False),
    sa.Column("origins", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("effect", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("since", sa.Date),
    sa.Column("per", sa.Text),
    *_where(),
)
SERIES_CLAIM = sa.Table(
    "series_claim",
    _METADATA,
    sa.Column("series", sa.Text, sa.ForeignKey("series.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _claim("claim", nullable=False, index=True),
)
LINK = sa.Table(
    "link",
    _METADATA,
    _claim("claim", primary_key=True),
    _claim("other", primary_key=True, index=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
)
# Claims with one origin count as one. A claim that has no row here was read after the last linking.
ORIGIN = sa.Table(
    "origin",
    _METADATA,
    _claim("claim", primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False, index=True),
    sa.Column("who", sa.Text),
)

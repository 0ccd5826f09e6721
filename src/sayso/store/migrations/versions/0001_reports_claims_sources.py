"""Reports, claims, and who says so."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _span(name: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(f"{name}_text", sa.Text),
        sa.Column(f"{name}_start", sa.Integer),
        sa.Column(f"{name}_end", sa.Integer),
    ]


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("publisher", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("credit", sa.Text),
        sa.Column("read_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("report", sa.Text, sa.ForeignKey("report.id"), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False, index=True),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        *_span("count"),
        sa.Column("low", sa.BigInteger),
        sa.Column("high", sa.BigInteger),
        sa.Column("approx", sa.Boolean, nullable=False),
        sa.Column("effect", sa.Text, index=True),
        *_span("who"),
        sa.Column("status", sa.Text, nullable=False),
        *_span("by"),
        sa.Column("hedge", sa.Boolean, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("per", sa.Text),
        sa.Column("planned", sa.Boolean, nullable=False),
        sa.Column(
            "part_of", sa.Text, sa.ForeignKey("claim.id", deferrable=True, initially="DEFERRED")
        ),
        sa.Column("when_start", sa.Date, index=True),
        sa.Column("when_end", sa.Date),
        sa.Column("when_text", sa.Text),
        sa.Column("when_precision", sa.Text),
        *_span("where"),
        sa.Column("where_name", sa.Text),
        sa.Column("where_geonames", sa.Integer),
        sa.Column("where_country", sa.Text),
        sa.Column("where_latitude", sa.Float),
        sa.Column("where_longitude", sa.Float),
        sa.Column("where_precision", sa.Text),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("type", sa.Text),
        sa.UniqueConstraint("name", "type"),
    )
    op.create_table(
        "attribution",
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


def downgrade() -> None:
    for table in ("skipped", "attribution", "source", "claim", "report"):
        op.drop_table(table)

"""Statements, forecasts, events, what is said of sources; a report's origin; judgements."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SPANS = ("content", "cue", "trigger", "actor", "target", "about", "value")
_WORDS = ("event", "type", "mode", "blame", "name", "relation")


def _span(name: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(f"{name}_text", sa.Text),
        sa.Column(f"{name}_start", sa.Integer),
        sa.Column(f"{name}_end", sa.Integer),
    ]


def upgrade() -> None:
    op.add_column("report", sa.Column("origin", sa.Text))
    with op.batch_alter_table("claim") as claim:
        for name in ("approx", "planned"):
            claim.alter_column(name, existing_type=sa.Boolean, nullable=True)
        for name in ("status", "scope"):
            claim.alter_column(name, existing_type=sa.Text, nullable=True)
        for name in _SPANS:
            for column in _span(name):
                claim.add_column(column)
        for name in _WORDS:
            claim.add_column(sa.Column(name, sa.Text))
        claim.add_column(sa.Column("parts", sa.JSON))
        claim.add_column(sa.Column("horizon_start", sa.Date))
        claim.add_column(sa.Column("horizon_end", sa.Date))
        claim.add_column(sa.Column("horizon_text", sa.Text))
        claim.add_column(sa.Column("horizon_precision", sa.Text))
        claim.create_index("ix_claim_horizon_start", ["horizon_start"])
        claim.create_foreign_key(
            "claim_event", "claim", ["event"], ["id"], deferrable=True, initially="DEFERRED"
        )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("claim", sa.Text, nullable=False, index=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("judgement")
    with op.batch_alter_table("claim") as claim:
        claim.drop_constraint("claim_event", type_="foreignkey")
        claim.drop_index("ix_claim_horizon_start")
        for name in _SPANS:
            for column in _span(name):
                claim.drop_column(column.name)
        for name in (
            *_WORDS,
            "parts",
            "horizon_start",
            "horizon_end",
            "horizon_text",
            "horizon_precision",
        ):
            claim.drop_column(name)
    op.drop_column("report", "origin")

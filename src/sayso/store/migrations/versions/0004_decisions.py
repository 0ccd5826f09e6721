"""Decisions of every kind, each bound to the words that it is about; judgements of forecasts become
decisions.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_FOUND = """
INSERT INTO decision_claim
    (decision, side, position, claim, report, kind, part, start, "end", text, detail)
SELECT j.id, 'claims', 0, j.claim, COALESCE(r.hash, ''), 'forecast', COALESCE(c.part, ''),
       COALESCE(c.content_start, 0), COALESCE(c.content_end, 0), COALESCE(c.content_text, ''), ''
FROM judgement j LEFT JOIN claim c ON c.id = j.claim LEFT JOIN report r ON r.id = c.report
"""


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=nullable)


def upgrade() -> None:
    decision = op.create_table(
        "decision",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("subject"),
        _text("act"),
        _text("field", nullable=True),
        sa.Column("value", sa.JSON(none_as_null=True)),
        sa.Column("was", sa.JSON(none_as_null=True)),
        _text("because"),
        _text("source", nullable=True),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decision.id")),
        _text("who"),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "decision_claim",
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.id"), primary_key=True),
        sa.Column("side", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("claim", sa.Text, nullable=False, index=True),
        _text("report"),
        _text("kind"),
        _text("part"),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        _text("text"),
        _text("detail"),
    )
    names = ("id", "claim", "outcome", "because", "source", "who", "at")
    judgement = sa.table(
        "judgement", *(sa.column(n, sa.DateTime if n == "at" else sa.Text) for n in names)
    )
    rows = [
        {
            "id": j.id,
            "subject": "claim",
            "act": "settle",
            "value": j.outcome,
            "because": j.because,
            "source": j.source,
            "who": j.who,
            "at": j.at,
        }
        for j in op.get_bind().execute(sa.select(judgement).order_by(judgement.c.id))
    ]
    if rows:
        op.bulk_insert(decision, rows)
    op.execute(_FOUND)
    if rows and op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('decision', 'id'), (SELECT max(id) FROM "
            "decision))"
        )
    op.drop_table("judgement")


def downgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("claim", sa.Text, nullable=False, index=True),
        _text("outcome"),
        _text("because"),
        _text("source"),
        _text("who"),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    decision = sa.table(
        "decision",
        *(sa.column(n) for n in ("id", "act", "because", "source", "who")),
        sa.column("value", sa.JSON),
        sa.column("at", sa.DateTime),
    )
    about = sa.table("decision_claim", sa.column("decision"), sa.column("claim"))
    settled = (
        sa.select(decision, about.c.claim)
        .join(about, about.c.decision == decision.c.id)
        .where(decision.c.act == "settle")
    )
    names = ("id", "claim", "outcome", "because", "source", "who")
    judgement = sa.table("judgement", *(sa.column(n) for n in names), sa.column("at", sa.DateTime))
    rows = [
        {
            "id": d.id,
            "claim": d.claim,
            "outcome": d.value,
            "because": d.because,
            "source": d.source or "",
            "who": d.who,
            "at": d.at,
        }
        for d in op.get_bind().execute(settled)
    ]
    if rows:
        op.bulk_insert(judgement, rows)
    op.drop_table("decision_claim")
    op.drop_table("decision")

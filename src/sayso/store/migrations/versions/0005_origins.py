"""Origins have a kind, a body and a claimant, where they had one key in words."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    keys = op.get_bind().execute(sa.text("SELECT claim, key FROM origin")).all()
    op.drop_table("origin")
    origin = op.create_table(
        "origin",
        sa.Column("claim", sa.Text, sa.ForeignKey("claim.id"), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("who", sa.Text),
    )
    op.create_index("ix_origin_body", "origin", ["body"])
    if keys:
        op.bulk_insert(origin, [{"claim": claim, **_origin(key)} for claim, key in keys])


def downgrade() -> None:
    """The keys are made again by the next linking."""
    op.drop_table("origin")
    op.create_table(
        "origin",
        sa.Column("claim", sa.Text, sa.ForeignKey("claim.id"), primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
    )
    op.create_index("ix_origin_key", "origin", ["key"])


def _origin(key: str) -> dict[str, str | None]:
    """The parts of "says NAME", "voice NAME" or "voice NAME: WHO"."""
    kind, _, name = key.partition(" ")
    body, colon, who = name.partition(": ")
    if kind == "says" or not colon:
        return {"kind": kind, "body": name, "who": None}
    return {"kind": "heard", "body": body, "who": None if who == "somebody lost" else who}

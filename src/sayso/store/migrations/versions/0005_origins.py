"""Origins have a kind, a body and a claimant, where they had one key in words."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # Only a claim with a claimant can be "voice NAME: WHO"; without one, NAME may hold ": ".
    last = "SELECT role FROM attribution a WHERE a.claim = o.claim ORDER BY position DESC LIMIT 1"
    found = sa.text(f"SELECT o.claim, o.key, ({last}) AS role FROM origin o")
    keys = op.get_bind().execute(found).all()
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
        op.bulk_insert(
            origin, [{"claim": claim, **_origin(key, role)} for claim, key, role in keys]
        )


def downgrade() -> None:
    """The keys are made again by the next linking."""
    op.drop_table("origin")
    op.create_table(
        "origin",
        sa.Column("claim", sa.Text, sa.ForeignKey("claim.id"), primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
    )
    op.create_index("ix_origin_key", "origin", ["key"])


def _origin(key: str, role: str | None) -> dict[str, str | None]:
    """The parts of "says NAME", "voice NAME" or "voice NAME: WHO"."""
    kind, _, name = key.partition(" ")
    body, colon, who = name.partition(": ")
    if kind == "says" or role == "publisher" or not colon:
        return {"kind": kind, "body": name, "who": None}
    return {"kind": "heard", "body": body, "who": None if who == "somebody lost" else who}

"""What linking gives: copies, compared pairs, incidents, series, links between claims, and each
claim's origin.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WHERE = ("where_text", "where_name", "where_country", "where_precision")


def _where() -> list[sa.Column[Any]]:
    columns: list[sa.Column[Any]] = [sa.Column(name, sa.Text) for name in _WHERE]
    return [
        *columns,
        sa.Column("where_geonames", sa.Integer),
        sa.Column("where_latitude", sa.Float),
        sa.Column("where_longitude", sa.Float),
    ]


def _claim(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, sa.ForeignKey("claim.id"), **options)


def upgrade() -> None:
    op.create_table(
        "copy",
        sa.Column("report", sa.Text, sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("of", sa.Text, sa.ForeignKey("report.id"), primary_key=True),
        sa.Column("sharing", sa.Text, nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("directed", sa.Boolean, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
    )
    op.create_table(
        "pair",
        _claim("claim", primary_key=True),
        _claim("other", primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
    )
    op.create_table(
        "incident",
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
    op.create_table(
        "incident_claim",
        sa.Column("incident", sa.Text, sa.ForeignKey("incident.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _claim("claim", nullable=False, index=True),
    )
    op.create_table(
        "series",
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
    op.create_table(
        "series_claim",
        sa.Column("series", sa.Text, sa.ForeignKey("series.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _claim("claim", nullable=False, index=True),
    )
    op.create_table(
        "link",
        _claim("claim", primary_key=True),
        _claim("other", primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_link_other", "link", ["other"])
    op.create_table(
        "origin",
        _claim("claim", primary_key=True),
        sa.Column("key", sa.Text, nullable=False, index=True),
    )


def downgrade() -> None:
    for table in (
        "origin",
        "link",
        "series_claim",
        "series",
        "incident_claim",
        "incident",
        "pair",
        "copy",
    ):
        op.drop_table(table)

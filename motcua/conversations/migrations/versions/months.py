"""Figures of whole months."""

import sqlalchemy as sa
from alembic import op

revision = "months"
down_revision = "first"


def upgrade() -> None:
    """Makes the table; it fills as months change."""
    names = (("dimension", 16), ("channel", 16), ("value", 128), ("status", 32))
    dimension, *others = (sa.Column(name, sa.String(size), primary_key=True) for name, size in names)
    month = sa.Column("month", sa.Integer, primary_key=True, autoincrement=False)
    counted = (sa.Column(name, sa.Integer, nullable=False) for name in ("turns", "helpful", "unhelpful"))
    op.create_table("monthly", dimension, month, *others, *counted, sqlite_with_rowid=False)


def downgrade() -> None:
    """Takes it away."""
    op.drop_table("monthly")

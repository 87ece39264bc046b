"""Volunteers: whom they are helping, what they helped with, and replies that wait for approval."""

import sqlalchemy as sa
from alembic import op

revision = "helping"
down_revision = "people"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "residents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("conversation", sa.String(128), nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("opened_at", sa.Float, nullable=False),
    )
    op.create_index("residents_of_person", "residents", ["person"])
    op.create_table(
        "tally",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("procedure", sa.String(16), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
    )
    op.create_index("tally_of_day", "tally", ["day", "place"])
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(128), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("note", sa.String(300)),
    )
    op.create_table(
        "house_rules",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("is_on", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Takes them away."""
    for table in ("house_rules", "drafts", "tally", "residents"):
        op.drop_table(table)

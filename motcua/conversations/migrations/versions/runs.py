"""Training and measuring in the background."""

import sqlalchemy as sa
from alembic import op

revision = "runs"
down_revision = "proposals"


def upgrade() -> None:
    """Makes the table."""
    told = (sa.Column(name, sa.Text, nullable=False) for name in ("progress", "proposals", "result"))
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        *told,
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
    )


def downgrade() -> None:
    """Takes it away."""
    op.drop_table("runs")

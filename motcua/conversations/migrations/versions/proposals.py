"""What reviewers propose to change."""

import sqlalchemy as sa
from alembic import op

revision = "proposals"
down_revision = "months"


def upgrade() -> None:
    """Makes the table."""
    turn = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("turn", turn, sa.ForeignKey("turns.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("decided_at", sa.BigInteger),
        sa.UniqueConstraint("turn", "kind"),
    )


def downgrade() -> None:
    """Takes it away."""
    op.drop_table("proposals")

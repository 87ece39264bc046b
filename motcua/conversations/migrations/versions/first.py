"""Turns and what is written about them, with an inverted index over what they are found by."""

import sqlalchemy as sa
from alembic import op

revision = "first"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_FTS5 = (
    "CREATE VIRTUAL TABLE turn_index USING fts5(terms, content='turn_search', content_rowid='id')",
    """CREATE TRIGGER turn_search_in AFTER INSERT ON turn_search BEGIN
      INSERT INTO turn_index(rowid, terms) VALUES (new.id, new.terms);
    END""",
    """CREATE TRIGGER turn_search_out AFTER DELETE ON turn_search BEGIN
      INSERT INTO turn_index(turn_index, rowid, terms) VALUES ('delete', old.id, old.terms);
    END""",
)
_GIN = (
    "ALTER TABLE turn_search ADD COLUMN vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED",
    "CREATE INDEX turn_index ON turn_search USING gin (vector)",
)


def upgrade() -> None:
    """Makes the tables."""
    _make_turns()
    _make_reviewing()
    _make_figures()
    for statement in _FTS5 if op.get_bind().dialect.name == "sqlite" else _GIN:
        op.execute(statement)


def downgrade() -> None:
    """Takes them away."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE turn_index")
    for table in (
        "stale_days", "daily", "views", "assignments", "reads", "notes", "tags", "flags", "reviews", "erasures", "turn_search",
        "traces", "turns", "conversations",
    ):  # fmt: skip
        op.drop_table(table)


def _turn(*, is_key: bool = False) -> sa.Column:
    return sa.Column("turn", _ID, sa.ForeignKey("turns.id", ondelete="CASCADE"), primary_key=is_key, nullable=False)


def _who(name: str, *, is_key: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(64), primary_key=is_key, nullable=False)


def _make_turns() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("channel", sa.String(16)),
        sa.Column("place", sa.String(16)),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
    )
    op.create_index("conversations_by_end", "conversations", ["last_at"])
    op.create_table(
        "turns",
        sa.Column("id", _ID, primary_key=True, autoincrement=False),
        sa.Column("conversation", sa.String(128), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("message", sa.String(128), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("channel", sa.String(16)),
        sa.Column("place", sa.String(16)),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("status", sa.String(32)),
        sa.Column("intent", sa.String(64)),
        sa.Column("runner_up", sa.String(64)),
        sa.Column("confidence", sa.Float),
        sa.Column("procedure", sa.String(32)),
        sa.Column("section", sa.String(32)),
        sa.Column("field", sa.String(128)),
        sa.Column("ms", sa.Integer),
        sa.Column("model", sa.String(64)),
        sa.Column("index_digest", sa.String(64)),
        sa.Column("helpful", sa.Boolean),
        sa.Column("feedback_reason", sa.String(20)),
        sa.Column("handed_over", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.UniqueConstraint("conversation", "message"),
    )
    op.create_table("traces", _turn(is_key=True), sa.Column("trace", sa.Text, nullable=False))
    key = sa.Column("id", _ID, primary_key=True, autoincrement=False)
    op.create_table("turn_search", key, sa.Column("terms", sa.Text, nullable=False))
    name = sa.Column("conversation", sa.String(128), primary_key=True)
    op.create_table("erasures", name, sa.Column("at", sa.BigInteger, nullable=False))


def _make_reviewing() -> None:
    op.create_table(
        "reviews",
        _turn(is_key=True),
        _who("reviewer", is_key=True),
        sa.Column("is_right", sa.Boolean, nullable=False),
        sa.Column("intent", sa.String(64)),
        sa.Column("procedure", sa.String(32)),
        sa.Column("section", sa.String(32)),
        sa.Column("entities", sa.Text),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer, primary_key=True),
        _turn(),
        sa.Column("reason", sa.String(200), nullable=False),
        _who("by"),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("resolved_by", sa.String(64)),
        sa.Column("resolved_at", sa.BigInteger),
    )
    op.create_index("flags_of_turn", "flags", ["turn"])
    op.create_table("tags", _turn(is_key=True), sa.Column("tag", sa.String(64), primary_key=True))
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        _turn(),
        _who("by"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("notes_of_turn", "notes", ["turn"])
    op.create_table("reads", _turn(is_key=True), _who("reviewer", is_key=True))
    conversation = sa.ForeignKey("conversations.id", ondelete="CASCADE")
    op.create_table(
        "assignments",
        sa.Column("conversation", sa.String(128), conversation, primary_key=True),
        _who("reviewer", is_key=True),
        _who("by"),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "views",
        sa.Column("id", sa.Integer, primary_key=True),
        _who("owner"),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("is_shared", sa.Boolean, nullable=False),
        sa.UniqueConstraint("owner", "name"),
    )


def _make_figures() -> None:
    names = (("dimension", 16), ("channel", 16), ("value", 128), ("status", 32))
    dimension, *others = (sa.Column(name, sa.String(size), primary_key=True) for name, size in names)
    day = sa.Column("day", sa.Integer, primary_key=True, autoincrement=False)
    counted = (sa.Column(name, sa.Integer, nullable=False) for name in ("turns", "helpful", "unhelpful"))
    op.create_table("daily", dimension, day, *others, *counted, sqlite_with_rowid=False)
    op.create_table("stale_days", sa.Column("day", sa.Integer, primary_key=True, autoincrement=False))

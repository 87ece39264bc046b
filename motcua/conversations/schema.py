"""The tables of the conversation store. Times are milliseconds since 1970, so that both databases compare them alike."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER is SQLite's own row id


def _turn(*, is_key: bool = False) -> Column:
    return Column("turn", _ID, ForeignKey("turns.id", ondelete="CASCADE"), primary_key=is_key, nullable=False)


def _who(name: str, *, is_key: bool = False) -> Column:
    return Column(name, String(64), primary_key=is_key, nullable=False)


CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String(128), primary_key=True),
    Column("channel", String(16)),
    Column("place", String(16)),
    Column("began_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("turns", Integer, nullable=False),
    Index("conversations_by_end", "last_at"),
)
TURNS = Table(
    "turns",
    METADATA,
    # Made from the time the message came (motcua.conversations.moments): in order of ids is in order of time.
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("conversation", String(128), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("message", String(128), nullable=False),
    Column("number", Integer, nullable=False),
    Column("channel", String(16)),
    Column("place", String(16)),
    Column("said", Text, nullable=False),
    Column("status", String(32)),
    Column("intent", String(64)),
    Column("runner_up", String(64)),
    Column("confidence", Float),
    Column("procedure", String(32)),
    Column("section", String(32)),
    Column("field", String(128)),
    Column("ms", Integer),  # from the message to its answer
    Column("model", String(64)),
    Column("index_digest", String(64)),
    Column("helpful", Boolean),
    Column("feedback_reason", String(20)),
    Column("handed_over", Boolean, nullable=False, default=False),
    Column("state", String(12), nullable=False, default="unreviewed"),  # motcua.conversations.reviewing.State
    UniqueConstraint("conversation", "message"),
)
TRACES = Table("traces", METADATA, _turn(is_key=True), Column("trace", Text, nullable=False))  # JSON, of turns.Trace
# What a turn is found by; the database keeps an inverted index over it: FTS5 or GIN, see the first migration.
SEARCH = Table(
    "turn_search", METADATA, Column("id", _ID, primary_key=True, autoincrement=False), Column("terms", Text, nullable=False)
)
ERASURES = Table(
    "erasures",
    METADATA,
    Column("conversation", String(128), primary_key=True),
    Column("at", BigInteger, nullable=False),
)
REVIEWS = Table(
    "reviews",
    METADATA,
    _turn(is_key=True),
    _who("reviewer", is_key=True),
    Column("is_right", Boolean, nullable=False),
    Column("intent", String(64)),
    Column("procedure", String(32)),
    Column("section", String(32)),
    Column("entities", Text),
    Column("at", BigInteger, nullable=False),
)
FLAGS = Table(
    "flags",
    METADATA,
    Column("id", Integer, primary_key=True),
    _turn(),
    Column("reason", String(200), nullable=False),
    _who("by"),
    Column("at", BigInteger, nullable=False),
    Column("resolved_by", String(64)),
    Column("resolved_at", BigInteger),
    Index("flags_of_turn", "turn"),
)
TAGS = Table("tags", METADATA, _turn(is_key=True), Column("tag", String(64), primary_key=True))
NOTES = Table(
    "notes",
    METADATA,
    Column("id", Integer, primary_key=True),
    _turn(),
    _who("by"),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("notes_of_turn", "turn"),
)
READS = Table("reads", METADATA, _turn(is_key=True), _who("reviewer", is_key=True))
ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("conversation", String(128), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    _who("reviewer", is_key=True),
    _who("by"),
    Column("at", BigInteger, nullable=False),
)
VIEWS = Table(
    "views",
    METADATA,
    Column("id", Integer, primary_key=True),
    _who("owner"),
    Column("name", String(120), nullable=False),
    Column("query", Text, nullable=False),
    Column("is_shared", Boolean, nullable=False, default=False),
    UniqueConstraint("owner", "name"),
)
# What is to change because of a turn, for people to decide on. It quotes the turn, so it goes when the turn goes.
PROPOSALS = Table(
    "proposals",
    METADATA,
    Column("id", Integer, primary_key=True),
    _turn(),
    Column("kind", String(16), nullable=False),  # motcua.conversations.proposals.Kind
    Column("content", Text, nullable=False),  # JSON
    _who("by"),
    Column("at", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),  # motcua.conversations.proposals.State
    Column("decided_by", String(64)),
    Column("decided_at", BigInteger),
    UniqueConstraint("turn", "kind"),
)
# What was trained or measured in the background, and what came of it; it quotes nobody.
RUNS = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),  # motcua.conversations.runs.Kind
    Column("state", String(12), nullable=False),  # motcua.conversations.runs.State
    Column("progress", Text, nullable=False),  # JSON
    Column("proposals", Text, nullable=False),  # JSON, their ids
    Column("result", Text, nullable=False),  # JSON
    _who("by"),
    Column("began_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
)
# Figures without a person: they stay when conversations go. Days are counted from 1970, in Vietnam.
DAILY = Table(
    "daily",
    METADATA,
    Column("dimension", String(16), primary_key=True),  # motcua.conversations.counting.DIMENSIONS
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("channel", String(16), primary_key=True),
    Column("value", String(128), primary_key=True),
    Column("status", String(32), primary_key=True),
    Column("turns", Integer, nullable=False),
    Column("helpful", Integer, nullable=False),
    Column("unhelpful", Integer, nullable=False),
    sqlite_with_rowid=False,  # a year of one dimension then lies together
)
# The same for months that are over: a year is read in a tenth of the time.
MONTHLY = Table(
    "monthly",
    METADATA,
    Column("dimension", String(16), primary_key=True),
    Column("month", Integer, primary_key=True, autoincrement=False),  # motcua.conversations.counting.month_of
    Column("channel", String(16), primary_key=True),
    Column("value", String(128), primary_key=True),
    Column("status", String(32), primary_key=True),
    Column("turns", Integer, nullable=False),
    Column("helpful", Integer, nullable=False),
    Column("unhelpful", Integer, nullable=False),
    sqlite_with_rowid=False,
)
STALE_DAYS = Table("stale_days", METADATA, Column("day", Integer, primary_key=True, autoincrement=False))

"""What the Zalo connectors keep of their own, beside the inbox and the outbox, in the same database."""

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text

from gateway.database import Database

_METADATA = MetaData()

TOKENS = Table(
    "zalo_tokens",
    _METADATA,
    Column("oa_id", String(32), primary_key=True),
    Column("access_token", Text, nullable=False),  # encrypted
    Column("refresh_token", Text, nullable=False),  # encrypted, single use
    Column("issued_at", Float, nullable=False),
    Column("leased_until", Float, nullable=False, default=0.0),  # one process refreshes at a time
    Column("is_dead", Integer, nullable=False, default=0),  # an administrator must consent again
)
PROGRESS = Table(
    "zalo_progress",
    _METADATA,
    Column("delivery", Integer, primary_key=True),
    Column("parts", Integer, nullable=False),  # of a long answer, delivered so far
)
UNHANDLED = Table(
    "zalo_unhandled_events",
    _METADATA,
    Column("name", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("shape", Text, nullable=False),  # names and types of the last one; no values, which may be personal
    Column("last_at", Float, nullable=False),
)


def create_tables(database: Database) -> None:
    """Makes the tables that are not there yet."""
    database.make_tables(_METADATA)

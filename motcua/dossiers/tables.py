"""What is kept around asking for dossiers, in the private database: tries, the audit trail, subscriptions."""

from sqlalchemy import Column, Float, Index, Integer, MetaData, String, Table
from sqlalchemy.engine import Engine

from motcua.engine import make_tables

_METADATA = MetaData()

TRIES = Table(
    "dossier_tries",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject", String(160), nullable=False),  # person:… or code:…
    Column("at", Float, nullable=False),
    Index("dossier_tries_of_subject", "subject", "at"),
)
AUDIT = Table(
    "dossier_audit",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("person", String(128), nullable=False),  # a conversation, never a name
    Column("code", String(40), nullable=False),
    Column("outcome", String(20), nullable=False),
    Index("dossier_audit_of_code", "code", "at"),
    Index("dossier_audit_by_age", "at"),
)
SUBSCRIPTIONS = Table(
    "dossier_subscriptions",
    _METADATA,
    Column("conversation", String(128), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("wish", String(10), nullable=False),  # motcua.dossiers.subscriptions.Wish
    Column("consented_at", Float, nullable=False),
    Column("ends_at", Float, nullable=False),
    Column("last_stage", String(20)),  # what was last told; null: nothing yet
    Column("told", Integer, nullable=False, default=0),  # how many notices were sent
    Column("next_look_at", Float, nullable=False),
    Index("dossier_subscriptions_due", "next_look_at"),
)


def create_tables(engine: Engine) -> None:
    """Makes the tables that are not there yet."""
    make_tables(_METADATA, engine)

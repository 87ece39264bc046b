"""What only the console reads from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from console.roles import Role
from motcua.settings import SettingFault, Settings, load_settings

SECRET_LENGTH = 32


@dataclass(frozen=True)
class OidcSettings:
    """An OpenID Connect provider that staff may sign in with."""

    issuer: str
    client_id: str
    client_secret: str
    login_claim: str  # the claim that holds the login of an invited person
    name: str  # what stands on the button


@dataclass(frozen=True)
class ConsoleSettings:
    """The shared settings, and the console's own. Every variable is in README's table."""

    shared: Settings
    database_url: str
    secret: str
    gateway_url: str
    second_factor_for: frozenset[Role]  # who cannot work without one
    oidc: OidcSettings | None
    guides_checkout: Path | None  # where saved guides become commits; without it, files to download


def load_console_settings(environment: Mapping[str, str] = os.environ) -> ConsoleSettings:
    """The settings of an environment; secrets it does not name are those `make run` made. Raises SettingFault."""
    environment = {**_kept_secrets(load_settings(environment).var / "secrets.env"), **environment}
    shared = load_settings(environment)
    secret = environment.get("MOTCUA_CONSOLE_SECRET", "")
    if len(secret) < SECRET_LENGTH:
        expected = f"at least {SECRET_LENGTH}; make run makes one"
        raise SettingFault("MOTCUA_CONSOLE_SECRET", f"{len(secret)} characters", expected)
    return ConsoleSettings(
        shared=shared,
        database_url=shared.console_url,
        secret=secret,
        gateway_url=environment.get("MOTCUA_GATEWAY_URL", f"http://127.0.0.1:{shared.port}"),
        second_factor_for=_roles(environment.get("MOTCUA_SECOND_FACTOR_FOR", Role.ADMINISTRATOR.value)),
        oidc=_oidc(environment),
        guides_checkout=Path(folder) if (folder := environment.get("MOTCUA_GUIDES_CHECKOUT")) else None,
    )


def _kept_secrets(path: Path) -> dict[str, str]:
    """What `make run` keeps for this installation, so that commands typed by hand have it too."""
    lines = path.read_text("utf-8").split() if path.exists() else []
    return dict(line.split("=", 1) for line in lines)


def _roles(found: str) -> frozenset[Role]:
    names = found.replace(",", " ").split()
    known = {role.value for role in Role}
    for name in names:
        if name not in known:
            raise SettingFault("MOTCUA_SECOND_FACTOR_FOR", name, "roles: " + ", ".join(sorted(known)))
    return frozenset(Role(name) for name in names)


def _oidc(environment: Mapping[str, str]) -> OidcSettings | None:
    issuer = environment.get("MOTCUA_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    return OidcSettings(
        issuer=issuer,
        client_id=environment.get("MOTCUA_OIDC_CLIENT_ID", ""),
        client_secret=environment.get("MOTCUA_OIDC_CLIENT_SECRET", ""),
        login_claim=environment.get("MOTCUA_OIDC_LOGIN_CLAIM", "preferred_username"),
        name=environment.get("MOTCUA_OIDC_NAME", "tài khoản cơ quan"),
    )

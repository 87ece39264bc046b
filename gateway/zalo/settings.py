"""Which Zalo applications, Official Accounts and bots this gateway serves: one YAML file, read once at start."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from motcua.settings import SettingFault

OPENAPI = "https://openapi.zalo.me"
OAUTH = "https://oauth.zaloapp.com"
BOT_API = "https://bot-api.zaloplatforms.com"


class _Block(BaseModel):
    # Ids are longer than a float is exact, and YAML reads them as numbers where the quotes are forgotten.
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Application(_Block):
    """An app of developers.zalo.me and the Official Accounts that authorised it; all of them share its webhook."""

    app_id: str
    app_secret: str = Field("", repr=False)  # for OAuth
    # Signs the webhook, and is not the App Secret. Zalo shows it only after its first call of the webhook, so it comes later.
    oa_secret: str = Field("", repr=False)
    accounts: tuple[str, ...] = ()


class Bot(_Block):
    """A bot of the Bot Platform."""

    name: str
    token: str = Field(repr=False)
    webhook_secret: str = Field("", repr=False, max_length=256)
    polls: bool = False  # asks Zalo for messages instead of being called: for a gateway that Zalo cannot reach


class ZaloSettings(_Block):
    """Everything about Zalo."""

    key: str = Field("", repr=False)  # encrypts the tokens at rest and makes conversation ids unguessable
    applications: tuple[Application, ...] = ()
    bots: tuple[Bot, ...] = ()
    buttons: bool = False  # their shape was never seen on a real account
    reaction: str = ""  # the icon that says "đã nhận" at once, such as "/-strong"; none if empty
    takeover_minutes: int = Field(30, ge=1)  # how long the bot stays silent after the last word of staff
    openapi_url: str = OPENAPI
    oauth_url: str = OAUTH
    bot_api_url: str = BOT_API

    def application_of(self, oa_id: str) -> Application | None:
        """The application through which an Official Account is reached."""
        return next((app for app in self.applications if oa_id in app.accounts), None)


def load_zalo_settings(path: Path) -> ZaloSettings:
    """What the file says. Raises SettingFault."""
    try:
        settings = ZaloSettings.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except FileNotFoundError as error:
        raise SettingFault("Zalo", f"no {path}", "that file, as README.md describes it") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise SettingFault(str(path), f"a {type(error).__name__}", "YAML in UTF-8") from None
    except ValidationError as error:
        raise SettingFault(str(path), _places(error), "the fields that README.md describes") from None
    if len(settings.key) < 32:
        raise SettingFault(f"{path}: key", f"{len(settings.key)} characters", "at least 32, kept secret")
    return settings


def _places(error: ValidationError) -> str:
    # The values stay out: most of them are secrets.
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())

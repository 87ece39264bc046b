"""`python -m gateway.zalo.connect account OA_ID`: the first tokens of an Official Account. `… bot NAME`: a bot's webhook."""

import argparse
import asyncio
import base64
import getpass
import hashlib
import secrets
import sys
import time
from collections.abc import Callable, Sequence

import httpx

from gateway.database import Database
from gateway.zalo.bot_api import BotApi, BotUnreachable
from gateway.zalo.oauth import OAuth, OAuthRefused, consent_page
from gateway.zalo.settings import Application, ZaloSettings, load_zalo_settings
from gateway.zalo.tables import create_tables
from gateway.zalo.token_store import TokenStore
from motcua.settings import SettingFault, Settings, load_settings

Ask = Callable[[str], str]


def main(given: Sequence[str] | None = None, settings: Settings | None = None, ask: Ask = getpass.getpass) -> None:
    """The command. Ends with a sentence where it fails."""
    settings, arguments = settings or load_settings(), _arguments(given)
    try:
        zalo = load_zalo_settings(settings.var / "zalo.yml")
        if arguments.what == "account":
            asyncio.run(_connect_account(settings, zalo, arguments, ask))
        else:
            asyncio.run(_connect_bot(zalo, arguments))
    except (SettingFault, OAuthRefused, BotUnreachable) as fault:
        sys.exit(str(fault))
    except httpx.HTTPError as fault:
        sys.exit(f"Zalo cannot be reached ({type(fault).__name__}).")


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gateway.zalo.connect")
    commands = parser.add_subparsers(dest="what", required=True)
    account = commands.add_parser("account", help="asks for a refresh token, or with --redirect for a consent code")
    account.add_argument("oa_id")
    account.add_argument("--redirect", help="callback URL saved in the console: goes through the consent page")
    bot = commands.add_parser("bot", help="tells Zalo where to call; without --webhook, not to call at all (polling)")
    bot.add_argument("name")
    bot.add_argument("--webhook", help="public address of this gateway's /zalo/bot")
    return parser.parse_args(given)


async def _connect_account(settings: Settings, zalo: ZaloSettings, arguments: argparse.Namespace, ask: Ask) -> None:
    app = zalo.application_of(arguments.oa_id)
    if app is None:
        raise SettingFault("OA_ID", arguments.oa_id, "an account listed under an application in zalo.yml")
    async with httpx.AsyncClient(timeout=30) as client:
        oauth = OAuth(client, zalo.oauth_url)
        if arguments.redirect:
            pair = await _consent(oauth, app, url=zalo.oauth_url, redirect=arguments.redirect, ask=ask)
        else:
            # Used up at once: that shows that the application's id and secret are right, and gives tokens only we know.
            pair = await oauth.refresh(app, ask("Refresh token of the API Explorer: ").strip())
    database = Database(settings.database_url)
    create_tables(database)
    TokenStore(database, zalo.key, time.time).write(arguments.oa_id, *pair)
    say(f"Official Account {arguments.oa_id} is connected.")


async def _consent(oauth: OAuth, app: Application, *, url: str, redirect: str, ask: Ask) -> tuple[str, str]:
    verifier = secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    say(f"Save this code challenge in the console of the application: {challenge}")
    say("Then an administrator of the account opens this page and consents:")
    say(consent_page(app, url=url, redirect=redirect, challenge=challenge, state=secrets.token_urlsafe(8)))
    return await oauth.exchange(app, ask("The code in the address Zalo leads to: ").strip(), verifier)


async def _connect_bot(zalo: ZaloSettings, arguments: argparse.Namespace) -> None:
    bot = next((found for found in zalo.bots if found.name == arguments.name), None)
    if bot is None:
        raise SettingFault("NAME", arguments.name, "a bot listed in zalo.yml")
    async with httpx.AsyncClient() as client:
        code = await BotApi(client, zalo.bot_api_url, bot.token).call_at(arguments.webhook, bot.webhook_secret)
    if code:
        sys.exit(f"Zalo refused (code {code}). Is the token right, and the webhook_secret 8 to 256 characters long?")
    say(f"Bot {bot.name} {'is called at ' + arguments.webhook if arguments.webhook else 'may be polled'}.")


def say(line: str) -> None:
    """A line for the reader."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()

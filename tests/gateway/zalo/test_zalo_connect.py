"""The command that connects an account or a bot for the first time."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from gateway.database import Database
from gateway.zalo.connect import main
from gateway.zalo.token_store import Pair, TokenStore
from motcua.settings import Settings
from tests.fake_zalo.server import fake_zalo_app, serving
from tests.fake_zalo.world import Account, World
from tests.gateway.zalo.bench import KEY, OA, fields_for

BOT = {"name": "thu-nghiem", "token": "1459:mat-khau-cua-bot", "webhook_secret": "mat-khau-goi-vao"}


@pytest.fixture(autouse=True)
def zalo_url(world: World, settings: Settings) -> Iterator[str]:
    with serving(fake_zalo_app(world)) as url:
        fields = fields_for(url, bots=[BOT])
        (settings.var / "zalo.yml").write_text(yaml.safe_dump(fields))
        yield url


def stored(settings: Settings) -> Pair | None:
    return TokenStore(Database(settings.database_url), KEY, time.time).read(OA)


def test_a_refresh_token_of_the_api_explorer_connects_an_account(
    settings: Settings, account: Account, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    given = world.issue(account)["refresh_token"]
    main(["account", OA], settings, lambda _: f" {given} ")
    pair = stored(settings)
    assert pair is not None
    assert pair.access == list(account.access_tokens)[-1]
    said = capsys.readouterr().out
    assert f"Official Account {OA} is connected." in said
    assert pair.access not in said


def test_a_consent_code_connects_an_account(
    settings: Settings, account: Account, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    def consenting(_: str) -> str:
        page = re.search(r"http\S+/v4/oa/permission\?\S+", capsys.readouterr().out)
        assert page is not None
        asked = parse_qs(urlsplit(page[0]).query)
        assert asked["redirect_uri"] == ["https://gateway.test/done"]
        return world.consent(account, asked["code_challenge"][0])

    main(["account", OA, "--redirect", "https://gateway.test/done"], settings, consenting)
    assert stored(settings) is not None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["account", OA], "Zalo gave no tokens"),
        (["account", "1"], "an account listed under an application"),
        (["bot", "khac"], "a bot listed in zalo.yml"),
        (["bot", "thu-nghiem", "--webhook", "https://gateway.test/zalo/bot"], "Zalo refused"),
    ],
)
def test_what_fails_ends_with_a_sentence_and_without_a_secret(
    settings: Settings, account: Account, given: list[str], sentence: str
) -> None:
    with pytest.raises(SystemExit, match=sentence) as ended:
        main(given, settings, lambda _: "made-up")
    assert not any(secret in str(ended.value) for secret in ("made-up", "mat-khau", KEY))


def test_a_bot_is_called_at_the_webhook_until_it_polls(settings: Settings, world: World) -> None:
    bot = world.bot(BOT["token"])
    main(["bot", "thu-nghiem", "--webhook", "https://gateway.test/zalo/bot"], settings)
    assert (bot.webhook, bot.secret) == ("https://gateway.test/zalo/bot", BOT["webhook_secret"])
    main(["bot", "thu-nghiem"], settings)
    assert bot.webhook == ""


def test_without_zalo_the_command_says_so(settings: Settings, world: World, zalo_url: str) -> None:
    fields = fields_for("http://127.0.0.1:9", bots=[BOT])
    Path(settings.var / "zalo.yml").write_text(yaml.safe_dump(fields))
    with pytest.raises(SystemExit, match="cannot be reached"):
        main(["account", OA], settings, lambda _: "r")

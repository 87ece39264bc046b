"""The fake Bot Platform meets python-zalo-bot (forms) and zalo-bot-mcp (JSON), clients that others wrote."""

from collections.abc import AsyncIterator

import pytest
import zalo_bot
import zalo_bot.error
from zalo_bot_mcp import zalo_api

from tests.fake_zalo.citizens import Citizens
from tests.fake_zalo.world import FakeBot, World

TOKEN, CHAT = "1459:mat-khau", "6f0000000000000000aa"


@pytest.fixture
def bot(world: World) -> FakeBot:
    return world.bot(TOKEN)


@pytest.fixture
async def mcp(url: str, bot: FakeBot, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[zalo_api.ZaloBotApi]:
    monkeypatch.setattr(zalo_api, "BASE_URL", url)
    async with zalo_api.ZaloBotApi(TOKEN) as client:
        yield client


async def test_a_client_that_sends_forms_is_understood(url: str, bot: FakeBot, world: World) -> None:
    async with zalo_bot.Bot(TOKEN, base_url=url) as client:
        message = await client.send_message(CHAT, "Chào Anh/Chị")
        await client.send_photo(CHAT, "Ảnh", "https://example.test/a.jpg")
        await client.send_chat_action(CHAT, "typing")
    assert message.message_id
    assert [sent["chat_id"] for sent in bot.sent] == [CHAT, CHAT]


async def test_a_client_that_sends_json_is_understood(mcp: zalo_api.ZaloBotApi, bot: FakeBot) -> None:
    assert (await mcp.get_me())["account_type"] == "BASIC"
    await mcp.send_message(CHAT, "Chào **Anh/Chị**", parse_mode="markdown")
    assert bot.sent == [{"chat_id": CHAT, "text": "Chào **Anh/Chị**", "parse_mode": "markdown"}]
    assert await mcp.get_webhook_info() is None


async def test_an_update_comes_once_and_an_empty_poll_is_a_timeout(
    mcp: zalo_api.ZaloBotApi, bot: FakeBot, world: World
) -> None:
    bot.updates.put(Citizens(world).update(CHAT, "xin chào"))
    found = zalo_api.parse_update(await mcp.get_updates(timeout=1))
    assert found is not None
    assert (found.text, found.chat_id, found.chat_type) == ("xin chào", CHAT, "PRIVATE")
    assert await mcp.get_updates(timeout=1) is None


async def test_an_empty_poll_and_a_wrong_token_are_http_errors_to_the_other_client(url: str, bot: FakeBot) -> None:
    async with zalo_bot.Bot(TOKEN, base_url=url) as client:
        with pytest.raises(zalo_bot.error.NetworkError, match="408"):
            await client.get_update(timeout=1)
    with pytest.raises(zalo_bot.error.InvalidToken):
        async with zalo_bot.Bot("1459:another", base_url=url):  # asks getMe
            pass


@pytest.mark.parametrize(
    ("code", "kind"), [(429, zalo_api.ZaloTransientError), (502, zalo_api.ZaloTransientError), (403, zalo_api.ZaloClientError)]
)
async def test_errors_come_as_statuses_and_in_a_200(
    mcp: zalo_api.ZaloBotApi, bot: FakeBot, url: str, code: int, kind: type[Exception]
) -> None:
    bot.fails_with = [code]
    with pytest.raises(kind):
        await mcp.send_message(CHAT, "a")
    bot.errors_in_200, bot.fails_with = True, [code]
    with pytest.raises(zalo_api.ZaloClientError):
        await mcp.send_message(CHAT, "a")
    async with zalo_bot.Bot(TOKEN, base_url=url) as client:
        bot.errors_in_200, bot.fails_with = True, [code]
        assert await client.send_message(CHAT, "a") is None  # taken for a success: why we test `ok`
    assert bot.sent == []


def test_a_webhook_is_set_and_taken_away(url: str, bot: FakeBot) -> None:
    client = zalo_bot.Bot(TOKEN, base_url=url)
    client.set_webhook("https://gateway.test/zalo/bot", "secret-of-eight")
    assert (bot.webhook, bot.secret) == ("https://gateway.test/zalo/bot", "secret-of-eight")
    with pytest.raises(zalo_bot.error.BadRequest):
        client.set_webhook("https://gateway.test/zalo/bot", "short")
    client.delete_webhook()
    with pytest.raises(zalo_bot.error.InvalidToken):  # none is set: a 404
        client.get_webhook_info()

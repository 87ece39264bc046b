import unicodedata
from typing import Any

import httpx
import pytest

from gateway.bot_client import BotClient, BotFailed, BotUnavailable
from gateway.inbox import Message
from tests.fakes import FakeBot


def _message(text: str = "con mới sinh cần làm gì", signal: str | None = None) -> Message:
    return Message(1, "cuoc-1", "web", "id-1", text, signal, "waiting", None)


async def test_the_bot_hears_conversation_message_channel_and_text() -> None:
    bot = FakeBot()
    await BotClient(bot.client()).replies(_message())
    assert bot.heard == [
        {
            "conversation": "cuoc-1",
            "message": "id-1",
            "metadata": {"channel": "web", "at": 0},
            "text": "con mới sinh cần làm gì",
        }
    ]


@pytest.mark.parametrize(
    "typed", ["hoà  giải\n ở cơ sở", unicodedata.normalize("NFD", "hòa giải ở cơ sở"), "hòa\u200b giải ở cơ sở\x00"]
)
async def test_the_bot_hears_canonical_text(typed: str) -> None:
    bot = FakeBot()
    await BotClient(bot.client()).replies(_message(typed))
    assert bot.heard[0]["text"] == "hòa giải ở cơ sở"


async def test_a_signal_takes_the_place_of_the_text() -> None:
    bot = FakeBot()
    await BotClient(bot.client()).replies(_message("a" * 10_000, "send_too_much"))
    assert bot.heard[0]["signal"] == "send_too_much"
    assert "text" not in bot.heard[0]


async def test_only_what_citizens_may_see_comes_back() -> None:
    seen: dict[str, Any] = {
        "text": "Đăng ký khai sinh: lệ phí",
        "status": "answered_from_guide",
        "procedures": ["1.001193"],
        "sections": ["fee"],
        "sources": [{"url": "https://dichvucong.gov.vn/"}],
        "offered": [{"code": "1.001193", "title": "Đăng ký khai sinh"}],
    }
    bot = FakeBot({**seen, "utter_action": "utter_x", "model_id": "abc", "recipient_id": "cuoc-1"})
    assert await BotClient(bot.client()).replies(_message()) == [seen]


NO_ANSWER = [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.ReadTimeout("slow"), httpx.ReadError("reset")]


@pytest.mark.parametrize("failure", [404, 503, *NO_ANSWER, httpx.RemoteProtocolError("gone")])
async def test_a_bot_that_gives_no_answer_may_be_asked_again(failure: int | Exception) -> None:
    with pytest.raises(BotUnavailable):
        await BotClient(FakeBot(failures=[failure]).client()).replies(_message())


@pytest.mark.parametrize("failure", [500, 401, 400])
async def test_a_turn_that_the_bot_cannot_take_is_not_repeated(failure: int) -> None:
    with pytest.raises(BotFailed):
        await BotClient(FakeBot(failures=[failure]).client()).replies(_message())

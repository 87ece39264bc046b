"""Rasa's own processor, tracker store and lock, behind our channel: a turn is run once, however often its message comes."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from rasa.core.actions.action import Action, action_for_name_or_text
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.data import TrainingType
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from tests.bot.channels.conftest import TOKEN

DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [hoi]
responses:
  utter_chao:
  - text: Chào Anh/Chị.
  utter_hoi_lai:
  - text: Anh/Chị cần làm giấy tờ gì?
    metadata: {status: asked_for_detail}
""")
REPLIES = [{"text": "Chào Anh/Chị."}, {"text": "Anh/Chị cần làm giấy tờ gì?", "metadata": {"status": "asked_for_detail"}}]


class Processor(MessageProcessor):
    """Rasa's processor, which hears one intent and says two things; counts its turns, and may die or be slow in one."""

    def __init__(self, store: FailSafeTrackerStore, locks: InMemoryLockStore) -> None:
        super().__init__("model", store, locks, NaturalLanguageGenerator.create(None, DOMAIN))
        self.turns = 0
        self.dies = self.is_silent = False
        self.gate = asyncio.Event()
        self.gate.set()

    @staticmethod
    def _load_model(model_path: str | Path) -> Any:
        return (
            "model",
            SimpleNamespace(domain=DOMAIN, model_id="model", assistant_id="test", training_type=TrainingType.BOTH),
            None,
        )

    async def parse_message(self, message: UserMessage, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.turns += 1
        await self.gate.wait()
        return {"text": message.text, "intent": {"name": "hoi", "confidence": 1.0}, "entities": []}

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        after = {"action_listen": "utter_chao", "utter_chao": "utter_hoi_lai"}
        name = after.get(tracker.latest_action_name or "action_listen", "action_listen")
        name = "action_listen" if self.is_silent else name
        if self.dies and name == "action_listen":
            raise ConnectionError("as if killed: both replies are said, the tracker is not saved")
        return action_for_name_or_text(name, DOMAIN, None), PolicyPrediction.for_action_name(DOMAIN, name)


class Bot:
    """One bot process over the database of trackers: its agent, and our channel over HTTP."""

    def __init__(self, app: Sanic, database: Path, broker: EventBroker | None = None) -> None:
        trackers = SQLTrackerStore(DOMAIN, db=str(database), event_broker=broker)
        self.agent = Agent(DOMAIN, tracker_store=trackers, lock_store=InMemoryLockStore())
        self.processor = Processor(self.agent.tracker_store, self.agent.lock_store)
        self.agent.processor = self.processor
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://bot", headers={"Authorization": f"Bearer {TOKEN}"}
        )
        app.ctx.agent = self.agent  # the bot made last is the one that runs

    async def post(self, message: str, text: str = "xin chào", **headers: str) -> httpx.Response:
        body = {"conversation": "cuoc-1", "message": message, "text": text, "metadata": {"channel": "web"}}
        return await self._client.post("/webhooks/gateway/turns", json=body, headers=headers)

    async def hear(self, message: str, text: str = "xin chào") -> list[dict[str, Any]]:
        response = await self.post(message, text)
        assert response.status_code == 200, response.text
        return [{key: reply[key] for key in ("text", "metadata") if key in reply} for reply in response.json()["replies"]]

    async def forget(self, **headers: str) -> int:
        return (await self._client.delete("/webhooks/gateway/conversations/cuoc-1", headers=headers)).status_code

    async def said(self) -> list[str]:
        tracker = await self.agent.tracker_store.retrieve("cuoc-1")
        return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


@pytest.fixture
def bot(app: Sanic, tmp_path: Path) -> Bot:
    return Bot(app, tmp_path / "trackers.db")


async def test_a_message_gets_the_replies_of_its_turn(bot: Bot) -> None:
    assert await bot.hear("id-1") == REPLIES


async def test_a_message_sent_again_gets_the_same_replies_without_another_turn(bot: Bot) -> None:
    first = (await bot.post("id-1")).json()
    assert (await bot.post("id-1")).json() == first
    assert bot.processor.turns == 1
    assert await bot.said() == ["xin chào"]


async def test_another_process_knows_the_turn_too(bot: Bot, app: Sanic, tmp_path: Path) -> None:
    await bot.hear("id-1")
    revived = Bot(app, tmp_path / "trackers.db")
    assert await revived.hear("id-1") == REPLIES
    assert revived.processor.turns == 0


async def test_each_message_gets_its_own_replies_and_not_those_of_later_ones(bot: Bot) -> None:
    await bot.hear("id-1")
    await bot.hear("id-2", "còn gì nữa")
    assert await bot.hear("id-1") == REPLIES
    assert await bot.said() == ["xin chào", "còn gì nữa"]


async def test_a_turn_that_died_before_its_end_has_left_no_trace_and_is_run(bot: Bot, app: Sanic, tmp_path: Path) -> None:
    bot.processor.dies = True
    assert (await bot.post("id-1")).status_code == 500
    assert await bot.said() == []
    revived = Bot(app, tmp_path / "trackers.db")
    assert await revived.hear("id-1") == REPLIES
    assert await revived.said() == ["xin chào"]


async def test_a_message_sent_again_while_its_turn_runs_waits_for_it(bot: Bot) -> None:
    bot.processor.gate.clear()
    sending = [asyncio.create_task(bot.hear("id-1")) for _ in range(3)]
    async with asyncio.timeout(10):
        while not bot.processor.turns:
            await asyncio.sleep(0.001)
    bot.processor.gate.set()
    assert await asyncio.gather(*sending) == [REPLIES] * 3
    assert bot.processor.turns == 1


async def test_a_forgotten_conversation_is_gone_and_begins_anew(bot: Bot) -> None:
    await bot.hear("id-1")
    assert await bot.forget() == 200
    assert await bot.said() == []
    assert await bot.hear("id-1") == REPLIES
    assert bot.processor.turns == 2


async def test_what_was_never_there_is_forgotten_too(bot: Bot) -> None:
    assert await bot.forget() == 200


async def test_nobody_else_may_talk_or_erase(bot: Bot) -> None:
    assert (await bot.post("id-1", Authorization="Bearer guessed")).status_code == 401
    assert await bot.forget(Authorization="") == 401
    assert bot.processor.turns == 0


async def test_a_bot_that_loads_its_model_says_so(bot: Bot) -> None:
    bot.agent.processor = None
    assert (await bot.post("id-1")).status_code == 503


async def test_a_turn_is_not_run_without_its_actions(bot: Bot) -> None:
    bot.agent.action_endpoint = EndpointConfig("http://127.0.0.1:1/webhook")
    response = await bot.post("id-1")
    assert (response.status_code, response.json()) == (503, {"error": "actions"})
    assert bot.processor.turns == 0


async def test_a_turn_in_which_nothing_was_said_is_run_again(bot: Bot) -> None:
    await bot.hear("id-1")
    bot.processor.is_silent = True  # as Rasa goes on when the action server dies in a turn
    assert (await bot.post("id-2", "còn gì nữa")).status_code == 503
    assert await bot.said() == ["xin chào"]
    bot.processor.is_silent = False
    assert await bot.hear("id-2", "còn gì nữa") == REPLIES
    assert await bot.said() == ["xin chào", "còn gì nữa"]


async def test_what_a_citizen_typed_is_in_no_log_when_a_turn_fails(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bot.processor.dies = True
    response = await bot.post("id-1", "bí mật của tôi")
    assert "bí mật" not in caplog.text + response.text

"""What two models make of the same: messages whose intent reviewers know, and golden conversations."""

import asyncio
import socket
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

from bot.channels.gateway import CollectedReplies
from bot.channels.turns import replies_of
from bot.trackers import RecentTurns
from motcua.settings import ROOT, Settings
from motcua.vietnamese.canonical import canonical

GOLDEN = ROOT / "tests" / "conversations" / "golden"
Golden = Mapping[str, Any]  # a name, and turns of "say" and "then"


def intents_of(model: Path, texts: Sequence[str]) -> list[str]:
    """The intent of each text, as a citizen meets it: nlu_fallback where none is likely."""
    agent = Agent.load(model)

    async def understand() -> list[str]:
        return [str((await agent.parse_message(canonical(text)))["intent"]["name"]) for text in texts]

    return asyncio.run(understand())


def load_golden() -> list[Golden]:
    """The golden conversations of the repository; none in an installation without its tests."""
    return [golden for path in sorted(GOLDEN.glob("*.yml")) for golden in yaml.safe_load(path.read_text("utf-8"))]


def kept_golden(model: Path, golden: Sequence[Golden], settings: Settings) -> list[str] | None:
    """The names of the conversations that go as they should with a model; None where no action server listens."""
    if not _listens(settings.actions_port):
        return None
    with tempfile.TemporaryDirectory() as folder:
        actions = EndpointConfig(f"http://127.0.0.1:{settings.actions_port}/webhook")
        trackers = RecentTurns(None, f"sqlite:///{folder}/trackers.db")  # and no broker: nobody said this
        agent = Agent.load(model, tracker_store=trackers, lock_store=InMemoryLockStore(), action_endpoint=actions)

        async def converse() -> list[str]:
            return [one["name"] for number, one in enumerate(golden) if await _goes_well(agent, str(number), one)]

        return asyncio.run(converse())


async def _goes_well(agent: Agent, conversation: str, golden: Golden) -> bool:
    for number, turn in enumerate(golden["turns"]):
        said = UserMessage(
            canonical(turn["say"]),
            CollectedReplies(),
            conversation,
            input_channel=CollectedReplies.name(),
            message_id=str(number),
            metadata={"channel": "web", "at": time.time_ns() // 1_000_000},
        )
        replies = [{**reply, **reply.get("metadata", {})} for reply in await replies_of(agent, said)]
        if not _is_as(turn["then"], next((reply for reply in replies if reply.get("status")), {})):
            return False
    return True


def _is_as(then: Mapping[str, Any], reply: Mapping[str, Any]) -> bool:
    procedure, sections = then.get("procedure"), then.get("sections")
    return (
        reply.get("status") == then["status"]
        and (procedure is None or list(reply.get("procedures", []))[:1] == [procedure])
        and (sections is None or reply.get("sections") == sections)
    )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

"""What two models make of the same: messages whose intent reviewers know, and golden conversations."""

import asyncio
import secrets
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
from bot.channels.turns import ActionsAreDown, replies_of
from bot.telling import Tell
from bot.trackers import RecentTurns
from motcua.conversations.turns import REPLAYED
from motcua.settings import ROOT, Settings
from motcua.vietnamese.canonical import canonical

GOLDEN = ROOT / "tests" / "conversations" / "golden"
EACH = 10  # conversations between two reports
Golden = Mapping[str, Any]  # a name, and turns of "say" and "then"


def intents_of(model: Path, texts: Sequence[str]) -> list[str]:
    """The intent of each text, as a citizen meets it: nlu_fallback where none is likely."""
    agent = Agent.load(model)

    async def understand() -> list[str]:
        return [str((await agent.parse_message(canonical(text)))["intent"]["name"]) for text in texts]

    return asyncio.run(understand())


def load_golden() -> list[Golden]:
    """The golden conversations of the repository but those about dossiers; none in an installation without its tests.

    A dossier is looked up in the office's own system, a try is counted, and what is private waits for the gateway.
    """
    found = [golden for path in sorted(GOLDEN.glob("*.yml")) for golden in yaml.safe_load(path.read_text("utf-8"))]
    return [golden for golden in found if all(turn["then"]["status"] != "answered_dossier" for turn in golden["turns"])]


def kept_golden(model: Path, golden: Sequence[Golden], settings: Settings, *, tell: Tell) -> list[str] | None:
    """The names of the conversations that go as they should with a model; None where no action server answers.

    Tells `part` and `of`, now and then.
    """
    with tempfile.TemporaryDirectory() as folder:
        actions = EndpointConfig(f"http://127.0.0.1:{settings.actions_port}/webhook")
        trackers = RecentTurns(None, f"sqlite:///{folder}/trackers.db")  # and no broker: nobody said this
        agent = Agent.load(model, tracker_store=trackers, lock_store=InMemoryLockStore(), action_endpoint=actions)

        try:
            return asyncio.run(_converse(agent, golden, tell))
        except ActionsAreDown:
            return None


async def _converse(agent: Agent, golden: Sequence[Golden], tell: Tell) -> list[str]:
    kept = []
    for number, one in enumerate(golden):
        if number % EACH == 0:
            tell(part=number, of=len(golden))
        if await _goes_well(agent, one):
            kept.append(one["name"])
    return kept


async def _goes_well(agent: Agent, golden: Golden) -> bool:
    conversation = REPLAYED + secrets.token_hex(16)
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

"""A turn is run once, however often its message arrives; and a conversation can be forgotten.

The tracker is read once and saved once, at the end of a turn: it holds a turn whole or not at all. So a message that the
tracker holds has been answered, and one that it does not hold has left no trace.
"""

import asyncio
import time
from typing import Any
from urllib.parse import urlsplit

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.trackers import RecentTurns
from motcua.spans import span

Replies = list[dict[str, Any]]
# For so long the action server is taken to be there still: a connection a turn would fill its queue under load.
REACHED_FOR_S = 0.5
_REACHED: dict[str, float] = {}  # address of an action server → when it last took a connection


async def replies_of(agent: Agent, message: UserMessage) -> Replies:
    """The replies to a message: of its turn if it had one, else of the turn that is run now.

    Looked up under the lock of the conversation, which a turn still running holds. Raises ActionsAreDown, LockError,
    SQLAlchemyError, TurnOvertaken.
    """
    store = _store(agent)
    async with agent.lock_store.lock(message.sender_id):
        tracker = await store.get_or_create_tracker(message.sender_id, append_action_listen=False)
        if (earlier := _replies_in(tracker, message.message_id)) is not None:
            return earlier
        await _need_actions(agent.action_endpoint)
        await _run(agent.processor, tracker, message)
        await store.save(tracker)
    return list(message.output_channel.replies)


async def _run(processor: MessageProcessor, tracker: DialogueStateTracker, message: UserMessage) -> None:
    """`MessageProcessor.handle_message` on a tracker that is there already, and without saving it.

    A turn in which nothing was said is what Rasa leaves of one whose action server died in it; it may be run again.
    """
    steps = dict[str, float]()
    message.metadata = {**(message.metadata or {}), "ms": steps}  # the event of this message holds the same dictionary
    began = time.perf_counter()
    tracker.model_id, tracker.assistant_id = processor.model_metadata.model_id, processor.model_metadata.assistant_id
    await processor._update_tracker_session(tracker, message.output_channel, message.metadata)
    with span("understand"):
        await processor._handle_message_with_tracker(message, tracker)
    understood = time.perf_counter()
    with span("act"):
        tracker = await processor.run_action_extract_slots(message.output_channel, tracker)
        await processor._run_prediction_loop(message.output_channel, tracker)
    steps |= {"nlu": _ms(understood - began), "dialogue": _ms(time.perf_counter() - understood)}
    if not message.output_channel.replies:
        raise ActionsAreDown


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


class ActionsAreDown(ConnectionError):
    """The action server does not listen, or said nothing: the turn has left no trace, and may be run later."""


async def _need_actions(endpoint: EndpointConfig | None) -> None:
    """Rasa would run the turn without its actions, lose what they say, and save it as done."""
    if endpoint is None or endpoint.url is None or time.monotonic() - _REACHED.get(endpoint.url, 0.0) < REACHED_FOR_S:
        return
    address = urlsplit(endpoint.url)
    try:
        _, writer = await asyncio.open_connection(address.hostname, address.port)
    except OSError as error:
        raise ActionsAreDown from error
    writer.close()
    _REACHED[endpoint.url] = time.monotonic()


async def forget(agent: Agent, conversation: str) -> None:
    """Deletes the tracker, as soon as no turn is running."""
    async with agent.lock_store.lock(conversation):
        await _store(agent).forget(conversation)


def whole(message: dict[str, Any]) -> dict[str, Any]:
    """A bot message without what it does not have."""
    return {key: value for key, value in message.items() if value not in (None, [], {})}


def _replies_in(tracker: DialogueStateTracker | None, message_id: str) -> Replies | None:
    """What was said after that message, up to the next one; None if the tracker does not hold it."""
    replies: Replies | None = None
    for event in tracker.events if tracker else ():
        if isinstance(event, UserUttered):
            if replies is not None:
                break
            replies = [] if event.message_id == message_id else None
        elif isinstance(event, BotUttered) and replies is not None:
            replies.append(whole(event.message()))
    return replies


def _store(agent: Agent) -> RecentTurns:
    """Ours, without Rasa's FailSafeTrackerStore around it, which says "no tracker" where it should say "no database"."""
    return agent.tracker_store._tracker_store

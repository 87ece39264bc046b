"""The event broker: what Rasa says of each turn goes into the conversation store, behind the citizen's back."""

import asyncio
import logging
from asyncio import AbstractEventLoop
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.utils.endpoints import EndpointConfig

from bot.turn_events import Event, is_end, is_message, turn_of
from motcua.conversations.recorder import Recorder
from motcua.conversations.store import ConversationStore
from motcua.conversations.turn_queue import TurnQueue
from motcua.conversations.turns import REPLAYED
from motcua.logs import about
from motcua.settings import Settings, load_settings

logger = logging.getLogger(__name__)


class ConversationBroker(EventBroker):
    """Gathers the events of each turn, which Rasa publishes when it saves the turn, and hands them to the recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._open: dict[str, list[Event]] = {}

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig, event_loop: AbstractEventLoop | None = None
    ) -> "ConversationBroker":
        """Called by Rasa with the block `event_broker` of endpoints.yml; where the store is, our settings say."""
        settings = load_settings()
        return cls(Recorder(lambda: _destination(settings)))

    def publish(self, event: Event) -> None:
        """Called by Rasa for each event of a turn, in order; returns at once and never raises."""
        try:
            self._take(event)
        except Exception as error:  # an edge: a turn that cannot be read must not cost the citizen the answer
            with about(str(event.get("sender_id", ""))):
                logger.error("An event was not recorded: %s", type(error).__name__)

    async def close(self) -> None:
        """Called by Rasa when it stops: writes what is left."""
        await asyncio.to_thread(self._recorder.close)

    def _take(self, event: dict[str, Any]) -> None:
        conversation = event["sender_id"]
        if conversation.startswith(REPLAYED):
            return
        if is_message(event):
            self._open[conversation] = [event]
        elif conversation in self._open:
            self._open[conversation].append(event)
            if is_end(event):
                self._recorder.record(turn_of(conversation, self._open.pop(conversation)))


def _destination(settings: Settings) -> ConversationStore | TurnQueue:
    """The queue where there is one: its consumers write, and no bot waits for the store."""
    return TurnQueue(settings.turns_url) if settings.turns_url else ConversationStore(settings.conversations_url)

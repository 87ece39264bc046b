"""The bot follows the release that is current: it loads another one beside the one that answers, then changes over.

A turn that is running ends with the model it began with. What cannot be loaded is refused, and the last good one goes on.
"""

import asyncio
import logging
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor

from motcua.heap import set_aside
from motcua.releases import Releases

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


class HotSwap:
    """Keeps an agent at the current release of its own content."""

    def __init__(self, agent: Agent, releases: Releases, serving: str) -> None:
        """`serving` is what the agent has loaded already."""
        self._agent, self._releases, self._serving = agent, releases, serving
        self._inputs = releases.inputs_of(serving)
        self._refused: str | None = None
        _name(agent.processor, serving)

    async def follow(self) -> None:
        """Looks again and again, until it is cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Changes over to the current release, unless it answers already, was refused, or is of other content."""
        current = self._releases.standing().current
        if current == self._serving:
            self._refused = None
        elif current and current != self._refused and self._releases.inputs_of(current) in (self._inputs, None):
            await self._change_to(current)

    async def _change_to(self, release: str) -> None:
        try:
            processor = await asyncio.to_thread(self._load, release)
        except Exception as error:  # an edge: whatever is wrong with a release, the one before it answers
            self._refused = release
            logger.error("Release %s was refused, %s goes on: %s", release, self._serving, error)
            return
        _use(self._agent, processor)
        logger.info("Release %s answers now, after %s", release, self._serving)
        self._serving, self._refused = release, None
        del processor
        await asyncio.to_thread(set_aside)

    def _load(self, release: str) -> MessageProcessor:
        processor = load_processor(self._agent, self._releases.model_of(release))
        _name(processor, release)
        return processor


def load_processor(agent: Agent, model: Path) -> MessageProcessor:
    """The model beside the one the agent has, with the same stores. Raises whatever Rasa raises."""
    return MessageProcessor(
        model_path=model,
        tracker_store=agent.tracker_store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
    )


def _use(agent: Agent, processor: MessageProcessor) -> None:
    """What `Agent.load_model` does once the model is loaded; no turn can begin in between."""
    agent.processor, agent.domain = processor, processor.domain
    agent.tracker_store.domain = processor.domain
    if isinstance(agent.nlg, TemplatedNaturalLanguageGenerator):
        agent.nlg.responses = processor.domain.responses


def _name(processor: MessageProcessor | None, release: str) -> None:
    """Rasa writes this into each event; so every turn in the conversation store names the release that answered it."""
    if processor:
        processor.model_metadata.model_id = release

"""Held-out messages through the whole running assistant, each a conversation of one turn."""

import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from motcua.replay import replay_all
from tests.stack import running_stack

logger = logging.getLogger(__name__)

Results = dict[str, dict[str, Any]]  # text → result of `motcua.replay`

PARALLEL = 4
_TOLD_EVERY = 500


def replayed(texts: Iterable[str]) -> Results:
    """What the assistant made of each text, on the index, model and catalogue of the repository."""
    distinct = list(dict.fromkeys(texts))
    conversations = ({"id": str(number), "turns": [text]} for number, text in enumerate(distinct))
    results: Results = {}
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        for text, result in zip(distinct, replay_all(conversations, stack.url, parallel=PARALLEL), strict=True):
            results[text] = result
            if len(results) % _TOLD_EVERY == 0:
                logger.info("  %d of %d messages", len(results), len(distinct))
    return results

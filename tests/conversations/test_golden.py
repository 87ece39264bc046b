"""Each conversation of golden/*.yml through the whole running assistant."""

import httpx
import pytest

from motcua.procedures.loader import Guides
from motcua.replay import replay
from motcua.vietnamese.folding import fold
from tests.conversations.golden import Golden, faults, load_golden

GOLDEN = dict(load_golden())


@pytest.mark.parametrize("golden", GOLDEN.values(), ids=map(fold, GOLDEN))
def test_a_golden_conversation_goes_as_written(golden: Golden, client: httpx.Client, guides: Guides) -> None:
    conversation = {"id": golden.name, "turns": [turn.say for turn in golden.turns]}
    found = faults(golden, replay(conversation, client), guides)
    assert not found, "\n".join(found)


def test_no_two_golden_conversations_share_a_name() -> None:
    assert len(GOLDEN) == len(list(load_golden()))

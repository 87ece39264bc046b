"""What is said in a benchmark: the golden conversations, which supervisors wrote, over and over and in the same order."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from tests.conversations.golden import load_golden

SHORT_TURNS = 6  # what a citizen needs for one matter
LONG_TURNS = 200


def said() -> list[str]:
    """Every message of the golden conversations, in their order."""
    return [turn.say for _, golden in load_golden() for turn in golden.turns]


def conversations(turns: int, *, each: int) -> Iterator[Sequence[str]]:
    """As many conversations of `each` messages as hold `turns` messages in all; the same at every call."""
    messages = cycle(said())
    for _ in range(-(-turns // each)):
        yield tuple(islice(messages, each))

"""How sure a share is, and how often answers were right."""

from datetime import timedelta

import pytest

from motcua.conversations.reviewing import Review, review
from motcua.conversations.shares import Share, judged_right
from motcua.conversations.store import ConversationStore
from tests.motcua.conversations.conftest import DAY, Keep


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_wilson_s(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=0.0001)


def test_of_nothing_there_is_no_share() -> None:
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_a_turn_is_right_once_all_who_judged_it_say_so(store: ConversationStore, keep: Keep) -> None:
    turns = [keep(status="answered_from_guide", channel=channel) for channel in ("web", "web", "zalo_oa", "web")]
    no_end = keep(channel="web")
    with store.writing() as connection:
        for turn, reviewer, is_right in (
            (turns[0], "lan", True),
            (turns[0], "minh", True),
            (turns[1], "lan", True),
            (turns[1], "minh", False),
            (turns[2], "lan", True),
            (no_end, "lan", False),
        ):
            review(connection, turn, Review(reviewer, is_right))
    with store.reading() as connection:
        assert judged_right(connection, since=DAY, until=DAY) == Share(2, 3)
        assert judged_right(connection, since=DAY, until=DAY, channel="web") == Share(1, 2)
        assert judged_right(connection, since=DAY + timedelta(1), until=DAY + timedelta(9)) == Share(0, 0)

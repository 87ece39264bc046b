"""What has been kept long enough goes, and not before it was shown."""

from motcua.conversations.filters import Filters
from motcua.conversations.finding import find_turns
from motcua.conversations.moments import DAY_MS
from motcua.conversations.retention import Preview, Rule, delete_old, preview
from motcua.conversations.reviewing import Review, flag, review
from motcua.conversations.store import ConversationStore
from tests.motcua.conversations.conftest import MORNING, Keep

RULE = Rule(days=30, days_reviewed=90)
OVER, LONG_OVER = MORNING + 40 * DAY_MS, MORNING + 100 * DAY_MS


def _left(store: ConversationStore) -> set[str]:
    with store.reading() as connection:
        return {turn["conversation"] for turn in find_turns(connection, Filters()).turns}


def _fill(store: ConversationStore, keep: Keep) -> None:
    keep(conversation="old"), keep(conversation="old")
    keep(conversation="in use"), keep(conversation="in use", at=MORNING + 20 * DAY_MS)
    judged, flagged = keep(conversation="judged"), keep(conversation="flagged")
    with store.writing() as connection:
        review(connection, judged, Review("lan", is_right=True))
        flag(connection, flagged, reason="sai", by="lan")


def test_the_preview_tells_what_goes_and_nothing_else_goes(store: ConversationStore, keep: Keep) -> None:
    _fill(store, keep)
    with store.reading() as connection:
        assert preview(connection, RULE, now=OVER) == Preview(1, 2, 0, {"2024-10": 1})
    assert _left(store) == {"old", "in use", "judged", "flagged"}
    assert delete_old(store, RULE, now=OVER) == 1
    assert _left(store) == {"in use", "judged", "flagged"}


def test_what_was_judged_or_flagged_is_kept_longer(store: ConversationStore, keep: Keep) -> None:
    _fill(store, keep)
    with store.reading() as connection:
        assert preview(connection, RULE, now=LONG_OVER).reviewed == 2
    assert delete_old(store, RULE, now=LONG_OVER) == 4
    assert _left(store) == set()


def test_nothing_goes_before_its_day(store: ConversationStore, keep: Keep) -> None:
    keep()
    with store.reading() as connection:
        assert preview(connection, RULE, now=MORNING + 30 * DAY_MS) == Preview(0, 0, 0, {})
    assert delete_old(store, RULE, now=MORNING + 30 * DAY_MS) == 0

"""What reviewers know of intents."""

from motcua.conversations.intents import confusions, known_intents
from motcua.conversations.reviewing import Review, review
from motcua.conversations.store import ConversationStore
from tests.motcua.conversations.conftest import MORNING, Keep


def test_reviewed_messages_have_the_intent_that_reviewers_gave_them(store: ConversationStore, keep: Keep) -> None:
    right, wrong = keep("lệ phí bao nhiêu", intent="ask_fee"), keep("tốn nhiêu xèng", intent="ask_place")
    keep("chưa ai xem", intent="ask_fee")
    disputed = keep("hai người nghĩ khác", intent="ask_fee")
    with store.writing() as connection:
        review(connection, right, Review("lan", is_right=True))
        review(connection, wrong, Review("lan", is_right=False, intent="ask_fee"))
        review(connection, disputed, Review("lan", is_right=True))
        review(connection, disputed, Review("hoa", is_right=False, intent="ask_time"))
        known = known_intents(connection, since=MORNING)
        assert [(one.said, one.intent, one.taken_for) for one in known] == [
            ("lệ phí bao nhiêu", "ask_fee", "ask_fee"),
            ("tốn nhiêu xèng", "ask_fee", "ask_place"),
        ]
        assert confusions(known) == [("ask_fee", "ask_place", 1)]
        assert known_intents(connection, since=MORNING + 3_600_000) == []

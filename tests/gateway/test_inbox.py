from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.database import Database
from gateway.inbox import Inbox
from gateway.outbox import Outbox
from gateway.pauses import Pauses

REPLY = {"text": "Đăng ký khai sinh: giấy tờ cần có", "status": "answered_from_guide", "procedures": ["1.001193"]}


def test_an_accepted_message_waits_for_its_reply(inbox: Inbox) -> None:
    message = inbox.accept("cuoc-1", "web", "id-1", "con mới sinh cần làm gì", None)
    assert (message.text, message.signal, message.state, message.replies) == ("con mới sinh cần làm gì", None, "waiting", None)


def test_an_accepted_message_outlives_the_process(inbox: Inbox, database: Database) -> None:
    inbox.accept("cuoc-1", "web", "id-1", "con mới sinh cần làm gì", None)
    assert [message.text for message in Inbox(database).waiting()] == ["con mới sinh cần làm gì"]


def test_a_message_accepted_twice_is_stored_once(inbox: Inbox) -> None:
    first = inbox.accept("cuoc-1", "web", "id-1", "lệ phí bao nhiêu", None)
    assert inbox.accept("cuoc-1", "web", "id-1", "lệ phí bao nhiêu", None) == first
    assert len(inbox.transcript("cuoc-1")) == 1


def test_a_message_accepted_by_many_at_once_is_stored_once(inbox: Inbox) -> None:
    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(lambda _: inbox.accept("cuoc-1", "web", "id-1", "lệ phí", None), range(24)))
    assert {message.id for message in stored} == {stored[0].id}


def test_an_id_belongs_to_its_conversation(inbox: Inbox) -> None:
    one = inbox.accept("cuoc-1", "web", "id-1", "khai sinh", None)
    other = inbox.accept("cuoc-2", "web", "id-1", "tạm trú", None)
    assert one.id != other.id
    assert inbox.find("cuoc-2", "id-1") == other


def test_an_unknown_message_is_not_found(inbox: Inbox) -> None:
    inbox.accept("cuoc-1", "web", "id-1", "khai sinh", None)
    assert inbox.find("cuoc-1", "id-2") is None
    assert inbox.find("cuoc-2", "id-1") is None


def test_a_reply_is_kept_whole(inbox: Inbox, database: Database) -> None:
    message = inbox.accept("cuoc-1", "web", "id-1", "khai sinh", None)
    assert inbox.answer(message, [REPLY])
    found = Inbox(database).find("cuoc-1", "id-1")
    assert found is not None
    assert (found.state, found.replies) == ("answered", (REPLY,))


def test_a_message_is_answered_only_once(inbox: Inbox) -> None:
    message = inbox.accept("cuoc-1", "web", "id-1", "khai sinh", None)
    assert inbox.answer(message, [REPLY])
    assert not inbox.answer(message, [{"text": "khác", "status": "smalltalk"}])
    assert inbox.transcript("cuoc-1")[0].replies == (REPLY,)


def test_what_waits_comes_oldest_first_and_without_the_answered(inbox: Inbox, database: Database) -> None:
    for number in range(4):
        inbox.accept(f"cuoc-{number % 2}", "web", f"id-{number}", f"câu {number}", None)
    inbox.answer(inbox.accept("cuoc-1", "web", "id-1", "câu 1", None), [REPLY])
    assert [message.text for message in Inbox(database).waiting()] == ["câu 0", "câu 2", "câu 3"]


def test_a_transcript_holds_one_conversation_in_order(inbox: Inbox) -> None:
    for number, conversation in enumerate(["cuoc-1", "cuoc-2", "cuoc-1"]):
        inbox.accept(conversation, "web", f"id-{number}", f"câu {number}", None)
    assert [message.text for message in inbox.transcript("cuoc-1")] == ["câu 0", "câu 2"]


@pytest.mark.parametrize("text", ["'; DROP TABLE messages; --", "👶🏻", "<b>x</b>", "a" * 10_000, ""])
def test_any_text_is_stored_as_it_is(inbox: Inbox, text: str) -> None:
    assert inbox.accept("cuoc-1", "web", "id-1", text, "send_nothing").text == text


def test_a_message_with_its_replies_is_answered_and_the_bot_never_sees_it(inbox: Inbox, database: Database) -> None:
    Pauses(database).pause("cuoc-1", 4e9, "can-bo-1")
    for _ in range(2):
        message = inbox.accept("cuoc-1", "zalo_oa", "id-1", "", None, address={"user_id": "1"}, replies=[REPLY])
        assert (message.state, message.replies) == ("answered", (REPLY,))
    assert inbox.claim("me", 9) == []
    assert [delivery.reply for delivery in Outbox(database).claim("me", 9, ["zalo_oa"])] == [REPLY]


def test_the_end_of_a_pause_is_noticed_once(database: Database) -> None:
    pauses = Pauses(database)
    pauses.pause("cuoc-1", 4e9, "can-bo-1")
    assert not pauses.end_if_over("cuoc-1")
    pauses.pause("cuoc-1", 1.0, "can-bo-1")
    assert [pauses.end_if_over("cuoc-1") for _ in range(2)] == [True, False]

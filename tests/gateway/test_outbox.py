"""Inbox and outbox on SQLite and on a real PostgreSQL: nothing lost, nothing twice, in order, whoever works on it."""

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from gateway.database import METADATA, OUTBOX, Database, now
from gateway.inbox import Inbox, Message
from gateway.outbox import Delivery, Outbox
from gateway.pauses import Pauses
from tests.postgres import running_postgres

ADDRESS = {"oa_id": "oa-1", "user_id": "nguoi-1"}
REPLIES = [{"text": "Chào Anh/Chị.", "status": "smalltalk"}, {"text": "Anh/Chị cần gì?", "status": "asked_for_detail"}]
CHANNELS = ("zalo_oa",)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of this kind; `request` starts the server only where it is needed."""
    return f"sqlite:///{tmp_path}/gateway.db" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    METADATA.drop_all(opened._engine)
    opened.close()


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


def _accept(inbox: Inbox, name: str, conversation: str = "cuoc-1") -> Message:
    return inbox.accept(conversation, "zalo_oa", f"{conversation}-{name}", name, None, address=ADDRESS)


def _claim(outbox: Outbox, owner: str = "me", limit: int = 10) -> list[Delivery]:
    return outbox.claim(owner, limit, CHANNELS)


def test_an_answer_goes_into_the_outbox_reply_by_reply(inbox: Inbox, outbox: Outbox) -> None:
    assert inbox.answer(_accept(inbox, "xin chào"), REPLIES)
    (first,) = _claim(outbox)
    assert (first.channel, first.address, first.reply, first.attempts) == ("zalo_oa", ADDRESS, REPLIES[0], 0)
    assert _claim(outbox) == [], "the second part waits for the first"
    outbox.delivered(first, "msg-1")
    (second,) = _claim(outbox)
    assert second.reply == REPLIES[1]
    outbox.delivered(second, None)
    assert _claim(outbox) == []


def test_a_client_that_fetches_its_replies_is_pushed_none(inbox: Inbox, outbox: Outbox) -> None:
    inbox.answer(inbox.accept("cuoc-1", "web", "id-1", "xin chào", None), REPLIES)
    assert outbox.claim("me", 10, ("web",)) == []


def test_an_answer_given_twice_is_pushed_once(inbox: Inbox, outbox: Outbox) -> None:
    message = _accept(inbox, "xin chào")
    assert inbox.answer(message, REPLIES[:1])
    assert not inbox.answer(message, REPLIES[1:])
    outbox.delivered(_claim(outbox)[0], None)
    assert _claim(outbox) == []


def test_reply_and_outbox_are_written_together_or_not_at_all(
    inbox: Inbox, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = _accept(inbox, "xin chào")
    monkeypatch.setattr("gateway.inbox._outgoing", lambda *_: {"message": message.id, "conversation": None})
    with pytest.raises(IntegrityError):
        inbox.answer(message, REPLIES)
    assert [left.state for left in inbox.transcript("cuoc-1")] == ["waiting"]


def test_what_is_tried_again_holds_up_its_conversation_and_no_other(inbox: Inbox, outbox: Outbox) -> None:
    for conversation in ("cuoc-1", "cuoc-2"):
        for name in ("một", "hai"):
            inbox.answer(_accept(inbox, name, conversation), REPLIES[:1])
    for delivery in _claim(outbox):
        if delivery.conversation == "cuoc-1":
            outbox.postpone(delivery, 3600, "rate limit")
        else:
            outbox.delivered(delivery, None)
    assert [delivery.conversation for delivery in _claim(outbox)] == ["cuoc-2"]


def test_a_postponed_delivery_knows_its_attempts(inbox: Inbox, outbox: Outbox) -> None:
    inbox.answer(_accept(inbox, "một"), REPLIES[:1])
    for attempts in range(3):
        (delivery,) = _claim(outbox)
        assert delivery.attempts == attempts
        outbox.postpone(delivery, 0, "rate limit")


def test_a_dead_letter_keeps_its_reason_lets_the_next_pass_and_can_be_revived(inbox: Inbox, outbox: Outbox) -> None:
    for name in ("một", "hai"):
        inbox.answer(_accept(inbox, name), REPLIES[:1])
    (first,) = _claim(outbox)
    outbox.bury(first, "-230 no interaction within 7 days")
    (second,) = _claim(outbox)
    outbox.delivered(second, None)
    (letter,) = outbox.dead_letters()
    assert (letter.delivery.id, letter.reason) == (first.id, "-230 no interaction within 7 days")
    assert outbox.revive(first.id)
    assert not outbox.revive(second.id)
    assert [delivery.id for delivery in _claim(outbox)] == [first.id]
    assert outbox.dead_letters() == []


def test_only_the_channels_of_a_process_are_claimed_by_it(inbox: Inbox, outbox: Outbox) -> None:
    inbox.answer(_accept(inbox, "một"), REPLIES[:1])
    assert outbox.claim("me", 10, ("zalo_bot",)) == []


def test_a_claim_ends_by_itself_unless_it_is_renewed(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    _accept(inbox, "một")
    _accept(inbox, "hai", conversation="cuoc-2")
    now = 1_000_000.0
    monkeypatch.setattr("gateway.claims.clock", lambda: now)
    in_hand, lost = inbox.claim("first", 10)
    now += 9
    inbox.claims.renew("first", [in_hand.id])
    now += 9
    assert [message.id for message in inbox.claim("second", 10)] == [lost.id]
    now += 9
    assert in_hand.id in [message.id for message in inbox.claim("third", 10)]


def test_a_process_that_ends_in_order_gives_its_claims_back(inbox: Inbox) -> None:
    _accept(inbox, "một")
    inbox.claim("first", 10)
    inbox.claims.release("first")
    assert len(inbox.claim("second", 10)) == 1


def test_many_workers_take_each_message_once_and_in_order(url: str, inbox: Inbox) -> None:
    names = [f"{number:02}" for number in range(6)]
    for conversation in range(8):
        for name in names:
            _accept(inbox, name, f"cuoc-{conversation}")
    taken: dict[str, list[str]] = defaultdict(list)

    def work(worker: int) -> None:
        database = Database(url)  # as another process has it
        mine = Inbox(database)
        while mine.waiting():
            for message in mine.claim(f"worker-{worker}", 3):
                taken[message.conversation].append(message.text)
                assert mine.answer(message, [])
        database.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    assert dict(taken) == {f"cuoc-{conversation}": names for conversation in range(8)}


def test_a_message_accepted_by_many_at_once_is_stored_once(inbox: Inbox) -> None:
    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(lambda _: _accept(inbox, "một"), range(24)))
    assert {message.id for message in stored} == {stored[0].id}


def test_the_same_id_on_two_channels_is_two_messages(inbox: Inbox) -> None:
    one = inbox.accept("cuoc-1", "zalo_oa", "id-1", "xin chào", None, address=ADDRESS)
    assert inbox.accept("cuoc-1", "zalo_bot", "id-1", "xin chào", None, address=ADDRESS).id != one.id


def test_what_a_channel_sent_is_kept_without_personal_numbers(inbox: Inbox, database: Database) -> None:
    event = '{"message": {"text": "số em 0912345678"}}'
    inbox.accept("cuoc-1", "zalo_oa", "id-1", "số em [số điện thoại]", None, address=ADDRESS, raw_event=event)
    with database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT raw_event FROM messages").scalar_one()
    assert kept == '{"message": {"text": "số em [số điện thoại]"}}'


def test_while_a_person_writes_messages_are_theirs_even_those_that_waited(inbox: Inbox, database: Database) -> None:
    pauses = Pauses(database)
    waited = _accept(inbox, "một")
    (claimed,) = inbox.claim("me", 10)
    pauses.pause("cuoc-1", 4e9, "can-bo-1")
    pauses.pause("cuoc-1", 4e9, "can-bo-2")
    assert pauses.is_paused("cuoc-1")
    assert not pauses.is_paused("cuoc-2")
    assert _accept(inbox, "hai").state == "for_staff"
    assert not inbox.answer(claimed, REPLIES), "a turn that was under way says nothing any more"
    assert [message.id for message in inbox.transcript("cuoc-1") if message.state == "for_staff"][:1] == [waited.id]
    pauses.resume("cuoc-1")
    assert _accept(inbox, "ba").state == "waiting"


def test_a_pause_ends_by_itself(inbox: Inbox, database: Database) -> None:
    Pauses(database).pause("cuoc-1", 1.0, "can-bo-1")
    assert _accept(inbox, "một").state == "waiting"


def test_no_reply_of_a_lost_message_can_be_in_the_outbox(database: Database) -> None:
    values = {"message": 99, "conversation": "cuoc-1", "channel": "zalo_oa", "address": "{}", "reply": "{}"}
    orphan = OUTBOX.insert().values(**values, state="waiting", created_at=now())
    with pytest.raises(IntegrityError):
        database.write(lambda connection: connection.execute(orphan))


def test_what_is_written_together_fails_alone(inbox: Inbox, database: Database) -> None:
    def write(number: int) -> bool:
        if number % 2:
            with pytest.raises(ZeroDivisionError):
                database.write(lambda _: 1 // 0)
            return False
        return _accept(inbox, str(number)).text == str(number)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(write, range(24))) == [True, False] * 12
    assert len(inbox.transcript("cuoc-1")) == 12

"""A gateway whose machine's clock is set back goes on at once with what was claimed or postponed before."""

import httpx
import pytest

from gateway.bot_client import BotClient
from gateway.claims import LEASE_SECONDS
from gateway.database import Database, clock
from gateway.dispatcher import Dispatcher
from gateway.inbox import MAX_PAUSE, Inbox
from gateway.metrics import Metrics
from gateway.outbox import Outbox
from tests.fakes import FakeBot
from tests.gateway.conftest import running, until

HOUR = 3600.0


@pytest.fixture
def set_back(monkeypatch: pytest.MonkeyPatch):
    """Sets the gateway's clock back by so many seconds."""

    def set_back(seconds: float) -> None:
        for module in ("claims", "inbox", "dispatcher"):
            monkeypatch.setattr(f"gateway.{module}.clock", lambda: clock() - seconds)

    return set_back


@pytest.fixture
def inbox(database: Database) -> Inbox:
    inbox = Inbox(database)
    inbox.accept("cuoc-1", "web", "id-1", "khai sinh", None)
    return inbox


def test_what_a_process_claimed_before_is_free(inbox: Inbox, set_back) -> None:
    inbox.claim("dead", 1)
    set_back(HOUR)
    assert [message.external_id for message in inbox.claim("me", 9)] == ["id-1"]


def test_what_was_postponed_before_is_due(inbox: Inbox, set_back) -> None:
    inbox.postpone(inbox.claim("me", 1)[0], MAX_PAUSE)
    set_back(HOUR)
    assert [message.external_id for message in inbox.claim("me", 9)] == ["id-1"]


def test_a_later_message_still_waits_for_the_one_before_it(inbox: Inbox, set_back) -> None:
    inbox.claim("dead", 1)
    inbox.accept("cuoc-1", "web", "id-2", "lệ phí", None)
    set_back(HOUR)
    assert [message.external_id for message in inbox.claim("me", 9)] == ["id-1"]
    assert inbox.claim("other", 9) == [], "claimed by the new clock, it is in somebody's hands again"


def test_a_reply_in_dead_hands_is_delivered(inbox: Inbox, database: Database, set_back) -> None:
    outbox = Outbox(database)
    message = inbox.accept("cuoc-2", "zalo_oa", "id-2", "hỏi", None, address={"user_id": "1"})
    inbox.answer(message, [{"text": "một", "status": "smalltalk"}])
    outbox.claim("dead", 9, ["zalo_oa"])
    set_back(HOUR)
    assert len(outbox.claim("me", 9, ["zalo_oa"])) == 1


@pytest.mark.parametrize("skew", [-LEASE_SECONDS, LEASE_SECONDS])
def test_clocks_of_two_machines_that_differ_by_seconds_take_no_claim_away(inbox: Inbox, set_back, skew: float) -> None:
    set_back(-skew / 2)
    inbox.claim("other", 1)
    set_back(0)
    assert inbox.claim("me", 9) == []


async def test_a_message_that_waits_for_the_bot_is_answered_when_it_is_back_and_not_an_hour_later(
    inbox: Inbox, set_back
) -> None:
    bot = FakeBot(failures=[httpx.ConnectError("away"), httpx.ConnectError("away")])
    dispatcher = Dispatcher(inbox, BotClient(bot.client()), {}, Metrics(), patience=2 * HOUR, first_pause=0.01)
    async with running(dispatcher):
        await until(lambda: inbox.transcript("cuoc-1")[0].first_tried_at)
        set_back(HOUR)
        await until(lambda: not inbox.waiting())
    assert inbox.transcript("cuoc-1")[0].state == "answered"


async def test_how_long_a_message_has_waited_is_not_forgotten_for_an_hour(inbox: Inbox, set_back) -> None:
    bot = FakeBot(failures=[httpx.ConnectError("away")] * 99)
    texts = {"failed_internal": "…"}
    dispatcher = Dispatcher(inbox, BotClient(bot.client()), texts, Metrics(), patience=60, first_pause=0.01)
    async with running(dispatcher):
        await until(lambda: inbox.transcript("cuoc-1")[0].first_tried_at)
        set_back(HOUR)
        await until(lambda: not inbox.waiting())
    assert [reply["status"] for reply in inbox.transcript("cuoc-1")[0].replies or ()] == ["failed_internal"]

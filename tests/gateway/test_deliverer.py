"""Replies on their way out: in order, again after a fault, a dead letter in the end."""

import asyncio

import pytest

from gateway.database import Database
from gateway.deliverer import MAX_ATTEMPTS, Deliverer
from gateway.inbox import Inbox
from gateway.metrics import Metrics
from gateway.outbox import Delivered, Delivery, Outbox, Outcome, TryLater, Undeliverable
from tests.gateway.conftest import running, until


class Phone:
    """A channel to one phone; `outcomes` come first, then all is delivered."""

    name = "zalo_oa"
    window = None

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        self.got: list[str] = []
        self.asked = 0
        self._outcomes = list(outcomes)

    async def deliver(self, delivery: Delivery) -> Outcome:
        self.asked += 1
        outcome = self._outcomes.pop(0) if self._outcomes else Delivered(f"msg-{delivery.id}")
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, Delivered):
            self.got.append(delivery.reply["text"])
        return outcome


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


def _answer(inbox: Inbox, *texts: str, conversation: str = "cuoc-1") -> None:
    message = inbox.accept(conversation, "zalo_oa", "-".join(texts), "hỏi", None, address={"user_id": "1"})
    inbox.answer(message, [{"text": text, "status": "smalltalk"} for text in texts])


async def _deliver_all(outbox: Outbox, phone: Phone, metrics: Metrics | None = None) -> None:
    async with running(Deliverer(outbox, [phone], metrics or Metrics())):
        await until(lambda: not outbox.claims.count("waiting"))


async def test_replies_arrive_in_order(inbox: Inbox, outbox: Outbox) -> None:
    _answer(inbox, "một", "hai")
    _answer(inbox, "ba")
    phone = Phone()
    await _deliver_all(outbox, phone)
    assert phone.got == ["một", "hai", "ba"]


@pytest.mark.parametrize("fault", [TryLater(0.0, "-32 rate"), ConnectionError("bí mật của tôi")])
async def test_a_fault_is_tried_again_and_the_order_kept(
    inbox: Inbox, outbox: Outbox, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, fault: Outcome | Exception
) -> None:
    monkeypatch.setattr("gateway.deliverer.MAX_PAUSE", 0.0)
    _answer(inbox, "một", "hai")
    phone = Phone(fault, fault)
    await _deliver_all(outbox, phone)
    assert (phone.got, phone.asked) == (["một", "hai"], 4)
    assert "bí mật" not in caplog.text


async def test_a_reply_that_never_arrives_becomes_a_dead_letter_and_the_next_one_arrives(inbox: Inbox, outbox: Outbox) -> None:
    _answer(inbox, "một", "hai")
    phone = Phone(*[TryLater(0.0, "502")] * MAX_ATTEMPTS)
    await _deliver_all(outbox, phone)
    assert phone.got == ["hai"]
    assert [letter.reason for letter in outbox.dead_letters()] == ["502"]


@pytest.mark.parametrize("is_alarm, counted", [(False, "undeliverable"), (True, "alarm")])
async def test_what_the_channel_refuses_for_good_is_not_tried_again(
    inbox: Inbox, outbox: Outbox, is_alarm: bool, counted: str
) -> None:
    _answer(inbox, "một")
    phone, metrics = Phone(Undeliverable("-230", is_alarm)), Metrics()
    await _deliver_all(outbox, phone, metrics)
    assert phone.asked == 1
    assert [letter.reason for letter in outbox.dead_letters()] == ["-230"]
    counter = f'motcua_gateway_deliveries_total{{channel="zalo_oa",outcome="{counted}"}} 1.0'
    assert counter in metrics.exposition().decode()


async def test_pauses_grow_and_are_kept_in_the_database(inbox: Inbox, outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(outbox, "postpone", lambda delivery, seconds, _: pauses.append(seconds))
    monkeypatch.setattr("gateway.claims.LEASE_SECONDS", 0.0)
    deliverer = Deliverer(outbox, [Phone(*[TryLater(None, "502")] * 99)], Metrics())
    _answer(inbox, "một")
    (delivery,) = outbox.claim("me", 1, ["zalo_oa"])
    for attempts in (0, 1, 2, 5, 12):
        later = Delivery(**{**delivery.__dict__, "attempts": attempts})
        await deliverer._deliver(later)
    assert pauses == [1.0, 2.0, 4.0, 32.0, 600.0]


async def test_one_silent_phone_does_not_hold_up_the_others(inbox: Inbox, outbox: Outbox) -> None:
    class Silent(Phone):
        async def deliver(self, delivery: Delivery) -> Outcome:
            if delivery.conversation == "cuoc-1":
                await asyncio.Event().wait()
            return await super().deliver(delivery)

    _answer(inbox, "một")
    _answer(inbox, "hai", conversation="cuoc-2")
    phone = Silent()
    deliverer = Deliverer(outbox, [phone], Metrics())
    deliverer.start()
    await until(lambda: phone.got == ["hai"])
    await deliverer._worker.close()
    assert [delivery.conversation for delivery in outbox.claim("next", 9, ["zalo_oa"])] == ["cuoc-1"]

"""The way out through an Official Account, against a fake Zalo that refuses as the real one does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from prometheus_client import CollectorRegistry

from gateway.outbox import Delivered, TryLater, Undeliverable
from gateway.zalo.brakes import PROBE_SECONDS
from gateway.zalo.oa_api import OpenApi
from tests.fake_zalo.world import HOUR, Account, World
from tests.gateway.zalo.bench import APP, OA, OTHER_OA, PERSON, Clock, MakeSender, at_once, delivery

LONG = "\n\n".join(f"Phần {number}: " + "giấy tờ cần có, " * 60 + "hết." for number in range(5))


async def test_an_answer_arrives_with_the_id_zalo_gave_it(world: World, account: Account, make_sender: MakeSender) -> None:
    outcome = await make_sender(account).channel.deliver(delivery("Lệ phí: miễn phí."))
    assert [message["text"] for message in world.sent] == ["Lệ phí: miễn phí."]
    assert outcome == Delivered(world.sent[0]["message_id"])


async def test_a_long_answer_arrives_in_parts_in_order(world: World, account: Account, make_sender: MakeSender) -> None:
    assert isinstance(await make_sender(account).channel.deliver(delivery(LONG)), Delivered)
    parts = [message["text"] for message in world.sent]
    assert len(parts) > 1
    assert all(len(part) <= 2000 and part.startswith("Phần") for part in parts)
    assert "\n\n".join(parts) == LONG


async def test_a_long_answer_goes_on_where_it_stopped(
    world: World, account: Account, make_sender: MakeSender, clock: Clock
) -> None:
    sender = make_sender(account)
    account.fails_with = [0, -32]
    assert isinstance(await sender.channel.deliver(delivery(LONG)), TryLater)
    assert len(world.sent) == 1
    clock.advance(300)
    assert isinstance(await make_sender().channel.deliver(delivery(LONG)), Delivered)  # another process takes it up
    assert "\n\n".join(message["text"] for message in world.sent) == LONG


OFFERED = [{"code": f"1.00000{number}", "title": f"Thủ tục {number}"} for number in range(1, 8)]


async def test_choices_are_numbers_in_the_text(world: World, account: Account, make_sender: MakeSender) -> None:
    await make_sender(account).channel.deliver(delivery("1. Thủ tục 1\n2. Thủ tục 2", offered=OFFERED))
    assert "attachment" not in world.sent[0]


async def test_buttons_stand_below_the_last_part_where_they_are_switched_on(
    world: World, account: Account, make_sender: MakeSender
) -> None:
    await make_sender(account, buttons=True).channel.deliver(delivery(LONG, offered=OFFERED))
    assert ["attachment" in message for message in world.sent] == [False, False, True]
    buttons = world.sent[-1]["attachment"]["payload"]["buttons"]
    assert [(button["title"], button["payload"]) for button in buttons][:2] == [("Thủ tục 1", "1"), ("Thủ tục 2", "2")]
    assert len(buttons) == 5


@pytest.mark.parametrize("code", [-230, -232, -213, -217, -218, -222, -227, -244, -305, -311])
async def test_who_cannot_be_written_to_now_is_not_tried_again(account: Account, make_sender: MakeSender, code: int) -> None:
    account.fails_with = [code]
    outcome = await make_sender(account).channel.deliver(delivery("a"))
    assert outcome == Undeliverable(f"zalo_{code}")


@pytest.mark.parametrize("code", [-201, -202, -210, -214, -215, -233, -240, -100])
async def test_a_message_that_can_never_be_taken_is_an_alarm(account: Account, make_sender: MakeSender, code: int) -> None:
    account.fails_with = [code]
    assert await make_sender(account).channel.deliver(delivery("a")) == Undeliverable(f"zalo_{code}", is_alarm=True)


@pytest.mark.parametrize("code", [-204, -205, -207, -208, -209, -212, -219, -221, -223, -224, -242, -248, -320, -321])
async def test_an_account_in_trouble_stops_alone_and_is_seen_to(
    world: World, account: Account, make_sender: MakeSender, registry: CollectorRegistry, code: int
) -> None:
    other = world.account(OTHER_OA, app_id=APP)
    world.person(PERSON).last_interaction[OTHER_OA] = world.clock()
    channel = make_sender(account, other).channel
    account.fails_with = [code]
    assert await channel.deliver(delivery("a")) == TryLater(PROBE_SECONDS, f"zalo_{code}")
    assert isinstance(await channel.deliver(delivery("b")), TryLater)  # not even asked
    assert isinstance(await channel.deliver(delivery("c", oa_id=OTHER_OA)), Delivered)
    assert [message["text"] for message in world.sent] == ["c"]
    assert registry.get_sample_value("motcua_zalo_stopped", {"account": OA}) == 1


async def test_a_mended_account_goes_on_by_itself(
    account: Account, make_sender: MakeSender, clock: Clock, registry: CollectorRegistry
) -> None:
    channel = make_sender(account).channel
    account.fails_with = [-224]
    await channel.deliver(delivery("a"))
    clock.advance(PROBE_SECONDS + 1)
    assert isinstance(await channel.deliver(delivery("a")), Delivered)
    assert registry.get_sample_value("motcua_zalo_stopped", {"account": OA}) == 0


async def test_a_used_up_quota_is_tried_again_every_hour(account: Account, make_sender: MakeSender) -> None:
    account.fails_with = [-211]
    assert await make_sender(account).channel.deliver(delivery("a")) == TryLater(HOUR, "zalo_-211")


async def test_too_many_requests_wait_for_the_next_minute(
    world: World, account: Account, make_sender: MakeSender, clock: Clock
) -> None:
    account.app.requests_a_minute = 1
    channel = make_sender(account).channel
    assert isinstance(await channel.deliver(delivery("a")), Delivered)  # and its headers say that no more are left
    asked = sum(account.app.asked.values())
    outcome = await channel.deliver(delivery("b", number=2))
    assert isinstance(outcome, TryLater)
    assert outcome.reason == "rate"
    assert outcome.seconds is not None
    assert sum(account.app.asked.values()) == asked  # Zalo was left in peace
    clock.advance(outcome.seconds + 0.1)
    assert isinstance(await channel.deliver(delivery("b", number=2)), Delivered)


async def test_being_refused_for_the_rate_again_and_again_waits_longer(account: Account, make_sender: MakeSender) -> None:
    channel = make_sender(account).channel
    account.fails_with = [-32]
    outcome = await channel.deliver(delivery("a", attempts=9))
    assert outcome == TryLater(300.0, "rate")


@pytest.mark.parametrize("code", [-216, -220, 216, 401, -401])
async def test_a_refused_token_is_replaced_once_and_the_answer_arrives(
    world: World, account: Account, make_sender: MakeSender, code: int
) -> None:
    account.fails_with = [code]
    assert isinstance(await make_sender(account).channel.deliver(delivery("a")), Delivered)
    assert world.refreshes == 1
    assert len(world.sent) == 1


async def test_a_new_token_that_is_refused_too_stops_the_account(
    world: World, account: Account, make_sender: MakeSender
) -> None:
    account.fails_with = [-216, -216]
    assert await make_sender(account).channel.deliver(delivery("a")) == TryLater(PROBE_SECONDS, "zalo_-216")
    assert world.refreshes == 1


async def test_an_account_that_was_never_connected_is_stopped(
    account: Account, make_sender: MakeSender, registry: CollectorRegistry
) -> None:
    outcome = await make_sender(account, is_connected=False).channel.deliver(delivery("a"))
    assert outcome == TryLater(PROBE_SECONDS, "not_connected")
    assert registry.get_sample_value("motcua_zalo_consent_needed", {"account": OA}) == 1


async def test_an_answer_that_would_cost_money_is_kept_for_staff(
    world: World, account: Account, make_sender: MakeSender
) -> None:
    late = replace(delivery("a"), created_at=datetime.now(UTC) - timedelta(hours=48, minutes=1))
    assert await make_sender(account).channel.deliver(late) == Undeliverable("window_48h")
    assert world.sent == []


async def test_zalo_itself_closes_the_window_after_seven_days(
    world: World, account: Account, make_sender: MakeSender, clock: Clock
) -> None:
    world.person(PERSON).last_interaction[OA] = clock() - 7 * 24 * HOUR - 1
    assert await make_sender(account).channel.deliver(delivery("a")) == Undeliverable("zalo_-230")


async def test_a_code_nobody_knows_is_tried_a_few_times(account: Account, make_sender: MakeSender) -> None:
    channel = make_sender(account).channel
    account.fails_with = [-99999, -99999]
    assert await channel.deliver(delivery("a")) == TryLater(None, "zalo_-99999")
    assert await channel.deliver(delivery("a", attempts=5)) == Undeliverable("zalo_-99999", is_alarm=True)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(502, text="<html>Bad Gateway</html>"), "http_502"),
        (httpx.Response(200, json=[]), "http_200"),
        (httpx.Response(200, json={"message": "no code"}), "http_200"),
        (httpx.ConnectError("refused"), "ConnectError"),
        (httpx.ReadTimeout("too late"), "ReadTimeout"),
    ],
)
async def test_what_is_no_answer_of_zalo_is_tried_again(
    account: Account, make_sender: MakeSender, answer: httpx.Response | httpx.HTTPError, reason: str
) -> None:
    def answering(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    channel = make_sender(account).channel
    channel._api = OpenApi(httpx.AsyncClient(transport=httpx.MockTransport(answering)), "http://zalo.test")
    assert await channel.deliver(delivery("a")) == TryLater(None, reason)


async def test_a_reaction_says_received(world: World, account: Account, make_sender: MakeSender) -> None:
    await make_sender(account, reaction="/-strong").channel.react(OA, PERSON, "m1")
    assert world.reactions == [{"oa_id": OA, "user_id": PERSON, "react_icon": "/-strong", "react_message_id": "m1"}]


async def test_a_reaction_that_fails_fails_alone(account: Account, make_sender: MakeSender) -> None:
    await make_sender(account, is_connected=False, reaction="/-strong").channel.react(OA, PERSON, "m1")


async def test_many_answers_find_an_expired_token_and_replace_it_once(
    world: World, account: Account, make_sender: MakeSender, clock: Clock
) -> None:
    channel = make_sender(account).channel
    clock.advance(26 * HOUR)
    world.person(PERSON).last_interaction[OA] = clock()
    late = [replace(delivery(f"Câu {number}", number=number), created_at=datetime.now(UTC)) for number in range(6)]
    outcomes = await at_once(*(channel.deliver(one) for one in late))
    assert world.refreshes == 1
    waiting = [one for one, outcome in zip(late, outcomes, strict=True) if isinstance(outcome, TryLater)]
    assert all(isinstance(outcome, TryLater | Delivered) for outcome in outcomes)
    assert [type(await channel.deliver(one)) for one in waiting] == [Delivered] * len(waiting)
    assert sorted(message["text"] for message in world.sent) == [f"Câu {number}" for number in range(6)]

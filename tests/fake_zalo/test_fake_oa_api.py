"""The fake Official Account API meets zalo_sdk, a client that others wrote: it is not merely our own reading of Zalo."""

from typing import Any

import httpx
import pytest
from zalo_sdk import oa as parts
from zalo_sdk.oa.Client import Client

from tests.fake_zalo.world import DAY, HOUR, Account, World
from tests.gateway.zalo.bench import Clock

PERSON = "81000000000000001"


@pytest.fixture
def sdk(world: World, account: Account, url: str) -> Client:
    token = world.issue(account)["access_token"]
    return Client(account.app.app_id, account.app.app_secret, access_token=token, endpoint_prefix=url)


def to(user_id: Any = PERSON) -> parts.ZaloRecipient:
    return parts.ZaloRecipient(user_id=user_id)


def text(words: str, **more: Any) -> parts.ZaloMessageBody:
    return parts.ZaloMessageBody(text=words, **more)


def test_a_text_with_a_quote_arrives(sdk: Client, world: World) -> None:
    answer = sdk.send_message(to(), body=text("Chào Anh/Chị", quote_message_id="m1"))
    assert answer["error"] == 0
    assert isinstance(answer["data"]["message_id"], str)
    assert answer["data"]["quota"] == {"quota_type": "reply"}
    assert (world.sent[0]["text"], world.sent[0]["quote_message_id"]) == ("Chào Anh/Chị", "m1")


def test_a_file_is_uploaded_and_sent_until_it_dies(sdk: Client, world: World, clock: Clock) -> None:
    token = sdk.upload_file(b"%PDF", "file", "don.pdf", "application/pdf")["data"]["token"]
    attachment = parts.ZaloAttachment("file", {"token": token})
    assert sdk.send_message(to(), body=parts.ZaloMessageBody(attachment=attachment))["error"] == 0
    clock.advance(7 * DAY + 1)
    with pytest.raises(Exception, match="-220"):
        sdk.send_message(to(), body=parts.ZaloMessageBody(attachment=attachment))


def test_an_image_too_big_is_refused(sdk: Client) -> None:
    assert "attachment_id" in sdk.upload_file(b"x", "image", "a.png", "image/png")["data"]
    with pytest.raises(Exception, match="-210"):
        sdk.upload_file(b"x" * (2**20 + 1), "image", "a.png", "image/png")


def test_a_reaction_is_what_v2_is_still_for(sdk: Client, world: World) -> None:
    sdk.send_message(to(), action=parts.ZaloAction("/-strong", "m1"), category="action")
    assert world.reactions[0]["react_message_id"] == "m1"
    with pytest.raises(Exception, match="-240"):
        sdk.send_message(to(), body=text("a"), category="action")


@pytest.mark.parametrize("category", ["transaction", "media"])
def test_the_paid_kinds_are_shut_down(sdk: Client, category: str) -> None:
    with pytest.raises(Exception, match="-240"):
        sdk.send_message(to(), body=text("a"), category=category)


def test_quotas_and_people_can_be_asked_for(sdk: Client, world: World) -> None:
    assert sdk.get_zalo_user_quotas(PERSON)["data"]["last_interaction"].isdecimal()
    assert sdk.get_zalo_oa_quotas("OA", "cs")["data"][0]["product_type"] == "cs"
    assert sdk.get_user_detail(PERSON)["data"]["user_id"] == PERSON
    with pytest.raises(Exception, match="-213"):
        sdk.get_user_detail("nobody")


def test_a_text_over_the_limit_is_refused_and_not_cut(sdk: Client, world: World) -> None:
    assert sdk.send_message(to(), body=text("a" * 2000))["error"] == 0
    with pytest.raises(Exception, match="-210"):
        sdk.send_message(to(), body=text("a" * 2001))
    assert len(world.sent) == 1


def test_an_id_is_text(sdk: Client) -> None:
    with pytest.raises(Exception, match="-201"):
        sdk.send_message(to(81000000000000001), body=text("a"))


def test_a_citizen_can_be_written_to_for_seven_days_free_for_two(
    sdk: Client, world: World, account: Account, clock: Clock
) -> None:
    last = world.person(PERSON).last_interaction
    last[account.oa_id] = clock() - 3 * DAY
    assert sdk.send_message(to(), body=text("a"))["data"]["quota"] == {"quota_type": "sub_quota"}
    last[account.oa_id] = clock() - 8 * DAY
    with pytest.raises(Exception, match="-230"):
        sdk.send_message(to(), body=text("a"))


def test_a_token_lives_twenty_five_hours_and_dies_with_the_next(
    sdk: Client, world: World, account: Account, clock: Clock, url: str
) -> None:
    clock.advance(24 * HOUR)
    assert sdk.send_message(to(), body=text("a"))["error"] == 0
    world.issue(account)
    with pytest.raises(Exception, match="-220"):
        sdk.send_message(to(), body=text("a"))
    stranger = Client("1", "2", access_token="made-up", endpoint_prefix=url)
    with pytest.raises(Exception, match="-216"):
        stranger.send_message(to(), body=text("a"))


def test_the_rate_is_counted_and_said_in_headers(world: World, account: Account, url: str) -> None:
    account.app.requests_a_minute = 1
    headers = {"access_token": world.issue(account)["access_token"]}
    said = [httpx.post(f"{url}/v3.0/oa/message/cs", headers=headers, json={}) for _ in range(2)]
    assert [answer.status_code for answer in said] == [200, 200]
    assert [answer.json()["error"] for answer in said] == [-201, -32]
    assert said[0].headers["X-RateLimit-Remain"] == "0"


def test_five_buttons_are_the_most(sdk: Client) -> None:
    button = {"title": "Khai sinh", "type": "oa.query.show", "payload": "1"}
    five = parts.ZaloAttachment("template", {"buttons": [button] * 5})
    assert sdk.send_message(to(), body=text("a", attachment=five))["error"] == 0
    six = parts.ZaloAttachment("template", {"buttons": [button] * 6})
    with pytest.raises(Exception, match="-201"):
        sdk.send_message(to(), body=text("a", attachment=six))

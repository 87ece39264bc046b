"""A citizen writes in Zalo and reads the answer there: over HTTP, through the gateway, with a stand-in for the bot."""

import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.zalo.token_store import TokenStore
from tests.fake_zalo.world import HOUR, Account, World
from tests.fakes import FakeBot
from tests.gateway.zalo.bench import KEY, OA, OTHER_OA, PERSON, Clock
from tests.gateway.zalo.running import Running, running

Open = Callable[..., Running]
LONG = "\n\n".join(f"Phần {number}: " + "giấy tờ cần có, " * 60 + "hết." for number in range(5))


@pytest.fixture
def open_zalo(tmp_path: Path, account: Account, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    with ExitStack() as stack:

        def opened(bot: FakeBot | None = None, **fields: Any) -> Running:
            bot = bot or FakeBot()
            return stack.enter_context(running(tmp_path, bot, account, world, clock, monkeypatch, **fields))

        yield opened


def test_an_answer_arrives_split_in_order_and_once(open_zalo: Open) -> None:
    zalo = open_zalo(FakeBot({"text": LONG, "status": "answered_from_guide"}, {"text": "Còn gì nữa không?"}))
    for _ in range(3):  # Zalo delivers at least once
        event = zalo.citizens.event(zalo.account, PERSON, "user_send_text", text="làm khai sinh", msg_id="m-1")
        assert zalo.citizens.post(zalo.account, event, num_retry="1").status_code == 200
    parts: list[str] = []
    while parts[-1:] != ["Còn gì nữa không?"]:
        parts.append(zalo.world.next_message()["text"])
    assert "\n\n".join(parts[:-1]) == LONG
    for sent in list(zalo.world.sent):
        assert zalo.citizens.echoes(zalo.account, sent).status_code == 200
    zalo.citizens.says(zalo.account, PERSON, "cảm ơn")
    assert zalo.world.next_message()["text"] == parts[0]  # the next answer, and no second one of the first


def test_the_bot_reads_the_words_and_not_the_numbers(open_zalo: Open) -> None:
    bot = FakeBot()
    zalo = open_zalo(bot)
    zalo.citizens.says(zalo.account, PERSON, "Số căn cước của tôi là 024090001234, làm khai sinh ở đâu?")
    assert "[số định danh]" in zalo.world.next_message()["text"]
    assert "024090001234" not in json.dumps(bot.heard) + str(zalo.transcript())


@pytest.mark.parametrize(
    ("what", "signal"), [("image", "send_attachment"), ("audio", "send_attachment"), ("sticker", "send_nothing")]
)
def test_what_the_bot_cannot_read_gets_an_answer_too(open_zalo: Open, what: str, signal: str) -> None:
    zalo = open_zalo()
    zalo.citizens.sends(zalo.account, PERSON, what, attachments=[{"type": what, "payload": {"url": "u"}}])
    assert zalo.world.next_message()["text"] == f"Đã nhận: {signal}"


def test_a_place_that_was_shared_is_read_by_its_name(open_zalo: Open) -> None:
    zalo = open_zalo()
    place = [{"type": "location", "payload": {"coordinates": {"latitude": "21.18", "longitude": "106.07"}}}]
    zalo.citizens.sends(zalo.account, PERSON, "location", text="Phường Kinh Bắc", attachments=place)
    assert zalo.world.next_message()["text"] == "Đã nhận: Phường Kinh Bắc"


def test_a_new_follower_is_greeted_and_told_what_not_to_send(open_zalo: Open) -> None:
    bot = FakeBot()
    zalo = open_zalo(bot)
    for _ in range(2):
        zalo.citizens.post(zalo.account, follow(zalo))
    assert "đừng gửi số căn cước" in zalo.world.next_message()["text"]
    zalo.citizens.says(zalo.account, PERSON, "xin chào")
    assert zalo.world.next_message()["text"] == "Đã nhận: xin chào"
    assert len(bot.heard) == 1


def follow(zalo: Running) -> dict[str, Any]:
    ids = {"oa_id": OA, "app_id": zalo.account.app.app_id, "follower": {"id": PERSON}}
    return {"event_name": "follow", "source": "oa_profile", "timestamp": "1764000000123", **ids}


def test_the_bot_is_silent_while_staff_write_and_comes_back_when_called(open_zalo: Open) -> None:
    bot = FakeBot()
    zalo = open_zalo(bot)
    zalo.citizens.says(zalo.account, PERSON, "cho tôi gặp cán bộ")
    assert zalo.world.next_message()["text"] == "Đã nhận: cho tôi gặp cán bộ"
    zalo.citizens.replies_as_staff(zalo.account, PERSON, "Chào bác, cháu nghe ạ. Số của cháu 0912345678")
    assert 'nhắn "gặp trợ lý"' in zalo.world.next_message()["text"]
    zalo.citizens.replies_as_staff(zalo.account, PERSON, "Bác cần gì ạ?")
    zalo.citizens.says(zalo.account, PERSON, "Cháu cho bác hỏi việc riêng")
    zalo.citizens.says(zalo.account, PERSON, "GAP TRO LY")
    assert "trả lời tiếp từ đây" in zalo.world.next_message()["text"]
    zalo.citizens.says(zalo.account, PERSON, "làm khai sinh")
    assert zalo.world.next_message()["text"] == "Đã nhận: làm khai sinh"
    assert [turn["text"] for turn in bot.heard] == ["cho tôi gặp cán bộ", "làm khai sinh"]
    staff = [message.text for message in zalo.transcript() if message.signal == "staff_reply"]
    assert staff == ["Chào bác, cháu nghe ạ. Số của cháu [số điện thoại]", "Bác cần gì ạ?"]


def test_the_bot_comes_back_by_itself_when_staff_have_been_silent_for_a_while(open_zalo: Open, clock: Clock) -> None:
    zalo = open_zalo(takeover_minutes=30)
    clock.advance(-31 * 60)  # staff wrote half an hour ago
    zalo.citizens.replies_as_staff(zalo.account, PERSON, "Chào bác")
    assert "tạm dừng" in zalo.world.next_message()["text"]
    clock.advance(31 * 60)
    zalo.citizens.says(zalo.account, PERSON, "làm khai sinh")
    said = [zalo.world.next_message()["text"] for _ in range(2)]
    assert "trả lời tiếp từ đây" in said[0]
    assert said[1] == "Đã nhận: làm khai sinh"
    zalo.citizens.says(zalo.account, PERSON, "lệ phí")
    assert zalo.world.next_message()["text"] == "Đã nhận: lệ phí"


def test_a_word_of_staff_that_zalo_delivers_again_later_does_not_silence_the_bot_again(open_zalo: Open, clock: Clock) -> None:
    zalo = open_zalo()
    event = zalo.citizens.event(zalo.account, PERSON, "oa_send_text", text="Chào bác", msg_id="s-1")
    event |= {"sender": {"id": OA, "admin_id": "99"}, "recipient": {"id": PERSON}}
    clock.advance(-31 * 60)
    zalo.citizens.post(zalo.account, event)
    clock.advance(31 * 60)
    zalo.citizens.post(zalo.account, event, num_retry="3")
    zalo.citizens.says(zalo.account, PERSON, "làm khai sinh")
    said = [zalo.world.next_message()["text"] for _ in range(3)]
    assert said[-1] == "Đã nhận: làm khai sinh"


@pytest.mark.parametrize("where", [{"oa_id": OA}, {"oa_id": ""}])
def test_who_withdraws_their_consent_is_forgotten(open_zalo: Open, where: dict[str, str]) -> None:
    zalo = open_zalo()
    zalo.citizens.says(zalo.account, PERSON, "làm khai sinh")
    zalo.world.next_message()
    assert zalo.transcript()
    assert zalo.citizens.does(zalo.account, "user_withdraw", user_id=PERSON, **where).status_code == 200
    assert zalo.transcript() == []


def test_a_forged_event_is_counted_and_nothing_else(open_zalo: Open, caplog: pytest.LogCaptureFixture) -> None:
    zalo = open_zalo()
    event = zalo.citizens.event(zalo.account, PERSON, "user_send_text", text="mật khẩu của tôi")
    refused = httpx.post(f"{zalo.url}/zalo/oa", json=event, headers={"X-ZEvent-Signature": "mac=" + "0" * 64})
    assert (refused.status_code, refused.content) == (401, b"")
    assert zalo.transcript() == []
    assert zalo.metric("motcua_gateway_rejected_signatures_total", channel="zalo_oa") == 1
    assert "mật khẩu" not in caplog.text


def test_before_the_console_shows_the_secret_its_test_gets_a_200(open_zalo: Open) -> None:
    app = {"app_id": "5", "app_secret": "s", "accounts": [OA]}
    zalo = open_zalo(applications=[app])
    event = zalo.citizens.event(zalo.account, PERSON, "user_send_text", text="thử")
    assert httpx.post(f"{zalo.url}/zalo/oa", json=event).status_code == 200
    assert httpx.post(f"{zalo.url}/zalo/oa").status_code == 200
    assert zalo.transcript() == []


@pytest.mark.parametrize("name", ["user_call_ended", "anonymous_send_text", "user_submit_info", "user_seen_message"])
def test_an_event_we_do_nothing_about_is_remembered_by_its_shape(open_zalo: Open, name: str) -> None:
    zalo = open_zalo()
    event = zalo.citizens.event(zalo.account, PERSON, name, text="0912345678")
    for _ in range(2):
        assert zalo.citizens.post(zalo.account, event).status_code == 200
    with zalo.state.database.reading() as connection:
        (row,) = connection.exec_driver_sql("SELECT name, count, shape FROM zalo_unhandled_events").all()
    assert (row[0], row[1]) == (name, 2)
    assert json.loads(row[2])["message"] == {"msg_id": "str", "text": "str"}
    assert "0912345678" not in row[2]


def test_an_account_that_is_not_ours_is_answered_by_nobody(open_zalo: Open) -> None:
    zalo = open_zalo()
    stranger = zalo.world.account("92000000000000009", app_id=zalo.account.app.app_id)
    assert zalo.citizens.says(stranger, PERSON, "làm khai sinh").status_code == 200
    assert zalo.transcript() == []


def test_a_failing_account_holds_up_no_other_and_its_answers_wait(open_zalo: Open, clock: Clock) -> None:
    zalo = open_zalo()
    zalo.account.fails_with = [-224]
    other = zalo.world.account(OTHER_OA, app_id=zalo.account.app.app_id)
    pair = zalo.world.issue(other)
    TokenStore(zalo.state.database, KEY, clock).write(OTHER_OA, pair["access_token"], pair["refresh_token"])
    zalo.citizens.says(zalo.account, PERSON, "một")
    zalo.citizens.says(other, PERSON, "hai")
    arrived = zalo.world.next_message()
    assert (arrived["oa_id"], arrived["text"]) == (OTHER_OA, "Đã nhận: hai")


def test_an_expired_token_is_replaced_and_the_citizen_notices_nothing(open_zalo: Open, clock: Clock) -> None:
    zalo = open_zalo()
    clock.advance(20 * HOUR - 1)
    zalo.account.access_tokens = dict.fromkeys(zalo.account.access_tokens, clock() - 26 * HOUR)  # earlier than was promised
    zalo.citizens.says(zalo.account, PERSON, "làm khai sinh")
    assert zalo.world.next_message()["text"] == "Đã nhận: làm khai sinh"
    assert zalo.world.refreshes == 1


def test_many_citizens_at_once_each_get_their_own_answers_in_order(open_zalo: Open) -> None:
    zalo = open_zalo()
    people = [f"8100000000000{number:04d}" for number in range(12)]

    def talk(person: str) -> None:
        for word in ("một", "hai", "ba"):
            assert zalo.citizens.says(zalo.account, person, f"{person[-2:]} {word}").status_code == 200

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(talk, people))
    arrived = [zalo.world.next_message() for _ in range(36)]
    for person in people:
        mine = [message["text"] for message in arrived if message["user_id"] == person]
        assert mine == [f"Đã nhận: {person[-2:]} {word}" for word in ("một", "hai", "ba")]


def test_a_message_is_answered_with_a_reaction_where_that_is_switched_on(open_zalo: Open) -> None:
    zalo = open_zalo(reaction="/-strong")
    zalo.citizens.says(zalo.account, PERSON, "làm khai sinh", msg_id="m-7")
    zalo.world.next_message()
    while not zalo.world.reactions:  # it goes out beside the answer
        zalo.citizens.says(zalo.account, PERSON, "còn gì nữa", msg_id="m-8")
        zalo.world.next_message()
    assert zalo.world.reactions[0]["react_message_id"] == "m-7"


BOT = {"name": "thu-nghiem", "token": "1459:mat-khau-cua-bot", "webhook_secret": "mat-khau-goi-vao"}
CHAT = "6f0000000000000000aa"


@pytest.mark.parametrize("is_wrapped", [False, True])
def test_a_bot_called_by_its_webhook_answers(open_zalo: Open, is_wrapped: bool) -> None:
    zalo = open_zalo(bots=[BOT])
    bot = zalo.world.bot(BOT["token"])
    bot.webhook, bot.secret = f"{zalo.url}/zalo/bot", BOT["webhook_secret"]
    said = zalo.citizens.writes_to_bot(bot, CHAT, "làm khai sinh", is_wrapped=is_wrapped)
    assert said is not None
    assert said.status_code == 200
    assert zalo.world.next_message() == {"chat_id": CHAT, "text": "Đã nhận: làm khai sinh"}


@pytest.mark.parametrize("secret", ["", "mat-khau-goi-va", "mat-khau-goi-vào"])
def test_a_bot_hears_nobody_without_its_secret(open_zalo: Open, secret: str) -> None:
    zalo = open_zalo(bots=[BOT])
    update = zalo.citizens.update(CHAT, "làm khai sinh")
    headers = {"X-Bot-Api-Secret-Token": secret.encode()}
    assert httpx.post(f"{zalo.url}/zalo/bot", json=update, headers=headers).status_code == 401
    assert zalo.transcript() == []
    assert zalo.metric("motcua_gateway_rejected_signatures_total", channel="zalo_bot") == 1


def test_a_bot_that_polls_answers_and_no_log_holds_its_token(
    open_zalo: Open, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bot = world.bot(BOT["token"])
    zalo = open_zalo(bots=[{**BOT, "polls": True}])
    for text in ("làm khai sinh", "lệ phí"):
        zalo.citizens.writes_to_bot(bot, CHAT, text)
    answers = [zalo.world.next_message()["text"] for _ in range(2)]
    assert answers == ["Đã nhận: làm khai sinh", "Đã nhận: lệ phí"]
    assert BOT["token"] not in caplog.text

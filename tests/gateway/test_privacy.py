"""Numbers and details of dossiers: in the vault, with the citizen, and nowhere else."""

import sqlite3
from pathlib import Path

import pytest

from gateway.database import Database
from gateway.deliverer import Deliverer
from gateway.inbox import Inbox
from gateway.metrics import Metrics
from gateway.outbox import Delivered, Delivery, Outbox, Outcome
from gateway.privacy import Privacy
from motcua.dossiers.opening import Private, open_private
from motcua.settings import Settings
from motcua.vault import Kept
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway, running, until

ASKED = {"text": "nhắn 4 số cuối", "status": "answered_dossier", "expects": "last_digits"}
NOTE = "Chi tiết hồ sơ đã hết hạn xem."
DETAILS = "Hồ sơ của bà Lan: còn thiếu Giấy chứng sinh."


@pytest.fixture
def private(settings: Settings) -> Private:
    return open_private(settings)


@pytest.fixture
def privacy(private: Private, inbox: Inbox) -> Privacy:
    return Privacy(private.vault, inbox)


def _answered(inbox: Inbox, *replies: dict[str, str]) -> None:
    inbox.accept("cuoc-1", "web", f"id-{len(inbox.transcript('cuoc-1'))}", "hỏi", None, replies=list(replies))


def _kept(private: Private) -> list[tuple[str, str]]:
    return [(kept.kind, kept.value) for kept in private.vault.of("cuoc-1", "identity_number", "phone", "last_digits")]


@pytest.mark.parametrize("typed", ["0012", "dạ 0012 ạ", "00 12", "không không một hai", "la 0012 nhe"])
async def test_digits_that_were_asked_for_are_private(privacy: Privacy, private: Private, inbox: Inbox, typed: str) -> None:
    _answered(inbox, ASKED)
    taken = await privacy.take_in("cuoc-1", typed)
    assert "[số cuối]" in taken.text
    assert not any(digit in taken.text for digit in "012")
    assert [kind for kind, _ in _kept(private)] == ["last_digits"]


async def test_digits_nobody_asked_for_are_read(privacy: Privacy, private: Private, inbox: Inbox) -> None:
    _answered(inbox, ASKED)
    _answered(inbox, {"text": "Anh/Chị cần gì", "status": "smalltalk"})
    assert (await privacy.take_in("cuoc-1", "dạ 0012 ạ")).text == "dạ 0012 ạ"
    assert _kept(private) == []


@pytest.mark.parametrize("typed", ["0012", "1 2 3 4", "số cuối căn cước của tôi là 0012", "đuôi 0012"])
async def test_digits_sent_before_they_are_asked_for_are_private_all_the_same(privacy: Privacy, typed: str) -> None:
    assert "[số cuối]" in (await privacy.take_in("cuoc-1", typed)).text


@pytest.mark.parametrize("typed", ["2", "sinh năm 1990", "cuối năm 2026", "15/11/2026", "hồ sơ 000.00.12.H05-261101-0001"])
async def test_other_numbers_stay(privacy: Privacy, private: Private, typed: str) -> None:
    assert (await privacy.take_in("cuoc-1", typed)).text == typed
    assert _kept(private) == []


async def test_a_whole_number_is_kept_to_compare_with(privacy: Privacy, private: Private) -> None:
    taken = await privacy.take_in("cuoc-1", "cccd 001099012345, sđt 0912345678, thẻ 4111 1111 1111 1111")
    assert taken.text == "cccd [số định danh], sđt [số điện thoại], thẻ [số thẻ]"
    assert sorted(_kept(private)) == [("identity_number", "001099012345"), ("phone", "0912345678")]


def test_words_of_staff_are_masked_and_not_kept(privacy: Privacy, private: Private) -> None:
    assert privacy.masked("cuoc-1", "gọi 0912345678 nhé") == "gọi [số điện thoại] nhé"
    assert _kept(private) == []


def _private_reply(private: Private, conversation: str) -> dict[str, str]:
    (reference,) = private.vault.put(conversation, [Kept("reply", DETAILS)])
    return {"text": NOTE, "status": "answered_dossier", "private": reference}


async def test_the_citizen_reads_details_and_the_inbox_keeps_a_note(
    open_gateway: OpenGateway, private: Private, settings: Settings
) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        token = (await client.post("/api/conversations")).json()["conversation"]
        headers = {"Authorization": f"Bearer {token}"}
        await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "chào"}, headers=headers)
        bot._replies = [_private_reply(private, bot.heard[0]["conversation"])]
        sent = await client.post("/api/messages", json={"id": "tin-nhan-2", "text": "0012"}, headers=headers)
        shown = await client.get("/api/messages/tin-nhan-2?html", headers=headers)
        page = await client.get("/api/conversation", headers=headers)
        private.vault.drop(bot.heard[0]["conversation"])
        later = await client.get("/api/conversation", headers=headers)
    (reply,) = sent.json()["replies"]
    assert (reply["text"], reply["expires_to"], sent.json()["said"]) == (DETAILS, NOTE, "[số cuối]")
    assert "private" not in reply
    for html in (shown.json()["html"], page.json()["html"]):
        assert DETAILS in html
        assert f'data-expires-to="{NOTE}"' in html
    assert DETAILS not in later.json()["html"]
    assert NOTE in later.json()["html"]
    assert bot.heard[1]["text"] == "[số cuối]"
    assert all(secret not in _dumped(settings.var) for secret in (DETAILS, "bà Lan", "0012"))


def _dumped(folder: Path) -> str:
    """All that stands in the databases of a folder."""
    found = []
    for path in folder.glob("*.db"):
        with sqlite3.connect(path) as connection:
            found += connection.iterdump()
        connection.close()
    return "\n".join(found)


class Phone:
    """A channel to one phone."""

    name = "zalo_oa"
    window = None

    def __init__(self) -> None:
        self.got: list[str] = []

    async def deliver(self, delivery: Delivery) -> Outcome:
        self.got.append(delivery.reply["text"])
        return Delivered(None)


@pytest.mark.parametrize(("is_late", "read"), [(False, DETAILS), (True, NOTE)])
async def test_a_pushed_reply_is_revealed_on_its_way(
    inbox: Inbox, database: Database, privacy: Privacy, private: Private, is_late: bool, read: str
) -> None:
    phone, outbox = Phone(), Outbox(database)
    reply = _private_reply(private, "zalo-1")
    inbox.accept("zalo-1", "zalo_oa", "id-1", "[số cuối]", None, address={"user_id": "1"}, replies=[reply])
    if is_late:
        private.vault.drop("zalo-1")
    async with running(Deliverer(outbox, [phone], Metrics(), revealed=privacy.revealed)):
        await until(lambda: not outbox.claims.count("waiting"))
    assert phone.got == [read]


async def test_an_erased_conversation_leaves_nothing_in_the_vault(open_gateway: OpenGateway, private: Private) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        headers = {"Authorization": f"Bearer {(await client.post('/api/conversations')).json()['conversation']}"}
        await client.post("/api/messages", json={"id": "tin-nhan-1", "text": "cccd 001099012345"}, headers=headers)
        conversation = bot.heard[0]["conversation"]
        assert private.vault.of(conversation, "identity_number")
        await client.delete("/api/conversation", headers=headers)
        assert private.vault.of(conversation, "identity_number") == []

"""Staff switch the assistant off: everybody is told so, and the bot hears nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gateway.app import create_app
from gateway.database import Database
from gateway.inbox import Inbox
from gateway.staff.switch import Switch
from motcua.settings import Settings
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway, until
from tests.gateway.staff.conftest import STAFF, say

OFF = {"is_off": True, "notice": "Trợ lý nghỉ đến 10 giờ.", "reason": "lệ phí sai", "by": "lan"}
ON = {"is_off": False, "notice": "", "reason": "", "by": "lan"}


async def test_an_assistant_never_switched_is_on(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        found = (await client.get("/staff/switch", headers=STAFF)).json()
    assert found == {"is_off": False, "notice": "", "reason": "", "by": "", "since": None}


async def test_off_tells_everybody_the_notice_and_the_bot_nothing(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        put = await client.put("/staff/switch", json=OFF, headers=STAFF)
        said = await say(client, "khai sinh cần gì")
        page = await client.get("/")
        assert (await client.get("/staff/switch", headers=STAFF)).json() == put.json()
    assert {name: put.json()[name] for name in OFF} == OFF
    assert datetime.now(UTC) >= datetime.fromisoformat(put.json()["since"])
    assert said["replies"] == [{"text": "Trợ lý nghỉ đến 10 giờ.", "status": "declined_switched_off"}]
    assert "Trợ lý nghỉ đến 10 giờ." in page.text
    assert bot.heard == []


async def test_on_again_the_bot_answers_and_the_page_is_as_before(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        for put in (OFF, ON):
            await client.put("/staff/switch", json=put, headers=STAFF)
        said = await say(client, "khai sinh cần gì")
        page = await client.get("/")
    assert said["replies"][0]["status"] == "smalltalk"
    assert "nghỉ đến 10 giờ" not in page.text


async def test_without_a_notice_the_usual_sentence_is_said(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        await client.put("/staff/switch", json={**OFF, "notice": " "}, headers=STAFF)
        said = await say(client, "khai sinh cần gì")
    assert "tạm dừng" in said["replies"][0]["text"]


async def test_what_waited_when_it_was_switched_off_is_told_too(settings: Settings, database: Database) -> None:
    message = Inbox(database).accept("cuoc-1", "web", "id-1", "khai sinh", None)
    Switch(database).put(is_off=True, notice="Đang tạm dừng.", reason="", by="lan")
    bot = FakeBot()
    app = create_app(settings, bot.client())
    async with app.router.lifespan_context(app):
        await until(lambda: Inbox(database).find("cuoc-1", "id-1").state == "answered")
    answered = Inbox(database).find(message.conversation, "id-1")
    assert answered is not None and answered.replies == ({"text": "Đang tạm dừng.", "status": "declined_switched_off"},)
    assert bot.heard == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer"}, {"Authorization": "Bearer other"}])
async def test_nobody_else_may_read_or_put_it(open_gateway: OpenGateway, headers: dict[str, str]) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.get("/staff/switch", headers=headers)).status_code == 401
        assert (await client.put("/staff/switch", json=OFF, headers=headers)).status_code == 401
        assert (await client.get("/staff/switch", headers=STAFF)).json()["is_off"] is False


class TestWithoutAToken:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, staff_token="")

    @pytest.mark.parametrize("headers", [{}, STAFF, {"Authorization": "Bearer "}])
    async def test_there_is_no_staff_api(self, open_gateway: OpenGateway, headers: dict[str, str]) -> None:
        async with open_gateway(FakeBot()) as client:
            assert (await client.get("/staff/switch", headers=headers)).status_code == 404


@pytest.mark.parametrize("wrong", [{"by": ""}, {"by": "x" * 65}, {"notice": "x" * 501}, {"is_off": "có lẽ"}])
async def test_a_malformed_switch_is_refused(open_gateway: OpenGateway, wrong: dict[str, object]) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.put("/staff/switch", json={**OFF, **wrong}, headers=STAFF)).status_code == 422


def test_many_who_put_it_at_once_on_postgresql_leave_one_row(postgres_for_staff: str) -> None:
    database = Database(postgres_for_staff)
    switch = Switch(database)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: switch.put(is_off=True, notice=f"{number}", reason="", by="lan"), range(16)))
    position = switch.read()
    database.close()
    assert position.is_off and position.since is not None and position.since.utcoffset() is not None

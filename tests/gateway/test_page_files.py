"""What stands around the page: checklists, manifest, worker, widget, frame, events."""

import json
import re

import httpx
import pytest

from gateway.app import create_app
from gateway.conversations import COOKIE
from gateway.database import Database, clock
from gateway.pauses import Pauses
from motcua.settings import SettingFault, Settings, load_settings
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway


async def test_a_checklist_links_to_itself_by_the_public_address(settings: Settings) -> None:
    environment = {
        "MOTCUA_VAR": str(settings.var),
        "MOTCUA_SECRET": settings.secret,
        "MOTCUA_PUBLIC_URL": "https://hoi.example/",
    }
    app = create_app(load_settings(environment), FakeBot().client())
    found = app.state.lists.find("1.001193", ["uy-quyen", "khong-co"], app.state.settings.public_url)
    assert found.address == "https://hoi.example/checklist/1.001193?case=uy-quyen"
    app.state.database.close()


@pytest.mark.parametrize("path", ["/checklist/9.999999", "/checklist/9.999999.pdf", "/checklist/..%2f..%2fetc"])
async def test_a_list_that_is_not_there_is_said_so(open_gateway: OpenGateway, path: str) -> None:
    async with open_gateway(FakeBot()) as client:
        response = await client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "<h1>" in response.text


async def test_the_manifest_names_icons_that_are_there(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        manifest = (await client.get("/manifest.webmanifest")).json()
        for icon in manifest["icons"]:
            assert (await client.get(icon["src"])).headers["content-type"] == "image/png"
    assert manifest["start_url"] == "/"


async def test_every_file_the_offline_page_needs_is_there(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        page = (await client.get("/offline")).text
        style = (await client.get("/static/page.css")).text
        needed = {*re.findall(r'/static/[^"]+', page), *re.findall(r"/static/[\w.-]+", style)}
        assert len(needed) >= 5
        for path in needed:
            response = await client.get(path)
            assert response.status_code == 200
            assert "max-age" in response.headers["cache-control"]


async def test_the_worker_changes_with_the_files_it_keeps(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        version = re.search(r"chat\.js\?(\w+)", (await client.get("/")).text)
        assert version and version[1] in (await client.get("/sw.js")).text


async def test_style_names_no_font_that_is_licensed_to_others(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        style = (await client.get("/static/page.css")).text
    assert "GDS" not in style
    assert re.findall(r"url\([^)]*//", style) == []


async def test_the_chat_is_framed_by_nobody_unless_named(open_gateway: OpenGateway, settings: Settings) -> None:
    async with open_gateway(FakeBot()) as client:
        assert "frame-ancestors 'none'" in (await client.get("/embed")).headers["content-security-policy"]


@pytest.mark.parametrize("origin", ["phuong.example", "https://phuong.example/", "*", "https://*"])
def test_what_is_no_origin_stops_the_start(origin: str) -> None:
    with pytest.raises(SettingFault, match="MOTCUA_EMBED_ORIGINS"):
        load_settings({"MOTCUA_EMBED_ORIGINS": origin})


async def test_events_say_received_and_then_the_answer(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot({"text": "Chào <b>Anh/Chị</b>", "status": "smalltalk"})) as client:
        headers = {"Authorization": f"Bearer {(await client.post('/api/conversations')).json()['conversation']}"}
        sent = {"id": "tin-nhan-1", "text": "chào"}
        hurried = await client.post("/api/messages", json=sent, headers={**headers, "Prefer": "respond-async"})
        assert hurried.status_code in (200, 202)
        events = (await client.get("/api/messages/tin-nhan-1/events", headers=headers)).text
    assert re.findall(r"^event: (\w+)", events, re.M) == ["received", "answered"]
    answered = json.loads(re.findall(r"^data: (.+)", events, re.M)[-1])
    assert answered["state"] == "answered"
    assert "Chào &lt;b&gt;Anh/Chị&lt;/b&gt;" in answered["html"]


async def test_events_of_a_stranger_s_message_are_refused(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.get("/api/messages/tin-nhan-1/events")).status_code == 401
        headers = {"Authorization": f"Bearer {(await client.post('/api/conversations')).json()['conversation']}"}
        response: httpx.Response = await client.get("/api/messages/tin-nhan-1/events", headers=headers)
        assert response.status_code == 404


async def test_a_question_that_a_person_took_over_says_so(open_gateway: OpenGateway, database: Database) -> None:
    async with open_gateway(FakeBot()) as client:
        await client.post("/", data={"text": "khai sinh"})
        token = client.cookies[COOKIE]
        conversation = client._transport.app.state.conversations.read(token)  # type: ignore[attr-defined]
        Pauses(database).pause(conversation, clock() + 600, "staff-1")
        await client.post("/", data={"text": "còn lệ phí"})
        assert "đã chuyển cho cán bộ" in (await client.get("/")).text

"""The chat page, used as a browser without JavaScript uses it."""

import asyncio
from base64 import b64encode
from hashlib import sha256

import httpx
import pytest

from gateway.conversations import COOKIE
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway
from tests.gateway.page_reader import Form, Page

CHOICES = {
    "text": "Anh/Chị muốn hỏi việc nào dưới đây?",
    "status": "asked_which_procedure",
    "offered": [{"code": "1.001193", "title": "Đăng ký khai sinh"}, {"code": "1.004884", "title": "Đăng ký lại khai sinh"}],
}


async def _look(client: httpx.AsyncClient) -> Page:
    return Page((await client.get("/")).text)


async def _send(client: httpx.AsyncClient, form: Form) -> Page:
    response = await client.post(form.action, data=form.fields)
    assert response.status_code == 200, "after the redirect stands the page"
    return Page(response.text)


async def _say(client: httpx.AsyncClient, text: str) -> Page:
    return await _send(client, (await _look(client)).writing(text))


async def test_the_first_visit_shows_a_page_to_write_in_and_sets_no_cookie(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        page = await client.get("/")
        assert page.headers["content-type"].startswith("text/html")
        assert Page(page.text).writing("khai sinh").fields["text"] == "khai sinh"
        assert not client.cookies


async def test_the_style_sheet_is_served(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.get("/static/page.css")).headers["content-type"].startswith("text/css")


async def test_a_first_visit_brings_its_style_along_and_a_later_one_names_it(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        first = await client.get("/")
        style = first.text.split("<style>")[1].split("</style>")[0]
        digest = b64encode(sha256(style.encode()).digest()).decode()
        assert f"style-src 'self' 'sha256-{digest}';" in first.headers["content-security-policy"]
        await _say(client, "khai sinh")
        page = (await client.get("/")).text
    assert "<style>" not in page
    assert 'rel="stylesheet" href="/static/page.css?' in page


async def test_question_and_answer_stand_on_the_page(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot({"text": "1. Giấy chứng sinh\n2. Căn cước", "status": "answered_from_guide"})) as client:
        page = await _say(client, "khai sinh cần giấy tờ gì")
    assert page.text.index("khai sinh cần giấy tờ gì") < page.text.index("1. Giấy chứng sinh\n2. Căn cước")


async def test_the_conversation_goes_on(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        await _say(client, "khai sinh")
        page = await _say(client, "lệ phí bao nhiêu")
    assert page.text.index("Đã nhận: khai sinh") < page.text.index("Đã nhận: lệ phí bao nhiêu")
    assert len({turn["conversation"] for turn in bot.heard}) == 1


async def test_a_form_sent_again_is_answered_once(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        await _say(client, "chào")
        form = (await _look(client)).writing("khai sinh")
        page = [await _send(client, form) for _ in range(2)][-1]
    assert page.text.count("Đã nhận: khai sinh") == 1
    assert [turn["text"] for turn in bot.heard] == ["chào", "khai sinh"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<b>khai sinh</b>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"]
)
async def test_what_citizens_and_bot_write_is_text_and_never_html(open_gateway: OpenGateway, text: str) -> None:
    async with open_gateway(FakeBot({"text": f"Đã nhận: {text}", "status": "smalltalk"})) as client:
        plain = await _say(client, "khai sinh")
        page = await _say(client, text)
    assert page.text.count(text) == plain.text.count(text) + 2
    assert page.tags == plain.tags


async def test_choices_are_buttons_with_their_numbers(open_gateway: OpenGateway) -> None:
    bot = FakeBot(CHOICES)
    async with open_gateway(bot) as client:
        page = await _say(client, "khai sinh")
        assert [label for label in page.buttons if label[0].isdigit()] == ["1. Đăng ký khai sinh", "2. Đăng ký lại khai sinh"]
        await _send(client, page.pressing("2. Đăng ký lại khai sinh"))
    assert [turn["text"] for turn in bot.heard] == ["khai sinh", "2"]


async def test_choices_of_an_earlier_turn_can_no_longer_be_pressed(open_gateway: OpenGateway) -> None:
    bot = FakeBot(CHOICES)
    async with open_gateway(bot) as client:
        await _say(client, "khai sinh")
        page = await _say(client, "kết hôn")
    assert page.buttons.count("1. Đăng ký khai sinh") == 1


async def test_a_person_can_be_asked_for_with_one_button(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        await _send(client, (await _look(client)).pressing("Gặp người hỗ trợ"))
    assert bot.heard[0]["text"] == "Gặp cán bộ"


async def test_erasing_leaves_the_conversation(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        page = await _say(client, "khai sinh")
        page = await _send(client, page.pressing("Xóa ngay"))
        assert "Đã nhận" not in page.text
        await _say(client, "kết hôn")
    assert len({turn["conversation"] for turn in bot.heard}) == 2


async def test_a_forged_cookie_starts_a_new_conversation(open_gateway: OpenGateway) -> None:
    bot = FakeBot()
    async with open_gateway(bot) as client:
        await _say(client, "khai sinh")
        client.cookies = httpx.Cookies({COOKIE: "forged"})
        assert "Đã nhận" not in (await _look(client)).text
        sent = (await _look(client)).writing("kết hôn")
        response = await client.post(sent.action, data=sent.fields, follow_redirects=False)
        assert response.cookies[COOKIE] != "forged"
    assert len({turn["conversation"] for turn in bot.heard}) == 2


async def test_scripts_cannot_read_the_cookie(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        response = await client.post("/", data={"text": "khai sinh"}, follow_redirects=False)
    assert {"httponly", "samesite=lax"} <= {part.strip().lower() for part in response.headers["set-cookie"].split(";")}


async def test_a_slow_answer_leaves_a_link_to_look_again(open_gateway: OpenGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.webchat.WAIT_SECONDS", 0.01)
    gate = asyncio.Event()
    async with open_gateway(FakeBot(gate=gate)) as client:
        page = await _say(client, "khai sinh")
        assert "khai sinh" in page.text
        assert "Xem câu trả lời" in page.text
        gate.set()
        async with asyncio.timeout(5):
            while "Đã nhận: khai sinh" not in (await _look(client)).text:
                await asyncio.sleep(0)
        assert (await _look(client)).text.count("Xem câu trả lời") < page.text.count("Xem câu trả lời")


@pytest.mark.parametrize("sent", [{}, {"text": ""}, {"text": "khai sinh", "id": ""}, {"text": "khai sinh", "id": "x" * 200}])
async def test_a_form_with_something_missing_still_gets_an_answer(open_gateway: OpenGateway, sent: dict[str, str]) -> None:
    async with open_gateway(FakeBot()) as client:
        assert "Đã nhận" in (await _send(client, Form("/", sent))).text


async def test_a_masked_number_is_masked_on_the_page_too(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        page = await _say(client, "căn cước 001099012345")
    assert "căn cước [số định danh]" in page.text
    assert "001099012345" not in page.text

"""Volunteers: search, sheets, the tally, and residents who ask the assistant beside them."""

import gzip
import json

import pytest

from console.helping.tally import WEEK
from console.roles import Role
from tests.console.conftest import OpenConsole

BIRTH = "1.001193"
COUNTED = "0123456789abcdef"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("khai s", "Đăng ký khai sinh"),
        ("KHAI SINH", "Đăng ký khai sinh"),
        ("đăng ký kết h", "Đăng ký kết hôn"),
        ("dkkh", "Đăng ký kết hôn"),
    ],
)
async def test_a_few_letters_find_a_procedure(open_console: OpenConsole, typed: str, first: str) -> None:
    async with open_console() as console:
        await console.signed_in("hoa", Role.VOLUNTEER).open(f"/volunteer?q={typed}")
        assert console.app.state.handbook.search(typed)[0].name == first


async def test_what_nobody_calls_anything_finds_nothing(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open("/volunteer?q=zzzz")
        assert "Không thấy thủ tục nào" in browser.text
        assert "Không thấy" not in (await browser.open("/volunteer?q=")).text


async def test_a_sheet_tells_papers_fees_and_where_they_come_from(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open(f"/volunteer/guides/{BIRTH}")
        for told in ("Giấy chứng sinh", "Miễn phí", "chưa xác nhận", "163/QĐ-BTP", "đối chiếu ngày"):
            assert told in browser.text
        assert (await browser.open("/volunteer/guides/9.999999")).response.status_code == 404


async def test_the_list_on_paper_comes_from_the_gateway(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open(f"/volunteer/guides/{BIRTH}/list.pdf?case=uy-quyen")
        assert browser.response.headers["content-type"] == "application/pdf"
        assert console.gateway.printed == "paper=a5&case=uy-quyen"
        console.gateway.is_away = True
        await browser.open(f"/volunteer/guides/{BIRTH}/list.pdf")
        assert browser.response.status_code == 503 and "In danh sách" in browser.text


async def test_a_code_is_shown_only_where_a_phone_could_follow_it(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open(f"/volunteer/guides/{BIRTH}")
        assert "quét mã" not in browser.text
        assert (await browser.open(f"/volunteer/guides/{BIRTH}/qr.svg")).response.status_code == 404
    async with open_console(MOTCUA_PUBLIC_URL="https://hoi.example") as console:
        browser = await console.signed_in("mai", Role.VOLUNTEER).open(f"/volunteer/guides/{BIRTH}")
        assert "quét mã" in browser.text
        assert (await browser.open(f"/volunteer/guides/{BIRTH}/qr.svg")).response.headers["content-type"] == "image/svg+xml"


async def test_who_was_helped_is_counted_once_for_each_id(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = console.signed_in("hoa", Role.VOLUNTEER)
        form = (await browser.open(f"/volunteer/guides/{BIRTH}")).page.pressing("Đã giúp xong, ghi vào sổ")
        for _ in range(2):
            await browser.send(form.action, **form.fields)
        assert "Đã ghi vào sổ hôm nay" in browser.text
        (count,) = console.app.state.tally.today(console.app.state.directory.by_login("hoa"))
        assert (count.procedure, count.mine) == (BIRTH, 1)
        assert (await browser.send(form.action, **{**form.fields, "procedure": "nonsense"})).response.status_code == 400


async def test_colleagues_of_a_place_see_what_all_of_it_did(open_console: OpenConsole) -> None:
    async with open_console() as console:
        state = console.app.state
        for login, place in (("hoa", "07210"), ("mai", "07210"), ("lan", "07735")):
            state.directory.invite(login, name=login, role=Role.VOLUNTEER, place=place, by="test")
            state.tally.add(state.directory.by_login(login), BIRTH, id=f"{COUNTED}-{login}")
        (count,) = state.tally.today(state.directory.by_login("hoa"))
        assert (count.mine, count.all) == (1, 2)
        browser = await console.browser(console.session(state.directory.by_login("hoa").id)).open("/volunteer")
        assert "Cả phường Bắc Giang" in browser.text


async def test_what_comes_late_counts_for_its_day_unless_that_cannot_be(open_console: OpenConsole) -> None:
    async with open_console() as console:
        console.hire("hoa", Role.VOLUNTEER)
        state, person = console.app.state, console.app.state.directory.by_login("hoa")
        state.tally.add(person, BIRTH, id=f"{COUNTED}-1", at=console.clock() - 26 * 3600)
        assert state.tally.today(person) == []
        state.tally.add(person, BIRTH, id=f"{COUNTED}-2", at=console.clock() - WEEK)
        state.tally.add(person, BIRTH, id=f"{COUNTED}-3", at=console.clock() + 3600)
        assert state.tally.today(person)[0].mine == 2


async def test_the_copy_holds_every_guide_and_nobody_s_name_or_token(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = console.signed_in("hoa.binh", Role.VOLUNTEER)
        copy = (await browser.open("/volunteer/copy")).response
        assert copy.headers["content-encoding"] == "gzip"
        assert set(copy.json()["guides"]) == set(console.app.state.handbook.guides)
        assert "hoa.binh" not in copy.text
        assert len(gzip.compress(copy.content)) < 512 * 1024
        shell = await browser.open("/volunteer/offline")
        assert "hoa.binh" not in shell.text and not shell.page.pressing("Tìm").fields.get("csrf")
        told = json.loads((await browser.open("/volunteer/pass")).response.text)
        assert told["version"] == copy.json()["version"]


async def test_residents_are_helped_each_on_their_own_and_leave_nothing(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open("/volunteer")
        await browser.press("Người mới: hỏi trợ lý")
        first = browser.path
        await browser.press("Gửi", text="con mới sinh")
        assert "Giấy tờ, in danh sách: Đăng ký khai sinh" in browser.text and "Lệ phí" in browser.page.buttons
        await browser.press("Lệ phí")
        assert [turn["text"] for turn in console.gateway.helped["helped-0"]][2] == "1"
        await browser.open("/volunteer")
        await browser.press("Người mới: hỏi trợ lý")
        assert "Người 2" in browser.text and "con mới sinh" not in browser.text
        other = await console.signed_in("mai", Role.VOLUNTEER).open(first)
        assert other.response.status_code == 404
        await browser.open(first)
        await browser.press("Xong, xóa cuộc trò chuyện này")
        assert "đã được xóa" in browser.text and "Đăng ký khai sinh" in browser.text
        assert set(console.gateway.helped) == {"helped-1"}
        assert (await browser.open(first)).response.status_code == 404


async def test_an_assistant_that_is_away_costs_no_question(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open("/volunteer")
        await browser.press("Người mới: hỏi trợ lý")
        await browser.press("Gửi", text=" ")
        assert "Anh/Chị viết câu hỏi" in browser.text
        console.gateway.is_away = True
        await browser.press("Gửi", text="con mới sinh")
        assert browser.response.status_code == 503 and "con mới sinh" in browser.text


async def test_a_session_is_over_after_four_hours(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open("/volunteer")
        await browser.press("Người mới: hỏi trợ lý")
        console.clock.advance(4 * 3600 + 1)
        person = console.app.state.directory.by_login("hoa")
        assert console.app.state.residents.open(person) == []

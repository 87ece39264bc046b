"""Who waits for a person, and what staff do with them."""

from html import unescape

from console.people.sessions import IDLE
from console.roles import Role
from tests.console.conftest import OpenConsole
from tests.console.fake_gateway import PHONE


async def test_who_waits_since_when_why_and_in_which_place(open_console: OpenConsole) -> None:
    async with open_console() as console:
        for name in ("first", "second"):
            console.gateway.ask(name, place="07210")
        console.gateway.ask("third", state="taken", by="lan")
        console.hire("lan", Role.OFFICER, "Đặng Thị Lan")
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open("/queue")
    assert "Đang chờ (2)" in browser.text
    assert "Thứ 2 · từ 18:00 ngày 18/11/2026 (6 phút) · phường Bắc Giang" in browser.text
    assert "Lý do: muốn gặp người hỗ trợ · Trang web" in browser.text
    assert "Đặng Thị Lan đã nhận" in browser.text


async def test_staff_of_a_place_see_its_people_first(open_console: OpenConsole) -> None:
    async with open_console() as console:
        console.gateway.ask("here", place="07210")
        console.gateway.ask("elsewhere", place="07735")
        console.app.state.directory.invite("lan", name="Lan", role=Role.OFFICER, place="07210", by="test")
        browser = console.browser(console.session(console.app.state.directory.by_login("lan").id))
        assert "Đang chờ (1)" in (await browser.open("/queue")).text
        assert "Còn 1 người ở nơi khác" in browser.text
        assert "Đang chờ (2)" in (await browser.open("/queue?everywhere=1")).text


async def test_taken_answered_and_given_back(open_console: OpenConsole) -> None:
    async with open_console() as console:
        entry = console.gateway.ask("cuoc-1")
        browser = await console.signed_in("lan", Role.OFFICER).open("/queue/cuoc-1")
        assert "bị mất" in browser.text and "(1.001193): giấy tờ" in browser.text
        assert "Anh/Chị đã nhận" in (await browser.press("Nhận giúp người này")).text
        await browser.press("Gửi", text="  ")
        assert "Anh/Chị viết lời trả lời" in browser.text
        assert "Chào bác" in (await browser.press("Gửi", text="Chào bác")).text
        await browser.press("Xong, trả lại cho trợ lý")
        assert browser.path == "/queue" and "Không có ai" in browser.text
        assert entry["state"] == "closed"
        trail = await console.signed_in("boss", Role.SUPERVISOR).open("/audit?subject=cuoc-1")
        assert "Nhận người đang chờ" in trail.text and "Trả lại cho trợ lý" in trail.text


async def test_a_reply_sent_twice_is_sent_once(open_console: OpenConsole) -> None:
    async with open_console() as console:
        entry = console.gateway.ask("cuoc-1", state="taken", by="lan")
        browser = await console.signed_in("lan", Role.OFFICER).open("/queue/cuoc-1")
        form = browser.page.pressing("Gửi")
        for _ in range(2):
            await browser.send(form.action, **{**form.fields, "text": "Chào bác"})
        assert [turn["text"] for turn in entry["turns"]] == ["gặp cán bộ", "Chào bác"]


async def test_what_another_has_taken_is_said_kindly_and_what_was_typed_stays(open_console: OpenConsole) -> None:
    async with open_console() as console:
        entry = console.gateway.ask("cuoc-1")
        console.hire("lan", Role.OFFICER, "Đặng Thị Lan")
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open("/queue/cuoc-1")
        await browser.press("Nhận giúp người này")
        entry |= {"by": "lan"}
        await browser.press("Gửi", text="Bác chờ cháu một chút")
        assert browser.response.status_code == 409
        assert "Đã có Đặng Thị Lan nhận" in browser.text
        assert "Bác chờ cháu một chút" in browser.text
        await browser.open("/queue/cuoc-1")
        assert "Nhận giúp người này" not in browser.page.buttons


async def test_a_gateway_that_is_away_costs_no_typed_word(open_console: OpenConsole) -> None:
    async with open_console() as console:
        console.gateway.ask("cuoc-1", state="taken", by="hoa")
        browser = await console.signed_in("hoa", Role.VOLUNTEER).open("/queue/cuoc-1")
        console.gateway.is_away = True
        await browser.press("Gửi", text="Bác chờ cháu")
        assert browser.response.status_code == 503
        assert "chưa được gửi" in browser.text and "Bác chờ cháu" in browser.text
        assert "chưa biết ai đang chờ" in (await browser.open("/queue")).text
        await browser.open("/queue/cuoc-1")
        console.gateway.is_away = False
        assert "Đã gửi" in (await browser.press("Gửi", text="Bác chờ cháu")).text


async def test_the_number_is_shown_to_who_took_it_and_that_is_noted(open_console: OpenConsole) -> None:
    async with open_console() as console:
        console.gateway.ask("cuoc-1", state="callback")
        mine, other = console.signed_in("lan", Role.OFFICER), console.signed_in("hoa", Role.VOLUNTEER)
        form = (await mine.open("/queue/cuoc-1")).page.pressing("Nhận giúp người này")
        assert PHONE not in mine.text
        await mine.press("Nhận giúp người này")
        assert PHONE in (await mine.press("Xem số điện thoại")).text
        csrf = (await other.open("/queue/cuoc-1")).page.pressing("Đăng xuất").fields["csrf"]
        refused = await other.send(form.action.replace("/take", "/phone"), csrf=csrf)
        assert refused.response.status_code == 409 and PHONE not in refused.text
        trail = await console.signed_in("boss", Role.SUPERVISOR).open("/audit?act=phone_shown")
        assert "lan" in trail.text and "hoa" not in trail.text
        await mine.open("/queue/cuoc-1")
        await mine.press("Xem số điện thoại")
        assert "Số điện thoại đã được xóa" in (await mine.press("Đã gọi xong")).text


async def test_a_page_that_looks_by_itself_keeps_nobody_signed_in(open_console: OpenConsole) -> None:
    async with open_console() as console:
        console.gateway.ask("cuoc-1")
        browser = await console.signed_in("lan", Role.OFFICER).open("/queue/cuoc-1")
        background = {"X-Background": "1", "HX-Request": "true"}
        seen = unescape(browser.response.text.partition("?seen=")[2].partition('"')[0])
        for _ in range(3):
            console.clock.advance(IDLE / 4)
            await browser.open(f"/queue/cuoc-1?seen={seen}", **background)
            assert browser.response.status_code == 204
        console.clock.advance(IDLE / 2)
        assert (await browser.open("/queue", **background)).response.status_code == 401


async def test_an_unknown_conversation_is_said_to_be_gone(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("lan", Role.OFFICER).open("/queue/khong-co")
        assert browser.response.status_code == 404 and "không còn ở đây" in browser.text

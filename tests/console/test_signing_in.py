"""Signing in by password: who gets in, who does not, and what is told about it."""

from collections.abc import AsyncIterator

import pytest

from console.people.sessions import IDLE, WHOLE_DAY
from console.people.tries import PER_ADDRESS, PER_LOGIN, WINDOW
from console.roles import Role
from tests.console.browsing import Browser
from tests.console.conftest import Console, OpenConsole

PASSWORD = "cầu vồng mùa gặt 7 con trâu"


@pytest.fixture
async def console(open_console: OpenConsole) -> AsyncIterator[Console]:
    async with open_console() as opened:
        token = opened.app.state.directory.invite("lan", name="Nguyễn Thị Lan", role=Role.VOLUNTEER, by="test")
        browser = await opened.browser().open(f"/welcome/{token}")
        await browser.press("Đặt mật khẩu", password=PASSWORD, again=PASSWORD)
        assert browser.path == "/sign-in"
        yield opened


async def _sign_in(browser: Browser, login: str = "lan", password: str = PASSWORD) -> Browser:
    await browser.open("/sign-in")
    return await browser.press("Đăng nhập", login=login, password=password)


async def test_with_the_right_password_one_is_in_until_signing_out(console: Console) -> None:
    browser = await _sign_in(console.browser(), login=" LAN ")
    assert browser.path == "/"
    assert "Chào Nguyễn Thị Lan" in browser.text
    await browser.press("Đăng xuất")
    assert "đã đăng xuất" in browser.text
    assert (await browser.open("/account")).path == "/sign-in"


async def test_both_databases_let_the_same_people_in(open_console: OpenConsole, url: str) -> None:
    async with open_console(MOTCUA_CONSOLE_URL=url) as console:
        admin = await console.signed_in("root", Role.ADMINISTRATOR).open("/people/new")
        await admin.press("Tạo đường dẫn mời", login="lan", name="Lan", role="editor", place="")
        browser = await console.browser().open(admin.text.partition("http://console")[2].split()[0])
        await browser.press("Đặt mật khẩu", password=PASSWORD, again=PASSWORD)
        assert "chưa đúng" in (await _sign_in(console.browser(), password="sai")).text
        assert "Chào Lan" in (await _sign_in(console.browser())).text
        await admin.open(f"/people/{console.app.state.directory.by_login('lan').id}")
        assert "Đã khóa tài khoản" in (await admin.press("Khóa tài khoản")).text
        assert "chưa đúng" in (await _sign_in(console.browser())).text
        assert "Nguyên vẹn" in (await admin.open("/audit/check")).text


async def test_one_comes_back_to_the_page_one_wanted(console: Console) -> None:
    browser = await console.browser().open("/account")
    assert browser.path == "/sign-in"
    assert (await browser.press("Đăng nhập", login="lan", password=PASSWORD)).path == "/account"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil"])
async def test_nobody_is_led_to_another_site(console: Console, elsewhere: str) -> None:
    browser = await console.browser().open("/sign-in")
    await browser.press("Đăng nhập", login="lan", password=PASSWORD, next=elsewhere)
    assert browser.response.url.host == "console"
    assert browser.path == "/"


@pytest.mark.parametrize(("login", "password"), [("lan", "sai mật khẩu rồi"), ("khong.co", PASSWORD), ("", ""), ("lan", "")])
async def test_what_is_wrong_is_not_told_apart(console: Console, login: str, password: str) -> None:
    browser = await _sign_in(console.browser(), login, password)
    assert browser.response.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in browser.text
    assert (await browser.open("/account")).path == "/sign-in"


async def test_a_login_that_no_database_keeps_is_refused(console: Console) -> None:
    browser = await _sign_in(console.browser(), "lan\0", "\0")
    assert browser.response.status_code == 400
    assert (await browser.open("/account")).path == "/sign-in"


@pytest.mark.parametrize("login", ["lan", "khong.co"])
async def test_guessing_is_stopped_for_a_while_whether_there_is_such_a_login_or_not(console: Console, login: str) -> None:
    for _ in range(PER_LOGIN):
        assert "chưa đúng" in (await _sign_in(console.browser(), login, "đoán mò")).text
    assert "Đã nhập sai nhiều lần" in (await _sign_in(console.browser(), login)).text
    console.clock.advance(WINDOW + 1)
    locked = await _sign_in(console.browser(), login)
    assert ("Chào" in locked.text) is (login == "lan")


async def test_guessing_many_logins_from_one_address_is_stopped_for_that_address(console: Console) -> None:
    tries = console.app.state.signing_in._tries
    with console.app.state.foundation.database.writing() as connection:
        for number in range(PER_ADDRESS):
            assert tries.allow(connection, at=console.clock(), login=f"login.{number}", address="203.0.113.9")
    assert "Đã nhập sai nhiều lần" in (await _sign_in(console.browser(address="203.0.113.9"))).text
    assert "Chào" in (await _sign_in(console.browser(address="203.0.113.10"))).text


async def test_the_right_password_lets_earlier_slips_be_forgotten(console: Console) -> None:
    for _ in range(3):
        for _ in range(PER_LOGIN - 1):
            await _sign_in(console.browser(), password="lỡ tay")
        assert "Chào" in (await _sign_in(console.browser())).text


@pytest.mark.parametrize(("seconds", "is_in"), [(IDLE - 5, True), (IDLE + 5, False)])
async def test_a_session_ends_when_nothing_is_done(console: Console, seconds: float, is_in: bool) -> None:
    browser = await _sign_in(console.browser())
    console.clock.advance(seconds)
    assert ((await browser.open("/account")).path == "/account") is is_in


async def test_a_session_ends_after_a_day_s_work_however_busy(console: Console) -> None:
    browser, begun = await _sign_in(console.browser()), console.clock()
    while console.clock() < begun + WHOLE_DAY - IDLE:
        console.clock.advance(IDLE - 60)
        assert (await browser.open("/account")).path == "/account"
    console.clock.advance(IDLE + 60)
    assert (await browser.open("/account")).path == "/sign-in"


async def test_signing_in_begins_a_session_that_nobody_could_have_known_before(console: Console) -> None:
    browser = await console.browser().open("/sign-in")
    before = browser.client.cookies["console"]
    await browser.press("Đăng nhập", login="lan", password=PASSWORD)
    assert browser.client.cookies["console"] != before


async def test_the_cookie_is_for_no_script_no_other_site_and_behind_https_for_it_alone(open_console: OpenConsole) -> None:
    async with open_console(url="https://console.example") as console:
        response = await console.browser().client.get("/sign-in")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-console=")
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert part in cookie
    assert "max-age" in response.headers["strict-transport-security"]


async def test_a_cookie_that_was_changed_is_nobody_s(console: Console) -> None:
    browser = await _sign_in(console.browser())
    signed = browser.client.cookies["console"]
    browser.client.cookies.clear()
    browser.client.cookies.set("console", signed[:-2] + ("AA" if signed[-2:] != "AA" else "BB"))
    assert (await browser.open("/account")).path == "/sign-in"


async def test_what_is_asked_in_the_background_after_the_session_ended_leads_to_the_sign_in_page(console: Console) -> None:
    response = await console.browser().client.get("/account", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["hx-redirect"].startswith("/sign-in")


async def test_another_password_ends_the_sessions_elsewhere(console: Console) -> None:
    here, there = await _sign_in(console.browser()), await _sign_in(console.browser())
    await here.open("/account")
    assert "trên 2 thiết bị" in here.text
    new = "bốn mùa gió bấc thổi qua đồng"
    assert "chưa đúng" in (await here.press("Đổi mật khẩu", old="sai", password=new, again=new)).text
    assert "chưa giống nhau" in (await here.press("Đổi mật khẩu", old=PASSWORD, password=new, again=new + "x")).text
    assert "Đã đổi mật khẩu" in (await here.press("Đổi mật khẩu", old=PASSWORD, password=new, again=new)).text
    assert (await there.open("/account")).path == "/sign-in"
    assert "chưa đúng" in (await _sign_in(console.browser())).text
    assert "Chào" in (await _sign_in(console.browser(), password=new)).text


async def test_one_signs_out_everywhere_else(console: Console) -> None:
    here, there = await _sign_in(console.browser()), await _sign_in(console.browser())
    await here.open("/account")
    assert "Đã đăng xuất trên các thiết bị khác" in (await here.press("Đăng xuất các thiết bị khác")).text
    assert (await there.open("/account")).path == "/sign-in"


async def test_nothing_typed_as_a_login_by_mistake_is_written_down(console: Console) -> None:
    await _sign_in(console.browser(), login=PASSWORD, password="lan")
    admin = await console.signed_in("admin", Role.ADMINISTRATOR).open("/audit")
    assert "Đăng nhập sai" in admin.text
    assert "cầu vồng" not in admin.text

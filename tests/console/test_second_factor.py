"""The second factor: set up, asked for, used once, recovered, removed."""

import re

import pyotp
import pytest

from console.people.second_factor import STEP, picture
from console.roles import Role
from tests.console.browsing import Browser
from tests.console.conftest import Clock, Console, OpenConsole

PASSWORD = "cầu vồng mùa gặt 7 con trâu"


def _code(secret: str, clock: Clock, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock()) + steps * STEP)


def _secret(browser: Browser) -> str:
    found = re.search(r"gõ: ([A-Z2-7]{32})", browser.text)
    assert found
    return found[1]


async def _come_in(console: Console, login: str, role: Role) -> Browser:
    """Somebody invited, with a password, just signed in."""
    token = console.app.state.directory.invite(login, name=login, role=role, by="test")
    browser = await console.browser().open(f"/welcome/{token}")
    await browser.press("Đặt mật khẩu", password=PASSWORD, again=PASSWORD)
    return await _password(browser, login)


async def _password(browser: Browser, login: str) -> Browser:
    await browser.open("/sign-in")
    return await browser.press("Đăng nhập", login=login, password=PASSWORD)


async def _with_code(console: Console, login: str = "lan", role: Role = Role.EDITOR) -> tuple[Browser, str, list[str]]:
    browser = await (await _come_in(console, login, role)).open("/account/code")
    secret = _secret(browser)
    await browser.press("Xong", code=_code(secret, console.clock))
    return browser, secret, re.findall(r"\w{4}-\w{4}-\w{4}", browser.text)


async def test_an_administrator_sets_it_up_before_anything_else(open_console: OpenConsole) -> None:
    async with open_console(MOTCUA_SECOND_FACTOR_FOR="administrator") as console:
        browser = await _come_in(console, "root", Role.ADMINISTRATOR)
        assert browser.path == "/account/code"
        assert (await browser.open("/people")).path == "/account/code"
        secret = _secret(browser)
        assert "Mã chưa đúng" in (await browser.press("Xong", code="000000")).text
        assert _secret(browser) == secret  # the app need not scan once more
        await browser.press("Xong", code=_code(secret, console.clock))
        assert len(re.findall(r"\w{4}-\w{4}-\w{4}", browser.text)) == 10
        assert (await browser.open("/people")).path == "/people"
        await browser.open("/account/code")
        assert "Bỏ mã xác thực" not in browser.text
        token = browser.page.pressing("Tạo mã dự phòng mới").fields["csrf"]
        await browser.send("/account/code/remove", csrf=token, password=PASSWORD)
        assert browser.response.status_code == 409


async def test_it_is_asked_for_after_the_password_and_a_code_is_good_once(open_console: OpenConsole) -> None:
    async with open_console() as console:
        _, secret, _ = await _with_code(console)
        browser = await _password(console.browser(), "lan")
        assert browser.path == "/sign-in/code"
        used = await browser.press("Tiếp tục", code=_code(secret, console.clock))
        assert "Mã chưa đúng hoặc đã dùng rồi" in used.text
        console.clock.advance(STEP)
        code = _code(secret, console.clock)
        assert (await browser.press("Tiếp tục", code=f"{code[:3]} {code[3:]}")).path == "/"
        again = await _password(console.browser(), "lan")
        assert "đã dùng rồi" in (await again.press("Tiếp tục", code=code)).text


@pytest.mark.parametrize(("steps", "is_in"), [(-2, False), (1, True), (2, False)])
async def test_clocks_may_differ_by_half_a_minute(open_console: OpenConsole, steps: int, is_in: bool) -> None:
    async with open_console() as console:
        _, secret, _ = await _with_code(console)
        console.clock.advance(10 * STEP)
        browser = await _password(console.browser(), "lan")
        await browser.press("Tiếp tục", code=_code(secret, console.clock, steps))
        assert (browser.path == "/") is is_in


async def test_guessing_codes_is_stopped(open_console: OpenConsole) -> None:
    async with open_console() as console:
        _, secret, _ = await _with_code(console)
        console.clock.advance(STEP)
        browser = await _password(console.browser(), "lan")
        for _ in range(6):
            await browser.press("Tiếp tục", code="000000")
        assert "Đã nhập sai nhiều lần" in (await browser.press("Tiếp tục", code=_code(secret, console.clock))).text


async def test_a_recovery_code_stands_in_for_the_telephone_once(open_console: OpenConsole) -> None:
    async with open_console() as console:
        _, _, codes = await _with_code(console)
        browser = await _password(console.browser(), "lan")
        assert (await browser.press("Tiếp tục", code=codes[3].upper().replace("-", " "))).path == "/"
        assert "Còn 9 mã dự phòng" in (await browser.open("/account")).text
        again = await _password(console.browser(), "lan")
        assert (await again.press("Tiếp tục", code=codes[3])).path == "/sign-in/code"


async def test_new_recovery_codes_void_the_old_ones(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser, _, old = await _with_code(console)
        await browser.open("/account/code")
        assert "chưa đúng" in (await browser.press("Tạo mã dự phòng mới", password="sai")).text
        await browser.press("Tạo mã dự phòng mới", password=PASSWORD)
        assert not set(old) & set(re.findall(r"\w{4}-\w{4}-\w{4}", browser.text))
        again = await _password(console.browser(), "lan")
        assert (await again.press("Tiếp tục", code=old[0])).path == "/sign-in/code"


async def test_it_is_removed_with_the_password(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser, _, _ = await _with_code(console)
        await browser.open("/account/code")
        token = browser.page.pressing("Tạo mã dự phòng mới").fields["csrf"]
        await browser.send("/account/code/remove", csrf=token, password=PASSWORD)
        assert "Đã bỏ mã xác thực" in browser.text
        assert (await _password(console.browser(), "lan")).path == "/"


async def test_an_offer_made_to_another_or_long_ago_is_not_taken(open_console: OpenConsole) -> None:
    async with open_console() as console:
        mine, theirs = await _come_in(console, "mine", Role.EDITOR), await _come_in(console, "theirs", Role.EDITOR)
        offer = (await theirs.open("/account/code")).page.pressing("Xong").fields["offer"]
        code = _code(_secret(theirs), console.clock)
        await mine.open("/account/code")
        assert "Mã chưa đúng" in (await mine.press("Xong", offer=offer, code=code)).text
        await mine.open("/account/code")
        assert (await mine.press("Xong", offer="x" * 40, code=code)).response.status_code == 400


async def test_a_code_encrypted_with_another_secret_of_the_console_lets_nobody_in(open_console: OpenConsole) -> None:
    async with open_console() as console:
        _, secret, _ = await _with_code(console)
    async with open_console(MOTCUA_CONSOLE_SECRET="another secret of a test " * 2) as console:
        console.clock.advance(STEP)
        browser = await _password(console.browser(), "lan")
        assert "chưa đúng" in (await browser.press("Tiếp tục", code=_code(secret, console.clock))).text


def test_the_picture_needs_no_style_of_its_own() -> None:
    drawn = picture(pyotp.random_base32(), "lan")
    assert drawn.startswith("<svg")
    assert "style" not in drawn

"""Administrators invite, change, lock and let in again; nobody locks everybody out."""

import re
from collections.abc import AsyncIterator

import pytest

from console.people.links import HOURS
from console.roles import Role
from tests.console.browsing import Browser
from tests.console.conftest import Console, OpenConsole

PASSWORD = "cầu vồng mùa gặt 7 con trâu"
LAN = {"login": "lan", "name": "Nguyễn Thị Lan", "role": "volunteer", "place": "09313"}


@pytest.fixture
async def console(open_console: OpenConsole) -> AsyncIterator[Console]:
    async with open_console() as opened:
        yield opened


@pytest.fixture
async def admin(console: Console) -> Browser:
    return console.signed_in("root", Role.ADMINISTRATOR)


def _link(browser: Browser) -> str:
    found = re.search(r"http://console(/welcome/[\w-]+)", browser.text)
    assert found
    return found[1]


async def _invite(admin: Browser, console: Console, **changed: str) -> str:
    place = next(iter(console.app.state.places))
    await admin.open("/people/new")
    return _link(await admin.press("Tạo đường dẫn mời", **{**LAN, "place": place, **changed}))


async def _choose(console: Console, link: str) -> Browser:
    browser = await console.browser().open(link)
    return await browser.press("Đặt mật khẩu", password=PASSWORD, again=PASSWORD)


async def test_an_invitation_lets_in_once(admin: Browser, console: Console) -> None:
    link = await _invite(admin, console)
    browser = await console.browser().open(link)
    assert "Chào Nguyễn Thị Lan" in browser.text
    assert "ít nhất 12 ký tự" in (await browser.press("Đặt mật khẩu", password="ngắn", again="ngắn")).text
    assert "chưa giống nhau" in (await browser.press("Đặt mật khẩu", password=PASSWORD, again="khác")).text
    await browser.press("Đặt mật khẩu", password=PASSWORD, again=PASSWORD)
    assert (await browser.press("Đăng nhập", login="lan", password=PASSWORD)).path == "/"
    assert "đã dùng hoặc đã hết hạn" in (await console.browser().open(link)).text
    assert "Tình nguyện viên" in (await admin.open("/people")).text


async def test_an_invitation_runs_out_and_a_new_one_voids_the_old(admin: Browser, console: Console) -> None:
    first = await _invite(admin, console)
    person = console.app.state.directory.by_login("lan").id
    await admin.open(f"/people/{person}")
    second = _link(await admin.press("Tạo đường dẫn mới"))
    assert (await console.browser().open(first)).response.status_code == 404
    assert (await console.browser().open(second)).response.status_code == 200
    console.clock.advance(HOURS * 3600 + 1)
    assert (await console.browser().open(second)).response.status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("login", "lê lan", "chữ không dấu"),
        ("login", "root", "đã có người dùng"),
        ("name", " ", "họ và tên"),
        ("name", "x" * 129, "họ và tên"),
        ("role", "boss", "một vai trò"),
        ("place", "99999", "một phường, xã"),
    ],
)
async def test_what_is_wrong_in_an_invitation_is_told_beside_the_field(
    admin: Browser, console: Console, field: str, typed: str, told: str
) -> None:
    await admin.open("/people/new")
    await admin.press("Tạo đường dẫn mời", **{**LAN, "place": "", field: typed})
    assert admin.response.status_code == 422
    assert told in admin.text
    assert f'id="{field}-problem"' in admin.response.text
    assert console.app.state.directory.by_login("lan") is None


async def test_another_role_counts_from_the_next_sign_in(admin: Browser, console: Console) -> None:
    await _choose(console, await _invite(admin, console))
    lan = console.app.state.directory.by_login("lan")
    browser = console.browser(console.session(lan.id))
    await admin.open(f"/people/{lan.id}")
    await admin.press("Lưu thay đổi", name="Nguyễn Lan", role="supervisor", place="")
    assert "Đã lưu thay đổi" in admin.text
    assert (await browser.open("/")).path == "/sign-in"
    again = console.browser(console.session(lan.id))
    assert (await again.open("/audit")).response.status_code == 200
    assert (await again.open("/people")).response.status_code == 403


async def test_who_is_locked_is_out_at_once_and_comes_back_when_unlocked(admin: Browser, console: Console) -> None:
    await _choose(console, await _invite(admin, console))
    lan = console.app.state.directory.by_login("lan")
    browser = console.browser(console.session(lan.id))
    await admin.open(f"/people/{lan.id}")
    assert "Đã khóa tài khoản" in (await admin.press("Khóa tài khoản")).text
    assert (await browser.open("/account")).path == "/sign-in"
    assert "chưa đúng" in (await browser.press("Đăng nhập", login="lan", password=PASSWORD)).text
    assert "Đã mở khóa" in (await admin.press("Mở khóa tài khoản")).text
    await browser.open("/sign-in")
    assert (await browser.press("Đăng nhập", login="lan", password=PASSWORD)).path == "/"


async def test_who_lost_the_password_begins_anew(admin: Browser, console: Console) -> None:
    await _choose(console, await _invite(admin, console))
    lan = console.app.state.directory.by_login("lan")
    browser = console.browser(console.session(lan.id))
    await admin.open(f"/people/{lan.id}")
    link = _link(await admin.press("Đặt lại cách đăng nhập"))
    assert (await browser.open("/account")).path == "/sign-in"
    assert "chưa đúng" in (await browser.press("Đăng nhập", login="lan", password=PASSWORD)).text
    assert (await _choose(console, link)).path == "/sign-in"


async def test_the_last_administrator_stays(admin: Browser, console: Console) -> None:
    root = console.app.state.directory.by_login("root").id
    await admin.open(f"/people/{root}")
    await admin.press("Lưu thay đổi", name="root", role="editor", place="")
    assert "người quản trị cuối cùng" in admin.text
    token = admin.page.pressing("Lưu thay đổi").fields["csrf"]
    for act in ("deactivate", "reset"):
        assert (await admin.send(f"/people/{root}/{act}", csrf=token)).response.status_code == 409
    second = console.signed_in("second", Role.ADMINISTRATOR)
    await second.open(f"/people/{root}")
    assert "Đã khóa" in (await second.press("Khóa tài khoản")).text


async def test_every_change_is_in_the_audit_trail_with_who_made_it(admin: Browser, console: Console) -> None:
    await _invite(admin, console)
    lan = console.app.state.directory.by_login("lan").id
    await admin.open(f"/people/{lan}")
    await admin.press("Lưu thay đổi", name="Lan", role="editor", place="")
    await admin.press("Khóa tài khoản")
    await admin.open("/audit?by=root")
    told = admin.text
    for sentence in ("Mời người mới", "Vai trò: Biên tập viên", "Vai trò cũ: Tình nguyện viên", "Khóa tài khoản"):
        assert sentence in told


@pytest.mark.parametrize("path", ["/people/999999", "/people/99999999999999999999", "/people/0", "/people/abc"])
async def test_somebody_who_is_not_there_is_a_page_not_a_failure(admin: Browser, path: str) -> None:
    assert (await admin.open(path)).response.status_code in (400, 404)
    assert "Về trang đầu" in admin.text

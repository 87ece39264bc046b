"""Whole ways through the console: with the keyboard alone, without JavaScript, and with nothing asked of others."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from console.roles import Role
from tests.browser.console.conftest import OpenAs
from tests.browser.console.site import PASSWORD, Console


def _type_into(page: Page, label: str, text: str) -> None:
    """Tabs to a field and types."""
    field = page.get_by_label(label, exact=True)
    for _ in range(60):
        if field.evaluate("(it) => it === document.activeElement"):
            page.keyboard.type(text)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Sixty times Tab did not reach {label!r}")


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_somebody_invited_comes_in_with_the_keyboard_and_sets_a_second_factor_up(
    open_as: OpenAs, console: Console, java_script: bool
) -> None:
    login = f"phim{int(java_script)}"
    page = open_as(None, console.hire(login, Role.SUPERVISOR, "Hoàng Bàn Phím"), java_script_enabled=java_script)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    _type_into(page, "Mật khẩu mới", PASSWORD)
    _type_into(page, "Nhập lại mật khẩu mới", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã đặt mật khẩu")).to_be_visible()
    _type_into(page, "Tên đăng nhập", login)
    _type_into(page, "Mật khẩu", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Chào Hoàng Bàn Phím")).to_be_visible()
    page.goto("/account/code")
    page.locator("main summary").press("Enter")
    secret = page.locator(".secret").inner_text()
    _type_into(page, "Mã 6 chữ số", pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mã dự phòng của Anh/Chị")).to_be_visible()
    assert len(re.findall(r"\w{4}-\w{4}-\w{4}", page.locator(".codes").inner_text())) == 10


def test_an_error_is_reached_from_its_summary(open_as: OpenAs) -> None:
    page = open_as("root", "/people/new")
    page.get_by_role("button", name="Tạo đường dẫn mời").click()
    expect(page).to_have_title(re.compile("^Lỗi: "))
    page.wait_for_load_state()
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()


def test_nothing_is_asked_of_others_and_nothing_is_refused_by_the_policy(open_as: OpenAs, console: Console) -> None:
    page = open_as("root", "/")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in (
        "/",
        "/people",
        "/people/new",
        "/audit",
        "/switch",
        "/account",
        "/account/code",
        "/conversations",
        "/proposals",
        "/dashboards",
        "/guides",
        "/guides/1.001193",
    ):
        page.goto(path, wait_until="networkidle")
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(console.url)] == []
    assert said == []


def test_pages_show_nothing_once_signed_out_even_by_going_back(open_as: OpenAs) -> None:
    page = open_as("root", "/people")
    expect(page.get_by_role("heading", name="Người dùng", level=1)).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("đã đăng xuất")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Đăng nhập", level=1)).to_be_visible()

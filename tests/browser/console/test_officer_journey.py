"""An officer helps somebody who asked for a person: both in real browsers, over a real gateway."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import ask, write
from tests.browser.conftest import OpenPage
from tests.browser.console.conftest import OFFICER, OpenAs


def _open_last(desk: Page) -> None:
    desk.locator("h2:has-text('Đang chờ') + ol a").last.click()


def test_an_officer_takes_answers_and_gives_back(
    open_page: OpenPage, at_counter: OpenAs, keep_picture: Callable[[Page, str], None]
) -> None:
    desk = at_counter("lan", "/queue", viewport={"width": 1100, "height": 900})
    citizen = open_page()
    ask(citizen, "cho tôi gặp cán bộ")
    expect(desk.get_by_role("heading", name="Đang chờ (1)")).to_be_visible()  # by itself
    keep_picture(desk, "console-queue-waiting")
    _open_last(desk)
    desk.get_by_role("button", name="Nhận giúp người này").click()
    expect(citizen.get_by_text("trợ lý máy tạm dừng")).to_be_visible()
    desk.get_by_label("Trả lời người dân").fill("Chào bác, bác")
    write(citizen, "Tôi mất giấy chứng sinh, căn cước 001099012345")
    expect(desk.locator(".turn.citizen").last).to_contain_text("Tôi mất giấy chứng sinh")
    assert "001099012345" not in desk.content()
    expect(desk.get_by_label("Trả lời người dân")).to_have_value("Chào bác, bác")
    desk.get_by_label("Trả lời người dân").fill("Chào bác, bác mang theo người làm chứng ạ.")
    keep_picture(desk, "console-queue-conversation")
    desk.get_by_role("button", name="Gửi").click()
    expect(desk.get_by_text("Đã gửi.")).to_be_visible()
    expect(citizen.get_by_text("bác mang theo người làm chứng ạ.")).to_have_count(1)
    desk.get_by_role("button", name="Xong, trả lại cho trợ lý").click()
    expect(citizen.get_by_text("trả lời tiếp từ đây")).to_be_visible()


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_of_two_who_take_one_reads_who_has_it(open_page: OpenPage, at_counter: OpenAs, java_script: bool) -> None:
    ask(open_page(), "cho tôi gặp cán bộ")
    desks = [at_counter(login, "/queue", java_script_enabled=java_script) for login in ("lan", "hoa")]
    for desk in desks:
        _open_last(desk)
        expect(desk.get_by_role("button", name="Nhận giúp người này")).to_be_visible()
    for desk in desks:
        desk.get_by_role("button", name="Nhận giúp người này").press("Enter")
    expect(desks[1].get_by_text(f"Đã có {OFFICER} nhận")).to_be_visible()
    desks[0].get_by_role("button", name="Xong, trả lại cho trợ lý").click()

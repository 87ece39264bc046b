"""Figures as charts and as tables, and a guide changed from the keyboard, with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from console.roles import Role
from tests.browser.console.conftest import OpenAs
from tests.browser.console.site import Console
from tests.browser.console.turns import keep_turns
from tests.console.checkouts import git


def _editor(console: Console) -> str:
    directory = console.app.state.directory
    if not directory.by_login("lan"):
        console.hire("lan", Role.EDITOR, "Nguyễn Thị Lan")
    return "lan"


def _first_table(page: Page) -> list[str]:
    return [cell.inner_text() for cell in page.locator("figure table").first.locator("tbody tr").last.locator("th, td").all()]


def test_each_chart_has_its_numbers_in_a_table_which_is_all_there_is_without_javascript(
    open_as: OpenAs, console: Console
) -> None:
    keep_turns(console)
    plain = open_as("root", "/dashboards", java_script_enabled=False)
    expect(plain.locator("figure table").first).to_be_visible()
    expect(plain.locator("canvas")).to_have_count(0)
    told = _first_table(plain)
    assert int(told[1]) > 0
    page = open_as("root", "/dashboards")
    expect(page.locator("figure canvas")).to_have_count(page.locator("figure").count())
    expect(page.locator("figure table").first).to_be_hidden()
    page.locator("figure summary").first.press("Enter")
    expect(page.locator("figure table").first).to_be_visible()
    assert _first_table(page) == told


def test_the_answer_follows_what_is_typed(open_as: OpenAs, console: Console) -> None:
    page = open_as(_editor(console), "/guides/1.001193")
    preview = page.get_by_role("region", name="Trợ lý sẽ trả lời")
    page.get_by_label("Tóm tắt").fill("Ghi nhận một em bé vừa chào đời.")
    expect(preview).to_contain_text("Ghi nhận một em bé vừa chào đời.")
    page.get_by_label("Tóm tắt").fill("Giúp bạn khai sinh.")
    expect(preview).to_contain_text("Tóm tắt: có từ “bạn”")
    preview.get_by_role("link", name="Tóm tắt").press("Enter")
    expect(page.locator("#summary")).to_be_in_viewport()


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without"])
def test_a_guide_is_changed_and_saved_with_the_keyboard(open_as: OpenAs, console: Console, java_script: bool) -> None:
    page = open_as(_editor(console), "/guides/1.001193", java_script_enabled=java_script)
    page.get_by_role("button", name="Thêm văn bản").press("Enter")
    entry = page.get_by_role("group", name="Văn bản").last
    entry.get_by_label("Số hiệu").press_sequentially(number := f"{int(java_script) + 1}/2026/TT-BTP")
    page.keyboard.press("Tab")
    page.keyboard.type("Thông tư thử")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # in a field of one line: shows the answer, saves nothing
    expect(page.get_by_role("region", name="Trợ lý sẽ trả lời")).to_contain_text(number)
    page.get_by_role("button", name="Lưu bản sửa").first.press("Enter")
    expect(page.get_by_text("Đã lưu bản sửa")).to_be_visible()
    checkout = console.app.state.settings.guides_checkout
    assert f"+  - number: {number}" in git(checkout, "diff", "main", "guides/1.001193-lan")
    assert git(checkout, "status", "--porcelain") == ""

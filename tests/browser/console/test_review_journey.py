"""Finding a conversation, correcting it by keyboard, and taking the proposal away; and reading it all without JavaScript."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.conversations.filters import chosen_filters
from motcua.conversations.finding import find_turns
from motcua.conversations.reading import opinions_of
from tests.browser.console.conftest import OpenAs
from tests.browser.console.site import Console
from tests.browser.console.turns import BIRTH, keep_turns


@pytest.fixture(autouse=True)
def said(console: Console) -> Iterator[str]:
    """A new conversation in each test, of which a word of its own is found."""
    yield keep_turns(console)


def _verdicts(console: Console, word: str) -> list[tuple[str, bool, str | None]]:
    with console.app.state.conversations.reading() as connection:
        turns = find_turns(connection, chosen_filters(text=word)).turns
        return [
            (turn["said"].split(" ")[0], given.is_right, given.procedure)
            for turn in turns
            for given in opinions_of(connection, turn["id"]).reviews
        ]


def _find(page: Page, word: str) -> None:
    page.get_by_label("Tìm trong lời người dân").fill(word)
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 lượt.")).to_be_visible()


def test_a_correction_is_three_keys_from_the_list(open_as: OpenAs, console: Console, said: str) -> None:
    page = open_as("root", "/conversations")
    _find(page, said)
    for key in ("j", "s"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Thủ tục: Đăng ký khai sinh")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("[data-row]").nth(1).locator("a").first).to_be_focused()
    assert _verdicts(console, said) == [("ba", False, BIRTH)]
    page.keyboard.press("d")
    expect(page.locator("[data-row]").nth(2).locator("a").first).to_be_focused()
    assert _verdicts(console, said) == [("ba", False, BIRTH), ("hai", True, None)]


def test_from_a_search_to_a_proposal_that_is_downloaded(open_as: OpenAs, said: str, tmp_path: Path) -> None:
    page = open_as("root", "/conversations")
    _find(page, said)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Một cuộc trò chuyện")).to_be_visible()
    for key in ("j", "j", "s"):
        page.keyboard.press(key)
    page.keyboard.press("1")
    expect(page.get_by_text("Đã lưu chỗ sửa")).to_be_visible()
    expect(page.get_by_text("thủ tục đúng là Đăng ký khai sinh")).to_be_visible()
    page.goto("/proposals")
    with page.expect_download() as download:
        page.get_by_role("link", name="đề xuất (zip)").click()
    download.value.save_as(packed := tmp_path / "de-xuat.zip")
    with zipfile.ZipFile(packed) as archive:
        (name,) = [name for name in archive.namelist() if BIRTH in name]
        assert said in archive.read(name).decode()


def test_the_whole_form_corrects_with_the_keyboard_alone(open_as: OpenAs, console: Console, said: str) -> None:
    page = open_as("root", f"/conversations?q={said}")
    for key in ("j", "s"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Sửa bằng biểu mẫu đầy đủ")).to_be_visible()
    page.keyboard.press("0")
    expect(page.get_by_role("heading", name="Sửa một lượt")).to_be_visible()
    page.get_by_label("Thủ tục đúng").focus()
    page.keyboard.type(BIRTH)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã lưu chỗ sửa")).to_be_visible()
    assert _verdicts(console, said) == [("ba", False, BIRTH)]


def test_keys_are_not_taken_from_a_field_and_can_be_switched_off_for_good(open_as: OpenAs, console: Console, said: str) -> None:
    page = open_as("root", "/conversations")
    _find(page, said)
    page.keyboard.press("/")
    page.keyboard.type("jds?")
    expect(page.get_by_label("Tìm trong lời người dân")).to_have_value("jds?")
    page.get_by_role("button", name="Phím tắt đang bật").press("Enter")
    page.goto(f"/conversations?q={said}")
    expect(page.get_by_role("button", name="Phím tắt đang tắt")).to_be_visible()
    for key in ("j", "d", "?"):
        page.keyboard.press(key)
    expect(page.locator("dialog")).to_be_hidden()
    assert _verdicts(console, said) == []


def test_the_keys_are_shown_on_asking_and_put_away_by_escape(open_as: OpenAs) -> None:
    page = open_as("root", "/conversations")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()


def test_what_is_open_below_a_turn_is_put_away_by_escape(open_as: OpenAs, said: str) -> None:
    page = open_as("root", f"/conversations?q={said}")
    page.keyboard.press("s")
    expect(page.get_by_text("Lẽ ra phải hiểu là")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Lẽ ra phải hiểu là")).to_be_hidden()


def test_without_java_script_everything_is_read_and_corrected(open_as: OpenAs, console: Console, said: str) -> None:
    page = open_as("root", "/conversations", java_script_enabled=False)
    _find(page, said)
    expect(page.get_by_role("button", name="Phím tắt")).to_be_hidden()
    page.get_by_role("link", name="Sai, sửa lại").first.click()
    expect(page.get_by_role("heading", name="Sửa một lượt")).to_be_visible()
    page.get_by_role("link", name="Cuộc trò chuyện").click()
    page.get_by_text("Vì sao trả lời như vậy").last.click()
    expect(page.get_by_role("cell", name="làm giấy khai sinh")).to_be_visible()
    page.get_by_text("Sai, sửa lại").last.click()
    page.get_by_role("button", name="Thủ tục: Đăng ký khai sinh").click()
    expect(page.get_by_text("Đã lưu chỗ sửa")).to_be_visible()
    assert _verdicts(console, said) == [("ba", False, BIRTH)]

"""A person answers on the chat page: it comes by itself, without JavaScript after a look, and anybody can read it."""

import uuid
from collections.abc import Callable, Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.asking import ask
from tests.browser.conftest import OpenPage
from tests.browser.site import STAFF_TOKEN, Site
from tests.browser.test_accessibility import RULES

WRITTEN = "Chào bác, bác mang theo thẻ căn cước. Cháu chờ bác ở quầy số 3."
OFF = "Trợ lý nghỉ đến 10 giờ để sửa lệ phí."


@pytest.fixture
def staff(site: Site) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {STAFF_TOKEN}"}
    with httpx.Client(base_url=f"{site.url}/staff", headers=headers) as client:
        yield client


def take(staff: httpx.Client) -> str:
    """Takes the conversation that has asked last."""
    conversation: str = staff.get("/queue").json()[-1]["conversation"]
    staff.post(f"/conversations/{conversation}/take", json={"by": "lan"}).raise_for_status()
    return conversation


def answer(staff: httpx.Client, conversation: str) -> None:
    written = {"by": "lan", "id": uuid.uuid4().hex, "text": WRITTEN}
    staff.post(f"/conversations/{conversation}/reply", json=written).raise_for_status()


def test_what_a_person_writes_comes_by_itself(
    open_page: OpenPage, staff: httpx.Client, keep_picture: Callable[[Page, str], None]
) -> None:
    page = open_page(viewport={"width": 412, "height": 900})
    ask(page, "cho tôi gặp cán bộ")
    expect(page.get_by_text("đã báo người hỗ trợ")).to_be_visible()  # others may wait before
    conversation = take(staff)
    expect(page.get_by_text("trợ lý máy tạm dừng")).to_be_visible()
    answer(staff, conversation)
    expect(page.get_by_text(WRITTEN)).to_have_count(1)
    expect(page.get_by_role("heading", name="Người hỗ trợ")).to_have_count(1)
    staff.post(f"/conversations/{conversation}/back", json={"by": "lan"}).raise_for_status()
    expect(page.get_by_text("trả lời tiếp từ đây")).to_be_visible()
    keep_picture(page, "people-journey")
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.reload()
    expect(page.get_by_text(WRITTEN)).to_have_count(1)
    ask(page, "lệ phí khai sinh")
    expect(page.get_by_text("Lệ phí").first).to_be_visible()


def test_without_javascript_it_is_there_after_a_look(open_page: OpenPage, staff: httpx.Client) -> None:
    page = open_page(java_script_enabled=False)
    ask(page, "cho tôi gặp cán bộ")
    conversation = take(staff)
    ask(page, "tôi cần làm lại khai sinh")
    answer(staff, conversation)
    page.get_by_role("link", name="Xem tin mới").last.click()
    expect(page.get_by_text(WRITTEN)).to_be_visible()
    staff.post(f"/conversations/{conversation}/back", json={"by": "lan"}).raise_for_status()


def test_on_a_narrow_page_nothing_is_cut_off(open_page: OpenPage, staff: httpx.Client) -> None:
    page = open_page(viewport={"width": 320, "height": 700})
    ask(page, "cho tôi gặp cán bộ")
    answer(staff, take(staff))
    expect(page.get_by_text(WRITTEN)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_notice_of_a_switched_off_assistant_is_read_by_anybody(
    open_page: OpenPage, staff: httpx.Client, keep_picture: Callable[[Page, str], None], theme: str
) -> None:
    try:
        staff.put("/switch", json={"by": "lan", "is_off": True, "notice": OFF}).raise_for_status()
        page = open_page()
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        expect(page.get_by_text(OFF)).to_be_visible()
        keep_picture(page, f"switched-off-{theme}")
        assert Axe().run(page, options=RULES).response["violations"] == []
    finally:
        staff.put("/switch", json={"by": "lan", "is_off": False}).raise_for_status()

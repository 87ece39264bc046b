"""The page before the real assistant: the same journey, with real answers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.asking import ask
from tests.stack import Stack


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    with browser.new_context() as context:
        opened = context.new_page()
        opened.goto(stack.url)
        yield opened


def test_a_citizen_goes_from_question_to_follow_up_to_dossier(page: Page) -> None:
    answer = ask(page, "Đăng ký kết hôn cần giấy tờ gì?")
    expect(answer.get_by_role("heading", name="Đăng ký kết hôn")).to_be_visible()
    expect(answer.get_by_role("checkbox").first).to_be_visible()
    expect(answer.locator(".source")).to_contain_text("Nguồn: Cổng Dịch vụ công quốc gia")
    expect(ask(page, "còn lệ phí thì sao").get_by_role("table", name="Lệ phí")).to_be_visible()
    expect(ask(page, "000.00.12.H05-261101-0003")).to_contain_text("000.00.12.H05-261101-0003")


def test_a_citizen_chooses_a_procedure_and_prints_its_list(page: Page) -> None:
    ask(page, "thẻ bảo hiểm y tế")
    page.locator(".choice").first.click()
    expect(page.locator(".citizen").last).to_contain_text(re.compile(r"1\. \S+"))
    page.get_by_role("link", name="In giấy tờ cần mang").last.click()
    expect(page.get_by_role("heading", name="Giấy tờ cần mang")).to_be_visible()

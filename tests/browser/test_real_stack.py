"""The page before the real assistant: the same journey, with real answers."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.asking import ask
from tests.conftest import ConnectedOneStop
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
    ask(page, "bảo hiểm xã hội")
    page.locator(".choice").first.click()
    expect(page.locator(".citizen").last).to_contain_text(re.compile(r"1\. \S+"))
    page.get_by_role("link", name="In giấy tờ cần mang").last.click()
    expect(page.get_by_role("heading", name="Giấy tờ cần mang")).to_be_visible()


def test_details_of_a_dossier_are_on_the_page_and_in_no_copy_on_the_device(page: Page) -> None:
    ask(page, "000.00.12.H05-261101-0003")
    details = ask(page, "số cuối là 0678")
    expect(details).to_contain_text("Đơn đề nghị có chữ ký")
    expect(page.locator(".citizen").last).to_contain_text("[số cuối]")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Chi tiết hồ sơ đã hết hạn xem" in kept
    assert not [secret for secret in ("0678", "Đơn đề nghị", "khuyết tật") if secret in kept]
    page.reload()
    expect(page.locator(".said").last).to_contain_text("Đơn đề nghị có chữ ký")


def test_news_come_to_an_open_page_by_themselves(page: Page, one_stop: ConnectedOneStop) -> None:
    ninth = "000.00.12.H05-261101-0009"
    one_stop.mock.dossiers[ninth] = replace(one_stop.mock.dossiers["000.00.12.H05-261101-0004"], code=ninth)
    one_stop.mock.mode = "down"
    try:
        expect(ask(page, ninth)).to_contain_text("đang không trả lời")
        expect(ask(page, "có")).to_contain_text("Đã ghi")
    finally:
        one_stop.mock.mode = "fine"
    news = page.locator(".assistant[data-notice]")
    expect(news).to_contain_text(f"Hồ sơ {ninth} đã có kết quả", timeout=90_000)
    expect(news).to_have_count(1)
    page.reload()
    expect(news).to_have_count(1)

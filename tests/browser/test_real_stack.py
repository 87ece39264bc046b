"""The page before the real assistant: the same journey, with real answers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from gateway.database import MESSAGES, Database
from gateway.inbox import NOTICE, Inbox
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


def test_news_come_to_an_open_page_by_themselves(page: Page, stack: Stack) -> None:
    ask(page, "chào em")
    database = Database(f"sqlite:///{stack.environment['MOTCUA_VAR']}/gateway.db")
    with database.reading() as connection:
        conversation = connection.execute(select(MESSAGES.c.conversation).order_by(MESSAGES.c.id.desc()).limit(1)).scalar_one()
    told = {"text": "Hồ sơ của Anh/Chị đã có kết quả.", "status": "answered_dossier"}
    Inbox(database).accept(conversation, "web", "notice-1", "", NOTICE, replies=[told])
    database.close()
    for _ in range(2):  # asked twice, shown once
        with page.expect_response("**/api/notices"):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".assistant", has_text="đã có kết quả")).to_have_count(1)
    expect(page.locator(".citizen")).to_have_count(1)

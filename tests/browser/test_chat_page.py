"""The chat page in a real browser: with and without JavaScript, by keyboard, on a narrow phone."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.asking import ask
from tests.stack import Stack

QUESTION = "Đăng ký kết hôn cần giấy tờ gì?"
UNCLEAR = "thẻ bảo hiểm y tế"
OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, stack: Stack) -> Iterator[OpenPage]:
    """Opens the chat page in a context of its own: `open_page(java_script_enabled=False)`."""
    contexts = []

    def opened(**options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(stack.url)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_question_is_asked_and_its_answer_read(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    ask(page, QUESTION)
    expect(page.locator(".citizen")).to_contain_text(QUESTION)
    expect(page.locator(".assistant").last).to_contain_text("Giấy tờ tùy thân của cả hai bên")
    expect(page.locator(".assistant").last).to_contain_text("Nguồn: Cổng Dịch vụ công quốc gia")


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_procedure_is_chosen_by_its_button(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    ask(page, UNCLEAR)
    choice = page.locator(".choices button").first
    name = choice.inner_text().removeprefix("1. ")
    choice.click()
    expect(page.locator(".assistant").last).to_contain_text(name)
    expect(page.locator(".assistant").last).to_contain_text("Nguồn: ")
    expect(page.locator(".choices")).to_have_count(0)


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(20):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Twenty times Tab did not reach {selector}")


def test_a_question_is_asked_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    for asked in (QUESTION, "còn lệ phí thì sao"):
        _tab_to(page, "#text")
        page.keyboard.type(asked)
        _tab_to(page, ".ask button")
        page.keyboard.press("Enter")
        expect(page.locator(".citizen").last).to_contain_text(asked)
    expect(page.locator(".assistant").last).to_contain_text("lệ phí")


def test_a_procedure_is_chosen_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, UNCLEAR)
    _tab_to(page, ".choices button")
    page.keyboard.press("Enter")
    expect(page.locator(".assistant").last).to_contain_text("Nguồn: ")


def test_a_long_answer_is_read_from_its_beginning(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 700})
    ask(page, "con mới sinh cần làm gì")
    expect(page.locator(".citizen").last).to_be_in_viewport()


def test_starting_again_empties_the_page(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.get_by_role("button", name="Bắt đầu lại").click()
    expect(page.locator(".citizen")).to_have_count(0)


def test_no_request_leaves_our_origin(open_page: OpenPage, stack: Stack) -> None:
    page = open_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.reload()
    ask(page, QUESTION)
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(stack.url).netloc}


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_has_to_be_scrolled_sideways(open_page: OpenPage, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700})
    for text in (QUESTION, "x" * 300, "https://dichvucong.gov.vn/" + "a" * 200, UNCLEAR):
        ask(page, text)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_to_press_is_big_enough_for_a_thumb(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 700})
    ask(page, UNCLEAR)
    boxes = [button.bounding_box() for button in page.get_by_role("button").all()]
    assert all(box and min(box["width"], box["height"]) >= 44 for box in boxes)


def test_text_enlarged_by_the_browser_stays_readable(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 640, "height": 900}, bypass_csp=True)  # the style below stands in for the browser's
    ask(page, QUESTION)
    page.add_style_tag(content="html { font-size: 200%; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640

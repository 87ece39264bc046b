"""axe finds nothing on the chat page, in any state a citizen sees."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.asking import ask
from tests.stack import Stack

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize(
    "said",
    [[], ["Đăng ký kết hôn cần giấy tờ gì?"], ["thẻ bảo hiểm y tế"], ["thẻ bảo hiểm y tế", "1"]],
    ids=["empty", "answer", "choices", "choice made"],
)
def test_axe_finds_nothing(browser: Browser, stack: Stack, said: list[str]) -> None:
    # axe is run by injecting it, which our Content-Security-Policy rightly forbids
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(stack.url)
        for text in said:
            ask(page, text)
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()

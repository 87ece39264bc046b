"""Asking on the chat page, as a citizen does with a mouse."""

from playwright.sync_api import Locator, Page, expect

LABEL = "Anh/Chị cần hỏi gì?"


def write(page: Page, text: str) -> None:
    """Writes a message and presses the button; does not wait for anything."""
    page.get_by_label(LABEL).fill(text)
    page.get_by_role("button", name="Gửi", exact=True).click()


def ask(page: Page, text: str) -> Locator:
    """Sends a message, and returns its answer when it is on the page."""
    turns = page.locator(".citizen")
    before = turns.count()
    write(page, text)
    expect(turns).to_have_count(before + 1)
    page.wait_for_load_state()
    expect(page.locator(".citizen[data-waiting]")).to_have_count(0)
    return page.locator(".assistant").last

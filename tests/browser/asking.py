"""Asking on the chat page, as a citizen does with a mouse."""

from playwright.sync_api import Page, expect


def ask(page: Page, text: str) -> None:
    """Sends a message, and waits for the page that shows it with its answer."""
    turns = page.locator(".citizen")
    before = turns.count()
    page.get_by_label("Anh/Chị cần hỏi gì?").fill(text)
    page.get_by_role("button", name="Gửi").click()
    expect(turns).to_have_count(before + 1, timeout=30_000)
    page.wait_for_load_state()

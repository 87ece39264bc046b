"""One browser a test file: Playwright's loop must be gone before asyncio tests run, so it is no session fixture."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from motcua.settings import ROOT
from tests.browser.chromium import open_chromium
from tests.browser.site import Site, running_site

SCREENSHOTS = ROOT / "var" / "screenshots"
OpenPage = Callable[..., Page]

PATIENCE = 120_000  # milliseconds a busy machine may take; a page that is right does not wait
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page on a real gateway, before a bot that answers a few questions from the guides."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Opens a page in a context of its own: `open_page("/checklist/1.001193", java_script_enabled=False)`."""
    contexts = []

    def opened(path: str = "/", **options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        if path == "/offline":  # it leaves as soon as the server can be reached
            contexts[-1].route("**/health", lambda route: route.abort())
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.goto(site.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def keep_picture() -> Callable[[Page, str], None]:
    """Keeps what a page looks like in var/screenshots, for people to look at."""

    def kept(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return kept

"""The console in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from console.people.sessions import Stage
from tests.browser.conftest import PATIENCE
from tests.browser.console.site import Console, running_console

OpenAs = Callable[..., Page]


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with running_console(tmp_path_factory.mktemp("console")) as running:
        yield running


@pytest.fixture
def open_as(browser: Browser, console: Console) -> Iterator[OpenAs]:
    """Opens a page as somebody: `open_as("root", "/people", java_script_enabled=False)`; login None is nobody."""
    contexts = []

    def opened(login: str | None, path: str = "/", stage: Stage = Stage.WHOLE, **options: Any) -> Page:
        context = browser.new_context(base_url=console.url, locale="vi-VN", **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if login:
            context.add_cookies([console.cookie(login, stage)])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    console.gateway.is_away = False
    console.gateway.switch |= {"is_off": False}
    console.gateway.queue.clear()
    for context in contexts:
        context.close()

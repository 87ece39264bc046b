"""The console in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from console.people.sessions import Stage
from console.roles import Role
from tests.browser.conftest import PATIENCE
from tests.browser.console.site import Console, running_console
from tests.browser.site import STAFF_TOKEN, Site

OpenAs = Callable[..., Page]
OFFICER, VOLUNTEER = "Đặng Thị Lan", "Nguyễn Thị Hoa"
PUBLIC_URL = "https://hoi.example"


@pytest.fixture(scope="module")
def counter(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console before a real gateway, with an officer and a volunteer of a place."""
    client = httpx.Client(base_url=site.url, headers={"Authorization": f"Bearer {STAFF_TOKEN}"})
    with running_console(tmp_path_factory.mktemp("counter"), client, MOTCUA_PUBLIC_URL=PUBLIC_URL) as running:
        running.hire("lan", Role.OFFICER, OFFICER)
        running.hire("hoa", Role.VOLUNTEER, VOLUNTEER, place="07210")
        yield running


@pytest.fixture
def at_counter(browser: Browser, counter: Console) -> Iterator[OpenAs]:
    """Opens a page of that console as somebody: `at_counter("hoa", "/volunteer")`."""
    contexts = []

    def opened(login: str, path: str, **options: Any) -> Page:
        contexts.append(browser.new_context(base_url=counter.url, locale="vi-VN", **options))
        contexts[-1].set_default_timeout(PATIENCE)
        contexts[-1].add_cookies([counter.cookie(login)])
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


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

"""The chat on a commune's own site: one script tag, a button, a frame."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.site import Site, running_site


class _Commune(BaseHTTPRequestHandler):
    chat = ""

    def do_GET(self) -> None:
        script = f"<script src='{self.chat}/widget.js' defer></script>"
        page = f"<!doctype html><html lang=vi><title>Phường</title><h1>Phường</h1>{script}"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def commune() -> Iterator[ThreadingHTTPServer]:
    """A commune's site; another host name, so that to a browser it is another site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Commune)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def welcome(commune: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A chat that this commune may embed."""
    origin = f"http://localhost:{commune.server_port}"
    with running_site(tmp_path_factory.mktemp("embedded"), MOTCUA_EMBED_ORIGINS=origin) as running:
        yield running


def test_a_commune_embeds_the_chat_with_one_script(browser: Browser, commune: ThreadingHTTPServer, welcome: Site) -> None:
    _Commune.chat = welcome.url
    with browser.new_context(viewport={"width": 1000, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"http://localhost:{commune.server_port}")
        page.get_by_role("button", name="Hỏi Một Cửa").click()
        chat = page.frame_locator("iframe")
        chat.get_by_label("Anh/Chị cần hỏi gì?").fill("lệ phí khai sinh")
        chat.get_by_role("button", name="Gửi", exact=True).click()
        expect(chat.get_by_role("table", name="Lệ phí")).to_be_visible()
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / "embedded.png")
        page.get_by_role("button", name="Hỏi Một Cửa").click()
        expect(page.locator("iframe")).to_be_hidden()
        page.get_by_role("button", name="Hỏi Một Cửa").click()
        expect(chat.get_by_role("table", name="Lệ phí")).to_be_visible()


def test_a_site_that_was_not_named_cannot_embed_the_chat(browser: Browser, commune: ThreadingHTTPServer, site: Site) -> None:
    _Commune.chat = site.url
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://localhost:{commune.server_port}")
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.get_by_role("button", name="Hỏi Một Cửa").click()
        expect(page.frame_locator("iframe").get_by_label("Anh/Chị cần hỏi gì?")).to_have_count(0)

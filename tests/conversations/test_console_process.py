"""The console is started with the rest."""

import httpx

from tests.stack import Stack


def test_staff_find_the_console_at_its_port(stack: Stack) -> None:
    page = httpx.get(f"http://127.0.0.1:{stack.environment['MOTCUA_CONSOLE_PORT']}/", follow_redirects=True)
    assert page.url.path == "/sign-in"
    assert "Đăng nhập" in page.text

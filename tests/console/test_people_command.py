"""`python -m console.people`: the first administrator, before there is anybody to invite one."""

import asyncio
import getpass
import sys
from collections.abc import Callable

import pytest

from console.people.__main__ import main
from console.roles import Role
from tests.console.conftest import OpenConsole

PASSWORD = "cầu vồng mùa gặt 7 con trâu"
Run = Callable[..., str]


@pytest.fixture
def run(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command and returns what it printed."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def ran(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["console.people", *arguments])
        main()
        return capsys.readouterr().out

    return ran


async def test_the_first_administrator_comes_in_by_the_printed_link(run: Run, open_console: OpenConsole) -> None:
    printed = await asyncio.to_thread(run, "add", "Root", "--name", "Quản trị")
    link = printed[printed.index("/welcome/") :].strip()
    assert "http://127.0.0.1:8001/welcome/" in printed
    async with open_console() as console:
        browser = await console.browser().open(link)
        await browser.press("Đặt mật khẩu", password=PASSWORD, again=PASSWORD)
        await browser.press("Đăng nhập", login="root", password=PASSWORD)
        assert (await browser.open("/people")).response.status_code == 200


def test_a_login_that_is_taken_or_cannot_be_one_is_said_so(run: Run) -> None:
    run("add", "root")
    with pytest.raises(SystemExit, match=r"'root'.*Choose another"):
        run("add", "root")
    with pytest.raises(SystemExit, match="3 to 64"):
        run("add", "quản trị")
    with pytest.raises(SystemExit, match="Nobody has the login"):
        run("reset", "nobody")


def test_everybody_is_listed(run: Run) -> None:
    run("add", "root")
    run("add", "lan", "--role", Role.VOLUNTEER)
    assert run("list").splitlines() == ["lan\tvolunteer\tactive\tlan", "root\tadministrator\tactive\troot"]


async def test_a_password_typed_here_is_asked_twice_and_checked(
    run: Run, open_console: OpenConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["123456789012", PASSWORD, "khác", PASSWORD, PASSWORD])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    printed = await asyncio.to_thread(run, "add", "root", "--password")
    assert "guessed first" in printed
    assert "The two differ" in printed
    assert "welcome" not in printed
    async with open_console() as console:
        browser = await console.browser().open("/sign-in")
        assert (await browser.press("Đăng nhập", login="root", password=PASSWORD)).path == "/"


def test_who_was_locked_by_mistake_is_let_in_again_from_here(run: Run) -> None:
    run("add", "root")
    assert "/welcome/" in run("reset", "root")

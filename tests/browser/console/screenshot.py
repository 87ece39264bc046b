"""`python -m tests.browser.console.screenshot`: docs/images/console-*.png, a console with invented people and turns."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from console.roles import Role
from motcua.settings import ROOT
from tests.browser.chromium import open_chromium
from tests.browser.console.improving import compared, keep_releases, keep_run
from tests.browser.console.site import Console, running_console
from tests.load.conversations import fill

IMAGES = ROOT / "docs" / "images"
STAFF = (
    ("hoa", Role.SUPERVISOR, "Nguyễn Thị Hoa"),
    ("minh", Role.EDITOR, "Đỗ Quang Minh"),
    ("thu", Role.REVIEWER, "Vũ Thu"),
)
TURNS = 2000
WIDE: ViewportSize = {"width": 1400, "height": 1100}  # a form and its preview side by side, a chart below its figures


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_console(Path(folder)) as console, open_chromium() as browser:
        _furnish(console)
        page = browser.new_page(viewport={"width": 1100, "height": 900}, locale="vi-VN", color_scheme="light")
        page.context.add_cookies([console.cookie("root")])
        page.goto(f"{console.url}/people")
        page.screenshot(path=IMAGES / "console-people.png", clip={"x": 0, "y": 0, "width": 1100, "height": 700})
        _correcting(page, console)
        page.screenshot(path=IMAGES / "console-conversations.png")
        page.set_viewport_size(WIDE)
        for name, path in _others(console):
            page.goto(f"{console.url}{path}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / f"console-{name}.png")


def _others(console: Console) -> Iterator[tuple[str, str]]:
    """Pages that are pictured as they open."""
    yield "dashboards", "/dashboards"
    yield "guides", "/guides/1.001193"
    keep_releases(console)
    yield "improve", f"/improve/runs/{keep_run(console, 'candidate', 'done', compared(console))}"


def _furnish(console: Console) -> None:
    for login, role, name in STAFF:
        console.hire(login, role, name)
        console.give_password(login)
        console.give_code(login)
        console.cookie(login)
    fill(console.app.state.conversations, TURNS)


def _correcting(page: Page, console: Console) -> None:
    """The list, with the suggestions for its second turn open."""
    page.goto(f"{console.url}/conversations?confidence=0-60&status=answered")
    for key in ("j", "j", "s"):
        page.keyboard.press(key)
    page.get_by_text("Lẽ ra phải hiểu là").wait_for()
    page.evaluate("() => document.querySelector('[data-keys-bar]').scrollIntoView()")


if __name__ == "__main__":
    main()

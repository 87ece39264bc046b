"""`python -m tests.browser.console.screenshot`: docs/images/console-people.png, a console with invented people."""

import tempfile
from pathlib import Path

from console.roles import Role
from motcua.settings import ROOT
from tests.browser.chromium import open_chromium
from tests.browser.console.site import running_console

PICTURE = ROOT / "docs" / "images" / "console-people.png"
STAFF = (
    ("hoa", Role.SUPERVISOR, "Nguyễn Thị Hoa"),
    ("minh", Role.EDITOR, "Đỗ Quang Minh"),
    ("thu", Role.REVIEWER, "Vũ Thu"),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_console(Path(folder)) as console, open_chromium() as browser:
        for login, role, name in STAFF:
            console.hire(login, role, name)
            console.give_password(login)
            console.give_code(login)
            console.cookie(login)
        page = browser.new_page(viewport={"width": 1100, "height": 700}, locale="vi-VN", color_scheme="light")
        page.context.add_cookies([console.cookie("root")])
        page.goto(f"{console.url}/people")
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()

"""`python -m tests.browser.screenshot URL`: docs/images/chat.png, a real conversation with a running assistant."""

import argparse

from motcua.settings import ROOT
from tests.browser.asking import ask
from tests.browser.chromium import open_chromium

PICTURE = ROOT / "docs" / "images" / "chat.png"
QUESTION = "khai sinh cần giấy tờ gì"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="address of a running assistant")
    url = parser.parse_args().url
    with open_chromium() as browser:
        page = browser.new_page(viewport={"width": 860, "height": 1180}, locale="vi-VN", color_scheme="light")
        page.goto(url)
        ask(page, QUESTION)
        page.evaluate("() => scrollTo(0, 0)")
        # headless Chromium may not have painted what it has just scrolled to
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()

"""`python -m tests.load.page_weight`: what the page weighs and how soon one can write in it, into docs/benchmarks.md.

A cheap phone far from a mast: the processor slowed six times, 400 kbit/s down and up, 400 ms there and back.
"""

import gzip
import statistics
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response

from tests.browser.chromium import open_chromium
from tests.browser.site import running_site
from tests.evaluation.report import BENCHMARKS, write_between
from tests.load.machine import machine

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes a second
START, END = "<!-- page weight -->", "<!-- end of page weight -->"
RUNS = 5
ALREADY_PACKED = (".woff2", ".png")


def weigh(browser: Browser, url: str) -> dict[str, int]:
    """Bytes over the wire of everything that a first visit loads, by path; text as gzip, as it is sent."""
    found: list[Response] = []
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.on("response", lambda response: found.append(response))
        page.goto(url, wait_until="networkidle")
        weighed = {}
        for response in found:
            path, body = urlsplit(response.url).path, response.body()
            weighed[path] = len(body) if path.endswith(ALREADY_PACKED) else len(gzip.compress(body, 9))
        return weighed


def seconds_to_input(browser: Browser, url: str) -> tuple[float, float]:
    """Slowed down, nothing cached: until the form is on the screen, where it already works, and until its script runs."""
    with browser.new_context(service_workers="block", viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        control = context.new_cdp_session(page)
        control.send("Network.enable")
        control.send("Network.emulateNetworkConditions", SLOW_3G)
        control.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page.goto(url, wait_until="load")
        painted = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
        ready = page.evaluate("() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        return painted / 1000, ready / 1000


def _told(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.1f} s (median of {len(seconds)}, {min(seconds):.1f} to {max(seconds):.1f})"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, open_chromium() as browser:
        weighed = weigh(browser, site.url)
        painted, ready = zip(*(seconds_to_input(browser, site.url) for _ in range(RUNS)), strict=True)
    lines = [
        "\n## The web page (`python -m tests.load.page_weight`)",
        "",
        f"Measured {date.today().isoformat()} on {machine()}. First visit, nothing cached, everything counted, text as gzip.",
        "",
        "| what | kB |",
        "|---|---|",
        *(f"| `{path}` | {size / 1000:.1f} |" for path, size in sorted(weighed.items(), key=lambda item: -item[1])),
        f"| **all** | **{sum(weighed.values()) / 1000:.1f}** |",
        "",
        f"Processor slowed six times, 400 kbit/s, 400 ms there and back: the form is on the screen, and works, after "
        f"{_told(painted)}; its script is ready after {_told(ready)}. Fonts come later.",
    ]
    write_between(BENCHMARKS, START, END, "\n".join(lines))


if __name__ == "__main__":
    main()

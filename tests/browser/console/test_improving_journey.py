"""From a reviewer's keys to a model that answers, with a real training of Rasa."""

import shutil

from playwright.sync_api import Page, expect

from bot.model import model_path
from bot.release import choose_release
from motcua.conversations.moments import now_ms
from motcua.conversations.turns import Trace, Turn
from motcua.releases import Releases
from motcua.settings import load_settings
from tests.browser.console.conftest import OpenAs
from tests.browser.console.site import Console

SAID = "chi phí xèng bạc hết nhiêu xèng"
MISREAD: Trace = {"intents": [{"name": "ask_place", "confidence": 0.5}, {"name": "ask_fee", "confidence": 0.4}]}
TRAINING_MS = 900_000  # a processor shared with others; half a minute on a free one


def test_from_a_correction_to_the_model_that_answers(open_as: OpenAs, console: Console) -> None:
    settings = console.app.state.settings.shared
    settings.models_dir.mkdir(exist_ok=True)
    shutil.copyfile(model_path(load_settings()), model_path(settings))
    base, _ = choose_release(settings)  # as the bot does when it starts
    turn = Turn("cuoc-xeng", "tin-1", now_ms(), said=SAID, status="answered_from_guide", intent="ask_place", trace=MISREAD)
    console.app.state.conversations.keep(turn)
    page = open_as("root", "/conversations")
    _correct_by_keyboard(page)
    page.goto("/proposals?kind=example")
    expect(page.get_by_role("cell", name=SAID)).to_be_visible()
    page.goto("/improve")
    expect(page.get_by_role("checkbox", name=SAID)).to_be_checked()
    page.get_by_role("button", name="Huấn luyện bản ứng viên").click()
    expect(page.get_by_text("Đang chạy: huấn luyện bản ứng viên")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Đang huấn luyện")).to_be_visible()
    result = page.get_by_role("link", name="huấn luyện bản ứng viên, đã xong")
    result.click(timeout=TRAINING_MS)
    row = page.get_by_role("row", name="Ý định của các lượt đã rà soát")
    expect(row.get_by_role("cell").last).to_have_text("1/1")
    page.get_by_role("button", name="Đưa bản ứng viên vào trả lời").click()
    expect(page.get_by_text("Đã đưa bản này vào trả lời")).to_be_visible()
    releases = Releases(settings.releases_dir)
    standing = releases.standing()
    assert standing.before == (base,)
    assert standing.current
    assert releases.model_of(standing.current)
    page.get_by_role("button", name="Quay lại bản trước").click()
    expect(page.get_by_text("Đã quay lại bản trước")).to_be_visible()
    assert releases.standing().current == base


def _correct_by_keyboard(page: Page) -> None:
    """Opens what the turn may have been instead, and takes the first of it."""
    expect(page.get_by_role("link", name=f"Chưa đọc: {SAID}")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Ý định: Hỏi lệ phí")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Ý định: Hỏi lệ phí")).to_be_hidden()

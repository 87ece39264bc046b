"""The page for everybody: axe, keyboard, zoom, thumbs, in every state and theme."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.asking import LABEL, ask, write
from tests.browser.conftest import OpenPage

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
THEMES = ("light", "dark", "contrast")
SHEET = "/checklist/1.001193?case=uy-quyen"


def _rate(page: Page) -> None:
    ask(page, "lệ phí khai sinh")
    page.get_by_role("button", name="Chưa giúp được").click()
    page.get_by_role("button", name="Còn thiếu").click()
    expect(page.get_by_text("Cảm ơn Anh/Chị")).to_be_visible()


def _fail(page: Page) -> None:
    page.context.set_offline(True)
    write(page, "lệ phí khai sinh")
    expect(page.get_by_text("Chưa gửi được")).to_be_visible()


def _unfold(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def _write_nothing(page: Page) -> None:
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_role("button", name="Nói", exact=True).click()


def _ask(*texts: str) -> Callable[[Page], None]:
    return lambda page: [ask(page, text) for text in texts] and None


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "empty": ("/", lambda page: None),
    "overview": ("/", _ask("con mới sinh cần làm gì")),
    "papers": ("/", _ask("khai sinh cần giấy tờ gì")),
    "fee": ("/", _ask("lệ phí khai sinh")),
    "steps-and-place": ("/", _ask("các bước khai sinh", "khai sinh ở đâu")),
    "law-forms-conditions": ("/", _ask("căn cứ khai sinh", "mẫu đơn khai sinh", "điều kiện khai sinh")),
    "choices": ("/", _ask("thẻ bảo hiểm y tế")),
    "choice-made": ("/", _ask("thẻ bảo hiểm y tế", "2")),
    "declined": ("/", _ask("giá vàng hôm nay")),
    "rated": ("/", _rate),
    "unsent": ("/", _fail),
    "unfolded": ("/", _unfold),
    "problem": ("/", _write_nothing),
    "english": ("/?lang=en", lambda page: None),
    "checklist": (SHEET, lambda page: None),
    "not-found": ("/checklist/9.999999", lambda page: None),
    "embed": ("/embed", lambda page: None),
    "offline-page": ("/offline", lambda page: None),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page: OpenPage, keep_picture: Callable[[Page, str], None], state: str) -> None:
    path, reach = STATES[state]
    # axe is run by injecting it, which our Content-Security-Policy rightly forbids
    page = open_page(path, bypass_csp=True, viewport={"width": 390, "height": 844}, service_workers="block")
    reach(page)
    for theme in THEMES:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        results = Axe().run(page, options=RULES)
        keep_picture(page, f"{state}-{theme}")
        assert results.violations_count == 0, f"{theme}: {results.generate_report()}"


@pytest.mark.parametrize("scheme", [{"color_scheme": "dark"}, {"contrast": "more"}], ids=["dark", "more contrast"])
def test_what_the_device_prefers_is_followed(open_page: OpenPage, scheme: dict[str, str]) -> None:
    page = open_page(**scheme)
    assert page.evaluate("() => getComputedStyle(document.body).colorScheme") == "dark"


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Sixty times Tab did not reach {selector}")


def test_everything_is_done_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến chỗ viết câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label(LABEL)).to_be_focused()
    page.keyboard.type("thẻ bảo hiểm y tế")
    page.keyboard.press("Enter")
    expect(page.locator(".choices")).to_be_visible()
    expect(page.get_by_label(LABEL)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".choice").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".assistant").last).to_contain_text("Nguồn: ")
    page.reload()
    _tab_to(page, "[data-tick]")
    page.keyboard.press("Space")
    expect(page.locator("[data-tick]").first).to_be_checked()
    _tab_to(page, ".feedback button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cảm ơn Anh/Chị")).to_be_visible()
    expect(page.locator(".feedback button").first).to_be_focused()


def test_shift_enter_begins_a_new_line(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label(LABEL).press_sequentially("một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("hai")
    expect(page.get_by_label(LABEL)).to_have_value("một\nhai")


def test_what_has_the_focus_is_not_hidden_under_the_form(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    ask(page, "con mới sinh cần làm gì")
    page.reload()
    for _ in range(25):
        page.keyboard.press("Tab")
        if not page.locator(":focus").count():
            break  # past the last thing on the page
        focused, form = page.locator(":focus").bounding_box(), page.locator(".composer").bounding_box()
        is_inside = page.locator(".composer :focus, footer :focus").count()
        assert focused and form and (is_inside or focused["y"] + min(focused["height"], 44) <= form["y"] + 1)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("size", ["", "huge"])
@pytest.mark.parametrize("path", ["/", SHEET])
def test_nothing_has_to_be_scrolled_sideways(open_page: OpenPage, width: int, size: str, path: str) -> None:
    page = open_page(viewport={"width": width, "height": 256 if width == 320 else 800})  # 320 is 1280 enlarged to 400 %
    page.context.add_cookies([{"name": "view", "value": f"vi..{size}", "url": page.url}])
    page.goto(page.url)
    if path == "/":
        for text in (
            "con mới sinh cần làm gì",
            "lệ phí khai sinh",
            "x" * 300,
            "https://dichvucong.gov.vn/" + "a" * 200,
            "thẻ bảo hiểm",
        ):
            ask(page, text)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/", SHEET])
def test_everything_to_press_is_big_enough_for_a_thumb(open_page: OpenPage, path: str) -> None:
    page = open_page(path, viewport={"width": 390, "height": 700})
    if path == "/":
        ask(page, "khai sinh cần giấy tờ gì")
        ask(page, "thẻ bảo hiểm y tế")
    pressed = page.locator("button:visible, summary:visible, a.plain:visible, .govuk-checkboxes__label:visible, textarea")
    boxes = [(item.inner_text(), item.bounding_box()) for item in pressed.all()]
    assert len(boxes) > 5
    assert [text for text, box in boxes if not box or min(box["height"], box["width"]) < 43.5] == []


def test_text_enlarged_by_the_browser_stays_readable(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 640, "height": 900}, bypass_csp=True)  # the style below stands in for the browser's
    ask(page, "con mới sinh cần làm gì")
    page.add_style_tag(content="html { font-size: 200%; }")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 640


def test_stacked_marks_are_in_the_page_s_own_font(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("async () => { await document.fonts.ready; }")
    loaded = page.evaluate("() => [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.weight)")
    assert sorted(loaded) == ["400", "700"]

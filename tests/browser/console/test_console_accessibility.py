"""The console for everybody: axe, zoom, thumbs, on every page in every state and theme."""

from collections.abc import Callable

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from console.people.sessions import Stage
from console.roles import Role
from motcua.conversations.finding import turns_of
from motcua.conversations.moments import DAY_MS, now_ms
from motcua.conversations.reviewing import Review, review
from motcua.conversations.turns import Turn
from tests.browser.console.conftest import OpenAs
from tests.browser.console.improving import CROSS_VALIDATED, compared, keep_releases, keep_run, keep_running
from tests.browser.console.site import Console
from tests.browser.console.turns import keep_turns
from tests.browser.test_accessibility import RULES, THEMES

Reach = Callable[[OpenAs, Console], Page]
LONG = {"viewport": {"width": 1280, "height": 900}}


def _at(path: str, login: str | None = "root") -> Reach:
    return lambda open_as, console: open_as(login, path, bypass_csp=True, **LONG)


def _pressed(path: str, button: str, login: str | None = "root") -> Reach:
    """The page after its button was pressed with nothing filled in."""

    def reach(open_as: OpenAs, console: Console) -> Page:
        page = open_as(login, path, bypass_csp=True, **LONG)
        page.get_by_role("button", name=button, exact=True).click()
        return page

    return reach


def _of(login: str) -> Reach:
    return lambda open_as, console: open_as("root", f"/people/{console.number(login)}", bypass_csp=True, **LONG)


def _half(open_as: OpenAs, console: Console) -> Page:
    return open_as("root", "/sign-in/code", stage=Stage.HALF, bypass_csp=True, **LONG)


def _welcome(open_as: OpenAs, console: Console) -> Page:
    person = console.app.state.directory.by_login("moi")
    token = console.app.state.directory.make_link(person, by="root")
    page = open_as(None, f"/welcome/{token}", bypass_csp=True, **LONG)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    return page


def _away(open_as: OpenAs, console: Console) -> Page:
    console.gateway.is_away = True
    return open_as("root", "/switch", bypass_csp=True, **LONG)


def _off(path: str) -> Reach:
    def reach(open_as: OpenAs, console: Console) -> Page:
        console.gateway.switch |= {"is_off": True, "notice": "Trợ lý tạm nghỉ.", "reason": "Sai lệ phí", "by": "root"}
        return open_as("root", path, bypass_csp=True, **LONG)

    return reach


def _waiting(path: str) -> Reach:
    def reach(open_as: OpenAs, console: Console) -> Page:
        console.gateway.ask("cuoc-1", place="07210")
        console.gateway.ask("cuoc-2", state="callback", by="root")
        return open_as("root", path, bypass_csp=True, **LONG)

    return reach


def _waiting_draft(open_as: OpenAs, console: Console) -> Page:
    console.app.state.drafts.keep("cuoc-1", "moi", id="loi-cua-moi", text="Bác mang theo thẻ căn cước.")
    page = open_as("root", "/approvals", bypass_csp=True, **LONG)
    page.get_by_role("button", name="Trả lại người viết").click()
    return page


def _resident(open_as: OpenAs, console: Console) -> Page:
    page = open_as("moi", "/volunteer", bypass_csp=True, **LONG)
    page.get_by_role("button", name="Người mới: hỏi trợ lý").click()
    page.get_by_label("Hỏi trợ lý").fill("lệ phí khai sinh")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator(".turn.assistant")).to_be_visible()
    return page


def _code_page(open_as: OpenAs, console: Console) -> Page:
    console.hire(login := f"ma{len(console.app.state.directory.everybody())}", Role.EDITOR, "Vũ Có Mã")
    console.give_code(login)
    return open_as(login, "/account/code", bypass_csp=True, **LONG)


def _recovery_codes(open_as: OpenAs, console: Console) -> Page:
    console.hire(login := f"ma{len(console.app.state.directory.everybody())}", Role.EDITOR, "Vũ Có Mã")
    page = open_as(login, "/account/code", bypass_csp=True, **LONG)
    page.get_by_text("Không quét được?").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Mã 6 chữ số").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Xong").click()
    return page


def _turns(path: str, *keys: str) -> Reach:
    """A page about turns; `WORD` in its address is the conversation they are of."""

    def reach(open_as: OpenAs, console: Console) -> Page:
        page = open_as("root", path.replace("WORD", keep_turns(console)), bypass_csp=True, **LONG)
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_load_state("networkidle")
        return page

    return reach


def _unfolded(path: str) -> Reach:
    def reach(open_as: OpenAs, console: Console) -> Page:
        page = _turns(path)(open_as, console)
        page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
        return page

    return reach


def _judged(open_as: OpenAs, console: Console) -> Page:
    """A turn with all that people can write about it."""
    page = _turns("/conversations/WORD", "s")(open_as, console)
    page.keyboard.press("1")
    page.get_by_text("Đã lưu chỗ sửa").wait_for()
    address = page.url
    for key, text in (("f", "sai lệ phí"), ("t", "lệ phí"), ("n", "hỏi lại phòng tư pháp")):
        page.goto(address)
        page.keyboard.press(key)
        page.keyboard.type(text)
        page.locator("details[open] form").last.locator("button").click()
        page.get_by_role("status").filter(has_text="Đã").wait_for()
    page.goto(address)
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    return page


def _proposed(path: str) -> Reach:
    def reach(open_as: OpenAs, console: Console) -> Page:
        page = _judged(open_as, console)
        page.goto(path)
        return page

    return reach


def _agreement(open_as: OpenAs, console: Console) -> Page:
    word = keep_turns(console)
    with console.app.state.conversations.writing() as connection:
        turn = turns_of(connection, word)[-1]["id"]
        for login in ("root", "minh"):
            review(connection, turn, Review(login, is_right=True))
    return open_as("root", "/agreement", bypass_csp=True, **LONG)


def _replayed(open_as: OpenAs, console: Console) -> Page:
    page = _turns("/conversations/WORD", "r")(open_as, console)
    page.get_by_role("heading", name="Chạy lại với mô hình hôm nay").wait_for()
    return page


def _old(open_as: OpenAs, console: Console) -> Page:
    store = console.app.state.conversations
    store.keep(Turn(f"cu-{now_ms()}", "tin", now_ms() - 500 * DAY_MS, said="chuyện năm kia"))
    return open_as("root", "/retention", bypass_csp=True, **LONG)


def _improving(path: str, furnish: Callable[[Console], object]) -> Reach:
    """A page of the improve loop; `RUN` in its address is the run that `furnish` returns."""

    def reach(open_as: OpenAs, console: Console) -> Page:
        run = furnish(console)
        return open_as("root", path.replace("RUN", str(run)), bypass_csp=True, **LONG)

    return reach


def _wrong_guide(open_as: OpenAs, console: Console) -> Page:
    page = open_as("root", "/guides/1.001193", bypass_csp=True, **LONG)
    page.get_by_label("Tóm tắt").fill("")
    page.get_by_role("button", name="Lưu bản sửa").first.click()
    page.get_by_role("alert").wait_for()
    return page


STATES: dict[str, Reach] = {
    "sign-in": _at("/sign-in", None),
    "sign-in-wrong": _pressed("/sign-in", "Đăng nhập", None),
    "sign-in-code": _half,
    "welcome-wrong": _welcome,
    "link-used": _at("/welcome/nothing", None),
    "home": _at("/"),
    "home-off": _off("/"),
    "home-of-a-volunteer": _at("/", "moi"),
    "account": _at("/account"),
    "account-wrong": _pressed("/account", "Đổi mật khẩu"),
    "code-set-up": _pressed("/account/code", "Xong"),
    "code-manage": _code_page,
    "recovery-codes": _recovery_codes,
    "people": _at("/people"),
    "invitation": _at("/people/new"),
    "invitation-wrong": _pressed("/people/new", "Tạo đường dẫn mời"),
    "person-myself": _of("root"),
    "person-locked": _of("khoa"),
    "person-invited": _of("moi"),
    "person-link": lambda open_as, console: _pressed(f"/people/{console.number('moi')}", "Tạo đường dẫn mới")(open_as, console),
    "dashboards": _turns("/dashboards"),
    "dashboards-tables": _unfolded("/dashboards?since=2020-01-01"),
    "dashboards-empty": _at("/dashboards?since=2020-01-01&until=2020-01-02"),
    "dashboards-wrong": _at("/dashboards?since=mai"),
    "guides": _at("/guides"),
    "guides-empty": _at("/guides?q=không có việc này"),
    "guide": _at("/guides/1.001193"),
    "guide-wrong": _wrong_guide,
    "guide-record": _at("/guides/1.001193/record"),
    "guide-without-record": _at("/guides/2.002363/record"),
    "guide-history": _unfolded("/guides/1.001193/history"),
    "audit": _at("/audit"),
    "audit-empty": _at("/audit?by=nobody"),
    "audit-check": _at("/audit/check"),
    "switch": _at("/switch"),
    "switch-wrong": _pressed("/switch", "Tắt trợ lý ngay"),
    "switch-off": _off("/switch"),
    "switch-away": _away,
    "queue": _waiting("/queue"),
    "queue-empty": _at("/queue", "moi"),
    "handover": _waiting("/queue/cuoc-1"),
    "handover-mine": _waiting("/queue/cuoc-2"),
    "approvals": _waiting_draft,
    "volunteer": _at("/volunteer", "moi"),
    "volunteer-found": _at("/volunteer?q=khai+sinh", "moi"),
    "volunteer-sheet": _at("/volunteer/guides/1.001193?case=uy-quyen", "moi"),
    "volunteer-offline": _at("/volunteer/offline", "moi"),
    "resident": _resident,
    "conversations": _turns("/conversations?q=WORD&status=answered"),
    "conversations-unfolded": _unfolded("/conversations?q=WORD"),
    "conversations-correcting": _turns("/conversations?q=WORD", "s"),
    "conversations-keys": _turns("/conversations", "?"),
    "conversations-empty": _at("/conversations?q=khong+co+gi"),
    "conversations-wrong": _at("/conversations?confidence=9-1"),
    "conversations-by-conversation": _turns("/conversations?show=conversations"),
    "conversation": _turns("/conversations/WORD"),
    "conversation-judged": _judged,
    "correction": _turns("/conversations?q=WORD", "s", "0"),
    "replay": _replayed,
    "proposals": _proposed("/proposals"),
    "agreement": _agreement,
    "agreement-none": _at("/agreement"),
    "improve": _at("/improve"),
    "improve-releases": _improving("/improve", keep_releases),
    "improve-running": _improving("/improve", keep_running),
    "run-candidate": _improving("/improve/runs/RUN", lambda at: keep_run(at, "candidate", "done", compared(at))),
    "run-cross-validation": _improving(
        "/improve/runs/RUN", lambda at: keep_run(at, "cross_validation", "done", CROSS_VALIDATED)
    ),
    "run-failed": _improving("/improve/runs/RUN", lambda at: keep_run(at, "candidate", "failed")),
    "retention": _old,
    "retention-wrong": _pressed("/retention", "Xóa cuộc trò chuyện"),
    "refused": _at("/people", "moi"),
    "not-found": _at("/no-such-page"),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_as: OpenAs, console: Console, keep_picture: Callable[[Page, str], None], state: str) -> None:
    page = STATES[state](open_as, console)
    for theme in THEMES:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        results = Axe().run(page, options=RULES)
        keep_picture(page, f"console-{state}-{theme}")
        assert results.violations_count == 0, f"{theme}: {results.generate_report()}"


@pytest.mark.parametrize("state", STATES)
def test_nothing_has_to_be_scrolled_sideways_and_everything_to_press_fits_a_thumb(
    open_as: OpenAs, console: Console, keep_picture: Callable[[Page, str], None], state: str
) -> None:
    page = STATES[state](open_as, console)
    page.set_viewport_size({"width": 320, "height": 800})
    keep_picture(page, f"console-{state}-320")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    pressed = page.locator("button:visible, summary:visible, .areas a:visible, .govuk-button:visible, .tall:visible")
    small = [item.inner_text() for item in pressed.all() if item.evaluate("(it) => it.getBoundingClientRect().height") < 43.5]
    assert small == []

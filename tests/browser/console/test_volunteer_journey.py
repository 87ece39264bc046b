"""A volunteer beside residents: with a network, without one, with the keyboard alone, on paper and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.console.conftest import OpenAs
from tests.browser.console.site import Console
from tests.browser.test_checklist import _read

PHONE = {"viewport": {"width": 390, "height": 844}}
A5 = (420, 595)  # points
SHEET = "/volunteer/guides/1.001193"


def _ready(page: Page) -> None:
    """Waits until the device has its copy."""
    expect(page.locator("#network")).to_contain_text("mất mạng vẫn tìm và in được")


def _counted(counter: Console, login: str) -> int:
    tally, person = counter.app.state.tally, counter.app.state.directory.by_login(login)
    return sum(count.mine for count in tally.today(person))


def test_after_one_visit_everything_works_without_a_network_and_the_tally_comes_once(
    at_counter: OpenAs, counter: Console, keep_picture: Callable[[Page, str], None]
) -> None:
    page = at_counter("hoa", "/volunteer", **PHONE)
    _ready(page)
    before = _counted(counter, "hoa")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Không có mạng: đang dùng bản lưu ngày")).to_be_visible()
    page.get_by_label("Người dân cần làm gì?").fill("khai s")
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()
    expect(page.get_by_role("heading", name="Đăng ký khai sinh", level=1)).to_be_visible()
    expect(page.get_by_text("Văn bản ủy quyền có chứng thực")).to_be_hidden()
    page.get_by_label("Nhờ người khác đi làm thay").check()
    expect(page.get_by_text("Văn bản ủy quyền có chứng thực")).to_be_visible()
    expect(page.get_by_text("đối chiếu ngày")).to_be_visible()
    expect(page.get_by_text("Không có mạng: đang dùng bản lưu ngày")).to_be_visible()
    expect(page.get_by_text("Bản PDF")).to_have_count(0)
    keep_picture(page, "volunteer-offline")
    text, sizes, dark = _read(page.pdf(prefer_css_page_size=True), "volunteer-offline-print")
    assert "Giấy chứng sinh" in text and "Văn bản ủy quyền có chứng thực" in text and "Lệ phí" in text
    assert "ghi vào sổ" not in text and "Không có mạng" not in text
    assert sizes[0] == pytest.approx(A5, abs=2)
    assert 0.01 < dark < 0.5
    page.get_by_role("button", name="Đã giúp xong, ghi vào sổ").click()
    expect(page.get_by_text("Sổ còn 1 lượt chờ gửi")).to_be_visible()
    assert _counted(counter, "hoa") == before
    page.context.set_offline(False)
    expect(page.get_by_text("Đã có mạng trở lại")).to_be_visible()
    page.get_by_role("link", name="Tải lại trang").click()
    expect(page.locator("#tally")).to_contain_text("Đăng ký khai sinh")
    _ready(page)
    page.reload()
    _ready(page)
    assert _counted(counter, "hoa") == before + 1


def test_what_one_volunteer_counted_is_not_another_s(at_counter: OpenAs, counter: Console) -> None:
    page = at_counter("hoa", "/volunteer")
    _ready(page)
    page.goto(SHEET)
    _ready(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Đã giúp xong, ghi vào sổ").click()
    expect(page.get_by_text("Sổ còn 1 lượt chờ gửi")).to_be_visible()
    before = {login: _counted(counter, login) for login in ("hoa", "lan")}
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Đăng nhập lại")).to_be_visible()
    page.context.add_cookies([counter.cookie("lan")])
    page.goto("/volunteer")
    expect(page.get_by_text("Sổ còn 1 lượt chờ gửi")).to_be_visible()
    page.context.add_cookies([counter.cookie("hoa")])
    page.goto("/volunteer")
    expect(page.locator("#tally")).to_contain_text("Đăng ký khai sinh")
    _ready(page)
    assert {login: _counted(counter, login) for login in before} == {**before, "hoa": before["hoa"] + 1}


@pytest.mark.parametrize("typed", ["khai s", "can cuoc", "dkkh", "ly lich", "tam tru", "so do", "zzzz"])
def test_server_and_device_find_the_same(at_counter: OpenAs, counter: Console, typed: str) -> None:
    page = at_counter("hoa", "/volunteer")
    _ready(page)
    page.get_by_label("Người dân cần làm gì?").press_sequentially(typed)
    found = [guide.name for guide in counter.app.state.handbook.search(typed)]
    expect(page.locator("#results a")).to_have_text(found)


def test_several_residents_are_helped_at_once_each_on_their_own(
    at_counter: OpenAs, keep_picture: Callable[[Page, str], None]
) -> None:
    page = at_counter("hoa", "/volunteer", **PHONE)
    for question in ("con mới sinh cần làm gì", "thẻ bảo hiểm"):
        page.get_by_role("button", name="Người mới: hỏi trợ lý").click()
        page.get_by_label("Hỏi trợ lý").fill(question)
        page.get_by_role("button", name="Gửi", exact=True).click()
        expect(page.locator(".turn.assistant")).to_be_visible()
        page.get_by_role("link", name="Tình nguyện viên").last.click()
    page.locator("a", has_text="Người 2, từ").click()
    page.get_by_role("button", name="Đăng ký khai sinh").first.click()  # a choice, at a tap
    expect(page.get_by_text("1. Đăng ký khai sinh").or_(page.locator(".turn.citizen").nth(1))).to_be_visible()
    expect(page.get_by_text("con mới sinh")).to_have_count(0)
    keep_picture(page, "volunteer-resident")
    page.goto("/volunteer")
    page.locator("a", has_text="Người 1, từ").click()
    expect(page.get_by_text("con mới sinh")).to_be_visible()
    expect(page.get_by_role("link", name="Giấy tờ, in danh sách: Đăng ký khai sinh")).to_be_visible()
    page.get_by_role("button", name="Xong, xóa cuộc trò chuyện này").click()
    expect(page.get_by_text("Cuộc trò chuyện của người này đã được xóa")).to_be_visible()
    expect(page.locator("a", has_text="Người 1, từ")).to_have_count(0)
    expect(page.locator("a", has_text="Người 2, từ")).to_have_count(1)
    expect(page.locator("#tally")).to_contain_text("Đăng ký khai sinh")


def test_without_javascript_every_step_is_there(at_counter: OpenAs) -> None:
    page = at_counter("hoa", "/volunteer", java_script_enabled=False)
    page.get_by_label("Người dân cần làm gì?").fill("khai s")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()
    page.get_by_label("Nhờ người khác đi làm thay").check()
    page.get_by_role("button", name="Xem giấy tờ").click()
    expect(page.get_by_text("Văn bản ủy quyền có chứng thực")).to_be_visible()
    expect(page.get_by_role("link", name="Bản PDF khổ A5")).to_have_attribute("href", f"{SHEET}/list.pdf?case=uy-quyen")
    page.get_by_role("button", name="Đã giúp xong, ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi vào sổ hôm nay")).to_be_visible()


def test_with_the_keyboard_alone(at_counter: OpenAs) -> None:
    page = at_counter("hoa", "/volunteer")
    _ready(page)
    page.get_by_label("Người dân cần làm gì?").focus()
    page.keyboard.type("khai sinh")
    first = page.locator("#results a").first
    for _ in range(4):
        page.keyboard.press("Tab")
        if first.evaluate("(it) => it === document.activeElement"):
            break
    name = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_the_list_is_printed_on_a5_in_large_type(at_counter: OpenAs, counter: Console) -> None:
    page = at_counter("hoa", SHEET)
    response = page.context.request.get(f"{counter.url}{SHEET}/list.pdf?case=uy-quyen")
    assert response.headers["content-type"] == "application/pdf"
    text, sizes, dark = _read(response.body(), "volunteer-list")
    for told in ("Đăng ký khai sinh", "Giấy chứng sinh", "Văn bản ủy quyền", "đối chiếu ngày"):
        assert told in text
    assert sizes[0] == pytest.approx(A5, abs=1)
    assert 0.01 < dark < 0.5


def test_the_resident_takes_the_list_along_by_a_code(at_counter: OpenAs, keep_picture: Callable[[Page, str], None]) -> None:
    page = at_counter("hoa", SHEET, **PHONE)
    page.get_by_text("Gửi sang điện thoại người dân").click()
    picture = page.get_by_alt_text("Mã QR mở danh sách giấy tờ")
    expect(picture).to_be_visible()
    plain = picture.get_attribute("src")
    page.get_by_label("Nhờ người khác đi làm thay").check()
    expect(picture).to_have_attribute("src", f"{page.url.partition('?')[0]}/qr.svg?case=uy-quyen")
    assert plain == f"{SHEET}/qr.svg"
    page.wait_for_function("(it) => it.complete && it.naturalWidth > 0", arg=picture.element_handle())
    keep_picture(page, "volunteer-qr")


def test_nothing_is_asked_of_others_and_nothing_is_refused_by_the_policy(at_counter: OpenAs, counter: Console) -> None:
    page = at_counter("hoa", "/volunteer")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in ("/volunteer", SHEET, "/volunteer/offline"):
        page.goto(path, wait_until="networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(counter.url)] == []
    assert said == []

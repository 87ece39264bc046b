"""Finding a guide, changing it in the form, and what becomes of the change."""

import re
from pathlib import Path

import pytest
import yaml

from console.roles import Role
from tests.console.browsing import Browser
from tests.console.checkouts import PATH, git, make_checkout
from tests.console.conftest import Console, OpenConsole

BRANCH = "guides/1.001193-lan-nguyen"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one guide in it."""
    return make_checkout(tmp_path / "checkout")


def _editor(console: Console) -> Browser:
    return console.browser(console.session(console.hire("lan.nguyen", Role.EDITOR, "Nguyễn Thị Lan")))


async def test_guides_are_found_without_diacritics_and_by_how_people_call_them(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await _editor(console).open("/guides?q=gks cho con")
        assert "1 hướng dẫn" in browser.text
        assert "Đăng ký khai sinh" in browser.text
        assert "Không có hướng dẫn nào như vậy" in (await browser.open("/guides?q=nuôi khủng long")).text


async def test_a_saved_change_is_a_commit_of_the_editor_on_a_branch_of_its_own(
    open_console: OpenConsole, checkout: Path
) -> None:
    before = git(checkout, "rev-parse", "HEAD")
    async with open_console(MOTCUA_GUIDES_CHECKOUT=str(checkout)) as console:
        browser = await _editor(console).open("/guides/1.001193")
        await browser.press("Lưu bản sửa", summary="Ghi nhận em bé vừa chào đời và cấp Giấy khai sinh.")
        assert "Đã lưu bản sửa" in browser.text
        assert f"nhánh {BRANCH}" in browser.text
        changed = git(checkout, "diff", "main", BRANCH, "--stat").strip().splitlines()
        assert "1 file changed, 1 insertion(+), 1 deletion(-)" in changed[-1]
        assert git(checkout, "log", "-1", "--format=%an %ae %cn", BRANCH).strip() == "Nguyễn Thị Lan lan.nguyen Nguyễn Thị Lan"
        await browser.press("Lưu bản sửa", who="Cha hoặc mẹ của trẻ.")
        assert git(checkout, "rev-list", "--count", f"main..{BRANCH}").strip() == "2"
        await browser.open("/guides/1.001193/history")
        assert browser.text.count("chưa đưa vào sử dụng") == 2
        assert "Hướng dẫn đầu tiên" in browser.text
        assert "+who: Cha hoặc mẹ của trẻ." in browser.text
        others = await console.signed_in("minh", Role.EDITOR).open("/guides/1.001193")
        assert "bản của mình" not in others.text
        audit = await console.signed_in("boss", Role.SUPERVISOR).open("/audit?by=lan.nguyen")
        assert f"Nhánh: {BRANCH}" in audit.text
    assert git(checkout, "rev-parse", "HEAD") == before
    assert git(checkout, "status", "--porcelain") == ""


async def test_once_taken_over_the_next_change_begins_anew(open_console: OpenConsole, checkout: Path) -> None:
    async with open_console(MOTCUA_GUIDES_CHECKOUT=str(checkout)) as console:
        browser = await _editor(console).open("/guides/1.001193")
        await browser.press("Lưu bản sửa", result="Giấy khai sinh")
        git(checkout, "merge", "-q", BRANCH)
        assert "bản của mình" not in (await browser.open("/guides/1.001193")).text
        await browser.press("Lưu bản sửa", result="Giấy khai sinh của trẻ")
        assert git(checkout, "rev-list", "--count", f"main..{BRANCH}").strip() == "1"


async def test_without_a_checkout_the_change_is_a_file_that_git_takes(open_console: OpenConsole, checkout: Path) -> None:
    async with open_console() as console:
        browser = await _editor(console).open("/guides/1.001193")
        await browser.press("Tải bản sửa", tips="Nộp trực tuyến để khỏi đi lại.")
        assert browser.response.headers["content-disposition"] == 'attachment; filename="1.001193.patch"'
        (file := checkout.parent / "lan.patch").write_bytes(browser.response.content)
        assert "Chưa có kho git" not in browser.text
        assert "không có kho git" in (await browser.open("/guides/1.001193/history")).text
    git(checkout, "-c", "user.name=Boss", "-c", "user.email=boss", "am", "-q", str(file))
    assert git(checkout, "log", "-1", "--format=%an %ae %s").strip() == (
        "Nguyễn Thị Lan lan.nguyen 1.001193 Đăng ký khai sinh: sửa hướng dẫn"
    )
    assert yaml.safe_load((checkout / PATH).read_text("utf-8"))["tips"] == ["Nộp trực tuyến để khỏi đi lại."]


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(open_console: OpenConsole, checkout: Path) -> None:
    async with open_console(MOTCUA_GUIDES_CHECKOUT=str(checkout)) as console:
        browser = await _editor(console).open("/guides/1.001193")
        await browser.press(
            "Lưu bản sửa",
            **{
                "name": "",
                "channels.0.fee_note": "",
                "channels.1.time": "15",
                "papers.1.name": "Giấy tờ của bạn",
                "checked_on": "mai",
            },
        )
        assert browser.response.status_code == 422
        assert "Tên: cần điền." in browser.text
        assert "Ngày đối chiếu: cần ngày theo dạng năm-tháng-ngày." in browser.text
        await browser.press("Lưu bản sửa", name="Đăng ký khai sinh", checked_on="2026-11-26")
        assert "Cách nộp 1, ghi chú phí: nhãn phí không đứng một mình." in browser.text
        assert "Cách nộp 2, thời hạn: “15” thiếu đơn vị" in browser.text
        assert "Giấy tờ 2, tên: có từ “bạn”." in browser.text
        assert re.search(r'id="channels.0.fee_note-problem"', browser.response.text)
    assert git(checkout, "branch", "--list", "guides/*") == ""


async def test_entries_are_added_and_taken_away_and_the_answer_is_shown(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await _editor(console).open("/guides/1.001193")
        await browser.press("Thêm giấy tờ", summary="Câu đang viết dở.")
        assert "Câu đang viết dở." in browser.response.text
        await browser.press("Xem trước", **{"papers.3.name": "Sổ tiêm chủng"})
        assert "4. Sổ tiêm chủng" in browser.text
        assert "Đủ và đúng quy tắc" in browser.text
        await browser.press("Bỏ giấy tờ 1")
        await browser.press("Xem trước")
        assert "3. Sổ tiêm chủng" in browser.text
        assert "1. Giấy chứng sinh" not in browser.text


async def test_a_form_that_is_out_of_date_does_not_overwrite(open_console: OpenConsole, checkout: Path) -> None:
    async with open_console(MOTCUA_GUIDES_CHECKOUT=str(checkout)) as console:
        person = console.hire("lan.nguyen", Role.EDITOR)
        one, other = (console.browser(console.session(person)) for _ in range(2))
        await one.open("/guides/1.001193")
        await other.open("/guides/1.001193")
        await one.press("Lưu bản sửa", result="Giấy khai sinh")
        await other.press("Lưu bản sửa", result="Giấy khác")
        assert "vừa được lưu ở nơi khác" in other.text
        assert "Giấy khác" in other.response.text
        assert "Giấy khai sinh" in git(checkout, "show", f"{BRANCH}:{PATH}")


async def test_no_such_guide_and_no_such_form(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await _editor(console).open("/guides/9.999999")
        assert browser.response.status_code == 404
        form = (await browser.open("/guides/1.001193")).page.pressing("Xem trước")
        for fields in (
            {"add": "papers.99.name"},
            {"remove": "0"},
            {"remove": "papers.²"},
            {"add": "cases.7.papers"},
            {"where": "đây"},
        ):
            await browser.send("/guides/1.001193", csrf=form.fields["csrf"], **fields)
            assert browser.response.status_code == 400, fields


async def test_a_question_for_several_sections_keeps_their_order_and_no_section_is_made_up(
    open_console: OpenConsole, checkout: Path
) -> None:
    async with open_console(MOTCUA_GUIDES_CHECKOUT=str(checkout)) as console:
        browser = await _editor(console).open("/guides/1.001193")
        asked = {"questions.several.0.asks": ["time", "papers"]}
        await browser.press("Lưu bản sửa", **asked)
        assert "- asks: [time, papers]" in git(checkout, "show", f"{BRANCH}:{PATH}")
        await browser.press("Xem trước", **{"questions.several.0.asks": ["time", "nonsense"]})
        assert "nonsense" not in browser.text and browser.response.status_code < 500

"""What volunteers write waits for a supervisor, where that is the rule."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from console.roles import Role
from console.tables import DRAFTS
from tests.console.browsing import Browser
from tests.console.conftest import Console, OpenConsole

WRITTEN = "Bác mang theo người làm chứng"


@pytest.fixture
async def console(open_console: OpenConsole) -> AsyncIterator[Console]:
    """A volunteer has taken a conversation, and the rule is on."""
    async with open_console() as opened:
        opened.gateway.ask("cuoc-1", state="taken", by="hoa")
        opened.hire("hoa", Role.VOLUNTEER, "Nguyễn Thị Hoa")
        opened.app.state.drafts.set_rule(is_on=True)
        yield opened


def _said(console: Console) -> list[str]:
    return [turn["text"] for turn in console.gateway.queue["cuoc-1"]["turns"] if turn["who"] == "staff"]


async def _write(console: Console, text: str = WRITTEN) -> Browser:
    hoa = console.app.state.directory.by_login("hoa")
    browser = await console.browser(console.session(hoa.id)).open("/queue/cuoc-1")
    return await browser.press("Gửi", text=text)


async def test_the_rule_is_set_on_a_page_and_noted(open_console: OpenConsole) -> None:
    async with open_console() as console:
        boss = await console.signed_in("boss", Role.SUPERVISOR).open("/approvals")
        assert "Tình nguyện viên gửi trả lời ngay" in boss.text
        assert "phải được duyệt" in (await boss.press("Từ nay phải duyệt")).text
        assert console.app.state.drafts.is_rule
        await boss.press("Bỏ quy định duyệt")
        assert not console.app.state.drafts.is_rule
        trail = (await boss.open("/audit?by=boss")).text
        assert "Bật quy định duyệt trả lời" in trail and "Bỏ quy định duyệt trả lời" in trail


async def test_what_a_volunteer_writes_is_sent_once_it_is_approved(console: Console) -> None:
    browser = await _write(console)
    assert "chuyển cho người giám sát duyệt" in browser.text and "chờ người giám sát duyệt" in browser.text
    assert _said(console) == []
    boss = await console.signed_in("boss", Role.SUPERVISOR).open("/approvals")
    assert "Nguyễn Thị Hoa" in boss.text and WRITTEN in boss.text
    await boss.press("Gửi cho người dân")
    assert "Không có trả lời nào chờ duyệt" in boss.text
    assert _said(console) == [WRITTEN]
    assert "chờ người giám sát duyệt" not in (await browser.open("/queue/cuoc-1")).text


async def test_what_is_returned_is_read_with_its_reason_and_written_anew(console: Console) -> None:
    browser = await _write(console)
    boss = await console.signed_in("boss", Role.SUPERVISOR).open("/approvals")
    await boss.press("Trả lại người viết", note=" ")
    assert "viết lý do" in boss.text
    await boss.press("Trả lại người viết", note="Không cần người làm chứng")
    await browser.open("/queue/cuoc-1")
    assert "chưa gửi, vì Không cần người làm chứng" in browser.text
    await browser.press("Gửi", text="Bác mang theo thẻ căn cước")
    assert WRITTEN not in browser.text and _said(console) == []


async def test_officers_and_supervisors_send_at_once(console: Console) -> None:
    console.gateway.queue["cuoc-1"] |= {"by": "lan"}
    browser = await console.signed_in("lan", Role.OFFICER).open("/queue/cuoc-1")
    await browser.press("Gửi", text=WRITTEN)
    assert _said(console) == [WRITTEN]


async def test_what_can_no_longer_be_sent_goes_back_to_who_wrote_it(console: Console) -> None:
    await _write(console)
    console.gateway.queue["cuoc-1"] |= {"by": "lan"}
    boss = await console.signed_in("boss", Role.SUPERVISOR).open("/approvals")
    await boss.press("Gửi cho người dân")
    assert boss.response.status_code == 409 and "không gửi được nữa" in boss.text
    assert _said(console) == []


async def test_a_gateway_that_is_away_leaves_it_waiting(console: Console) -> None:
    await _write(console)
    boss = await console.signed_in("boss", Role.SUPERVISOR).open("/approvals")
    console.gateway.is_away = True
    await boss.press("Gửi cho người dân")
    assert boss.response.status_code == 503 and WRITTEN in boss.text


async def test_who_has_not_taken_a_conversation_writes_no_draft_into_it(console: Console) -> None:
    browser = await console.signed_in("mai", Role.VOLUNTEER).open("/queue/cuoc-1")
    csrf = browser.page.pressing("Đăng xuất").fields["csrf"]
    await browser.send("/queue/cuoc-1/reply", csrf=csrf, written="loi-cua-mai", text=WRITTEN)
    assert browser.response.status_code == 409 and "Đã có Nguyễn Thị Hoa nhận" in browser.text
    assert console.app.state.drafts.waiting() == []


async def test_drafts_are_kept_encrypted_and_for_a_day(console: Console) -> None:
    await _write(console)
    with console.app.state.foundation.database.reading() as connection:
        (kept,) = connection.execute(select(DRAFTS)).all()
    assert "người làm chứng" not in str(tuple(kept))
    console.clock.advance(25 * 3600)
    assert console.app.state.drafts.waiting() == []

"""What the dashboard tells, to whom, and over which days."""

from datetime import date

from console.roles import Role
from motcua.conversations.moments import DAY_MS, HOUR_MS, begin_of
from motcua.conversations.reviewing import Review, review
from motcua.conversations.schema import TURNS
from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import Turn
from tests.console.conftest import OpenConsole

TODAY = date(2026, 11, 18)  # of the test's clock
NINE = begin_of(TODAY) + 9 * HOUR_MS


def fill(store: ConversationStore) -> None:
    """Three turns of today that ended, one that did not, and one of the week before."""
    turns = (
        Turn("a", "1", NINE, channel="web", status="answered_from_guide", procedure="1.001193", ms=200, helpful=True),
        Turn("a", "2", NINE + 1, channel="web", status="declined_no_guide", ms=900, said="nuôi ong ở đâu"),
        Turn("b", "1", NINE + HOUR_MS, channel="zalo_oa", status="answered_dossier", ms=40_000, helpful=False),
        Turn("b", "2", NINE + HOUR_MS + 1, channel="zalo_oa"),
        Turn("c", "1", NINE - 7 * DAY_MS, channel="web", status="handed_over", handed_over=True),
    )
    for turn in turns:
        store.keep(turn)
    with store.writing() as connection:
        first = connection.execute(TURNS.select().order_by(TURNS.c.id.desc())).mappings().all()[3]
        review(connection, first["id"], Review("lan", is_right=True))


async def test_shares_leave_out_what_has_no_end_yet(open_console: OpenConsole) -> None:
    async with open_console() as console:
        fill(console.app.state.conversations)
        browser = await console.signed_in("boss", Role.SUPERVISOR).open("/dashboards?since=2026-11-18&until=2026-11-18")
        assert "Số lượt hỏi đáp 3 và 1 lượt chưa rõ kết quả" in browser.text
        assert "Trả lời 66,7 % 2 lượt" in browser.text
        assert "Không trả lời 33,3 % 1 lượt" in browser.text
        assert "Trả lời đúng, theo rà soát 100,0 % 1 trong 1, khoảng tin cậy 95 %: 20,7 % đến 100,0 %" in browser.text
        assert "Người dân thấy hữu ích 50,0 % 1 trong 2" in browser.text
        assert "một nửa đến 1 giây" in browser.text
        assert "Tra cứu hồ sơ 1 lượt trả lời 0 lượt hệ thống hồ sơ không trả lời" in browser.text


async def test_a_span_and_a_channel_stand_in_the_address(open_console: OpenConsole) -> None:
    async with open_console() as console:
        fill(console.app.state.conversations)
        browser = await console.signed_in("boss", Role.SUPERVISOR).open("/dashboards?since=2026-11-01&channel=web")
        assert "Số lượt hỏi đáp 3" in browser.text
        assert "Chuyển cho người 33,3 %" in browser.text
        assert "Đăng ký khai sinh" in browser.text
        assert "đến 0,25 giây 1 50,0 %" in browser.text
        await browser.open("/dashboards?since=hôm qua")
        assert "nhập ngày theo dạng năm-tháng-ngày" in browser.text
        assert "Số lượt hỏi đáp 4" in browser.text
        assert "Chưa có câu hỏi nào" in (await browser.open("/dashboards?since=2025-01-01&until=2025-02-01")).text


async def test_a_long_span_is_told_by_month(open_console: OpenConsole) -> None:
    async with open_console() as console:
        fill(console.app.state.conversations)
        browser = await console.signed_in("boss", Role.EDITOR).open("/dashboards?since=2026-01-01")
        assert "Theo tháng" in browser.text
        assert "11/2026 4 2 0 1 1" in browser.text

"""Turning the assistant off and on."""

from console.roles import Role
from tests.console.conftest import OpenConsole


async def test_off_with_a_notice_and_a_reason_and_on_again(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("boss", Role.SUPERVISOR).open("/switch")
        await browser.press("Tắt trợ lý ngay", notice="", reason="lệ phí sai")
        assert "viết thông báo cho người dân" in browser.text
        assert not console.gateway.switch["is_off"]
        await browser.press("Tắt trợ lý ngay", notice="Trợ lý tạm nghỉ.", reason="lệ phí sai")
        assert "Đã tắt trợ lý" in browser.text
        assert console.gateway.switch | {"since": ""} == {
            "is_off": True, "notice": "Trợ lý tạm nghỉ.", "reason": "lệ phí sai", "by": "boss", "since": "",
        }  # fmt: skip
        assert "boss, lúc 10:04 ngày 26/11/2026" in browser.text
        assert "Trợ lý đang tắt" in (await browser.open("/")).text
        await browser.open("/switch")
        assert "Đã bật trợ lý" in (await browser.press("Bật trợ lý")).text
        assert not console.gateway.switch["is_off"]
        await browser.open("/audit?by=boss")
        assert "Lý do: lệ phí sai" in browser.text
        assert "Bật trợ lý" in browser.text


async def test_a_gateway_that_is_away_is_said_so_and_what_was_typed_stays(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = await console.signed_in("boss", Role.SUPERVISOR).open("/switch")
        console.gateway.is_away = True
        await browser.press("Tắt trợ lý ngay", notice="Trợ lý tạm nghỉ.", reason="lệ phí sai")
        assert browser.response.status_code == 503
        assert "Chưa kết nối được với cổng trợ lý" in browser.text
        assert "lệ phí sai" in browser.text
        assert "Chưa hỏi được trợ lý" in (await browser.open("/")).text
        await browser.open("/audit?act=switched_off")
        assert "Không có việc nào như vậy" in browser.text

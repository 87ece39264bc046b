"""Files to take away, and who takes them."""

import csv
import html
import io
import re

import openpyxl
import pytest

from console.dashboards import files
from console.dashboards.files import as_csv, as_xlsx
from console.roles import Role
from motcua.conversations.turns import Turn
from tests.console.conftest import OpenConsole
from tests.console.test_dashboards import NINE, fill


async def test_turns_of_a_filter_as_csv_and_xlsx_and_the_audit_tells_of_it(open_console: OpenConsole) -> None:
    async with open_console() as console:
        fill(console.app.state.conversations)
        browser = console.signed_in("boss", Role.SUPERVISOR)
        response = (await browser.open("/exports/turns.csv?channel=web&since=2026-11-18&q=ong")).response
        head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
        assert head[:3] == ["Lúc hỏi", "Cuộc trò chuyện", "Lượt thứ"]
        assert [row[:7] for row in rows] == [
            ["2026-11-18 09:00:00", "a", "2", "web", "", "nuôi ong ở đâu", "declined_no_guide"]
        ]
        assert response.headers["content-disposition"] == 'attachment; filename="turns.csv"'
        book = openpyxl.load_workbook(io.BytesIO((await browser.open("/exports/conversations.xlsx")).response.content))
        assert [[cell.value for cell in row][::5] for row in book.active.iter_rows()][1:] == [["b", 2], ["a", 2], ["c", 1]]
        audit = (await browser.open("/audit?act=exported")).text
        assert "Tệp: turns.csv" in audit
        assert "channel=web" in audit
        assert "ong" not in audit.partition("Điều kiện lọc")[2].partition("Tệp")[0]


async def test_the_list_of_conversations_is_exported_as_it_is_filtered(open_console: OpenConsole) -> None:
    async with open_console() as console:
        fill(console.app.state.conversations)
        browser = await console.signed_in("boss", Role.SUPERVISOR).open("/conversations?channel=zalo_oa&show=conversations")
        link = re.search(r'href="(/exports/conversations\.csv[^"]*)"', browser.response.text)
        assert link
        rows = list(csv.reader(io.StringIO((await browser.open(html.unescape(link[1]))).response.text)))
        assert [row[0] for row in rows[1:]] == ["b"]
        assert "/exports/" not in (await console.signed_in("lan", Role.REVIEWER).open("/conversations")).response.text


async def test_open_data_has_no_conversation_and_no_small_count(open_console: OpenConsole) -> None:
    async with open_console() as console:
        fill(console.app.state.conversations)
        for number in range(7):
            console.app.state.conversations.keep(
                Turn(f"d{number}", "1", NINE - 30 * 86_400_000, channel="web", status="answered_place", said="riêng tư")
            )
        browser = console.signed_in("boss", Role.SUPERVISOR)
        told = (await browser.open("/exports/open-data.csv?since=2026-10-01&until=2026-11-30")).response.text
        assert told.splitlines()[1:] == ["2026-10,channel,web,answered,7", "2026-10,hour,9,answered,7"]


async def test_no_such_file_and_no_such_filter(open_console: OpenConsole) -> None:
    async with open_console() as console:
        browser = console.signed_in("boss", Role.SUPERVISOR)
        for path, status in (("/exports/people.csv", 404), ("/exports/turns.pdf", 404), ("/exports/turns.csv?since=mai", 400)):
            assert (await browser.open(path)).response.status_code == status
        editor = await console.signed_in("lan", Role.EDITOR).open("/dashboards?since=2026-01-01")
        assert "Xuất dữ liệu" not in editor.text


def test_a_text_is_never_a_formula() -> None:
    row = ["=HYPERLINK(1)", "-1 con", 3, None]
    assert b"".join(as_csv(["a"], [row])).decode("utf-8-sig") == "a\r\n'=HYPERLINK(1),'-1 con,3,\r\n"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(as_xlsx(["a"], [row]))))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_more_rows_than_a_sheet_holds_go_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST_ROWS", 3)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(as_xlsx(["a"], ([number] for number in range(5))))))
    assert [[row[0].value for row in sheet.iter_rows()] for sheet in book] == [["a", 0, 1, 2], ["a", 3, 4]]

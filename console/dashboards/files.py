"""Rows as files for spreadsheets, written a piece at a time."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import xlsxwriter

Row = Sequence[Any]

_AT_ONCE = 500  # rows
_CHUNK = 64 * 1024  # bytes
_MOST_ROWS = 1_048_575  # of a sheet, below its heading
_BOM = "\ufeff"  # by which Excel knows UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(head: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """CSV in UTF-8. A text that a spreadsheet would take for a formula begins with an apostrophe."""
    yield _BOM.encode()
    left = iter(rows)
    some: list[Row] = [head]
    while some:
        out = io.StringIO()
        csv.writer(out).writerows([[_harmless(value) for value in row] for row in some])
        yield out.getvalue().encode()
        some = list(islice(left, _AT_ONCE))


def as_xlsx(head: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """A workbook, made on disk first, as its end is written before its beginning; a full sheet is followed by another."""
    with tempfile.TemporaryFile() as file:
        plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(file, plain)
        left = iter(rows)
        some = _sheet(book, head, left)
        while some == _MOST_ROWS:
            some = _sheet(book, head, left)
        book.close()
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _sheet(book: Any, head: Row, rows: Iterator[Row]) -> int:
    """Writes what fits on one sheet; how many rows that were."""
    sheet, number = book.add_worksheet(), 0
    sheet.write_row(0, 0, head)
    for number, row in enumerate(islice(rows, _MOST_ROWS), start=1):
        sheet.write_row(number, 0, row)
    return number


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

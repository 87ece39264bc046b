"""What got better or worse between two runs of the report."""

from collections.abc import Iterable, Iterator

from tests.evaluation.tables import Column, Table

_POINTS = 0.05  # what is told of per cent; less is hidden by rounding
_SHARE = 0.1  # what is told of times and sizes; less is the weather on the machine


def compare(old: Iterable[Table], new: Iterable[Table]) -> Iterator[str]:
    """One line a change; worse first, then by how much. Says first where the two runs did not ask the same."""
    before = {(table.title, row, column.name): cell for table, row, column, cell in _cells(old)}
    changes: list[tuple[bool, float, str]] = []
    for table, row, column, cell in _cells(new):
        was = before.get((table.title, row, column.name))
        if column.name == "messages" and was not in (None, cell):
            yield f"not the same messages: {table.title} · {row}: {was} → {cell}"
        if isinstance(was, float | int) and isinstance(cell, float | int) and _is_told(column, was, cell):
            is_better = (cell > was) == (column.better == "more")
            line = f"{'better' if is_better else 'WORSE '}  {table.title} · {row} · {column.name}: "
            changes.append((is_better, -abs(cell - was), line + f"{column.show(was)} → {column.show(cell)}"))
    yield from (line for _, _, line in sorted(changes))


def _is_told(column: Column, was: float, cell: float) -> bool:
    if not column.better:
        return False
    return abs(cell - was) >= (_POINTS if column.unit == "%" else _SHARE * abs(was))


def _cells(tables: Iterable[Table]) -> Iterator[tuple[Table, str, Column, object]]:
    for table in tables:
        for row, cells in table.rows.items():
            for column, cell in zip(table.columns, cells, strict=True):
                yield table, row, column, cell

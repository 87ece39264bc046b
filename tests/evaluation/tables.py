"""Tables: what the report is made of, whether it is read as Markdown, as a page or as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Cell = float | str | None


@dataclass(frozen=True)
class Column:
    """A column: its name, its unit, and which way is better where one is."""

    name: str
    unit: str = ""
    better: str = ""  # "more", "less", or neither

    def show(self, cell: Cell) -> str:
        """A cell as it is read."""
        if cell is None:
            return "–"
        if isinstance(cell, str):
            return cell
        return f"{cell:.{self._digits(cell)}f} {self.unit}".strip()

    def _digits(self, cell: float) -> int:
        if self.unit == "%":
            return 1
        if not self.unit or cell >= 10:
            return 0
        return 1 if cell >= 1 else 2


@dataclass(frozen=True)
class Table:
    """Named rows of cells; `short` for those that docs/benchmarks.md shows as well."""

    title: str
    columns: tuple[Column, ...]
    rows: Mapping[str, tuple[Cell, ...]]
    note: str = ""
    short: bool = False

    def markdown(self, level: int = 3) -> str:
        """With its title and note."""
        lines = [f"{'#' * level} {self.title}", ""]
        lines += [self.note, ""] if self.note else []
        lines += ["| | " + " | ".join(column.name for column in self.columns) + " |", "|---|" + "---|" * len(self.columns)]
        for name, cells in self.rows.items():
            shown = (column.show(cell) for column, cell in zip(self.columns, cells, strict=True))
            lines.append(f"| {name} | " + " | ".join(shown) + " |")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def table(facts: dict[str, Any]) -> Table:
    """The table of what `as_dict` gave."""
    columns = tuple(Column(**column) for column in facts["columns"])
    return Table(**{**facts, "columns": columns, "rows": {name: tuple(cells) for name, cells in facts["rows"].items()}})


ANSWERABLE = (
    Column("messages"),
    Column("right procedure first", "%", "more"),
    Column("among three", "%", "more"),
    Column("right section", "%", "more"),
    Column("right answer", "%", "more"),
    Column("wrong of answers given", "%", "less"),
    Column("asked back", "%", "less"),
    Column("wrongly declined", "%", "less"),
    Column("failed", "%", "less"),
)
DECLINED = (
    Column("messages"),
    Column("declined", "%", "more"),
    Column("asked back", "%"),
    Column("answered", "%", "less"),
    Column("failed", "%", "less"),
)

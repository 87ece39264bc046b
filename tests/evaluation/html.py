"""The report as one page that needs nothing else: styles and drawings inside."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.evaluation.tables import Table

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)


def page(
    tables: Sequence[Table],
    *,
    head: Sequence[str],
    drawings: Mapping[str, str],
    spelled: Mapping[str, str],
    examples: Mapping[str, Sequence[Mapping[str, Any]]],
) -> str:
    """Tables, each with its drawing where `drawings` has one for its title; one message in every spelling; examples."""
    safe = {title: Markup(drawing) for title, drawing in drawings.items()}  # SVG of our own numbers
    return _TEMPLATES.get_template("report.html.j2").render(
        tables=tables, head=head, drawings=safe, spelled=spelled, examples=examples
    )

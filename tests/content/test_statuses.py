"""Answer statuses are a closed list: consoles, reports and the replay's readers count on it."""

import ast
import re

from motcua.settings import ROOT
from tests.content.repository import constant, nodes, read_yaml

STATUSES = {
    "answered_from_guide",
    "answered_from_catalogue",
    "answered_place",
    "answered_dossier",
    "answered_digital_skill",
    "asked_which_procedure",
    "asked_which_case",
    "asked_for_detail",
    "declined_out_of_scope",
    "declined_no_guide",
    "declined_not_verified",
    "declined_too_many",
    "declined_switched_off",
    "handed_over",
    "referred_emergency",
    "smalltalk",
    "failed_actions",
    "failed_registry",
    "failed_internal",
}
FOLDERS = ("actions", "gateway")


def keyword_statuses() -> set[str]:
    """status="…" in a call, and both sides of status="…" if … else "…"."""
    found = [node for folder in FOLDERS for node in nodes(folder) if isinstance(node, ast.keyword) and node.arg == "status"]
    return {text for node in found for part in ast.walk(node.value) if (text := constant(part))}


def tabled_statuses() -> set[str]:
    """("utter_…", "…") in a table of replies."""
    pairs = [node.elts for node in nodes("actions") if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    return {text for one, other in pairs if (constant(one) or "").startswith("utter_") and (text := constant(other))}


def apologies() -> set[str]:
    """The gateway's own texts for a turn that failed."""
    return {name for name in read_yaml(ROOT / "gateway" / "texts.vi.yml") if name.startswith("failed_")}


def used() -> set[str]:
    return keyword_statuses() | tabled_statuses() | apologies()


def test_every_status_used_is_in_the_closed_list() -> None:
    assert used() - STATUSES == set()


def test_statuses_of_all_three_kinds_are_found() -> None:
    assert {"answered_from_guide", "asked_which_procedure", "answered_dossier", "referred_emergency"} <= keyword_statuses()
    assert {"smalltalk", "failed_registry"} <= tabled_statuses()
    assert {"failed_actions", "failed_internal"} == apologies()


def test_the_page_on_statuses_lists_them_all_and_those_in_use_first() -> None:
    page = (ROOT / "docs" / "answer-statuses.md").read_text("utf-8")
    in_use, reserved = page.split("Reserved, not in use yet")
    rows = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
    assert set(rows.findall(in_use)) == used()
    assert set(rows.findall(reserved)) == STATUSES - used()

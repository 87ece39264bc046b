"""What is chosen by a key has its words."""

import re

from console.audit.acts import Act
from console.navigation import AREAS
from console.pages import HERE, Pages
from console.roles import ALLOWED, Permission, Role

LABELS = Pages().labels
CODE = "\n".join(path.read_text("utf-8") for path in sorted(HERE.rglob("*.py")))


def test_every_role_act_group_and_page_has_its_words() -> None:
    assert set(LABELS["roles"]) == set(LABELS["role_hints"]) == set(Role)
    assert set(LABELS["acts"]) == set(Act)
    assert set(LABELS["groups"]) == set(AREAS)
    assert set(LABELS["areas"]) == {area.key for areas in AREAS.values() for area in areas}


def test_every_permission_is_somebody_s() -> None:
    assert set(ALLOWED) == set(Permission)
    assert all(ALLOWED.values())


def test_every_sentence_that_code_asks_for_is_there() -> None:
    assert set(re.findall(r'HTTPException\(\d+, "(\w+)"\)', CODE)) <= set(LABELS["refusals"])
    told = {*re.findall(r'done\([^)]*, "(\w+)"\)', CODE), *re.findall(r"\?done=(\w+)", CODE)}
    assert told
    assert told <= set(LABELS["done"])
    assert set(re.findall(r'_sentence\(request, "(\w+)"\)', CODE)) <= set(LABELS["problems"])

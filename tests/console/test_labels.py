"""What is chosen by a key has its words."""

import re
from typing import get_args

from console.audit.acts import Act
from console.navigation import AREAS
from console.pages import HERE, Pages
from console.roles import ALLOWED, Permission, Role
from gateway.feedback import REASONS
from gateway.inbox import NOTICE, STAFF_REPLY
from motcua.conversations.agreement import Aspect
from motcua.conversations.filters import FACETS
from motcua.conversations.indexing import LENGTHS
from motcua.conversations.proposals import KINDS, STATES
from motcua.conversations.reviewing import State
from motcua.procedures.guide import SECTIONS
from motcua.retrieval.features import NAMES
from motcua.settings import ROOT
from tests.content.repository import read_yaml
from tests.content.test_statuses import STATUSES

LABELS = Pages().labels
INTENTS = {
    name
    for path in sorted((ROOT / "bot" / "domain").glob("*.yml"))
    for intent in read_yaml(path).get("intents", ())
    for name in intent
}
CODE = "\n".join(path.read_text("utf-8") for path in sorted(HERE.rglob("*.py")))


def test_every_role_act_group_and_page_has_its_words() -> None:
    assert set(LABELS["roles"]) == set(LABELS["role_hints"]) == set(Role)
    assert set(LABELS["acts"]) == set(Act)
    assert set(LABELS["groups"]) == set(AREAS)
    assert set(LABELS["areas"]) == {area.key for areas in AREAS.values() for area in areas}


def test_every_key_of_the_store_has_its_words() -> None:
    assert set(LABELS["facets"]) == set(FACETS)
    assert set(LABELS["statuses"]) == STATUSES | {status.split("_")[0] for status in STATUSES} - {
        "smalltalk",
        "handed",
        "referred",
    }
    assert set(LABELS["intents"]) == INTENTS | {NOTICE, STAFF_REPLY}
    assert set(LABELS["sections"]) == {*SECTIONS, "checklist"}
    assert set(LABELS["states"]) == set(get_args(State))
    assert set(LABELS["lengths"]) == set(LENGTHS)
    assert set(LABELS["feedback"]) == {"helpful", "unhelpful", *REASONS}
    assert set(LABELS["features"]) == set(NAMES)
    assert set(LABELS["fields"]) == {path.name for path in (ROOT / "knowledge_base" / "procedures").iterdir() if path.is_dir()}
    assert set(LABELS["proposal_kinds"]) == set(KINDS)
    assert set(LABELS["proposal_states"]) == set(STATES)
    assert set(LABELS["aspects"]) == set(get_args(Aspect))


def test_every_permission_is_somebody_s() -> None:
    assert set(ALLOWED) == set(Permission)
    assert all(ALLOWED.values())


def test_every_sentence_that_code_asks_for_is_there() -> None:
    assert set(re.findall(r'HTTPException\(\d+, "(\w+)"\)', CODE)) <= set(LABELS["refusals"])
    told = {*re.findall(r'done\([^)]*, "(\w+)"\)', CODE), *re.findall(r"\?done=(\w+)", CODE)}
    assert told
    assert told <= set(LABELS["done"])
    assert set(re.findall(r'_sentence\(request, "(\w+)"\)', CODE)) <= set(LABELS["problems"])

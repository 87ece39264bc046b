"""Domain, rules and actions name one another by text; what is misspelt fails without a word (rasa-sdk drops it)."""

import ast
from collections import Counter
from typing import get_args

import pytest

from motcua.dossiers.registry import Stage
from motcua.dossiers.telling import load_stages
from motcua.settings import ROOT
from tests.content.repository import constant, domain, nodes, rules

RULES = rules()
RESPONSES = domain("responses")


def responses_given() -> list[str]:
    """Every text in actions that names a response, an f-string with its open end."""
    given = [text for node in nodes("actions") if (text := constant(node)) and text.startswith("utter_")]
    return given + [
        action for rule in RULES for step in rule["steps"] if (action := step.get("action", "")).startswith("utter_")
    ]


def open_ends() -> set[str]:
    """The beginnings of f-strings that name a response: utter_dossier_{stage}."""
    strings = [node for node in nodes("actions") if isinstance(node, ast.JoinedStr) and node.values]
    return {text for node in strings if (text := constant(node.values[0])) and text.startswith("utter_")}


def actions_made() -> set[str]:
    """What the `name` methods in actions return."""
    methods = [node for node in nodes("actions") if isinstance(node, ast.FunctionDef) and node.name == "name"]
    returns = [node for method in methods for node in ast.walk(method) if isinstance(node, ast.Return)]
    return {text for node in returns if (text := constant(node.value))}


@pytest.mark.parametrize("intent", domain("intents"))
def test_every_intent_has_exactly_one_rule(intent: str) -> None:
    assert len([rule for rule in RULES if rule["steps"][0] == {"intent": intent}]) == 1


def test_every_rule_begins_with_an_intent_of_the_domain() -> None:
    assert [rule["rule"] for rule in RULES if rule["steps"][0].get("intent") not in domain("intents")] == []


def test_names_are_given_once() -> None:
    # a slot is named for the entity it holds, so slots and entities are counted apart
    named = [name for key in ("intents", "actions", "responses", "entities") for name in domain(key)]
    for names in ([*named, *(rule["rule"] for rule in RULES)], list(domain("slots"))):
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_action_of_a_rule_is_in_the_domain() -> None:
    called = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}
    assert called <= {*domain("actions"), *RESPONSES}


def test_the_domain_lists_the_actions_that_are_made() -> None:
    assert set(domain("actions")) == actions_made()


def test_every_response_given_is_in_the_domain() -> None:
    assert set(responses_given()) - open_ends() - set(RESPONSES) == set()


def test_every_response_of_the_domain_is_given() -> None:
    assert [name for name in RESPONSES if name not in responses_given() and not name.startswith(tuple(open_ends()))] == []


def test_no_response_is_named_by_halves() -> None:
    assert open_ends() == set()


def test_every_stage_of_a_dossier_has_its_words() -> None:
    assert set(load_stages(ROOT / "knowledge_base" / "dossiers.yml")) == set(get_args(Stage))


def test_only_actions_about_dossiers_reach_into_the_vault() -> None:
    reaching = {path.stem for path in (ROOT / "actions").glob("*.py") if ".vault" in path.read_text("utf-8")}
    assert reaching == {"dossier_answers"}

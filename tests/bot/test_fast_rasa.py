"""What bot/fast_rasa.py puts in Rasa's place does what Rasa does, as far as we need it. Fails when Rasa changes underneath."""

import copy
import hashlib
import importlib.metadata
import inspect
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import dask
import numpy as np
import pytest
import rasa.core.policies.rule_policy
import rasa.core.processor
import scipy.sparse as sparse
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.slots import AnySlot, CategoricalSlot, Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Tracker

from bot import fast_rasa
from motcua.settings import ROOT

# What is replaced, and what it was when the replacement was written: the start of the SHA-256 of its source.
REPLACED: dict[Callable[..., Any], str] = {
    Event.resolve_by_type: "b5cf570fa7f2",
    RemoteAction._action_call_format: "428795b944f2",
    RemoteAction._validate_action_result: "f8cdb4be6812",
    EndpointConfig.session: "e55aa13d9d4f",
    EndpointConfig.request: "ccdb778aed82",
    LogisticRegressionClassifier.process: "200fc5eab907",
    LogisticRegressionClassifier._create_X: "6f50b5eef8a8",
    RulePolicy._get_possible_keys: "2915fd81711e",
    RulePolicy._is_rule_applicable: "64a108b016b4",
    RulePolicy._find_action_from_rules: "be6da6ee0f54",
    Domain.is_empty: "884be90ef485",
    Slot.__init__: "54ca1ec6b580",
    DaskGraphRunner.run: "45f0f52f574f",
}
ACTION = RemoteAction("action_tra_loi", EndpointConfig("http://127.0.0.1:1/webhook"))
DOMAIN = Domain(["hoi"], [], [AnySlot("place", mappings=[{"type": "custom"}])], {}, ["action_tra_loi"], {}, {})


@pytest.mark.parametrize("replaced", REPLACED, ids=lambda found: found.__qualname__)
def test_rasa_is_as_it_was(replaced: Callable[..., Any]) -> None:
    digest = hashlib.sha256(inspect.getsource(replaced).encode()).hexdigest()[:12]
    assert digest == REPLACED[replaced], "Rasa has changed: compare bot/fast_rasa.py with it, then write down the new digest."


def test_a_graph_gives_what_dask_makes_of_it() -> None:
    def node(name: str) -> Callable[..., tuple[str, Any]]:
        return lambda *told: (name, sorted(dict(told)))  # as Rasa's nodes: each is told its inputs' names and values

    graph = {"said": ("said", "xin chào"), "nlu": (node("nlu"), "said"), "core": (node("core"), "nlu", "said")}
    assert dict(fast_rasa._run_graph(graph, ["core", "nlu"])) == dict(dask.get(graph, ["core", "nlu"]))


@pytest.mark.parametrize("module", [rasa.core.processor, rasa.core.policies.rule_policy], ids=lambda found: found.__name__)
def test_copies_are_only_made_for_log_lines(module: Any) -> None:
    lines = inspect.getsource(module).splitlines()
    for number, line in enumerate(lines):
        if "copy." in line and "import" not in line and not line.lstrip().startswith("#"):
            assert "copy.deepcopy" in line
            assert any("structlogger.debug" in before for before in lines[number - 5 : number + 1]), line


def test_an_action_gets_what_it_reads_and_nothing_else() -> None:
    tracker = DialogueStateTracker.from_events("a", [UserUttered("xin chào", {"name": "hoi"})], DOMAIN.slots)
    tracker.slots["place"].value = "09169"
    slow, fast = ACTION._action_call_format(tracker, DOMAIN), fast_rasa._action_call(ACTION, tracker, DOMAIN)
    assert {**slow["tracker"], "events": []} == fast["tracker"]
    assert {name: slow[name] for name in slow if name not in ("tracker", "domain")} == {
        name: fast[name] for name in fast if name != "tracker"
    }
    heard = Tracker.from_dict(fast["tracker"])
    assert (heard.latest_message["text"], heard.get_slot("place")) == ("xin chào", "09169")


@pytest.mark.parametrize("answer", [None, [], "x", {"events": {}}, {"responses": [1]}, {"events": [None], "responses": []}])
def test_an_answer_that_is_none_is_refused(answer: Any) -> None:
    with pytest.raises(RasaException, match="action_tra_loi"):
        fast_rasa._check_result(ACTION, answer)


@pytest.mark.parametrize(
    "answer", [{}, {"events": [], "responses": []}, {"events": [{"event": "slot", "name": "place", "value": 1}]}]
)
def test_an_answer_that_rasa_takes_is_taken(answer: Any) -> None:
    assert ACTION._validate_action_result(answer)
    assert fast_rasa._check_result(ACTION, answer)


@pytest.mark.parametrize("name", ["user", "bot", "slot", "action", "session_started", "topic", "rewind"])
def test_an_event_has_the_class_rasa_gives_it(name: str) -> None:
    assert fast_rasa._event_class(name) is Event.resolve_by_type(name)


def test_an_unknown_event_is_refused_as_rasa_does() -> None:
    with pytest.raises(ValueError, match="Unknown event name"):
        fast_rasa._event_class("no such event")
    assert fast_rasa._event_class("no such event", UserUttered) is UserUttered


async def test_connections_outlive_an_action_call() -> None:
    async with fast_rasa._shared_session(ACTION.action_endpoint) as first:
        pass
    async with fast_rasa._shared_session(ACTION.action_endpoint) as second:
        assert first is second
        assert not second.closed
    await second.close()


def test_weights_in_another_order_give_the_same_intents() -> None:
    class Classifier:
        clf = type("Model", (), {"coef_": np.arange(6.0).reshape(2, 3)})()

        def process(self, messages: list[int]) -> list[float]:
            return [float(row @ np.ones(3)) for row in self.clf.coef_]

    before, after = Classifier().process([]), fast_rasa._ordered_first(Classifier.process)(Classifier(), messages=[])
    assert before == after
    assert Classifier.clf.coef_.flags.f_contiguous


def test_a_row_of_features_is_the_one_rasa_makes() -> None:
    rows = [sparse.coo_matrix(np.array([row])) for row in ([0.0, 2.0, 1.0], [3.0, 0.0, 0.0])]
    messages = [Message(data={"text": "a"}, features=[Features(row, "sentence", "text", "ours")]) for row in rows]
    create = LogisticRegressionClassifier._create_X
    fast = fast_rasa._rows_of(create)
    assert (fast(object(), messages).toarray() == create(object(), messages).toarray()).all()
    dense = [Message(data={"text": "a"}, features=[Features(np.ones((1, 2)), "sentence", "text", "other")])]
    assert fast(object(), dense).toarray().tolist() == [[1.0, 1.0]]


def test_rules_are_those_rasa_finds_however_often_they_are_looked_for() -> None:
    def state(intent: str, action: str | None) -> dict[str, Any]:
        return {"user": {"intent": intent}} | ({"prev_action": {"action_name": action}} if action else {})

    listen, policy = "action_listen", object.__new__(RulePolicy)
    rules = [[state("hoi", listen)], [state("hoi", listen), state("hoi", "tra_loi")], [{}, state("chao", listen)]]
    lookup = {json.dumps(rule): "tra_loi" for rule in rules}
    find, stories = fast_rasa._remembered(RulePolicy._get_possible_keys), []
    for intent in ("hoi", "chao", "khac"):
        stories += [[state(intent, listen)], [{}, state(intent, listen)], [{}, *rules[1], state(intent, listen)]]
    for story in [*stories, *stories]:
        assert find(policy, lookup, story) == RulePolicy._get_possible_keys(policy, lookup, story), story
    assert any(find(policy, lookup, story) for story in stories)


@pytest.mark.parametrize("heard", [{"intent": "hoi"}, {"text": "xin chào"}, {}])
def test_text_is_only_gone_by_where_a_rule_names_no_intent(heard: dict[str, str]) -> None:
    policy = object.__new__(RulePolicy)
    policy.lookup = {"rules": {json.dumps([{"user": heard, "prev_action": {"action_name": "action_listen"}}]): "tra_loi"}}
    tracker, asked = DialogueStateTracker("a", []), []
    find = fast_rasa._by_intent_alone(lambda _, __, ___, by_text: asked.append(by_text))
    for by_text in (True, False):
        find(policy, tracker, DOMAIN, use_text_for_last_user_input=by_text)
    assert asked == ([False] if "intent" in heard else [True, False])


@pytest.mark.parametrize("domain", [DOMAIN, Domain.empty(), Domain.from_dict({"intents": ["hoi"]})])
def test_a_domain_is_as_empty_as_rasa_says(domain: Domain) -> None:
    assert fast_rasa._is_empty(domain) == domain.is_empty()


@pytest.mark.parametrize("slot", [AnySlot("a", mappings=[{}]), CategoricalSlot("b", mappings=[{}], values=["x", "y"])])
def test_a_slot_is_copied_as_pickle_would(slot: Slot) -> None:
    slot.value, twin = "x", fast_rasa._twin(slot)
    slow = copy.copy(slot)
    assert type(twin) is type(slow)
    twin.value = "y"
    assert (slot.value, {**vars(twin), "_value": "x"}) == ("x", vars(slow))


def test_another_version_of_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "3.7.0")
    with pytest.raises(RuntimeError, match=r"3\.6\.21, found 3\.7\.0"):
        fast_rasa.install()


def test_it_is_installed_in_the_bot_process() -> None:
    code = (
        "from bot import lean_rasa; lean_rasa.install(); import rasa.core.run; from bot import fast_rasa; fast_rasa.install()\n"
        "from rasa.shared.core.events import Event; from rasa.core.actions.action import RemoteAction\n"
        "print(Event.resolve_by_type.__name__, RemoteAction._action_call_format.__name__)"
    )
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["_event_class", "_action_call"]

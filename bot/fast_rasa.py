"""Rasa 3.6.21 without work that no turn of ours needs. Call `install()` after importing rasa; it refuses any other version.

Each change has the shape that a patch to Rasa would have, and says what it saves; tests/bot/test_fast_rasa.py holds what is
replaced against Rasa's own, and fails when Rasa changes. Figures: docs/adr/0021-speed.md.
"""

import asyncio
import importlib.metadata
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, wraps
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
import dask.core
import numpy as np
import rasa.core.policies.rule_policy
import rasa.core.processor
import rasa.engine.runner.dask
import rasa.shared.utils.common
import scipy.sparse as sparse
from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import ACTION_NAME, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig

from motcua.settings import KEEP_ALIVE_SECONDS
from motcua.spans import carried

RASA_VERSION = "3.6.21"
_MAX_SITUATIONS = 4096  # that a policy remembers the rules of


def install() -> None:
    """Makes the changes in this process. Raises RuntimeError for another version of Rasa."""
    found = importlib.metadata.version("rasa")
    if found != RASA_VERSION:
        raise RuntimeError(f"bot/fast_rasa.py holds for Rasa {RASA_VERSION}, found {found}: check it against the new one.")
    Event.resolve_by_type = staticmethod(_event_class)
    RemoteAction._action_call_format = _action_call
    RemoteAction._validate_action_result = _check_result
    EndpointConfig.session = _shared_session
    for module in (rasa.core.processor, rasa.core.policies.rule_policy):
        module.copy = SimpleNamespace(deepcopy=_itself)
    rasa.engine.runner.dask.dask = SimpleNamespace(get=_run_graph)
    LogisticRegressionClassifier.process = _ordered_first(LogisticRegressionClassifier.process)
    LogisticRegressionClassifier._create_X = _rows_of(LogisticRegressionClassifier._create_X)
    RulePolicy._get_possible_keys = _remembered(RulePolicy._get_possible_keys)
    RulePolicy._find_action_from_rules = _by_intent_alone(RulePolicy._find_action_from_rules)
    Domain.is_empty = _is_empty
    Slot.__copy__ = _twin


@cache
def _event_classes() -> dict[str, type[Event]]:
    return {found.type_name: found for found in reversed(rasa.shared.utils.common.all_subclasses(Event))}


def _event_class(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """`Event.resolve_by_type`: Rasa walks all subclasses for each event it reads, a tenth of a turn."""
    if type_name in _event_classes():
        return _event_classes()[type_name]
    if type_name == "topic":
        return None
    if default is None:
        raise ValueError(f"Unknown event name '{type_name}'.")
    return default


def _action_call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """`RemoteAction._action_call_format` without the domain and the history, which no action of ours reads: 2 kB, not 900."""
    del domain
    state = {**tracker.current_state(), "events": []}
    if tracker.latest_message:
        state["latest_message"] = {**state["latest_message"], "metadata": tracker.latest_message.metadata}
    return {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": state, "version": RASA_VERSION}


def _check_result(action: RemoteAction, result: Any) -> bool:
    """`RemoteAction._validate_action_result`: jsonschema checks its own schema each time, which took a third of a turn.

    What is inside an event is checked when Rasa makes an Event of it.
    """
    events, responses = (result.get(name, []) if isinstance(result, dict) else None for name in ("events", "responses"))
    is_whole = isinstance(events, list) and isinstance(responses, list)
    if not is_whole or not all(isinstance(one, dict) for one in (*events, *responses)):
        raise RasaException(f"The action server's answer to '{action.name()}' has not the form of one.")
    return True


_SESSIONS: "WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession]" = WeakKeyDictionary()


@asynccontextmanager
async def _shared_session(_: EndpointConfig) -> AsyncIterator[aiohttp.ClientSession]:
    """`EndpointConfig.session`: one session for all turns, which keeps its connections; Rasa opens one for each action."""
    loop = asyncio.get_running_loop()
    if loop not in _SESSIONS:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS)
        timeout = aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT)
        _SESSIONS[loop] = aiohttp.ClientSession(connector=connector, timeout=timeout, trace_configs=[_carrying()])
    yield _SESSIONS[loop]


def _carrying() -> aiohttp.TraceConfig:
    """What lets an action's spans belong to its turn."""

    async def add(_: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestStartParams) -> None:
        request.headers.update(carried())

    carrying = aiohttp.TraceConfig()
    carrying.on_request_start.append(add)
    return carrying


def _itself(value: Any) -> Any:
    """Rasa copies deeply what it hands to log lines at DEBUG, which are dropped."""
    return value


def _ordered_first(process: Callable[..., Any]) -> Callable[..., Any]:
    """`LogisticRegressionClassifier.process` with weights in SciPy's order: in another it copies all of them each time."""

    @wraps(process)
    def ordered(self: LogisticRegressionClassifier, messages: list[Message]) -> Any:
        if not self.clf.coef_.flags.f_contiguous:
            self.clf.coef_ = np.asfortranarray(self.clf.coef_)
        return process(self, messages)

    return ordered


def _rows_of(create: Callable[..., Any]) -> Callable[..., Any]:
    """`LogisticRegressionClassifier._create_X` of sparse features alone, without three copies of them."""

    @wraps(create)
    def rows(self: LogisticRegressionClassifier, messages: list[Message]) -> Any:
        found = [part for message in messages for part in message.features if part.attribute == TEXT]
        if len(found) != len(messages) or not all(part.is_sparse() for part in found):
            return create(self, messages)
        rows = [part.features for part in found]
        return rows[0].tocsr() if len(rows) == 1 else sparse.vstack(rows, format="csr")

    return rows


@dataclass(frozen=True)
class _Situations:
    """The keys that the rules of one lookup have in each situation met so far."""

    lookup: dict[str, str]
    longest: int  # states of a rule: what was before them does not matter
    keys: dict[str, set[str]] = field(default_factory=dict)


def _remembered(possible_keys: Callable[..., set[str]]) -> Callable[..., set[str]]:
    """`RulePolicy._get_possible_keys` once for each situation: it tries every rule at every prediction, a twelfth of a turn."""

    @wraps(possible_keys)
    def remembered(policy: RulePolicy, lookup: dict[str, str], states: list[Any]) -> set[str]:
        lookups: dict[int, _Situations] = policy.__dict__.setdefault("known_situations", {})
        known = lookups.get(id(lookup))
        if known is None:
            longest = max((len(policy._rule_key_to_state(key)) for key in lookup), default=1)
            known = lookups[id(lookup)] = _Situations(lookup, longest)
        situation = json.dumps(states[-known.longest :], sort_keys=True)
        if situation not in known.keys:
            if len(known.keys) >= _MAX_SITUATIONS:
                known.keys.clear()
            known.keys[situation] = possible_keys(policy, lookup, states)
        return set(known.keys[situation])

    return remembered


def _by_intent_alone(find: Callable[..., Any]) -> Callable[..., Any]:
    """`RulePolicy._find_action_from_rules` by text where a rule may be met so: Rasa replays the conversation to find none."""

    @wraps(find)
    def found(policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool) -> Any:
        if use_text_for_last_user_input and not tracker.active_loop_name and not _may_go_by_text(policy):
            return None, None, False
        return find(policy, tracker, domain, use_text_for_last_user_input)

    return found


def _may_go_by_text(policy: RulePolicy) -> bool:
    """Whether a rule ends in something heard without naming its intent."""
    if "may_go_by_text" not in policy.__dict__:
        ends = [policy._rule_key_to_state(key)[-1] for key in policy.lookup[RULES]]
        heard = (end for end in ends if end.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) in (None, ACTION_LISTEN_NAME))
        policy.__dict__["may_go_by_text"] = any(INTENT not in end.get(USER, {}) for end in heard)
    return bool(policy.__dict__["may_go_by_text"])


_empty = cache(Domain.empty)


def _is_empty(domain: Domain) -> bool:
    """`Domain.is_empty`, which makes an empty one to compare with for each message."""
    return bool(domain.as_dict() == _empty().as_dict())


def _twin(slot: Slot) -> Slot:
    """`copy.copy` of a slot, which asks pickle how: all slots are copied whenever a tracker is made."""
    twin = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def _run_graph(graph: dict[str, Any], targets: list[str]) -> Any:
    """`dask.get` without its scheduler, which has nothing to choose where one task follows another: a tenth of a turn."""
    return dask.core.get(graph, targets)

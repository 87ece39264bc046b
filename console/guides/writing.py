"""Writes changed facts back into a guide's YAML: what did not change keeps its order, comments and quotes."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString

_IN_ONE_LINE = ("replaces", "related", "numbers", "asks")
_READER: Any = yaml.SafeLoader("")
_TEXT = "tag:yaml.org,2002:str"


def written(text: str, facts: Mapping[str, Any]) -> str:
    """The YAML of `text` with these facts in it, in their order where they are new."""
    ours: Any = YAML()
    ours.preserve_quotes = True
    ours.width = 2**16  # one value, one line
    ours.indent(mapping=2, sequence=4, offset=2)
    content = _map(ours.load(text) or CommentedMap(), facts)
    out = io.StringIO()
    ours.dump(content, out)
    return out.getvalue()


def _map(old: CommentedMap, facts: Mapping[str, Any]) -> CommentedMap:
    for key in [key for key in old if key not in facts]:
        del old[key]
    for place, (key, value) in enumerate(facts.items()):
        if key in old:
            old[key] = _merged(old[key], value, key)
        else:
            before = [name for name in list(facts)[:place] if name in old]
            old.insert(list(old).index(before[-1]) + 1 if before else 0, key, _fresh(value, key))
    return old


def _merged(old: Any, new: Any, key: str) -> Any:
    if isinstance(old, CommentedMap) and isinstance(new, Mapping):
        return _map(old, new)
    if isinstance(old, CommentedSeq) and _is_list(new):
        return _list(old, list(new), key)
    if old == new:
        return old
    return type(old)(new) if isinstance(old, ScalarString) and isinstance(new, str) else _fresh(new, key)


def _list(old: CommentedSeq, new: list[Any], key: str) -> CommentedSeq:
    changes = SequenceMatcher(a=_told(old), b=_told(new), autojunk=False).get_opcodes()
    for kind, begin, end, first, last in reversed(changes):  # from the end, so that places stay true
        if kind == "equal":
            continue
        both = min(end - begin, last - first)
        for place in range(both):
            old[begin + place] = _merged(old[begin + place], new[first + place], key)
        for place in reversed(range(begin + both, end)):
            del old[place]
        for place in range(first + both, last):
            old.insert(begin + place - first, _fresh(new[place], key))
    return old


def _fresh(value: Any, key: str) -> Any:
    if isinstance(value, Mapping):
        return CommentedMap((name, _fresh(part, name)) for name, part in value.items())
    if _is_list(value):
        made = CommentedSeq(_fresh(part, key) for part in value)
        if key in _IN_ONE_LINE:
            made.fa.set_flow_style()
        return made
    # Who reads it knows YAML 1.1, where "08:30" and "no" are no texts.
    if isinstance(value, str) and _READER.resolve(yaml.ScalarNode, value, (True, False)) != _TEXT:
        return DoubleQuotedScalarString(value)
    return value


def _told(values: Iterable[Any]) -> Sequence[str]:
    return [json.dumps(value, ensure_ascii=False, sort_keys=True, default=str) for value in values]


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)

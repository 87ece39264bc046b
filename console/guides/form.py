"""The editor's form: names such as `papers.0.name` ↔ the facts of a guide, as YAML holds them."""

import re
from collections.abc import Iterable
from typing import Any

from motcua.procedures.guide import SECTIONS, Guide
from motcua.vietnamese.canonical import canonical

# Text areas with an item a line.
_LINES = re.compile(
    rf"also_called|replaces|related|conditions|tips|questions\.(?:{'|'.join(SECTIONS)})|channels\.\d+\.steps|overrides\.\d+\.numbers"
)
_ENTRIES = re.compile(r"papers|cases(?:\.\d+\.papers)?|channels|legal_basis|overrides|questions\.several")  # lists of groups
_SEVERAL = "asks"
_NAME = re.compile(r"[a-z_]+(?:\.(?:\d{1,3}|[a-z_]+)){0,4}")
_ALWAYS = ("questions", "where", "source")


class FormFault(ValueError):
    """Fields that cannot stand beside each other: no form of ours."""


def is_lines(name: str) -> bool:
    """Whether a field is a text area with an item a line."""
    return _LINES.fullmatch(name) is not None


def read_form(sent: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The facts as they were typed, empty ones included, so that places in lists are those of the form. Raises FormFault."""
    tree: dict[str, Any] = {name: {} for name in _ALWAYS}
    for name, typed in sent:
        if _NAME.fullmatch(name) and name.split(".")[0] in Guide.model_fields:
            _put(tree, name, typed)
    facts: dict[str, Any] = _listed(tree)
    return facts


def filled(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts without what is empty; the groups every guide has stay."""
    return {name: {} for name in _ALWAYS} | {name: kept for name, part in facts.items() if (kept := _filled(part))}


def grown(facts: dict[str, Any], path: str) -> dict[str, Any]:
    """The facts with one more, empty entry in a list. Raises FormFault."""
    _entries(facts, path).append({})
    return facts


def shrunk(facts: dict[str, Any], path: str) -> dict[str, Any]:
    """The facts without one entry of a list. Raises FormFault."""
    group, _, place = path.rpartition(".")
    entries = _entries(facts, group)
    if not (place.isdecimal() and int(place) < len(entries)):
        raise FormFault(path)
    del entries[int(place)]
    return facts


def _put(tree: dict[str, Any], name: str, typed: str) -> None:
    *groups, last = name.split(".")
    for group in groups:
        tree = tree.setdefault(group, {})
        if not isinstance(tree, dict):
            raise FormFault(name)
    if isinstance(tree.get(last), dict):
        raise FormFault(name)
    if last == _SEVERAL:
        tree.setdefault(last, []).append(typed)
    else:
        tree[last] = [line for text in typed.splitlines() if (line := canonical(text))] if is_lines(name) else canonical(typed)


def _listed(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    if part and all(name.isdigit() for name in part):
        return [_listed(part[name]) for name in sorted(part, key=int)]
    return {name: _listed(value) for name, value in part.items()}


def _filled(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: kept for name, value in part.items() if (kept := _filled(value))}
    if isinstance(part, list):
        return [kept for value in part if (kept := _filled(value))]
    return part


def _entries(facts: dict[str, Any], path: str) -> list[Any]:
    """The entries of a list, which is made where there is none yet."""
    if not _ENTRIES.fullmatch(path):
        raise FormFault(path)
    *groups, last = path.split(".")
    part: Any = facts
    for group in groups:
        if isinstance(part, list) and group.isdigit() and int(group) < len(part):
            part = part[int(group)]
        elif isinstance(part, dict) and not group.isdigit():
            part = part.setdefault(group, {})
        else:
            raise FormFault(path)
    entries = part.setdefault(last, []) if isinstance(part, dict) else None
    if not isinstance(entries, list):
        raise FormFault(path)
    return entries

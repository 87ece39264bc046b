"""Proposals as files of the project: each path is where its content would stand in the repository."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from motcua.conversations.proposals import Kind, Proposal
from motcua.procedures.guide import SECTIONS
from motcua.procedures.loader import guide_paths

EXAMPLES, GOLDEN = "data/nlu/proposed.yml", "tests/conversations/golden/proposed.yml"
GUIDES = "knowledge_base/procedures"
Read = Callable[[str], str | None]


def files_of(proposals: Sequence[Proposal], guides: Path, *, read: Read = lambda path: None) -> dict[str, str]:
    """Path → content: examples and conversations in files of their own, guides whole, with the questions that are proposed.

    `read` tells what a file of the project holds already, which is kept; without it guides are those of the folder.
    """
    examples, golden, changes = (_of_kind(proposals, kind) for kind in ("example", "golden", "guide_change"))
    files = {EXAMPLES: _examples(examples, read(EXAMPLES))} if examples else {}
    if golden:
        known = _loaded(read(GOLDEN)) or []
        files[GOLDEN] = _text_of([*known, *(conversation for conversation in golden if conversation not in known)])
    return files | dict(_guides(changes, guides, read))


def zipped(files: dict[str, str]) -> bytes:
    """The files as one, to be unpacked over a checkout of the project."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return packed.getvalue()


def _of_kind(proposals: Sequence[Proposal], kind: Kind) -> list[Any]:
    """Oldest first, each content once."""
    found: list[Any] = []
    for proposal in sorted(proposals, key=lambda proposal: proposal.id):
        if proposal.kind == kind and proposal.content not in found:
            found.append(proposal.content)
    return found


def _examples(examples: Sequence[Any], known: str | None) -> str:
    earlier = (_loaded(known) or {"nlu": []})["nlu"]
    by_intent = {block["intent"]: block["examples"].splitlines() for block in earlier}
    for example in examples:
        lines, line = by_intent.setdefault(example["intent"], []), f"- {example['text']}"
        if line not in lines:
            lines.append(line)
    blocks = [
        {"intent": intent, "examples": LiteralScalarString("".join(f"{line}\n" for line in lines))}
        for intent, lines in sorted(by_intent.items())
    ]
    return _text_of({"version": "3.1", "nlu": blocks})


def _guides(changes: Sequence[Any], guides: Path, read: Read) -> Iterator[tuple[str, str]]:
    """Each guide with its new questions; a code that no file holds any more is left out."""
    for path in guide_paths(guides) if changes else ():
        asked = [change for change in changes if path.name.startswith(f"{change['procedure']}-")]
        if asked:
            in_project = f"{GUIDES}/{path.relative_to(guides).as_posix()}"
            yield in_project, _with_questions(read(in_project) or path.read_text("utf-8"), asked)


def _with_questions(text: str, changes: Sequence[Any]) -> str:
    """The guide's YAML, untouched but for the questions added."""
    guide = _guide_yaml().load(text)
    questions = guide["questions"]
    for change in changes:
        section, question = change["section"], change["question"]
        if section not in questions:
            behind = [name for name in questions if name in SECTIONS and SECTIONS.index(name) < SECTIONS.index(section)]
            questions.insert(len(behind), section, [])
        if question not in questions[section]:
            questions[section].append(question)
    return _text_of(guide)


def _loaded(text: str | None) -> Any:
    return _guide_yaml().load(text) if text else None


def _text_of(content: Any) -> str:
    written = io.StringIO()
    _guide_yaml().dump(content, written)
    return written.getvalue()


def _guide_yaml() -> Any:
    """YAML as guides are written: they come out as they went in, to the byte."""
    found: Any = YAML()
    found.width, found.preserve_quotes = 100_000, True
    found.indent(mapping=2, sequence=4, offset=2)
    return found

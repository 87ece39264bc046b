"""Guides to be edited: found by words, opened from a draft or from what runs, and saved as a change for git."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

from console.guides.checkout import Author, Checkout
from console.pages import HANOI
from motcua.procedures.guide import Guide
from motcua.procedures.loader import guide_paths
from motcua.vietnamese.folding import fold

IN_PROJECT = "knowledge_base/procedures"


@dataclass(frozen=True)
class Draft:
    """A guide's text as somebody finds it; `branch` is empty where it is what runs."""

    path: Path  # <field>/<code>-<slug>.yml
    text: str
    branch: str = ""

    @property
    def digest(self) -> str:
        """By which a form knows what it was made from."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def in_project(self) -> str:
        """Where the file is in the project."""
        return f"{IN_PROJECT}/{self.path.as_posix()}"


class Shelf:
    """The guides of a folder, which is only read; with a checkout, saved changes become commits in it."""

    def __init__(self, folder: Path, checkout: Checkout | None = None) -> None:
        self._folder, self.checkout = folder, checkout
        self._paths = {path.name.partition("-")[0]: path.relative_to(folder) for path in guide_paths(folder)}

    def __contains__(self, code: object) -> bool:
        return code in self._paths

    def open(self, code: str, login: str) -> Draft:
        """A guide as this person left it, or as it runs."""
        path = self._paths[code]
        if self.checkout is not None:
            branch = self.checkout.draft_of(code, login)
            draft = Draft(path, "", branch if self.checkout.is_open(branch) else "")
            if (text := self.checkout.read(draft.in_project, branch)) is not None:
                return Draft(path, text, draft.branch)
        return Draft(path, (self._folder / path).read_text("utf-8"))


def patch(draft: Draft, text: str, *, author: Author, subject: str, at: float) -> str:
    """The change as a file for `git am`, for an office whose console has no checkout."""
    name = f"{draft.in_project}"
    diff = unified_diff(draft.text.splitlines(True), text.splitlines(True), f"a/{name}", f"b/{name}")
    moment = format_datetime(datetime.fromtimestamp(at, HANOI))
    who, told = Header(author.line.rpartition(" <")[0], "utf-8").encode(), Header(f"[PATCH] {subject}", "utf-8").encode()
    head = f"From: {who} <{author.login}>\nDate: {moment}\nSubject: {told}\n"
    return f"{head}Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n---\n{''.join(diff)}"


def found(guides: Mapping[str, Guide], typed: str) -> list[Guide]:
    """The guides that have all of these words, with or without diacritics, by field and name."""
    words = fold(typed).split()
    return sorted(
        (guide for guide in guides.values() if all(word in _words(guide) for word in words)),
        key=lambda guide: (guide.field, fold(guide.name)),
    )


def _words(guide: Guide) -> str:
    return fold(" ".join((guide.code, *guide.replaces, guide.name, *guide.also_called)))

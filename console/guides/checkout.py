"""A git checkout of the project, in which saved guides and proposals become commits on branches of their own.

Nothing but branches below `guides/` and `proposals/` is written: neither the work tree nor the branch it is on.
"""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from motcua.settings import SettingFault

_FIELD, _END = "\x1f", "\x1e"


class BranchMoved(RuntimeError):
    """Somebody else has written to the branch meanwhile, or git refused it."""

    def __init__(self, branch: str, said: str) -> None:
        super().__init__(f"{branch} was not written: {said}")


@dataclass(frozen=True)
class Author:
    """Who changes a guide: a name, and a login in the place of an address."""

    name: str
    login: str

    @property
    def line(self) -> str:
        """As git writes it."""
        name = re.sub(r"[<>\x00-\x1f]", "", self.name).strip()
        return f"{name or self.login} <{self.login}>"


@dataclass(frozen=True)
class Change:
    """One commit that touched a guide; `at` in seconds since 1970, `diff` as git tells it."""

    commit: str
    at: int
    author: str
    subject: str
    branch: str
    diff: str


class Checkout:
    """Reads guides from branches and commits them. Raises SettingFault if the folder is no checkout."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._git("rev-parse", "--verify", "--quiet", "HEAD")
        except (OSError, subprocess.CalledProcessError) as error:
            raise SettingFault("MOTCUA_GUIDES_CHECKOUT", str(folder), "a git checkout with a commit, and git") from error

    def draft_of(self, code: str, login: str) -> str:
        """The branch on which this person changes that guide."""
        return f"guides/{_named(code)}-{_named(login).replace('.', '-')}"

    def proposals_of(self, login: str) -> str:
        """The branch on which this person puts what reviewers propose."""
        return f"proposals/{_named(login).replace('.', '-')}"

    def read(self, path: str, branch: str) -> str | None:
        """The file as the branch has it, or as it is without one; None if there is no such file."""
        try:
            return self._git("show", f"{self._tip(branch)}:{path}")
        except subprocess.CalledProcessError:
            return None

    def is_open(self, branch: str) -> bool:
        """Whether the branch has changes that are not taken over yet."""
        return self._tip(branch) != self._head()

    def commit(self, files: Mapping[str, str], *, branch: str, author: Author, subject: str, at: float) -> str:
        """Adds a commit with files (path → text) to the branch, which begins where the checkout is. Raises BranchMoved."""
        message = subject.encode()
        who = f"{author.line} {int(at)} +0700"
        begin = f"commit refs/heads/{branch}\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode()
        change = f"\nfrom {self._tip(branch)}\n".encode() + b"".join(_put(path, text.encode()) for path, text in files.items())
        try:
            self._run("fast-import", "--quiet", "--date-format=raw", put=begin + message + change)
        except subprocess.CalledProcessError as error:
            raise BranchMoved(branch, f"git ended with {error.returncode}") from error
        return self._git("rev-parse", f"refs/heads/{branch}").strip()

    def history(self, path: str, *, most: int = 30) -> Sequence[Change]:
        """The commits that changed a file, newest first; those of open drafts too."""
        form = _END + _FIELD.join(("%h", "%at", "%an", "%s", "%S", ""))
        branches = ("HEAD", "--branches=guides/*", "--branches=proposals/*")
        told = self._git("log", f"-{most}", "--source", f"--format={form}", "-p", *branches, "--", path)
        found = [entry.split(_FIELD) for entry in told.split(_END)[1:]]
        return [
            Change(commit, int(at), author, subject, source.removeprefix("refs/heads/"), _hunks(diff))
            for commit, at, author, subject, source, diff in found
        ]

    def _tip(self, branch: str) -> str:
        """Where the next commit of the branch goes on: once it was taken over, where the checkout is."""
        try:
            tip = self._git("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").strip()
        except subprocess.CalledProcessError:
            return self._head()
        return self._head() if self._is_in_head(tip) else tip

    def _is_in_head(self, commit: str) -> bool:
        try:
            self._git("merge-base", "--is-ancestor", commit, "HEAD")
        except subprocess.CalledProcessError:
            return False
        return True

    def _head(self) -> str:
        return self._git("rev-parse", "HEAD").strip()

    def _git(self, *asked: str) -> str:
        return self._run(*asked).decode()

    def _run(self, *asked: str, put: bytes | None = None) -> bytes:
        command = ["git", "-C", str(self._folder), *asked]
        return subprocess.run(command, input=put, capture_output=True, check=True).stdout


def _named(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text)


def _put(path: str, content: bytes) -> bytes:
    return f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def _hunks(diff: str) -> str:
    begin = diff.find("\n@@")
    return diff[begin + 1 :].strip("\n") if begin >= 0 else ""

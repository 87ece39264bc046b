"""Digests, by which index and model know what they were made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(paths: Iterable[Path], *facts: str) -> str:
    """One digest of the files' names and contents and of further facts, in whatever order and folders they are."""
    total = hashlib.sha256()
    for name, content in sorted((path.name.encode(), hashlib.sha256(path.read_bytes()).digest()) for path in paths):
        total.update(name + b"\0" + content)
    for fact in facts:
        total.update(fact.encode() + b"\0")
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of what one file holds, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

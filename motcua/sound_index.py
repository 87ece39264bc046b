"""The index on disk, and a copy of it as it was when it last loaded: what was damaged since is refused, and the copy answers.

It stands outside of motcua.retrieval, whose code is a part of what an index is made from.
"""

import fcntl
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from motcua.digest import file_digest

logger = logging.getLogger(__name__)

MANIFEST, SEAL = "manifest.json", "seal.json"  # the build writes the manifest last


class IndexDamaged(RuntimeError):
    """Neither the index nor its copy is what it was."""

    def __init__(self, folder: Path, files: list[str]) -> None:
        super().__init__(f"Index {folder}: {', '.join(files)} changed or cut off, and no good copy. Build it again: make index")


def sound_index(folder: Path) -> Path:
    """The index, or its copy where a file was changed or cut off since it last loaded. Raises IndexDamaged."""
    copy = good_copy(folder)
    seal = _read_seal(copy)
    if seal is None or _built_at(folder) not in (None, seal["built_at"]):  # nothing to compare with, or a new build
        return folder
    if not (damaged := _damaged(folder, seal)):
        return folder
    if _damaged(copy, seal):
        raise IndexDamaged(folder, damaged)
    logger.error("Index %s was refused, its last good copy answers: %s changed or cut off", folder, ", ".join(damaged))
    return copy


def keep_copy(folder: Path) -> None:
    """Copies an index that has just loaded, unless that was done. Without room for it the index answers all the same."""
    copy = good_copy(folder)
    seal = _read_seal(copy)
    if seal is not None and seal["built_at"] == _built_at(folder):
        return
    try:
        with (folder.parent / f".{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as unfinished:
                _copy(folder, Path(unfinished) / "new")
                shutil.rmtree(copy, ignore_errors=True)
                (Path(unfinished) / "new").rename(copy)
    except OSError as error:
        logger.warning("No copy of index %s was kept: %s", folder, error.strerror)


def good_copy(folder: Path) -> Path:
    """Where the copy of an index is."""
    return folder.with_name(f"{folder.name}.good")


def _copy(folder: Path, target: Path) -> None:
    shutil.copytree(folder, target)
    seal = {"built_at": _built_at(folder), "files": {name: file_digest(target / name) for name in _files(target)}}
    (target / SEAL).write_text(json.dumps(seal), "utf-8")


def _damaged(folder: Path, seal: Mapping[str, Any]) -> list[str]:
    files: Mapping[str, str] = seal["files"]
    return [name for name, digest in files.items() if not (folder / name).is_file() or file_digest(folder / name) != digest]


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _built_at(folder: Path) -> int | None:
    manifest = folder / MANIFEST
    return manifest.stat().st_mtime_ns if manifest.exists() else None


def _read_seal(copy: Path) -> Mapping[str, Any] | None:
    try:
        seal: Mapping[str, Any] = json.loads((copy / SEAL).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return seal

"""`python -m deploy.licences`: every installed package with its version and licence, as Markdown."""

import importlib.metadata
import sys
import sysconfig
from collections.abc import Iterator
from email.message import Message

UNKNOWN = "not named"


def licence_of(about: Message) -> str:
    """What a package says of its licence: as an expression, else among its classifiers, else in its own words."""
    if expression := about.get("License-Expression"):
        return str(expression)
    named = [line.rsplit(" :: ", 1)[-1] for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    if named := [name for name in named if name != "OSI Approved"]:
        return ", ".join(named)
    return next(iter(str(about.get("License") or "").splitlines()), "").strip()[:80] or UNKNOWN


def rows() -> Iterator[tuple[str, str, str]]:
    """(name, version, licence) in the order of the names."""
    installed = importlib.metadata.distributions(path=[sysconfig.get_path("purelib")])  # not what some packages bring inside
    found = {str(one.metadata["Name"]).lower(): one for one in installed}
    for name, one in sorted(found.items()):
        yield name, one.version, licence_of(one.metadata)  # type: ignore[arg-type]


def main() -> None:
    """The command."""
    lines = [f"| {name} | {version} | {licence} |" for name, version, licence in rows()]
    sys.stdout.write("\n".join(["| package | version | licence |", "|---|---|---|", *lines, ""]))


if __name__ == "__main__":
    main()

"""How a job in the background tells what it does: facts on standard output, JSON, a line each."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

Tell = Callable[..., None]


@contextmanager
def telling() -> Iterator[Tell]:
    """Gives `tell(step="train")`; what is printed by others meanwhile goes to standard error."""
    facts = sys.stdout

    def tell(**told: Any) -> None:
        facts.write(json.dumps(told, ensure_ascii=False) + "\n")
        facts.flush()

    with redirect_stdout(sys.stderr):
        yield tell

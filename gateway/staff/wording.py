"""What the counter says to citizens, and the few things it understands itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from gateway.outbox import Reply, reply
from motcua.vietnamese.terms import terms

TEXTS = Path(__file__).parent / "texts.vi.yml"
_POLITE = frozenset(terms("ạ nhé đâu nữa em anh chị cháu tôi bác dạ vâng nha thế"))


class Wording:
    """The sentences of texts.vi.yml."""

    def __init__(self) -> None:
        self._texts: dict[str, Any] = yaml.safe_load(TEXTS.read_text("utf-8"))
        said: dict[str, Sequence[str]] = self._texts.pop("said")
        self._said = {name: {_bare(phrase) for phrase in phrases} for name, phrases in said.items()}

    def tell(self, *names: str, **facts: object) -> Reply:
        """A reply of these sentences, one a line."""
        return reply("\n".join(self._find(name).format(**facts) for name in names), status="handed_over")

    def means(self, what: str, text: str) -> bool:
        """Whether a message is one of these phrases and nothing else."""
        return _bare(text) in self._said[what]

    def _find(self, name: str) -> str:
        found: Any = self._texts
        for part in name.split("."):
            found = found[part]
        return str(found)


def _bare(text: str) -> tuple[str, ...]:
    said = tuple(terms(text))
    return tuple(term for term in said if term not in _POLITE) or said

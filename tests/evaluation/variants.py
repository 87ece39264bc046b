"""The held-out messages in the spellings they are measured in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from motcua.vietnamese.folding import fold, has_diacritics
from tests.evaluation.questions import HERE, Answerable, Declined, answerable, declined
from tests.evaluation.typing import noisy

SEED = 20261125
TYPED, NOISY = "as typed", "with slips and chat spelling"
ACCENTED, STRIPPED = "typed with diacritics", "the same, diacritics stripped"

# variant → how it spells a message, and whether it takes only those that were typed with diacritics
VARIANTS: dict[str, tuple[Callable[[str], str], bool]] = {
    TYPED: (str, False),
    ACCENTED: (str, True),
    STRIPPED: (fold, True),
    NOISY: (lambda text: noisy(text, SEED), False),
}


@dataclass(frozen=True)
class Posed:
    """A held-out message in one spelling."""

    asked: Answerable | Declined
    group: str
    variant: str
    text: str


def messages(*, every: int = 1, root: Path = HERE) -> list[tuple[str, Answerable | Declined]]:
    """Group and message of the sets in a folder; with `every`, only each so-many-th of a group."""
    groups: dict[str, list[Answerable] | list[Declined]] = {
        **{group: answerable(group, root=root) for group in ("guides", "catalogue")},
        "declined": declined(root=root),
    }
    return [(group, asked) for group, all_asked in groups.items() for asked in all_asked[::every]]


def posed(all_messages: Iterable[tuple[str, Answerable | Declined]]) -> Iterator[Posed]:
    """Every message in every variant that takes it."""
    for group, asked in all_messages:
        for variant, (spell, needs_diacritics) in VARIANTS.items():
            if not needs_diacritics or has_diacritics(asked.question):
                yield Posed(asked, group, variant, spell(asked.question))

"""A reading of what was typed: slips mended, regional words as the common ones, diacritics restored.

Evidence for understanding only: the original stays with whoever asks, and nobody is shown their own words respelled.
"""

from collections.abc import Iterable
from pathlib import Path

from motcua.vietnamese.bigrams import Bigrams
from motcua.vietnamese.folding import has_diacritics
from motcua.vietnamese.regional import Regional
from motcua.vietnamese.repair import Repairer


class Reader:
    """Repairer and Restorer on the same pairs of syllables, and regional words between them."""

    def __init__(self, bigrams: Bigrams, regional: Regional) -> None:
        self._repairer, self._regional = Repairer(bigrams), regional

    @classmethod
    def train(
        cls, regional: Regional, texts: Iterable[str], *, formal: Iterable[str] = (), words: Iterable[str] = ()
    ) -> "Reader":
        """From texts of guides, formal ones of official records, and words of a dictionary.

        Texts without a mark are left out: a third of the questions are written so on purpose, and would teach to write so.
        """
        return cls(Bigrams.train(filter(has_diacritics, texts), formal=formal, words=words), regional)

    def mend(self, text: str) -> str:
        """The text with its slips mended and its regional words replaced; what is right stays."""
        return self._regional.standard(self._repairer.repair(text))

    def restore(self, text: str) -> str:
        """Lower-case text with the likeliest diacritics."""
        return self._repairer.restorer.restore(text)

    def save(self, path: Path) -> None:
        """The pairs, in one file; regional words are content and stay where they are."""
        self._repairer.bigrams.save(path)

    @classmethod
    def load(cls, path: Path, regional: Regional) -> "Reader":
        """From the file `save` wrote."""
        return cls(Bigrams.load(path), regional)

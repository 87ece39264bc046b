"""A reading of what was typed: its slips mended, its diacritics restored. The original is kept by whoever asks."""

from collections.abc import Iterable
from pathlib import Path

from motcua.vietnamese.bigrams import Bigrams
from motcua.vietnamese.diacritics import Restorer
from motcua.vietnamese.repair import Repairer


class Reader:
    """Repairer and Restorer on the same pairs of syllables."""

    def __init__(self, bigrams: Bigrams) -> None:
        self._bigrams = bigrams
        self.repair, self.restore = Repairer(bigrams).repair, Restorer(bigrams).restore

    @classmethod
    def train(cls, texts: Iterable[str], *, formal: Iterable[str] = (), words: Iterable[str] = ()) -> "Reader":
        """From accented texts of guides, formal ones of official records, and words of a dictionary."""
        return cls(Bigrams.train(texts, formal=formal, words=words))

    def read(self, text: str) -> str:
        """Lower-case text, mended, with the likeliest diacritics: evidence for ranking, never shown to anybody."""
        return self.restore(self.repair(text))

    def save(self, path: Path) -> None:
        """The pairs, in one file."""
        self._bigrams.save(path)

    @classmethod
    def load(cls, path: Path) -> "Reader":
        """From the file `save` wrote."""
        return cls(Bigrams.load(path))

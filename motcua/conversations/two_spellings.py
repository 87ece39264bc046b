"""Patterns that are written with diacritics and also find what was typed without."""

import re
from collections.abc import Iterator
from functools import cached_property

from motcua.vietnamese.folding import fold, has_diacritics


class Spelled:
    """A text as patterns see it: lower case; without diacritics where it has none, since "to" then may be "tổ".

    It is as long as the text, letter by letter, so that what is found in it is cut out of the text by its place.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_plain = not has_diacritics(text)
        lower = text.lower()
        self.read = fold(text) if self.is_plain else lower if len(lower) == len(text) else text

    def is_capital(self, start: int, end: int) -> bool:
        """Whether a word there begins with a capital and does not go on in capitals: a name, not a shout."""
        word = self.text[start:end]
        return word[:1].isupper() and (len(word) == 1 or not word.isupper())


class Pattern:
    """A regular expression in both spellings; its source may hold no escape in upper case."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _both(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile(self._source), re.compile(fold(self._source))

    def finditer(self, spelled: Spelled) -> Iterator[re.Match[str]]:
        """All matches in the spelling of the text."""
        return self._both[spelled.is_plain].finditer(spelled.read)

    def match(self, spelled: Spelled, at: int) -> re.Match[str] | None:
        """A match that begins at this place."""
        return self._both[spelled.is_plain].match(spelled.read, at)


class Words:
    """A set of words in both spellings."""

    def __init__(self, words: str) -> None:
        self._both = frozenset(words.split()), frozenset(fold(words).split())

    def has(self, word: str, spelled: Spelled) -> bool:
        """Whether a word, as the text spells it, is one of them."""
        return word in self._both[spelled.is_plain]

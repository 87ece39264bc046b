"""Leftovers of typing mended: Telex and VNI keys, missing spaces, slips of the fingers, short forms with several meanings.

Each suspicious word gets a few options; Viterbi over pairs of folded syllables chooses. What looks right is left alone: a
wrong change costs a citizen more than a slip that stays.
"""

import re
import unicodedata
from collections.abc import Sequence

from motcua.vietnamese.bigrams import START, Bigrams
from motcua.vietnamese.diacritics import Restorer
from motcua.vietnamese.folding import fold
from motcua.vietnamese.keystrokes import is_surely_vni
from motcua.vietnamese.marks import MarkMender
from motcua.vietnamese.options import Option, Options

_TOKEN = re.compile(r"[^\W_]+")
# Addresses, and numbers of decrees and dossiers: "123/2015/NĐ-CP", "H05-261103".
_PROTECTED = re.compile(r"\S*(?:@|://|www\.|\.(?:vn|com|net|org)\b|[^\W_]&[^\W_]|[^\W_][./&-]+\w*\d|\d\w*[./&-]+[^\W_])\S*")
_ROUNDS = 4
_MAX_LETTERS = 2000  # longer texts are pasted, not typed


class Repairer:
    """Mends typed text by the pairs of syllables of texts it was trained on."""

    def __init__(self, bigrams: Bigrams) -> None:
        self.bigrams, self.restorer = bigrams, Restorer(bigrams)
        self._folded = bigrams.mapped(fold)
        self._options = Options(bigrams, self._folded)
        self._marks = MarkMender(self.restorer)

    def repair(self, text: str) -> str:
        """The text in NFC with its slips mended; what is right, or can't be read, stays. Idempotent."""
        text = unicodedata.normalize("NFC", text)
        if len(text) > _MAX_LETTERS:
            return text
        # A mended word is new evidence for its neighbours, so go on until nothing changes; if that never comes, trust nothing.
        before, after = text, self._once(text)
        for _ in range(_ROUNDS):
            if after == before:
                return after
            before, after = after, self._once(after)
        return after if after == before else text

    def _once(self, text: str) -> str:
        guarded = [found.span() for found in _PROTECTED.finditer(text)]
        found = [token for token in _TOKEN.finditer(text) if not any(start <= token.start() < end for start, end in guarded)]
        typed = [token[0] for token in found]
        options = self._options_of(typed)
        chosen = self._likeliest(options) if any(len(choices) > 1 for choices in options) else [each[0] for each in options]
        mended = self._marks.mend(typed, chosen)
        pieces, end = [], 0
        for token, new in zip(found, mended, strict=True):
            pieces += [text[end : token.start()], _cased(new, token[0])]
            end = token.end()
        return unicodedata.normalize("NFC", "".join([*pieces, text[end:]]))

    def _options_of(self, typed: Sequence[str]) -> list[list[Option]]:
        vni = any(is_surely_vni(word.lower()) for word in typed)
        shouted = all(word.isupper() for word in typed if word.isalpha())
        around = [START, *(fold(word) for word in typed), ""]
        return [
            self._options.of(word, around[at], around[at + 2], vni=vni, shouted=shouted, first=at == 0)
            for at, word in enumerate(typed)
        ]

    def _likeliest(self, options: Sequence[Sequence[Option]]) -> list[Option]:
        log = self._folded.log
        paths: dict[str, tuple[float, list[Option]]] = {START: (0.0, [])}
        for choices in options:
            longer: dict[str, tuple[float, list[Option]]] = {}
            for option in choices:
                first, last = option.reads[0], option.reads[-1]
                score, path = max(((score + log(before, first), path) for before, (score, path) in paths.items()), key=_score)
                score += sum(log(one, other) for one, other in zip(option.reads, option.reads[1:], strict=False)) - option.cost
                if last not in longer or score > longer[last][0]:
                    longer[last] = (score, [*path, option])
            paths = longer
        return max(paths.values(), key=_score)[1]


def _score(path: tuple[float, list[Option]]) -> float:
    return path[0]


def _cased(new: str, typed: str) -> str:
    if new.lower() == typed.lower():
        return typed
    if typed.isupper() and len(typed) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if typed[:1].isupper() else new

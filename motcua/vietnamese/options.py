"""What a typed word may have been meant to be, each option with what it would cost to believe it."""

import re
from dataclasses import dataclass

from motcua.vietnamese.bigrams import START, Bigrams
from motcua.vietnamese.chat import AMBIGUOUS_FORMS, ONSETS, SHORT_FORMS
from motcua.vietnamese.folding import fold
from motcua.vietnamese.gluing import unglued
from motcua.vietnamese.keystrokes import is_surely_vni, telex, vni
from motcua.vietnamese.loanwords import LOANWORDS
from motcua.vietnamese.slips import slips
from motcua.vietnamese.syllables import folded_syllables, is_syllable

# Log chances. A word that can't be a syllable is probably a slip; a name or a foreign word is not, so capitals weigh.
_UNKNOWN, _NAME, _TELEX, _GLUED, _RESPELLED = 1.0, -8.0, 1.0, 1.0, 2.0
_LONG, _EACH_LETTER = 6, 1.0  # foreign words get rarer with every letter, words without spaces do not
_REAL_WORD = 5.0  # what it takes more to call a proper syllable a slip
_FAMILIAR = 2.0  # weight in the training texts from which a foreign word is left alone
_WEAK = -8.0  # log chance of a pair that does not speak for a syllable
_SURELY = -4.0  # log chance of a pair that decides between the meanings of a short form
_STRONG = -6.0  # log chance of a pair that speaks for a syllable though one neighbour is strange


_VOWEL = re.compile("[aeiouyw]")  # what has none is short for something


@dataclass(frozen=True)
class Option:
    """A spelling, the folded syllables it is read as, and its cost."""

    text: str
    reads: tuple[str, ...]
    cost: float = 0.0


class Options:
    """Finds the options of a word from the pairs it was trained on, accented and folded."""

    def __init__(self, accented: Bigrams, folded: Bigrams) -> None:
        self._accented, self._folded = accented, folded
        self._syllables = frozenset(folded.weights) & folded_syllables()

    def of(self, typed: str, before: str, after: str, *, vni: bool, shouted: bool, first: bool) -> list[Option]:
        """The options of a word between two folded neighbours; the first is the word as it stands.

        `vni`: other words of the text are surely VNI; `shouted`: the whole text is in capitals.
        """
        word = typed.lower()
        bare = fold(word)
        itself = Option(typed, (bare,))
        if any(letter.isdigit() for letter in word):
            return [self._from_vni(word, certain=vni) or itself]
        if form := SHORT_FORMS.get(bare):
            return [Option(typed, tuple(fold(form).split()))]
        if bare in AMBIGUOUS_FORMS:
            return self._written_out(word, before, after)
        if not _VOWEL.search(bare) or len(bare) < 2 or bare in LOANWORDS or (typed.isupper() and not shouted):
            return [itself]
        if bare in self._syllables:
            return [itself, *self._mistaken(bare, before, after)]
        if self._folded.weights.get(bare, 0.0) >= _FAMILIAR:
            return [itself]
        is_name = typed[:1].isupper() and typed[1:].islower() and not first
        doubt = _NAME if is_name else 0.0 if is_syllable(word) else _UNKNOWN
        return [Option(typed, (bare,), doubt + _EACH_LETTER * max(0, len(bare) - _LONG)), *self._unknown(word, bare)]

    def _from_vni(self, word: str, *, certain: bool) -> Option | None:
        decoded = vni(word) if certain or is_surely_vni(word) else None
        return Option(decoded, (fold(decoded),)) if decoded in self._accented.weights and decoded else None

    def _written_out(self, word: str, before: str, after: str) -> list[Option]:
        """The meanings its neighbours decide for; a đ that was typed is the đ of a meaning: "hđ" is hợp đồng."""
        forms = AMBIGUOUS_FORMS[fold(word)]
        if "đ" in word:
            forms = tuple(form for form in forms if "".join(part[0] for part in form.split()) == word) or forms
        options = [Option(form, tuple(fold(form).split()), 1.0) for form in forms]
        if "đ" in word and len(options) == 1:
            return options
        log = self._folded.log
        sure = [found for found in options if max(log(before, found.reads[0]), log(found.reads[-1], after)) > _SURELY]
        return [Option(word, (fold(word),)), *sure]

    def _mistaken(self, bare: str, before: str, after: str) -> list[Option]:
        """Syllables that fit in where this one fits neither neighbour."""
        has, log = self._folded.has, self._folded.log
        if (
            len(bare) < 2
            or (has(before, bare) and log(before, bare) > _WEAK)
            or (has(bare, after) and log(bare, after) > _WEAK)
        ):
            return []
        fitting = []
        for meant, cost in slips(bare, self._syllables).items():
            left = log(before, meant) if before != START and has(before, meant) else -99.0
            right = log(meant, after) if after and has(meant, after) else -99.0
            if max(left, right) > _STRONG:
                fitting.append(Option(meant, (meant,), cost + _REAL_WORD))
        return fitting

    def _unknown(self, word: str, bare: str) -> list[Option]:
        found = [Option(meant, (meant,), cost) for meant, cost in slips(bare, self._syllables).items()]
        for onset, meant in ONSETS:
            respelled = meant + word.removeprefix(onset)
            if word.startswith(onset) and respelled in self._accented.weights and is_syllable(respelled):
                found.append(Option(respelled, (fold(respelled),), _RESPELLED))
        decoded = telex(word)
        if decoded and decoded in self._accented.weights:
            found.append(Option(decoded, (fold(decoded),), _TELEX))
        if pieces := unglued(word, self._folded):
            found.append(Option(" ".join(pieces), tuple(map(fold, pieces)), _GLUED + max(0, _LONG + 1 - len(bare))))
        return found

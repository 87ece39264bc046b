"""Spaces that were left out: "lamgiaykhaisinh" → lam giay khai sinh, by the likeliest chain of known syllables."""

from motcua.vietnamese.bigrams import Bigrams
from motcua.vietnamese.folding import fold
from motcua.vietnamese.syllables import folded_syllables, is_syllable

_LONGEST = 7  # letters of "nghiêng"
_MAX_LETTERS = 60
_START = ""


def unglued(typed: str, bigrams: Bigrams) -> list[str] | None:
    """The syllables of a run of letters in lower case, as typed, or None if it is no chain of known ones.

    `bigrams` are of folded syllables.
    """
    bare = fold(typed)
    if len(bare) != len(typed) or not 4 <= len(bare) <= _MAX_LETTERS:
        return None
    paths: list[dict[str, tuple[float, tuple[str, ...]]]] = [{_START: (0.0, ())}, *({} for _ in bare)]
    for end in range(1, len(bare) + 1):
        for start in range(max(0, end - _LONGEST), end):
            piece = bare[start:end]
            if paths[start] and _is_piece(piece, typed[start:end], bigrams):
                score, path = max(
                    (score + _follows(bigrams, last, piece), path) for last, (score, path) in paths[start].items()
                )
                paths[end][piece] = (score, (*path, typed[start:end]))
    if not paths[-1]:
        return None
    best = list(max(paths[-1].values())[1])
    return best if len(best) > 1 else None


def _is_piece(bare: str, typed: str, bigrams: Bigrams) -> bool:
    return bare in bigrams.alone and bare in folded_syllables() and is_syllable(typed)


def _follows(bigrams: Bigrams, before: str, after: str) -> float:
    return bigrams.alone[after] if before == _START else bigrams.log(before, after)

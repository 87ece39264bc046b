"""Word segmentation by underthesea, as spans of the very text that was given."""

import re
import sys
from functools import cache
from typing import Any

_FALLBACK = re.compile(r"\w+|[^\w\s]")


@cache
def _underthesea() -> Any:
    # Its translation pipeline would load torch (18 s and 400 MB); nobody here translates.
    sys.modules.setdefault("underthesea.pipeline.translate", None)  # type: ignore[arg-type]
    import underthesea

    return underthesea


def word_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each word of the text, in order; every character that is not a space belongs to one word.

    underthesea respells what it returns ("hoà" → "hòa"), so words can't be found again by text: they are laid over the
    text by counting characters that are not spaces. Where even the count differs, words end at spaces and punctuation.
    """
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    words = _underthesea().word_tokenize(text, use_token_normalize=False) if places else []
    lengths = [len("".join(word.split())) for word in words]
    if sum(lengths) != len(places):
        return [found.span() for found in _FALLBACK.finditer(text)]
    spans, first = [], 0
    for length in filter(None, lengths):
        spans.append((places[first], places[first + length - 1] + 1))
        first += length
    return spans


def syllable_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each syllable, number or mark, split by underthesea's own pattern."""
    tokens = _underthesea().pipeline.word_tokenize.tokenize(text, use_token_normalize=False) if text.strip() else []
    spans, at = [], 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0:
            return [found.span() for found in _FALLBACK.finditer(text)]
        spans.append((start, start + len(token)))
        at = start + len(token)
    return spans

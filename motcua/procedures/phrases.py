"""Phrases of our content in what a citizen types: clause by clause, with marks or without, aware of "không …".

A word typed without marks may be any of its kind, one typed with marks is itself: "sổ cũ mất" is no "cụ mất".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import marked_terms

# A comma ends a clause: "không, bị mất" says that it is lost, "không bị mất" that it is not.
_CLAUSE_END = re.compile(r"[,.](?=\s|$)|[;:!?()\n]")
_GROUP = re.compile(r"\{(\w+)\}")
_DENIED = re.compile(r"(?<!\S)(?:khong|chua|chang|dau)(?: (?:phai|phai la|he|co|bi|la))?(?: lam)? $")  # folded


@lru_cache(maxsize=64)  # the phrases of all facts and skills, some three hundred, ask the same of each text
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a text, each as its terms in one line."""
    found = (" ".join(marked_terms(clause)) for clause in _CLAUSE_END.split(text))
    return tuple(filter(None, found))


@lru_cache(maxsize=64)
def _folded_words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for clause in clauses(text) for word in clause.split())


class Phrases:
    """A set of phrases; {name} in a phrase stands for any word of the group of that name."""

    def __init__(
        self,
        said: Iterable[str],
        groups: Mapping[str, Iterable[str]] | None = None,
        *,
        not_before: Iterable[str] = (),
        not_after: Iterable[str] = (),
    ) -> None:
        self._said = tuple(said)
        self._firsts = frozenset(_firsts(self._said, groups or {}))
        written = sorted((_written(phrase, groups or {}) for phrase in self._said), key=len, reverse=True)
        after = "|".join(_marked(word) for word in not_before)
        unless = rf"(?! (?:{after})(?!\S))" if after else ""
        before = "".join(rf"(?<!\b{form} )" for word in not_after for form in {word, fold(word)})
        self._pattern = re.compile(rf"(?<!\S){before}(?:{'|'.join(written)})(?!\S){unless}") if written else None

    def claim(self, text: str) -> bool | None:
        """True where the text says one of them, False where it denies one, None where it speaks of none."""
        if self._says_none(text):
            return None
        claims = [not _DENIED.search(fold(clause[: found.start()])) for clause in clauses(text) for found in self._in(clause)]
        return any(claims) if claims else None

    def cut(self, text: str) -> str:
        """The text without these phrases."""
        folded = fold(text)
        kept = list(text) if len(folded) == len(text) else list(folded)
        for phrase in self._said:
            for found in re.finditer(rf"(?<!\w){re.escape(fold(phrase))}(?!\w)", folded):
                kept[found.start() : found.end()] = " " * (found.end() - found.start())
        return "".join(kept)

    def rest(self, text: str) -> str:
        """The clauses of the text without these phrases, words of groups and all."""
        said = clauses(text)
        if self._pattern is None or self._says_none(text):
            return ", ".join(said)
        return ", ".join(self._pattern.sub(" ", clause) for clause in said)

    def _says_none(self, text: str) -> bool:
        """Of three hundred sets most are not begun by any word: a tenth of the time of looking."""
        return self._firsts.isdisjoint(_folded_words(text))

    def _in(self, clause: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(clause) if self._pattern else iter(())


def _written(phrase: str, groups: Mapping[str, Iterable[str]]) -> str:
    parts = _GROUP.split(phrase)  # literal, group, literal, …
    written = [_any_of(groups[part]) if place % 2 else _marked(part) for place, part in enumerate(parts)]
    return " ".join(part for part in written if part)


def _firsts(said: Iterable[str], groups: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The folded first word of each phrase, or of each word of a group that it begins with."""
    for phrase in said:
        before, *rest = _GROUP.split(phrase)
        for words in (before,) if before.strip() or not rest else groups[rest[0]]:
            yield from map(fold, marked_terms(words)[:1])


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(_marked, words), key=len, reverse=True))})"


def _marked(words: str) -> str:
    """A pattern for these words, each with the marks it is written with or with none."""
    return " ".join(word if fold(word) == word else f"(?:{word}|{fold(word)})" for word in marked_terms(words))

"""Inputs for fuzzing: real samples that somebody has damaged, and things no sample has."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

# What breaks parsers: half a surrogate pair, a zero, marks without a letter, other digits, right-to-left, numbers, nesting.
_LETTERS = (
    "\ud83d",
    "\x00",
    "\u0301\u0323",
    "٣٤٥",
    "\u202e",
    "\ufeff",
    "\u2028",
    "ꞌ",
    "ﬁ",
    "İ",
    "ß",
    "🏳️‍🌈",
    "Đ",
    "e\u0323\u0302",
)
_SYNTAX = ("1e999", "-0", "NaN", "[" * 2000, '{"a":' * 500, "%s", "../", "'\"", "\\u0000", " \t\r\n")
_NUMBERS = ("H05-251120-0012", "024195001234", "0912345678")
ODDITIES = (*_LETTERS, *_SYNTAX, *_NUMBERS)
VALUES: tuple[Any, ...] = (None, True, 0, -1, 10**400, 1.5, float("inf"), "", "x" * 5000, [], {}, [[]], {"": {}}, *ODDITIES)


def text(chance: random.Random, samples: Sequence[str]) -> str:
    """A sample with pieces taken out, doubled, moved, or replaced by something odd; sometimes nothing but odd letters."""
    if chance.random() < 0.1:
        return "".join(
            chr(chance.choice((chance.randrange(32, 0x3000), chance.randrange(0x110000)))) for _ in range(chance.randrange(60))
        )
    found = chance.choice(samples)
    for _ in range(chance.randrange(6)):
        start, end = sorted(chance.randrange(len(found) + 1) for _ in range(2))
        piece = found[start:end]
        middle = chance.choice(
            ("", piece * 2, piece[::-1], piece.upper(), chance.choice(ODDITIES) + piece, chance.choice(samples))
        )
        found = (found[:start] + middle + found[end:])[:20_000]
    return found


def fact(chance: random.Random, samples: Sequence[dict[str, Any]], words: Sequence[str]) -> Any:
    """A JSON object with fields lost, renamed, of another kind, or holding a damaged text; now and then no object at all."""
    if chance.random() < 0.02:
        return chance.choice(VALUES)
    found = json.loads(json.dumps(chance.choice(samples)))
    for _ in range(chance.randrange(1, 5)):
        _damage(chance, found, words)
    return found


def _damage(chance: random.Random, block: Any, words: Sequence[str]) -> None:
    keys: Sequence[Any] = [*block] if isinstance(block, dict) else range(len(block))
    if not keys:
        return
    key = chance.choice(keys)
    inner = block[key]
    if isinstance(inner, dict | list) and inner and chance.random() < 0.6:
        _damage(chance, inner, words)
    elif chance.random() < 0.2:
        del block[key]
    elif isinstance(inner, str) and chance.random() < 0.6:
        block[key] = text(chance, (inner or " ", *words))
    else:
        block[key] = chance.choice(VALUES)


def encoded(chance: random.Random, value: Any) -> bytes:
    """As the bytes of a request: mostly JSON, sometimes cut off or with bytes flipped."""
    body = bytearray(json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass"))
    for _ in range(chance.choice((0, 0, 0, 1, 4))):
        if body:
            body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body[: chance.randrange(len(body) + 1)] if chance.random() < 0.1 else body)


Input = Callable[[random.Random], Any]

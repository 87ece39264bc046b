"""Keys of the store in words: what templates ask for."""

from typing import Any

from fastapi import Request

from console.pages import pages_of
from motcua.conversations.moments import at_of


def words_for(request: Request) -> dict[str, Any]:
    """`name_of` a procedure and `place_of` a code; what is not known stands for itself. `at` is when a turn was, in seconds."""
    state = request.app.state

    def name_of(code: str) -> str:
        return str(state.procedures[code].name) if code in state.procedures else code

    def place_of(code: str) -> str:
        return str(state.places.get(code, code))

    return {"name_of": name_of, "place_of": place_of, "at": seconds}


def word(request: Request, group: str, key: str | None) -> str:
    """What a key of a group of labels is called."""
    return str(pages_of(request).labels[group].get(key, key)) if key else ""


def seconds(turn: int) -> float:
    """When a turn was, in seconds since 1970."""
    return at_of(turn) / 1000

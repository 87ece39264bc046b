"""Replaying: the same words to the assistant of today, and what is different."""

import logging
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request, Response

from console.access import needs
from console.conversations.differences import Difference, answer_now, answer_then
from console.conversations.words import words_for
from console.gateway_client import GatewayAway
from console.pages import pages_of
from console.roles import Permission
from console.visitors import visitor_of
from motcua.conversations.finding import turns_of
from motcua.conversations.reading import find_turn, traces_of
from motcua.conversations.turns import Trace

routes = APIRouter()
logger = logging.getLogger(__name__)
MOST = 20  # turns of one replay, the last ones; the gateway takes no more


@routes.post("/turns/{number}/replay")
@needs(Permission.READ_CONVERSATIONS)
def replay(request: Request, number: Annotated[int, Path(ge=1, le=2**62)]) -> Response:
    """Says all that was said up to this turn once more; only redacted words are there to be said."""
    with request.app.state.conversations.reading() as connection:
        turn = find_turn(connection, number)
        if turn is None:
            raise HTTPException(404)
        before = [row for row in turns_of(connection, turn["conversation"]) if row["id"] <= number and row["said"].strip()][
            -MOST:
        ]
        traces = traces_of(connection, [row["id"] for row in before])
    if not before:
        raise HTTPException(409, "nothing_to_replay")
    try:
        told = request.app.state.gateway.replay([row["said"] for row in before], by=visitor_of(request).person.login)
    except GatewayAway as away:
        logger.warning("%s", away)
        return _page(request, turn, None, status=503)
    differences = [
        Difference(row["said"], answer_then(row, traces.get(row["id"], Trace())), answer_now(now))
        for row, now in zip(before, told, strict=True)
    ]
    return _page(request, turn, differences)


def _page(request: Request, turn: Any, differences: list[Difference] | None, status: int | None = None) -> Response:
    shown = {"turn": turn, "differences": differences, **words_for(request)}
    return pages_of(request).show(request, "replay.html", status=status, **shown)

"""How far reviewers agree on the turns that two of them have judged."""

from typing import get_args

from fastapi import APIRouter, Request, Response

from console.access import needs
from console.pages import pages_of
from console.roles import Permission
from motcua.conversations.agreement import Aspect, agreement, reviewers_of_the_same

routes = APIRouter()
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


@routes.get("/agreement")
@needs(Permission.READ_CONVERSATIONS)
def show_agreement(request: Request) -> Response:
    """Each pair of reviewers with Cohen's κ for each aspect."""
    with request.app.state.conversations.reading() as connection:
        pairs = [
            (one, other, {aspect: agreement(connection, one, other, aspect=aspect) for aspect in ASPECTS})
            for one, other, _ in reviewers_of_the_same(connection)
        ]
    names = {person.login: person.name for person in request.app.state.directory.everybody()}
    return pages_of(request).show(request, "agreement.html", pairs=pairs, names=names, aspects=ASPECTS)

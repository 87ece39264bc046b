"""What reviewers do with a turn: judge, correct, flag, tag, note, propose. Answers go back to the turn they are about."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Request, Response
from fastapi.responses import RedirectResponse

from console.access import needs
from console.conversations.choices import guide_names, reviewers
from console.conversations.corrections import Correction, read_review, wished_proposals
from console.conversations.suggestions import suggestions
from console.conversations.words import words_for
from console.pages import pages_of
from console.roles import Permission
from console.visitors import visitor_of
from motcua.conversations import reviewing
from motcua.conversations.finding import turns_of
from motcua.conversations.proposals import KINDS, propose
from motcua.conversations.proposing import proposable
from motcua.conversations.reading import find_conversation, find_turn, tags_by_turn, traces_of
from motcua.conversations.turns import Trace

routes = APIRouter()
Typed = Annotated[str, Form()]
Number = Annotated[int, Path(ge=1, le=2**62)]
LONGEST_TAG, LONGEST_REASON, LONGEST_NOTE = 40, 200, 2000


@routes.get("/turns/{number}/correction")
@needs(Permission.REVIEW)
def show_correction(request: Request, number: Number) -> Response:
    """The form to correct a turn; for htmx, the piece that opens below it in the list."""
    return _correction(request, _find(request, number), Correction())


@routes.post("/turns/{number}/review")
@needs(Permission.REVIEW)
def review(request: Request, number: Number, sent: Annotated[Correction, Depends()]) -> Response:
    """Keeps a judgement, with what it proposes."""
    turn = _find(request, number)
    judged, problems = read_review(request, sent, _me(request))
    if problems:
        return _correction(request, turn, sent, problems)
    with request.app.state.conversations.writing() as connection:
        reviewing.review(connection, number, judged)
        possible = proposable(_up_to(connection, turn), judged, request.app.state.guides)
        for kind in wished_proposals(sent, judged):
            if kind in possible:
                propose(connection, number, kind, possible[kind], by=_me(request))
    if "hx-request" in request.headers:
        return _row(request, number)
    return turn_done(turn, "reviewed") if judged.is_right else turn_done(turn, "corrected")


@routes.post("/turns/{number}/flag")
@needs(Permission.REVIEW)
def flag(request: Request, number: Number, reason: Typed = "") -> Response:
    """Says that somebody must act."""
    turn, reason = _find(request, number), _required(reason, LONGEST_REASON)
    with request.app.state.conversations.writing() as connection:
        reviewing.flag(connection, number, reason=reason, by=_me(request))
    return turn_done(turn, "flagged")


@routes.post("/turns/{number}/resolve")
@needs(Permission.REVIEW)
def resolve(request: Request, number: Number) -> Response:
    """Says that flags and disputes are settled."""
    turn = _find(request, number)
    with request.app.state.conversations.writing() as connection:
        reviewing.resolve(connection, number, by=_me(request))
    return turn_done(turn, "resolved")


@routes.post("/turns/{number}/tag")
@needs(Permission.REVIEW)
def tag(request: Request, number: Number, name: Typed = "", gone: Typed = "") -> Response:
    """Puts a tag on, or takes the one named `gone` off."""
    turn = _find(request, number)
    name = name if gone else _required(name, LONGEST_TAG)
    with request.app.state.conversations.writing() as connection:
        if gone:
            reviewing.untag(connection, number, gone)
        else:
            reviewing.tag(connection, number, name.lower())
    return turn_done(turn, "tagged")


@routes.post("/turns/{number}/note")
@needs(Permission.REVIEW)
def note(request: Request, number: Number, text: Typed = "") -> Response:
    """Adds a note for colleagues."""
    turn, text = _find(request, number), _required(text, LONGEST_NOTE)
    with request.app.state.conversations.writing() as connection:
        reviewing.note(connection, number, text=text, by=_me(request))
    return turn_done(turn, "noted")


@routes.post("/turns/{number}/proposals")
@needs(Permission.REVIEW)
def propose_change(request: Request, number: Number, kind: Typed = "") -> Response:
    """Makes a proposal from one's judgement of the turn."""
    turn = _find(request, number)
    with request.app.state.conversations.writing() as connection:
        mine = [judged for judged in reviewing.reviews_of(connection, number) if judged.reviewer == _me(request)]
        possible = proposable(_up_to(connection, turn), mine[0], request.app.state.guides) if mine else {}
        wished = next((known for known in KINDS if known == kind and known in possible), None)
        if wished is None:
            raise HTTPException(409, "nothing_to_propose")
        propose(connection, number, wished, possible[wished], by=_me(request))
    return turn_done(turn, "proposed")


@routes.post("/conversations/{conversation}/assign")
@needs(Permission.REVIEW)
def assign(request: Request, conversation: str, reviewer: Typed = "", gone: Typed = "") -> Response:
    """Asks somebody to look at a conversation, or takes that back for who is named in `gone`."""
    if reviewer not in reviewers(request) and not gone:
        raise HTTPException(400, "form")
    with request.app.state.conversations.writing() as connection:
        if find_conversation(connection, conversation) is None:
            raise HTTPException(404)
        if gone:
            reviewing.unassign(connection, conversation, gone)
        else:
            reviewing.assign(connection, conversation, reviewer, by=_me(request))
    return RedirectResponse(f"/conversations/{quote(conversation)}?done=assigned", 303)


def turn_done(turn: Any, what: str) -> Response:
    """Back to the turn, with a word about what was done."""
    return RedirectResponse(f"/conversations/{quote(turn['conversation'])}?done={what}#turn-{turn['id']}", 303)


def _find(request: Request, number: int) -> Any:
    with request.app.state.conversations.reading() as connection:
        turn = find_turn(connection, number)
    if turn is None:
        raise HTTPException(404)
    return turn


def _up_to(connection: Any, turn: Any) -> list[Any]:
    return [row for row in turns_of(connection, turn["conversation"]) if row["id"] <= turn["id"]]


def _required(typed: str, longest: int) -> str:
    """What was typed; the form itself asks for no less and takes no more."""
    if not 0 < len(typed.strip()) <= longest:
        raise HTTPException(400, "empty")
    return typed.strip()


def _correction(request: Request, turn: Any, sent: Correction, problems: dict[str, str] | None = None) -> Response:
    with request.app.state.conversations.reading() as connection:
        trace = traces_of(connection, [turn["id"]]).get(turn["id"], Trace())
    name = "correction.html" if "hx-request" in request.headers else "correction_page.html"
    shown: dict[str, Any] = {
        "turn": turn, "suggestions": suggestions(turn, trace), "sent": sent, "guide_names": guide_names(request),
        "problems": problems or {}, **words_for(request),
    }  # fmt: skip
    return pages_of(request).show(request, name, **shown)


def _row(request: Request, number: int) -> Response:
    with request.app.state.conversations.reading() as connection:
        turn, tags = find_turn(connection, number), tags_by_turn(connection, [number])
    return pages_of(request).show(
        request, "turn_row.html", turn=turn, tags=tags.get(number, []), is_unread=False, **words_for(request)
    )


def _me(request: Request) -> str:
    return visitor_of(request).person.login

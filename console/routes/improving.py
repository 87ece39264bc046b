"""The improve loop: what is missing, what was misread, candidates, and the release of the model that answers."""

import logging
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Path, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.conversations.words import words_for
from console.improving.gaps import MOST, group
from console.improving.material import MONTH_MS, examples_file, learnable, reviewed_file
from console.pages import done, pages_of
from console.roles import Permission
from console.tables import MOST as LAST_NUMBER
from console.visitors import visitor_of
from motcua.conversations.filters import chosen_filters
from motcua.conversations.finding import find_turns, rows_of
from motcua.conversations.intents import confusions, known_intents
from motcua.conversations.moments import day_number, day_of, now_ms
from motcua.conversations.proposals import decide_proposal
from motcua.conversations.runs import Kind, RunInProgress, find_run, latest_runs, run_of_release
from motcua.releases import NoWayBack, ReleaseFault, Releases

routes = APIRouter()
logger = logging.getLogger(__name__)
Number = Annotated[int, Path(ge=1, le=LAST_NUMBER)]
Typed = Annotated[str, Form()]
GAPS_SHOWN = 15


@routes.get("/improve")
@needs(Permission.IMPROVE)
def show_improving(request: Request) -> Response:
    """Where the assistant is wrong, and what can be done about it."""
    return _page(request)


@routes.get("/improve/runs/{number}")
@needs(Permission.IMPROVE)
def show_run(request: Request, number: Number) -> Response:
    """What came of a run: figures of candidate and current, and where they differ."""
    with request.app.state.conversations.reading() as connection:
        run = find_run(connection, number)
        if run is None:
            raise HTTPException(404)
        differences = run.result.get("differences", [])
        said = {turn["id"]: turn for turn in rows_of(connection, [found["turn"] for found in differences])}
    standing = _releases(request).standing()
    shown: dict[str, Any] = {"run": run, "differences": differences, "said": said, "standing": standing}
    return pages_of(request).show(request, "run.html", **shown, **words_for(request))


@routes.post("/improve/candidate")
@needs(Permission.IMPROVE)
def train_candidate(request: Request, example: Annotated[list[int] | None, Form()] = None) -> Response:
    """Trains a model with the chosen examples, beside the one that answers."""
    with request.app.state.conversations.reading() as connection:
        chosen = [proposal.id for proposal in learnable(connection) if proposal.id in (example or ())]
        files = {"examples.yml": examples_file(connection, chosen), "reviewed.json": reviewed_file(connection)}
    if not chosen:
        return _page(request, {"examples": _sentence(request, "examples")})
    return _start(request, "candidate", files, chosen)


@routes.post("/improve/cross-validation")
@needs(Permission.IMPROVE)
def cross_validate(request: Request) -> Response:
    """Measures the current model on examples that are left out of its training."""
    current = _releases(request).standing().current
    with request.app.state.conversations.reading() as connection:
        made = run_of_release(connection, current) if current else None
        learned = examples_file(connection, made.proposals if made else ())
    return _start(request, "cross_validation", {"examples.yml": learned}, [])


@routes.post("/improve/runs/{number}/cancel")
@needs(Permission.IMPROVE)
def cancel_run(request: Request, number: Number) -> Response:
    """Stops it; nothing comes of it."""
    if request.app.state.runner.cancel(number):
        _note(request, Act.RUN_CANCELLED, str(number))
    return done("/improve", "run_cancelled")


@routes.post("/improve/promote")
@needs(Permission.IMPROVE)
def promote(request: Request, release: Typed = "") -> Response:
    """Lets a release answer citizens from now on; the examples it learned from count as taken over."""
    by = visitor_of(request).person.login
    try:
        before = _releases(request).standing().current
        _releases(request).promote(release)
    except ReleaseFault as fault:
        logger.warning("%s", fault)
        return _page(request, {"release": _sentence(request, "release_refused")})
    _note(request, Act.PROMOTED, release, release_before=before or "")
    with request.app.state.conversations.writing() as connection:
        if made := run_of_release(connection, release):
            for proposal in made.proposals:
                decide_proposal(connection, proposal, "taken", by=by)
    return done("/improve", "promoted")


@routes.post("/improve/roll-back")
@needs(Permission.IMPROVE)
def roll_back(request: Request) -> Response:
    """Lets the release before it answer again."""
    try:
        before = _releases(request).standing().current
        release = _releases(request).roll_back()
    except NoWayBack:
        return _page(request, {"release": _sentence(request, "no_way_back")})
    _note(request, Act.ROLLED_BACK, release, release_before=before or "")
    return done("/improve", "rolled_back")


def _page(request: Request, problems: dict[str, str] | None = None) -> Response:
    releases, since = _releases(request), now_ms() - MONTH_MS
    unanswered = replace(chosen_filters(status="declined_no_guide"), since=day_of(day_number(since)))
    with request.app.state.conversations.reading() as connection:
        declined = find_turns(connection, unanswered, limit=MOST)
        runs, examples = latest_runs(connection), learnable(connection)
        known = known_intents(connection, since=since)
    measured = next((run for run in runs if run.kind == "cross_validation" and run.state == "done"), None)
    shown: dict[str, Any] = {
        "running": next((run for run in runs if run.state == "running"), None),
        "runs": runs,
        "examples": examples,
        "gaps": group(declined.turns)[:GAPS_SHOWN],
        "confusions": confusions(known),
        "reviewed": len(known),
        "measured": measured,
        "releases": releases.all(),
        "standing": releases.standing(),
        "inputs": releases.inputs_of(releases.standing().current),
        "problems": problems or {},
    }
    return pages_of(request).show(request, "improve.html", **shown, **words_for(request))


def _start(request: Request, kind: Kind, files: dict[str, str], proposals: list[int]) -> Response:
    by = visitor_of(request).person.login
    try:
        run = request.app.state.runner.start(kind, files, by=by, proposals=proposals)
    except RunInProgress:
        return _page(request, {"run": _sentence(request, "run_in_progress")})
    _note(request, Act.RUN_STARTED, str(run), kind=kind, examples=len(proposals))
    return done("/improve", "run_started")


def _releases(request: Request) -> Releases:
    return Releases(request.app.state.settings.shared.releases_dir)


def _sentence(request: Request, name: str) -> str:
    return str(pages_of(request).labels["problems"][name])


def _note(request: Request, act: Act, subject: str, **details: Any) -> None:
    foundation = request.app.state.foundation
    with foundation.database.writing() as connection:
        foundation.note(connection, act, by=visitor_of(request).person.login, subject=subject, **details)

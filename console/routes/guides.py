"""Guides: found by words, edited in a form with the answer beside it, and saved as a change for git."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml
from fastapi import APIRouter, HTTPException, Request, Response

from console.access import needs
from console.audit.acts import Act
from console.guides.ageing import CAUSES, Ageing, ageing
from console.guides.checkout import Author, BranchMoved
from console.guides.comparison import compare, unborne
from console.guides.faults import checked
from console.guides.form import FormFault, filled, grown, read_form, shrunk
from console.guides.shelf import Draft, found, patch
from console.guides.writing import written
from console.pages import HANOI, done, pages_of
from console.roles import Permission
from console.visitors import visitor_of
from motcua.procedures.guide import SECTIONS, Guide

routes = APIRouter()


@dataclass
class Editing:
    """A guide as it stands in the form: what was typed, the guide it makes, and what is wrong with it."""

    draft: Draft
    facts: dict[str, Any]
    guide: Guide | None
    problems: dict[str, str]


@routes.get("/guides")
@needs(Permission.EDIT_GUIDES)
def list_guides(request: Request, q: str = "", cause: str = "") -> Response:
    """All of them, those with these words, or those that need another look."""
    guides = found(request.app.state.guides, q)
    causes = _ageing(request, guides)
    if cause in CAUSES:
        wanted = {one.guide.code for one in causes if one.cause == cause}
        guides = [guide for guide in guides if guide.code in wanted]
    by_code: dict[str, list[Ageing]] = {}
    for one in causes:
        by_code.setdefault(one.guide.code, []).append(one)
    return pages_of(request).show(request, "guides.html", guides=guides, q=q, cause=cause, causes=CAUSES, ageing=by_code)


@routes.get("/guides/{code}")
@needs(Permission.EDIT_GUIDES)
def show_guide(request: Request, code: str) -> Response:
    """The form, with the answer beside it."""
    draft = _open(request, code)
    return _form(request, _checked(request, draft, _told(draft)), status=200)


@routes.post("/guides/{code}")
@needs(Permission.EDIT_GUIDES)
async def change_guide(request: Request, code: str) -> Response:
    """One entry more or less in a list, a look at the answer, or saved."""
    draft, form = _open(request, code), await request.form()
    sent = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    asked = dict(sent)
    try:
        facts = read_form(sent)
        if "add" in asked:
            return _form(request, Editing(draft, grown(facts, asked["add"]), None, {}), base=asked.get("base"))
        if "remove" in asked:
            return _form(request, Editing(draft, shrunk(facts, asked["remove"]), None, {}), base=asked.get("base"))
    except FormFault as fault:
        raise HTTPException(400, "form") from fault
    editing = _checked(request, draft, filled(facts))
    if "preview" in asked:
        return _form(request, editing, base=asked.get("base"))
    if asked.get("base") != draft.digest:
        editing.problems = {"code": _sentence(request, "guide_moved"), **editing.problems}
    if editing.problems or editing.guide is None:
        return _form(request, editing, base=asked.get("base"))
    return _save(request, editing)


@routes.post("/guides/{code}/preview")
@needs(Permission.EDIT_GUIDES)
async def preview_guide(request: Request, code: str) -> Response:
    """What citizens would read, and what is wrong: the piece of the page that follows the typing."""
    form = await request.form()
    try:
        facts = filled(read_form((name, value) for name, value in form.multi_items() if isinstance(value, str)))
    except FormFault as fault:
        raise HTTPException(400, "form") from fault
    editing = _checked(request, _open(request, code), facts)
    return pages_of(request).show(request, "guide_preview.html", status=200, **_preview(request, editing))


@routes.get("/guides/{code}/record")
@needs(Permission.EDIT_GUIDES)
def compare_guide(request: Request, code: str) -> Response:
    """The guide beside the official record."""
    draft, catalogue = _open(request, code), request.app.state.catalogue
    guide = _checked(request, draft, _told(draft)).guide
    record = catalogue[code] if code in catalogue else None  # noqa: SIM401  a catalogue's get raises
    shown: dict[str, Any] = {"code": code, "guide": guide, "record": record}
    if guide and record:
        shown |= {"sections": compare(request.app.state.answers, guide, record), "unborne": unborne(guide, record)}
    return pages_of(request).show(request, "guide_record.html", **shown)


@routes.get("/guides/{code}/history")
@needs(Permission.EDIT_GUIDES)
def show_history(request: Request, code: str) -> Response:
    """Who changed what, where there is a checkout to ask."""
    draft, checkout = _open(request, code), request.app.state.shelf.checkout
    changes = checkout.history(draft.in_project) if checkout else None
    return pages_of(request).show(request, "guide_history.html", code=code, changes=changes)


def _save(request: Request, editing: Editing) -> Response:
    """A commit on a branch of its own; without a checkout, a file."""
    assert editing.guide is not None
    person, state, draft = visitor_of(request).person, request.app.state, editing.draft
    text = written(draft.text, editing.guide.model_dump(exclude_unset=True))
    if text == draft.text:
        editing.problems = {"code": _sentence(request, "guide_same")}
        return _form(request, editing, base=draft.digest)
    author, code, now = Author(person.name, person.login), editing.guide.code, state.foundation.clock()
    subject = f"{code} {editing.guide.name}: sửa hướng dẫn"
    branch = state.shelf.checkout.draft_of(code, person.login) if state.shelf.checkout else ""
    if branch:
        try:
            state.shelf.checkout.commit({draft.in_project: text}, branch=branch, author=author, subject=subject, at=now)
        except BranchMoved:
            editing.problems = {"code": _sentence(request, "guide_moved")}
            return _form(request, editing, base=draft.digest)
    with state.foundation.database.writing() as connection:
        state.foundation.note(connection, Act.GUIDE_SAVED, by=person.login, subject=code, branch=branch)
    if branch:
        return done(f"/guides/{code}", Act.GUIDE_SAVED.value)
    headers = {"Content-Disposition": f'attachment; filename="{code}.patch"'}
    return Response(patch(draft, text, author=author, subject=subject, at=now), media_type="text/x-patch", headers=headers)


def _form(request: Request, editing: Editing, *, base: str | None = None, status: int | None = None) -> Response:
    """The page of the form; `base` is the text it was first made from."""
    shown = {**_preview(request, editing), "base": base or editing.draft.digest}
    return pages_of(request).show(request, "guide.html", status=status, **shown)


def _preview(request: Request, editing: Editing) -> dict[str, Any]:
    answers, guide = request.app.state.answers, editing.guide
    told = [(section, answers.render(section, guide)) for section in SECTIONS] if guide else []
    return {
        "draft": editing.draft,
        "facts": editing.facts,
        "told": [*told, ("source", answers.source(guide))] if guide else [],
        "problems": editing.problems,
        "sections": SECTIONS,
        "offices": answers.offices,
        "has_checkout": request.app.state.shelf.checkout is not None,
    }


def _checked(request: Request, draft: Draft, facts: dict[str, Any]) -> Editing:
    guide, problems = checked(facts, draft.path, pages_of(request).labels)
    return Editing(draft, facts, guide, problems)


def _told(draft: Draft) -> dict[str, Any]:
    return filled(yaml.load(draft.text, Loader=yaml.CSafeLoader))


def _open(request: Request, code: str) -> Draft:
    shelf = request.app.state.shelf
    if code not in shelf:
        raise HTTPException(404)
    draft: Draft = shelf.open(code, visitor_of(request).person.login)
    return draft


def _ageing(request: Request, guides: list[Guide]) -> list[Ageing]:
    state = request.app.state
    today = datetime.fromtimestamp(state.foundation.clock(), HANOI).date()
    return ageing(guides, state.catalogue, state.ended_laws, today=today)


def _sentence(request: Request, key: str) -> str:
    return str(pages_of(request).labels["problems"][key])

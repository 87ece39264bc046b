"""The list of papers to bring, for one procedure and the cases that apply: as a page to tick and print, and as a PDF."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import segno
from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from gateway.checklist_pdf import Paper, draw_pdf
from motcua.procedures.answers import Answers
from motcua.procedures.blocks import Block
from motcua.procedures.guide import Guide
from motcua.procedures.loader import Guides, load_guides

FACTS = ("place", "time", "fee")
routes = APIRouter()


@dataclass(frozen=True)
class Checklist:
    """What to bring, where, how long and how much; nothing about the person it is for."""

    guide: Guide
    chosen: tuple[str, ...]
    papers: list[Block]
    cases: list[Block]
    facts: list[Block]
    source: str
    address: str


class Checklists:
    """Makes checklists from the guides, which are read at the first one."""

    def __init__(self, knowledge_base: Path) -> None:
        self._folder = knowledge_base

    @cached_property
    def _guides(self) -> Guides:
        return load_guides(self._folder / "procedures")

    @cached_property
    def _answers(self) -> Answers:
        return Answers(self._folder)

    def find(self, code: str, cases: Collection[str], site: str) -> Checklist | None:
        """The checklist of a procedure, None if there is no guide; cases the guide does not have are left out."""
        if code not in self._guides:
            return None
        guide = self._guides[code]
        (papers,) = self._answers.blocks(["papers"], guide)
        chosen = tuple(case.id for case in guide.cases if case.id in cases)
        query = urlencode([("case", case) for case in chosen])
        return Checklist(
            guide=guide,
            chosen=chosen,
            papers=papers["papers"],
            cases=[case for case in papers["cases"] if case["id"] in chosen],
            facts=self._answers.blocks(FACTS, guide),
            source=self._answers.source(guide),
            address=f"{site}/checklist/{guide.code}" + (f"?{query}" if query else ""),
        )


Cases = Annotated[list[str], Query()]


@routes.get("/checklist/{code}.pdf")
async def checklist_pdf(code: str, request: Request, case: Cases = [], paper: Paper = "a4") -> Response:  # noqa: B006  FastAPI copies it
    """The list as a PDF on A4 or A5, in large type."""
    found = await _find(request, code, case)
    pdf = await asyncio.to_thread(draw_pdf, found, request.app.state.texts["page"], paper)
    headers = {"Content-Disposition": f'inline; filename="giay-to-{found.guide.code}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@routes.get("/checklist/{code}", response_class=HTMLResponse)
async def checklist(code: str, request: Request, case: Cases = []) -> Response:  # noqa: B006
    """The list as a page to tick and print."""
    found = await _find(request, code, case)
    query = f"?{urlencode([('case', name) for name in found.chosen])}" if found.chosen else ""
    shown = {name: getattr(found, name) for name in ("guide", "chosen", "papers", "cases", "facts", "source")}
    drawn = Markup(segno.make(found.address, error="m").svg_inline(scale=4, border=2, omitsize=True))  # noqa: S704  our own drawing
    page: Response = request.app.state.face.page(
        request, "checklist.html", **shown, qr=drawn, pdf=f"/checklist/{found.guide.code}.pdf{query}", level=2
    )
    return page


async def _find(request: Request, code: str, cases: list[str]) -> Checklist:
    state = request.app.state
    site = state.settings.public_url or str(request.base_url).rstrip("/")
    found: Checklist | None = await asyncio.to_thread(state.lists.find, code, cases, site)
    if found is None:
        raise HTTPException(404, state.texts["unknown_list"])
    return found

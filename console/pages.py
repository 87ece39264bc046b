"""Renders the console's pages: what every one of them needs is added here."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from console.navigation import areas_for
from console.people.sessions import Stage
from console.visitors import csrf_token, keep_cookie, visitor_of

HERE = Path(__file__).parent
STATIC = HERE / "static"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class Pages:
    """Templates with their labels."""

    def __init__(self) -> None:
        self.labels: dict[str, Any] = yaml.safe_load((HERE / "labels.vi.yml").read_text("utf-8"))
        self._templates = Jinja2Templates(HERE / "templates")
        self._templates.env.filters |= {"moment": moment, "iso_moment": iso_moment, "count": count, "percent": percent}
        self.version = _digest(STATIC)
        self._templates.env.globals |= {"labels": self.labels, "version": self.version}

    def show(self, request: Request, name: str, *, status: int | None = None, **shown: Any) -> Response:
        """A page. `problems` may hold a sentence for each field that is wrong; `?done=` in the address tells what went well."""
        visitor = visitor_of(request)
        person = visitor.person if visitor.session and visitor.session.stage is not Stage.HALF else None
        context: dict[str, Any] = {
            "person": person,
            "areas": areas_for(person) if person else {},
            "csrf": csrf_token(request, visitor),
            "done": self.labels["done"].get(request.query_params.get("done", "")),
            "problems": {},
            **shown,
        }
        response = self._templates.TemplateResponse(request, name, context, status or (422 if context["problems"] else 200))
        if visitor.is_new:
            keep_cookie(request, response, visitor.token)
        return response

    def piece(self, name: str, **shown: Any) -> str:
        """A part of a page, which knows nobody and sends nothing."""
        return self._templates.get_template(name).render(shown)


def pages_of(request: Request) -> Pages:
    """The pages of the app that was asked."""
    pages: Pages = request.app.state.pages
    return pages


def done(path: str, what: str) -> Response:
    """After a form: shows a page that says what was done (`done` in labels.vi.yml), and can be loaded again."""
    return RedirectResponse(f"{path}?done={what}", 303)


def moment(at: float | None) -> str:
    """A time as it is read here: "07:05 ngày 02/09/2026"."""
    return datetime.fromtimestamp(at, HANOI).strftime("%H:%M ngày %d/%m/%Y") if at is not None else ""


def iso_moment(at: str | None) -> str:
    """The same for ISO 8601, as the gateway's staff API tells times."""
    return moment(datetime.fromisoformat(at).timestamp()) if at else ""


def count(number: int) -> str:
    """A number as it is read here: "12.345"."""
    return f"{number:,}".replace(",", ".")


def percent(share: float | None) -> str:
    """A share as it is read here: "45,2 %"; a dash for none."""
    return "–" if share is None else f"{share * 100:.1f} %".replace(".", ",")


def _digest(folder: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()[:10]

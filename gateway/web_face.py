"""The web face of the gateway: its routes, its texts in two languages, its templates and static files."""

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI, Request, Response
from fastapi.params import Depends
from fastapi.templating import Jinja2Templates
from markupsafe import Markup
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gateway import chat_page, checklists, webchat
from gateway.feedback import Feedback
from gateway.inbox import Message
from gateway.view import View, read_view
from motcua.settings import Settings

PAGE = Path(__file__).parent / "page"
ENGLISH = Path(__file__).parent / "texts.en.yml"
_YEAR = 365 * 24 * 3600


class Face:
    """Renders what citizens see, in the language, colours and size they chose."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = {"vi": texts["page"], "en": yaml.safe_load(ENGLISH.read_text("utf-8"))}
        self._templates = Jinja2Templates(PAGE / "templates")
        self._templates.env.filters["shown_as"] = shown_as
        self.static = PAGE / "static"
        self.version = _digest(self.static)
        style = (self.static / "page.css").read_text("utf-8-sig")
        self._style = Markup(style)  # noqa: S704 - our own file
        self.style_source = f"'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
        self._templates.env.globals |= {"said": texts["said"], "version": self.version, "level": 4}

    def page(
        self, request: Request, name: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **shown: Any
    ) -> Response:
        """A page; with `?lang=` in its address the language is remembered."""
        view = read_view(request)
        # A first visit, known by having no cookie, gets the style with the page: on a slow network that is half a second.
        style = None if request.cookies else self._style
        context = {**self._context(view), "back": request.url.path, "style": style, **shown}
        response = self._templates.TemplateResponse(request, name, context, status, headers)
        if "lang" in request.query_params:
            view.keep(response, secure=request.url.scheme == "https")
        return response

    def piece(self, request: Request, macro: str, *arguments: Any) -> str:
        """A piece of the conversation, as the page's script puts it in."""
        template = self._templates.get_template("turns.html")
        module = template.make_module(self._context(read_view(request)))
        return str(getattr(module, macro)(*arguments))

    def _context(self, view: View) -> dict[str, Any]:
        return {"view": view, "lang": view.lang, "texts": self._texts[view.lang], "form_id": secrets.token_hex(8)}


def shown_as(message: Message, transcript: Sequence[Message], index: int) -> str:
    """What the citizen said; a number pressed as a choice is shown with the name that stood beside it."""
    replies = transcript[index - 1].replies or () if index else ()
    offered = replies[-1].get("offered", ()) if replies else ()
    if message.text.isdecimal() and 1 <= int(message.text) <= len(offered):
        return f"{message.text}. {offered[int(message.text) - 1]['title']}"
    return message.text


class _Static(StaticFiles):
    """Static files, kept by browsers: their addresses carry the version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}"
        return response


def add_web_face(app: FastAPI, settings: Settings, dependencies: Sequence[Depends]) -> None:
    """Gives the app its page, the API under it and the checklists."""
    app.state.face, app.state.feedback = Face(app.state.texts), Feedback(app.state.database)
    app.state.lists = checklists.Checklists(settings.knowledge_base)
    for routes in (webchat.routes, chat_page.routes, checklists.routes):
        app.include_router(routes, dependencies=list(dependencies))
    app.mount("/static", _Static(directory=PAGE / "static"))
    # No page holds a secret beside a citizen's words that compression could betray; forms are guarded by their origin.
    app.add_middleware(GZipMiddleware, minimum_size=1000)


def _digest(folder: Path) -> str:
    content = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return hashlib.sha256(content).hexdigest()[:10]

"""What is refused is refused in a sentence: as a page for people, as JSON for programs."""

from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

_templates = Jinja2Templates(Path(__file__).parent / "page")


async def refusal(request: Request, error: Exception) -> Response:
    """The answer to an HTTPException."""
    assert isinstance(error, HTTPException)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
    context = {"texts": request.app.state.texts["page"], "sentence": error.detail}
    return _templates.TemplateResponse(request, "refusal.html", context, error.status_code, error.headers)

"""What is refused is refused in a sentence: as a page for people, as JSON for programs."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException


async def refusal(request: Request, error: Exception) -> Response:
    """The answer to an HTTPException."""
    assert isinstance(error, HTTPException)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
    page: Response = request.app.state.face.page(
        request, "refusal.html", status=error.status_code, headers=error.headers, sentence=error.detail
    )
    return page

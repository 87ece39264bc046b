"""What is refused is refused in a sentence: as a page for people, as JSON for programs."""

import logging

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

logger = logging.getLogger(__name__)
RETRY_SECONDS = 60


async def refusal(request: Request, error: Exception) -> Response:
    """The answer to an HTTPException."""
    assert isinstance(error, HTTPException)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
    page: Response = request.app.state.face.page(
        request, "refusal.html", status=error.status_code, headers=error.headers, sentence=error.detail
    )
    return page


async def no_database(request: Request, error: Exception) -> Response:
    """The answer while the database is full, locked or gone: nothing was stored, and it may be sent again."""
    logger.error("The database took nothing: %s", type(error).__name__)
    sentence = request.app.state.texts["not_stored"]
    return await refusal(request, HTTPException(503, sentence, {"Retry-After": str(RETRY_SECONDS)}))

"""What is refused is refused in a sentence, with what to do next."""

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from console.access import SignInFirst
from console.pages import pages_of
from console.visitors import read_visitor


async def sign_in_first(request: Request, error: Exception) -> Response:
    """To the sign-in page, and back to where somebody wanted to go."""
    assert isinstance(error, SignInFirst)
    wanted = request.url.path if request.method == "GET" else "/"
    query = f"?{urlencode({'next': wanted})}" if error.step.startswith("/sign-in") and wanted != "/" else ""
    if "hx-request" in request.headers:  # a piece of a page cannot hold another page
        return Response(status_code=401, headers={"HX-Redirect": error.step + query})
    return RedirectResponse(error.step + query, 303)


async def refuse(request: Request, error: Exception) -> Response:
    """The page of an HTTPException; its detail is a key under `refusals` in labels.vi.yml."""
    assert isinstance(error, HTTPException)
    if not hasattr(request.state, "visitor"):  # no route was found
        request.state.visitor = await run_in_threadpool(read_visitor, request)
    sentences = pages_of(request).labels["refusals"]
    sentence = sentences.get(error.detail) or sentences.get(error.status_code, sentences["other"])
    return pages_of(request).show(request, "refusal.html", status=error.status_code, sentence=sentence)


async def refuse_form(request: Request, error: Exception) -> Response:
    """A form that lacks a field or has a foreign value: no form of ours sends that."""
    return await refuse(request, HTTPException(400, "form"))

"""Forms come from our own pages only: what another site sends in a citizen's name is refused."""

from urllib.parse import urlsplit

from fastapi import HTTPException, Request


async def own_pages_only(request: Request) -> None:
    """A FastAPI dependency: 403 for a change that a foreign page asked a browser for. See docs/adr/0005."""
    if request.method in ("GET", "HEAD", "OPTIONS") or _is_own(request):
        return
    raise HTTPException(403, request.app.state.texts["foreign_page"])


def _is_own(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin") or request.headers.get("referer")
    # A browser that sends none of the three is older than the cookie's SameSite; a program has no cookie to abuse.
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")

"""Who asks for a page: the browser's cookie, the session behind it, and the token of its forms."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from itsdangerous import BadSignature, Signer

from console.keys import is_same, new_token
from console.people.person import Person
from console.people.sessions import Session


@dataclass(frozen=True)
class Visitor:
    """A browser; `session` is None where nobody is signed in, `is_new` where it has no cookie of ours yet."""

    token: str
    session: Session | None = None
    is_new: bool = False

    @property
    def person(self) -> Person:
        """Who is signed in: for routes that need a permission, there is somebody."""
        assert self.session is not None
        return self.session.person

    def owns(self, sent: Any, expected: str) -> bool:
        """Whether what a form sent is the token of this visitor's forms."""
        return not self.is_new and isinstance(sent, str) and is_same(sent, expected)


def read_visitor(request: Request) -> Visitor:
    """The visitor of a request."""
    state = request.app.state
    try:
        token = _signer(request).unsign(request.cookies.get(_cookie(request), "")).decode()
    except BadSignature:
        return Visitor(new_token(), is_new=True)
    # A page that looks for news by itself says so: that nobody sits before it any more must not keep it open.
    return Visitor(token, state.sessions.find(token, is_active="x-background" not in request.headers))


def visitor_of(request: Request) -> Visitor:
    """The visitor, once `console.access` has let the request in."""
    visitor: Visitor = request.state.visitor
    return visitor


def keep_cookie(request: Request, response: Response, token: str) -> None:
    """Gives the browser its token: until it is closed, for no script, no other site, and for HTTPS alone where there is it."""
    signed = _signer(request).sign(token).decode()
    response.set_cookie(_cookie(request), signed, httponly=True, samesite="lax", secure=_is_secure(request), path="/")


def drop_cookie(request: Request, response: Response) -> None:
    """Takes the token away."""
    response.delete_cookie(_cookie(request), httponly=True, samesite="lax", secure=_is_secure(request), path="/")


def csrf_token(request: Request, visitor: Visitor) -> str:
    """What a form of this visitor carries; changes with every sign-in."""
    digest: str = request.app.state.foundation.keys.digest("csrf", visitor.token)
    return digest


def address_of(request: Request) -> str:
    """Where the request comes from; behind a proxy, what uvicorn makes of X-Forwarded-For."""
    return request.client.host if request.client else ""


def _signer(request: Request) -> Signer:
    return Signer(request.app.state.settings.secret, salt="console.visitor")


def _cookie(request: Request) -> str:
    return "__Host-console" if _is_secure(request) else "console"


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"

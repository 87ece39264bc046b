"""Signed conversation ids: unguessable, and worthless to whoever did not get them from us."""

import secrets
from datetime import UTC, datetime, timedelta

from fastapi import Request, Response
from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "conversation"
MAX_AGE = 30 * 24 * 3600  # seconds; a citizen may come back to a dossier within a month
HELPED, HELPED_AGE = "helped-", timedelta(hours=4)  # a volunteer's session beside a resident; then it is erased
RENEW_AGE = timedelta(days=1)  # a token this old is replaced at the next visit, so that a conversation in use does not end


class Conversations:
    """Opens conversations and recognises them again."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 32:
            raise ValueError("MOTCUA_SECRET needs at least 32 characters; make run creates one in var/secrets.env.")
        self._signer = URLSafeTimedSerializer(secret, salt="conversation")

    def open(self, *, helped: bool = False) -> str:
        """A new signed id of 128 random bits; one of a helped session is good for four hours and is not renewed."""
        return self._signer.dumps((HELPED if helped else "") + secrets.token_hex(16))

    def read(self, token: str) -> str | None:
        """The conversation's id, or None if the token is not ours or too old."""
        try:
            conversation, signed_at = self._signer.loads(token, max_age=MAX_AGE, return_timestamp=True)
        except BadSignature:
            return None
        is_over = str(conversation).startswith(HELPED) and datetime.now(UTC) - signed_at > HELPED_AGE
        return None if is_over else str(conversation)

    def renewed(self, token: str) -> str:
        """The token to go on with: a new one for the same conversation where this one is a day old. Raises BadSignature."""
        conversation, signed_at = self._signer.loads(token, max_age=MAX_AGE, return_timestamp=True)
        is_old = datetime.now(UTC) - signed_at > RENEW_AGE
        return self._signer.dumps(conversation) if is_old and not str(conversation).startswith(HELPED) else token

    def of(self, request: Request) -> str | None:
        """The conversation of a request, by its Bearer token or else by its cookie."""
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        return self.read(bearer or request.cookies.get(COOKIE, ""))


def set_cookie(response: Response, token: str, request: Request) -> None:
    """Gives the browser the token for as long as it is valid; no script can read it and no other site send it."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, max_age=MAX_AGE, httponly=True, samesite="lax", secure=is_secure)

"""Signed conversation ids: unguessable, and worthless to whoever did not get them from us."""

import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer

MAX_AGE = 30 * 24 * 3600  # seconds; a citizen may come back to a dossier within a month


class Conversations:
    """Opens conversations and recognises them again."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 32:
            raise ValueError("MOTCUA_SECRET needs at least 32 characters; make run creates one in var/secrets.env.")
        self._signer = URLSafeTimedSerializer(secret, salt="conversation")

    def open(self) -> str:
        """A new signed id of 128 random bits."""
        return self._signer.dumps(secrets.token_hex(16))

    def read(self, token: str) -> str | None:
        """The conversation's id, or None if the token is not ours or older than 30 days."""
        try:
            return str(self._signer.loads(token, max_age=MAX_AGE))
        except BadSignature:
            return None

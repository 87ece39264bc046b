"""What the console's one secret is used for, each purpose with a key of its own."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken


class Unreadable(ValueError):
    """A text that was not encrypted with this secret, or too long ago."""

    def __init__(self) -> None:
        super().__init__("Cannot be decrypted: from another MOTCUA_CONSOLE_SECRET, changed, or too old.")


class Keys:
    """Digests and encryption."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(urlsafe_b64encode(self._key("encryption")))

    def digest(self, purpose: str, text: str) -> str:
        """A keyed digest (HMAC-SHA256, 64 hexadecimal digits)."""
        return hmac.new(self._key(purpose), text.encode(), hashlib.sha256).hexdigest()

    def encrypt(self, text: str) -> str:
        """The text, readable with this secret only."""
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, encrypted: str, *, seconds: int | None = None) -> str:
        """What was encrypted, if it was not longer than `seconds` ago. Raises Unreadable."""
        try:
            return self._fernet.decrypt(encrypted.encode(), ttl=seconds).decode()
        except InvalidToken as error:
            raise Unreadable from error

    def _key(self, purpose: str) -> bytes:
        return hmac.new(self._secret, purpose.encode(), hashlib.sha256).digest()


def new_token() -> str:
    """256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def is_same(one: str, other: str) -> bool:
    """Compares without telling by its time how much is right."""
    return hmac.compare_digest(one.encode(), other.encode())

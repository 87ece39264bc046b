"""Who may call the Official Account webhook: Zalo signs each event with a hash over secret and body."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any, Literal

from gateway.zalo.settings import Application

Verdict = Literal["signed", "forged", "no_secret"]


def sign(app_id: str, body: bytes, *, timestamp: str, secret: str) -> str:
    """The signature Zalo puts on an event: a plain SHA-256, not an HMAC."""
    said = timestamp.encode("utf-8", "replace")  # whoever is not Zalo may write half an emoji here
    return hashlib.sha256(app_id.encode() + body + said + secret.encode()).hexdigest()


def read_signed(body: bytes, header: str, applications: Sequence[Application]) -> tuple[Verdict, dict[str, Any]]:
    """The event in a body, and whether its signature is that of an application of ours. Nothing unsigned is returned."""
    # The console calls before it shows the secret: whoever has none yet must say 200 to get one.
    if not any(app.oa_secret for app in applications):
        return "no_secret", {}
    event = _parse(body)
    mine = [app for app in applications if app.app_id == str(event.get("app_id", ""))]
    if mine and not any(app.oa_secret for app in mine):
        return "no_secret", {}
    given = header.strip().lower().removeprefix("mac=").encode("utf-8", "replace")
    for app in mine:
        expected = sign(app.app_id, body, timestamp=str(event.get("timestamp", "")), secret=app.oa_secret)
        if app.oa_secret and hmac.compare_digest(expected.encode(), given):
            return "signed", event
    return "forged", {}


def _parse(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}

"""Lines of the log, the same in every process: as text for one machine, or one JSON object each for what gathers logs.

A line names its conversation by a digest, and an error by its class and its place: the message of an exception may hold what
somebody typed.
"""

import hashlib
import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

from motcua.settings import LogFormat

DIGEST_LENGTH = 12
_NOISY = ("httpx", "httpcore")  # they write every URL at INFO, and ours name dossiers, conversations and tokens
_BRING_HANDLERS = ("uvicorn", "uvicorn.access")
_conversation: ContextVar[str] = ContextVar("conversation", default="")


def set_up_logging(form: LogFormat) -> None:
    """Writes all of this process's log to its standard error, whatever frameworks have set up before."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)  # frameworks show some whatever -W says, on lines that are no JSON
    for name in _BRING_HANDLERS:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def conversation_digest(conversation: str) -> str:
    """What the log calls a conversation: `printf %s ID | sha256sum | cut -c1-12`."""
    return hashlib.sha256(conversation.encode()).hexdigest()[:DIGEST_LENGTH]


@contextmanager
def about(conversation: str) -> Iterator[None]:
    """Lines written inside belong to this conversation."""
    token = _conversation.set(conversation)
    try:
        yield
    finally:
        _conversation.reset(token)


def now_about(conversation: str) -> None:
    """Lines written from now on in this task belong to this conversation: for a server's hook that has no end."""
    _conversation.set(conversation)


class _Lines(logging.Formatter):
    def formatException(  # noqa: N802  the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Where it happened and its class, without its message."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


class TextLines(_Lines):
    """`logger LEVEL message [conversation]`."""

    def __init__(self) -> None:
        super().__init__("%(name)s %(levelname)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """As logging's, with the digest of the conversation behind it."""
        conversation = _conversation.get()
        return super().formatMessage(record) + (f" [{conversation_digest(conversation)}]" if conversation else "")


class JsonLines(_Lines):
    """`{"time", "level", "logger", "message"}`, and "conversation" and "exception" where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One line. Of an event of structlog its name alone is kept: its other values may hold what was typed."""
        event = record.msg.get("event") if isinstance(record.msg, dict) else record.getMessage()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": str(event),
        }
        if conversation := _conversation.get():
            line["conversation"] = conversation_digest(conversation)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

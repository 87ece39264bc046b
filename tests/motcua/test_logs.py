"""What a line of the log holds, and what it never does."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from motcua.logs import JsonLines, TextLines, about, conversation_digest

logger = logging.getLogger("tests.lines")


@pytest.fixture(params=[JsonLines, TextLines])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What is logged meanwhile, in each format."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_a_line_of_json_tells_when_how_bad_where_what_and_about_whom() -> None:
    with about("cuoc-1"):
        line = json.loads(JsonLines().format(_record("Job %d failed", 7)))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "ERROR",
        "logger": "gateway.worker",
        "message": "Job 7 failed",
        "conversation": conversation_digest("cuoc-1"),
    }


def test_a_conversation_is_named_only_while_it_is_dealt_with() -> None:
    with about("cuoc-1"):
        pass
    assert "conversation" not in json.loads(JsonLines().format(_record("Taking turns")))


def test_an_event_of_structlog_is_its_name_without_its_values() -> None:
    line = JsonLines().format(_record({"event": "processor.parsed", "text": "bí mật"}))
    assert json.loads(line)["message"] == "processor.parsed"
    assert "bí mật" not in line


def test_an_exception_is_its_class_and_place_without_its_message(written: io.StringIO) -> None:
    typed = "bí mật của công dân"
    try:
        raise ValueError(typed.upper())
    except ValueError:
        logger.exception("Nó hỏng")
    assert "ValueError" in written.getvalue() and "test_logs.py" in written.getvalue()
    assert "BÍ MẬT" not in written.getvalue()


def test_each_format_names_the_conversation_by_its_digest(written: io.StringIO) -> None:
    with about("cuoc-cua-toi"):
        logger.error("Nó hỏng")
    assert conversation_digest("cuoc-cua-toi") in written.getvalue()
    assert "cuoc-cua-toi" not in written.getvalue()


def test_whatever_is_logged_is_one_line_of_json() -> None:
    line = JsonLines().format(_record('hai\ndòng \u2028 và một dấu " '))
    assert "\n" not in line
    assert json.loads(line)["message"] == 'hai\ndòng \u2028 và một dấu " '


def _record(message: object, *args: object) -> logging.LogRecord:
    return logging.LogRecord("gateway.worker", logging.ERROR, __file__, 1, message, args, None)

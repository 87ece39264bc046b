"""Whoever hands a turn over never waits and is never hurt; nothing is lost when all stops as it should."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from motcua.conversations.finding import turns_of
from motcua.conversations.recorder import Recorder
from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import Turn
from tests.motcua.conversations.conftest import MORNING


class Opening:
    """Opens a store once it has failed so many times."""

    def __init__(self, url: str, failures: int = 0) -> None:
        self._url, self._failures = url, failures

    def __call__(self) -> ConversationStore:
        if self._failures:
            self._failures -= 1
            raise OperationalError("connect", None, Exception("away"))
        return ConversationStore(self._url)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'conversations.db'}"


def _turn(number: int, said: str = "khai sinh") -> Turn:
    return Turn("cuoc-1", f"tin-{number}", MORNING + number, said=said)


def _kept(url: str) -> list[str]:
    store = ConversationStore(url)
    with store.reading() as connection:
        messages = [turn["message"] for turn in turns_of(connection, "cuoc-1")]
    store.close()
    return messages


def test_what_waits_is_written_before_it_stops(url: str) -> None:
    recorder = Recorder(Opening(url))
    for number in range(100):
        recorder.record(_turn(number))
    recorder.close()
    assert _kept(url) == [f"tin-{number}" for number in range(100)]


def test_a_store_that_is_away_is_waited_for(url: str) -> None:
    recorder = Recorder(Opening(url, failures=3), first_pause=0.001)
    recorder.record(_turn(1))
    recorder.drain()
    recorder.close()
    assert _kept(url) == ["tin-1"]


def test_a_store_that_stays_away_costs_its_turns_and_a_line_without_what_was_said(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(Opening(url, failures=10**6), first_pause=0.001)
    recorder.record(_turn(1, "bí mật của tôi"))
    recorder.close()
    assert "1 turns were not recorded" in caplog.text
    assert "bí mật" not in caplog.text


def test_one_turn_that_cannot_be_written_leaves_the_others_alone(url: str, caplog: pytest.LogCaptureFixture) -> None:
    recorder = Recorder(Opening(url))
    recorder.record(Turn("cuoc-1", "tin-1", MORNING, said="bí mật", trace={"actions": [object()]}))  # type: ignore[list-item]
    recorder.record(_turn(2))
    recorder.close()
    assert _kept(url) == ["tin-2"]
    assert "TypeError" in caplog.text and "bí mật" not in caplog.text


def test_erasing_fails_aloud_while_the_store_is_away(url: str) -> None:
    recorder = Recorder(Opening(url, failures=1))
    with pytest.raises(OperationalError):
        recorder.erase("cuoc-1")
    recorder.erase("cuoc-1")
    recorder.record(_turn(1))
    recorder.close()
    assert _kept(url) == []

import sys

import pytest

from gateway import dead_letters
from gateway.database import Database
from gateway.inbox import Inbox
from gateway.outbox import Outbox
from motcua.settings import Settings


@pytest.fixture
def outbox(database: Database, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """An outbox with one dead letter, where the command looks."""
    monkeypatch.setenv("MOTCUA_DATABASE_URL", settings.database_url)
    message = inbox.accept("cuoc-1", "zalo_oa", "id-1", "bí mật", None, address={"user_id": "nguoi-1"})
    inbox.answer(message, [{"text": "bí mật", "status": "smalltalk"}])
    outbox = Outbox(database)
    outbox.bury(outbox.claim("me", 1, ["zalo_oa"])[0], "-230")
    return outbox


def _run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", ["dead_letters", *arguments])
    dead_letters.main()
    return capsys.readouterr().out


def test_the_command_tells_of_each_and_why_without_personal_data(outbox, monkeypatch, capsys) -> None:
    shown = _run(monkeypatch, capsys)
    assert "zalo_oa" in shown and "-230" in shown and "1 dead letters" in shown
    assert "bí mật" not in shown and "nguoi-1" not in shown


def test_a_dead_letter_can_be_given_another_round(outbox, monkeypatch, capsys) -> None:
    (letter,) = outbox.dead_letters()
    assert "will be tried again" in _run(monkeypatch, capsys, "--revive", str(letter.delivery.id))
    assert "0 dead letters" in _run(monkeypatch, capsys)
    assert "is no dead letter" in _run(monkeypatch, capsys, "--revive", "99")

"""Which release the bot begins with."""

import gzip
from pathlib import Path

import pytest

from bot.model import model_path
from bot.release import base_id, choose_release
from motcua.releases import Release, ReleaseFault, Releases
from motcua.settings import Settings, load_settings

REVIEWED = "4" * 16


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of an installation whose content was just trained."""
    settings = load_settings({"MOTCUA_VAR": str(tmp_path)})
    settings.models_dir.mkdir()
    model_path(settings).write_bytes(gzip.compress(b"the model of today's content"))
    return settings


def _promote(settings: Settings, inputs: str) -> Releases:
    model = settings.var / "candidate.tar.gz"
    model.write_bytes(gzip.compress(b"the model with what reviewers added"))
    releases = Releases(settings.releases_dir)
    releases.add(model, Release(REVIEWED, inputs=inputs, made_at=1.0))
    releases.promote(REVIEWED)
    return releases


def test_the_first_start_makes_a_release_of_the_model_of_today_s_content(settings: Settings) -> None:
    release, model = choose_release(settings)
    assert release == base_id(model_path(settings))
    assert gzip.decompress(model.read_bytes()) == b"the model of today's content"
    assert Releases(settings.releases_dir).standing().current == release


def test_what_was_promoted_answers_after_a_restart(settings: Settings) -> None:
    base, _ = choose_release(settings)
    _promote(settings, inputs=base)
    assert choose_release(settings)[0] == REVIEWED


def test_changed_content_is_answered_by_its_own_model(settings: Settings) -> None:
    releases = _promote(settings, inputs="older content")
    assert choose_release(settings)[0] == base_id(model_path(settings))
    assert releases.standing().before == (REVIEWED,)


def test_a_damaged_release_is_told_and_the_last_good_one_answers(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    base, _ = choose_release(settings)
    model = _promote(settings, inputs=base).model_of(REVIEWED)
    model.write_bytes(model.read_bytes()[:-9])
    assert choose_release(settings)[0] == base
    assert f"Release {REVIEWED}: its model was changed or cut off" in caplog.text


def test_a_damaged_model_of_new_content_is_told_and_the_last_good_one_answers(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    _promote(settings, inputs="older content")
    model_path(settings).write_bytes(b"\x1f\x8b cut off")
    assert choose_release(settings)[0] == REVIEWED
    assert "is not whole" in caplog.text


def test_a_model_that_is_damaged_later_was_copied_while_it_was_whole(settings: Settings) -> None:
    base, _ = choose_release(settings)
    model_path(settings).unlink()
    assert choose_release(settings)[0] == base


def test_new_content_that_nobody_trained_is_not_answered_by_an_old_model(settings: Settings) -> None:
    _promote(settings, inputs="older content")
    model_path(settings).unlink()
    with pytest.raises(ReleaseFault, match="make train"):
        choose_release(settings)


def test_nothing_whole_at_all_is_a_reason_to_stop(settings: Settings) -> None:
    model_path(settings).write_bytes(b"")
    with pytest.raises(ReleaseFault, match="no model is whole"):
        choose_release(settings)


def test_where_nothing_may_be_written_the_model_of_today_s_content_answers(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.releases_dir.write_text("in the way")
    assert choose_release(settings) == (base_id(model_path(settings)), model_path(settings))
    assert "No releases in" in caplog.text

"""Training and measuring in the background: one at a time, and each ends once."""

import pytest

from motcua.conversations.runs import (
    RunInProgress,
    begin_run,
    end_run,
    find_run,
    interrupt_runs,
    latest_runs,
    run_of_release,
    tell_progress,
)
from motcua.conversations.store import ConversationStore


def test_a_run_tells_how_far_it_is_and_what_came_of_it(store: ConversationStore) -> None:
    with store.writing() as connection:
        run = begin_run(connection, "candidate", by="lan", proposals=[3, 5])
        tell_progress(connection, run, {"step": "training"})
        found = find_run(connection, run)
        assert found
        assert (found.state, found.progress, found.proposals, found.by) == ("running", {"step": "training"}, [3, 5], "lan")
        assert end_run(connection, run, "done", {"release": "abc"})
        made = run_of_release(connection, "abc")
        assert made
        assert (made.id, made.state) == (run, "done")
        assert run_of_release(connection, "other") is None


def test_one_at_a_time(store: ConversationStore) -> None:
    with store.writing() as connection:
        run = begin_run(connection, "cross_validation", by="lan")
        with pytest.raises(RunInProgress):
            begin_run(connection, "candidate", by="hoa")
        end_run(connection, run, "failed")
        begin_run(connection, "candidate", by="hoa")
        assert [one.state for one in latest_runs(connection)] == ["running", "failed"]


def test_what_was_cancelled_stays_cancelled(store: ConversationStore) -> None:
    with store.writing() as connection:
        run = begin_run(connection, "candidate", by="lan")
        assert end_run(connection, run, "cancelled")
        assert not end_run(connection, run, "done", {"release": "abc"})
        assert latest_runs(connection)[0].state == "cancelled"


def test_a_new_start_ends_what_was_left_running(store: ConversationStore) -> None:
    with store.writing() as connection:
        begin_run(connection, "candidate", by="lan")
        interrupt_runs(connection)
        assert latest_runs(connection)[0].state == "interrupted"

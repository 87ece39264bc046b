"""What lies in the private database, on SQLite and PostgreSQL: the vault, tries, subscriptions, the audit trail."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import select
from sqlalchemy.engine import Engine

from motcua.dossiers.brake import DAY_SECONDS, MAX_TRIES, MAX_TRIES_A_DAY, PAUSE_SECONDS
from motcua.dossiers.opening import Private
from motcua.dossiers.tables import AUDIT
from motcua.vault import VAULT, Kept, Vault
from tests.motcua.dossiers.private import Clock

HALF_AN_HOUR = 30 * 60
CODE = "000.00.12.H05-261101-0001"


def stored(engine: Engine) -> list[bytes]:
    with engine.connect() as connection:
        return list(connection.execute(select(VAULT.c.value)).scalars())


def test_a_value_is_read_in_its_conversation_alone(private: Private) -> None:
    (reference,) = private.vault.put("cuoc-1", [Kept("reply", "chi tiết")])
    assert private.vault.get("cuoc-1", reference) == "chi tiết"
    assert private.vault.get("cuoc-2", reference) is None
    assert private.vault.get("cuoc-1", "0" * 32) is None


def test_the_latest_value_comes_first(private: Private) -> None:
    private.vault.put("cuoc-1", [Kept("phone", "0912345678")])
    private.vault.put("cuoc-1", [Kept("last_digits", "0012")])
    private.vault.put("cuoc-2", [Kept("phone", "0900000000")])
    assert [kept.value for kept in private.vault.of("cuoc-1", "phone", "last_digits")] == ["0012", "0912345678"]
    assert [kept.value for kept in private.vault.of("cuoc-1", "phone")] == ["0912345678"]


def test_nothing_is_readable_after_half_an_hour_and_nothing_is_left_after_a_purge(
    private: Private, engine: Engine, clock: Clock
) -> None:
    (reference,) = private.vault.put("cuoc-1", [Kept("phone", "0912345678")])
    clock.now += HALF_AN_HOUR - 60
    assert private.vault.get("cuoc-1", reference) is None
    assert private.vault.of("cuoc-1", "phone") == []
    private.purge()
    assert stored(engine) == []


def test_what_lies_in_the_database_tells_nothing(private: Private, engine: Engine, clock: Clock) -> None:
    private.vault.put("cuoc-1", [Kept("phone", "0912345678")])
    (value,) = stored(engine)
    assert b"0912345678" not in value
    with pytest.raises(InvalidToken):
        Vault(engine, "another secret, as long as it is", clock).of("cuoc-1", "phone")


def test_a_kept_value_does_not_show_itself() -> None:
    assert "0912345678" not in repr(Kept("phone", "0912345678"))


def test_an_erased_conversation_leaves_nothing_and_no_name(private: Private, engine: Engine) -> None:
    private.vault.put("cuoc-1", [Kept("phone", "0912345678")])
    private.subscriptions.add("cuoc-1", CODE, "changes")
    private.audit.note("cuoc-1", CODE, "subscribed")
    private.forget("cuoc-1")
    assert (stored(engine), private.subscriptions.take_due()) == ([], [])
    with engine.connect() as connection:
        assert connection.execute(select(AUDIT.c.person, AUDIT.c.code)).all() == [("", CODE)]


def test_five_tries_then_a_pause(private: Private, clock: Clock) -> None:
    tries = [private.brake.reserve(["person:1"]) for _ in range(MAX_TRIES + 1)]
    assert [made is None for made in tries] == [False] * MAX_TRIES + [True]
    assert private.brake.reserve(["person:2"]) is not None
    clock.now += PAUSE_SECONDS + 1
    assert private.brake.reserve(["person:1"]) is not None


def test_a_code_has_its_own_pause_whoever_tries(private: Private) -> None:
    made = [private.brake.reserve([f"person:{number}", "code:1"]) for number in range(MAX_TRIES + 1)]
    assert [ids is None for ids in made] == [False] * MAX_TRIES + [True]
    assert private.brake.reserve([f"person:{MAX_TRIES}"]) is not None  # who was not let try has not tried


def test_a_day_takes_ten_tries(private: Private, clock: Clock) -> None:
    made = 0
    for _ in range(20):
        made += sum(private.brake.reserve(["code:1"]) is not None for _ in range(MAX_TRIES + 1))
        clock.now += PAUSE_SECONDS + 1
    assert made == MAX_TRIES_A_DAY
    clock.now += DAY_SECONDS
    private.purge()
    assert private.brake.reserve(["code:1"]) is not None


def test_a_right_try_does_not_count(private: Private) -> None:
    for _ in range(3 * MAX_TRIES):
        ids = private.brake.reserve(["person:1", "code:1"])
        assert ids is not None
        private.brake.give_back(ids)


def test_tries_made_at_once_do_not_slip_through_together(private: Private) -> None:
    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(lambda _: private.brake.reserve(["code:1"]), range(40)))
    assert 1 <= sum(ids is not None for ids in made) <= MAX_TRIES


def test_a_subscription_is_taken_by_one_process(private: Private) -> None:
    for number in range(30):
        private.subscriptions.add(f"cuoc-{number}", CODE, "changes")
    with ThreadPoolExecutor(4) as threads:
        taken = [one for batch in threads.map(lambda _: private.subscriptions.take_due(30), range(4)) for one in batch]
    assert sorted(one.conversation for one in taken) == sorted(f"cuoc-{number}" for number in range(30))


def test_what_a_dead_process_took_is_taken_again(private: Private, clock: Clock) -> None:
    private.subscriptions.add("cuoc-1", CODE, "changes")
    assert len(private.subscriptions.take_due()) == 1
    assert private.subscriptions.take_due() == []
    clock.now += 61
    assert len(private.subscriptions.take_due()) == 1


def test_a_wish_made_again_is_not_ended_by_the_old_one(private: Private, clock: Clock) -> None:
    private.subscriptions.add("cuoc-1", CODE, "answer")
    (old,) = private.subscriptions.take_due()
    clock.now += 1
    private.subscriptions.add("cuoc-1", CODE, "changes", last_stage="received")
    private.subscriptions.end(old)
    assert [one.wish for one in private.subscriptions.take_due()] == ["changes"]


def test_a_wish_ends_after_half_a_year(private: Private, clock: Clock) -> None:
    private.subscriptions.add("cuoc-1", CODE, "changes")
    clock.now += 181 * DAY_SECONDS
    private.purge()
    assert private.subscriptions.cancel("cuoc-1") == []

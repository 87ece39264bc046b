"""Who knows a code sees the stage; who knows a number besides sees the rest; who guesses learns nothing."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from motcua.dossiers.brake import MAX_TRIES
from motcua.dossiers.demo import demo_dossiers
from motcua.dossiers.enquiries import DetailsShown, Enquiries, NotShown, StageShown
from motcua.dossiers.registry import Dossier, RegistryUnavailable
from motcua.dossiers.second_factor import is_owners, last_digits
from motcua.dossiers.tables import AUDIT
from tests.motcua.dossiers.private import Clock, file_url, opened, private_on

DOSSIERS = {dossier.code: dossier for dossier in demo_dossiers(date(2026, 11, 23))}
CODE = "000.00.12.H05-261101-0003"


class Table:
    """A registry in memory; down while `is_down`."""

    is_down = False

    def find(self, code: str) -> Dossier | None:
        if self.is_down:
            raise RegistryUnavailable("table")
        return next((found for full, found in DOSSIERS.items() if code in (full, full.split(".")[-1])), None)


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def enquiries(table: Table, tmp_path: Path):
    with opened(file_url(tmp_path)) as engine:
        private = private_on(engine, Clock())
        yield Enquiries(table, private.brake, private.audit)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0012", "0012"),
        ("00 12", "0012"),
        ("027090000012", "0012"),
        ("+84 912 340 012", "0012"),
        ("khong khong mot hai", "0012"),
        ("không, không, một, hai", "0012"),
        ("bốn năm sáu bảy", "4567"),
        ("012", ""),
        ("", ""),
        ("số cuối", ""),
    ],
)
def test_the_last_digits_are_read_in_any_shape(typed: str, digits: str) -> None:
    assert last_digits(typed) == digits


def test_either_number_of_the_owner_is_right() -> None:
    dossier = DOSSIERS[CODE]
    assert is_owners(dossier, ["0012"])
    assert is_owners(dossier, ["9999", "0678"])
    assert not is_owners(dossier, ["9999"])
    assert not is_owners(dossier, [])
    assert not is_owners(None, ["0012"])


@pytest.mark.parametrize("typed", ["", "----", "12", "số cuối"])
def test_a_dossier_without_numbers_is_opened_by_nothing(typed: str) -> None:
    assert not is_owners(replace(DOSSIERS[CODE], identity_ends="", phone_ends=""), [typed])


def test_a_code_alone_shows_the_stage(enquiries: Enquiries) -> None:
    assert enquiries.stage("cuoc-1", "H05-261101-0003") == StageShown(CODE, "supplement_needed")


def test_a_number_shows_the_rest(enquiries: Enquiries) -> None:
    assert enquiries.details("cuoc-1", CODE, ["0012"]) == DetailsShown(DOSSIERS[CODE])


def test_no_more_than_two_numbers_are_looked_at(enquiries: Enquiries) -> None:
    assert enquiries.details("cuoc-1", CODE, ["1111", "2222", "0012"]) == NotShown("not_verified")


def test_a_dossier_that_is_none_looks_like_a_number_that_is_wrong(enquiries: Enquiries) -> None:
    unknown = [enquiries.details("cuoc-1", "H05-261101-7777", ["9999"]) for _ in range(MAX_TRIES + 2)]
    wrong = [enquiries.details("cuoc-2", CODE, ["9999"]) for _ in range(MAX_TRIES + 2)]
    assert unknown == wrong
    assert wrong[-1] == NotShown("paused")


def test_typing_the_prefix_or_not_gives_no_more_tries(enquiries: Enquiries) -> None:
    shapes = [CODE, "H05-261101-0003"]
    made = [enquiries.details(f"cuoc-{number}", shapes[number % 2], ["9999"]) for number in range(MAX_TRIES + 1)]
    assert made[-1] == NotShown("paused")


def test_the_owner_waits_too_while_a_code_is_paused(enquiries: Enquiries) -> None:
    for number in range(MAX_TRIES):
        enquiries.details(f"ke-{number}", CODE, ["9999"])
    assert enquiries.details("chu-ho-so", CODE, ["0012"]) == NotShown("paused")
    assert enquiries.stage("chu-ho-so", CODE) == StageShown(CODE, "supplement_needed")


def test_codes_that_are_none_bring_a_pause(enquiries: Enquiries) -> None:
    found = [enquiries.stage("cuoc-1", f"H05-261101-9{number:03}") for number in range(MAX_TRIES + 1)]
    assert found == [NotShown("unknown")] * MAX_TRIES + [NotShown("paused")]


def test_a_registry_that_is_down_costs_no_try(enquiries: Enquiries, table: Table) -> None:
    table.is_down = True
    assert {enquiries.details("cuoc-1", CODE, ["9999"]) for _ in range(MAX_TRIES + 1)} == {NotShown("registry_down")}
    table.is_down = False
    assert enquiries.details("cuoc-1", CODE, ["0012"]) == DetailsShown(DOSSIERS[CODE])


def test_ten_thousand_random_guesses_reveal_nothing(enquiries: Enquiries) -> None:
    """A fifth of the guesses are at dossiers that exist, each tenth guess is by a new person."""
    guesses = random.Random(20261126)
    answers = Counter()
    for number in range(10_000):
        is_known = guesses.random() < 0.2
        code = guesses.choice(list(DOSSIERS)) if is_known else f"000.00.12.H05-261101-{guesses.randrange(1000, 9999)}"
        answer = enquiries.details(f"ke-{number // 10}", code, [f"{guesses.randrange(10_000):04}"])
        answers[(is_known, answer)] += 1
    assert {type(answer) for _, answer in answers} == {NotShown}
    assert {answer.why for _, answer in answers} == {"not_verified", "paused"}
    assert answers[(True, NotShown("not_verified"))] <= MAX_TRIES * len(DOSSIERS)


def test_every_enquiry_is_audited_without_its_number(tmp_path: Path) -> None:
    with opened(file_url(tmp_path)) as engine:
        private = private_on(engine, Clock())
        enquiries = Enquiries(Table(), private.brake, private.audit)
        enquiries.stage("cuoc-1", CODE)
        enquiries.details("cuoc-1", CODE, ["9999"])
        enquiries.details("cuoc-1", CODE, ["0012"])
        enquiries.stage("cuoc-1", "H05-261101-7777")
        with engine.connect() as connection:
            lines = connection.execute(select(AUDIT).order_by(AUDIT.c.id)).all()
    assert [(line.code, line.outcome) for line in lines] == [
        (CODE, "stage_shown"),
        (CODE, "not_verified"),
        (CODE, "details_shown"),
        ("H05-261101-7777", "unknown"),
    ]
    assert not any("9999" in str(tuple(line)) or "0012" in str(tuple(line)) for line in lines)

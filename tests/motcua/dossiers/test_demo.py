from datetime import date, timedelta
from typing import get_args

import pytest

from motcua.dossiers.codes import find_dossier_codes
from motcua.dossiers.demo import demo_dossiers
from motcua.dossiers.registry import Stage
from motcua.dossiers.working_days import WorkingDays
from motcua.procedures.loader import Guides

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("day", [date(2026, 11, 20) + timedelta(days=ahead) for ahead in range(7)])
def test_what_is_not_due_yet_is_due_in_working_days_whatever_day_it_is(day: date) -> None:
    due = {dossier.code[-4:]: WorkingDays().between(day, dossier.due_on) for dossier in demo_dossiers(day)}
    assert due["0001"] == 2 and due["0002"] == 1


def test_every_stage_can_be_tried() -> None:
    assert {dossier.stage for dossier in demo_dossiers(TODAY)} == set(get_args(Stage))


def test_codes_stay_the_same_from_day_to_day() -> None:
    codes = [[dossier.code for dossier in demo_dossiers(day)] for day in (TODAY, date(2027, 1, 1))]
    assert codes[0] == codes[1]
    assert len(set(codes[0])) == len(codes[0])


def test_codes_are_in_the_printed_shape() -> None:
    assert all(find_dossier_codes(dossier.code) == [dossier.code] for dossier in demo_dossiers(TODAY))


def test_their_procedures_have_guides(guides: Guides) -> None:
    assert [dossier.procedure for dossier in demo_dossiers(TODAY) if dossier.procedure not in guides] == []


def test_each_was_received_before_it_is_due() -> None:
    assert all(dossier.received_on <= TODAY and dossier.received_on < dossier.due_on for dossier in demo_dossiers(TODAY))

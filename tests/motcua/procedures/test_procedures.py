import pytest

from motcua.procedures.loader import GuideNotFound, Guides
from motcua.procedures.procedures import Procedures
from tests.motcua.catalogue_samples import record
from tests.motcua.samples import guide

GUIDE = guide()
LONG_TAIL, SHADOWED = record(code="1.900001"), record(code=GUIDE.code)


@pytest.fixture
def procedures() -> Procedures:
    return Procedures(Guides([GUIDE]), {SHADOWED.code: SHADOWED, LONG_TAIL.code: LONG_TAIL})


def test_a_guide_stands_before_a_record_of_its_code(procedures: Procedures) -> None:
    assert procedures[GUIDE.code] is GUIDE
    assert procedures.is_guide(GUIDE.code)
    assert list(procedures.records()) == [LONG_TAIL]


def test_a_record_answers_where_there_is_no_guide(procedures: Procedures) -> None:
    assert procedures["1.900001"] is LONG_TAIL
    assert not procedures.is_guide("1.900001")


def test_every_procedure_is_there_once(procedures: Procedures) -> None:
    assert list(procedures) == [GUIDE.code, "1.900001"]
    assert len(procedures) == 2


def test_a_code_that_nobody_knows_is_named(procedures: Procedures) -> None:
    assert "9.999999" not in procedures
    assert None not in procedures
    assert not procedures.is_guide("9.999999")
    with pytest.raises(GuideNotFound, match=r"9\.999999"):
        procedures["9.999999"]


def test_a_record_whose_place_a_guide_took_is_never_answered_from() -> None:
    old = record(code="1.900001")
    today = guide(replaces=["1.900001"])
    procedures = Procedures(Guides([today]), {old.code: old})
    assert procedures["1.900001"] is today
    assert list(procedures.records()) == []

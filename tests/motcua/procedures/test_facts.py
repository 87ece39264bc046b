import pytest

from motcua.procedures.facts import Facts, load_facts
from motcua.procedures.loader import Guides
from motcua.settings import ROOT


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts(ROOT / "knowledge_base" / "facts.yml")


@pytest.mark.parametrize(
    "text, told",
    [
        ("em bị mất căn cước", {"lost"}),
        ("em bi mat cccd", {"lost"}),
        ("mất cái ví, trong có hộ chiếu", {"lost"}),
        ("thẻ mất rồi", {"lost"}),
        ("bằng lái bị rách", {"damaged"}),
        ("hộ chiếu hết hạn", {"expired"}),
        ("ho chieu sap het han", {"expired"}),
        ("bố em mất hôm qua ở quê", {"deceased"}),
        ("bo em moi mat", {"deceased"}),
        ("ông nhà bà mất từ năm kia", {"deceased"}),
        ("bố em mất căn cước", {"lost"}),
        ("làm lại cho cháu, sổ cũ mất rồi", {"lost"}),
        ("chồng em mất thẻ", {"lost"}),
        ("chứng minh thư của bà bị mất", {"lost", "for_relative"}),
        ("so cu mat roi", {"lost"}),
        ("nhờ người khác đi làm thay", {"authorised"}),
        ("uỷ quyền cho con", {"authorised"}),
        ("em đẻ ở nhà", {"no_birth_paper"}),
        ("lấy chồng Hàn Quốc", {"foreigner"}),
        ("lấy hộ chiếu", set()),
        ("làm hộ khẩu", set()),
        ("mất bao nhiêu tiền", set()),
        ("làm căn cước mất bao lâu", set()),
        ("thẻ mất mấy ngày thì có", set()),
        ("xin lý lịch tư pháp cho mẹ em", {"for_relative"}),
    ],
)
def test_facts_are_told_in_many_ways(facts: Facts, text: str, told: set[str]) -> None:
    assert {fact for fact, is_so in facts.told(text).items() if is_so} == told


@pytest.mark.parametrize(
    "text, claim",
    [
        ("không bị mất", False),
        ("khong bi mat dau", False),
        ("chưa bị mất", False),
        ("không phải bị mất", False),
        ("ko phai lam mat", False),
        ("không, bị mất", True),
        ("không phải, bị mất cơ", True),
        ("bị mất", True),
    ],
)
def test_a_denied_fact_is_no_fact(facts: Facts, text: str, claim: bool) -> None:
    assert facts.told(text)["lost"] is claim


@pytest.mark.parametrize(
    "text, told",
    [
        ("con 3 tuổi", "under_6"),
        ("cháu 5 tháng tuổi", "under_6"),
        ("con dưới 14 tuổi", "from_6_to_13"),
        ("con trai 13 tuổi", "from_6_to_13"),
        ("con trai 14 tuổi", "from_14_to_17"),
        ("bà 81 tuổi", "elderly"),
        ("con ba tuổi", "under_6"),
        ("con trai mười bốn tuổi", "from_14_to_17"),
        ("bé mới sinh được 2 tháng", "under_6"),
    ],
)
def test_an_age_is_a_fact(facts: Facts, text: str, told: str) -> None:
    assert facts.told(text).get(told)


def test_a_life_span_is_no_age(facts: Facts) -> None:
    assert facts.told("ông hưởng thọ, 90 tuổi thọ") == {}


def test_every_case_named_is_a_case_of_a_guide(facts: Facts, guides: Guides) -> None:
    known = {case.id for guide in guides.values() for case in guide.cases}
    known |= {f"{guide.code}/{case.id}" for guide in guides.values() for case in guide.cases}
    assert [(fact.id, case) for fact in facts.all.values() for case in fact.cases if case not in known] == []


def test_what_tells_a_fact_is_taken_out_of_the_rest(facts: Facts) -> None:
    assert facts.rest("bị mất, khai sinh").split() == ["khai", "sinh"]

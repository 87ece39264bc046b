from typing import Any

import pytest

from motcua.procedures.catalogue.record import Record
from motcua.procedures.levels import Levels, names_a_level
from motcua.procedures.loader import Guides
from tests.motcua.catalogue_samples import catalogue_of
from tests.motcua.catalogue_samples import record as sample


def record(code: str, name: str, level: str, decision: str | None = None, **told: Any) -> Record:
    return sample(code=code, name=name, level=level, decision=decision, **told)


@pytest.fixture(scope="module")
def levels(guides: Guides, tmp_path_factory: pytest.TempPathFactory) -> Levels:
    lost_card = record("1.014064", "Cấp lại thẻ căn cước", "Cấp xã")
    any_card = record("1.116410", "Cấp, cấp đổi, cấp lại thẻ căn cước", "Cấp xã", replaces=[lost_card.code])
    records = [
        lost_card,
        any_card,
        record("2.001194", "Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)", "Cấp tỉnh"),
        record("1.900001", "Thủ tục cấp giấy phép nuôi ong (cấp xã)", "Cấp xã"),
        record("1.900002", "Cấp giấy phép nuôi ong", "Cấp bộ"),
        record("1.900003", "Hỗ trợ phát triển sản xuất", "Cấp xã"),
        record("1.900004", "Hỗ trợ phát triển sản xuất", "Cấp xã"),
        record("1.900006", "Hỗ trợ nuôi ong", "Cấp xã", "1/QĐ-UBND"),
        record("1.900005", "Hỗ trợ nuôi ong", "Cấp xã", "1/QĐ-UBND"),
        record("1.900007", "Hỗ trợ nuôi ong", "Cấp tỉnh", "2/QĐ-UBND"),
        record("1.900008", "Khai báo đàn ong", "Cấp bộ"),  # of today at the commune
        record("1.900009", "Khai báo đàn ong", "Cấp xã", replaces=["1.900008"]),
        record("1.900010", "Khai báo đàn ong", "Cấp tỉnh"),
    ]
    return Levels(guides, catalogue_of(tmp_path_factory.mktemp("catalogue"), *records))


@pytest.mark.parametrize(
    ("code", "nearest"),
    [
        ("1.900002", "1.900001"),
        ("1.900001", "1.900001"),
        ("2.001194", "1.116410"),  # by the title of what the guide replaced
        ("1.900003", "1.900003"),  # two of one title at one level are two procedures
        ("1.900004", "1.900004"),
        ("1.900006", "1.900005"),  # unless one decision published them
        ("1.900007", "1.900005"),
        ("1.900010", "1.900009"),
        ("1.001193", "1.001193"),
    ],
)
def test_a_title_at_several_levels_is_sent_to_the_nearest(levels: Levels, code: str, nearest: str) -> None:
    assert levels.nearest(code) == nearest


@pytest.mark.parametrize(
    ("text", "named"),
    [("trình báo mất hộ chiếu ở cấp tỉnh", True), ("lam o dai su quan", True), ("mất hộ chiếu báo ở đâu", False)],
)
def test_who_names_a_level_is_heard(text: str, named: bool) -> None:
    assert names_a_level(text) == named

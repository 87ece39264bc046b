import pytest

from motcua.procedures.catalogue.laws import LAWS_HEAD, split_laws


@pytest.mark.parametrize(
    "table, laws",
    [
        (
            "Luật Ong12/2020/QH14Quy định về mật3/2021/NĐ-CP",
            [("Luật Ong", "12/2020/QH14"), ("Quy định về mật", "3/2021/NĐ-CP")],
        ),
        ("Luật Ong12/2020/QH141/2021/TT-BTC", [("Luật Ong", "12/2020/QH14"), (None, "1/2021/TT-BTC")]),
        ("Nghị định 5/2021/NĐ-CP5/2021/NĐ-CP", [("Nghị định 5/2021/NĐ-CP", "5/2021/NĐ-CP")]),
        (
            "Phí nuôi ong7/2022/TT-BTCsửa đổi phí8/2023/TT-BTC",
            [("Phí nuôi ong", "7/2022/TT-BTC"), ("sửa đổi phí", "8/2023/TT-BTC")],
        ),
        ("Luật OngLuật số 12/2020/QH14", [("Luật Ong", "Luật số 12/2020/QH14")]),
        ("Nghị định ngày 25/01/202640/2026/NĐ-CP", [("Nghị định ngày 25/01/2026", "40/2026/NĐ-CP")]),
        ("Sửa Nghị định số 5/2021/NĐ-CP về ong6/2022/NĐ-CP", [("Sửa Nghị định số 5/2021/NĐ-CP về ong", "6/2022/NĐ-CP")]),
        ("Hương ước của làng", [("Hương ước của làng", None)]),
        ("Không có thông tin", []),
        ("", []),
    ],
)
def test_names_and_numbers_of_laws_are_told_apart(table: str, laws: list[tuple[str | None, str | None]]) -> None:
    assert [(law.name, law.number) for law in split_laws(LAWS_HEAD + table)] == laws

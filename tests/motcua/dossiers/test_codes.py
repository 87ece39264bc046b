import pytest

from motcua.dossiers.codes import find_dossier_codes


@pytest.mark.parametrize(
    "typed",
    [
        "H05-251120-0012",
        "h05-251120-0012",
        "h05 251120 0012",
        "H05 - 251120 - 0012",
        "H05251120 0012",
        "H052511200012",
        "h05.251120.0012",
        "H05/251120/0012",
        "H05_251120_0012",
        "H05–251120–0012",
        "(H05-251120-0012)",
        "hồ sơ:H05-251120-0012.",
        "ma ho so h05-251120-0012 xong chua",
        "mã\nH05-251120-\n0012 ạ",
    ],
)
def test_a_short_code_is_read_as_printed(typed: str) -> None:
    assert find_dossier_codes(typed) == ["H05-251120-0012"]


@pytest.mark.parametrize(
    "typed",
    [
        "000.00.12.H05-261103-0042",
        "000.00.12.h05-261103-0042",
        "000 00 12 H05 261103 0042",
        "000-00-12-H05-261103-0042",
        "000.00.12.H05.261103.0042",
        "000.00.12. H05 -261103- 0042",
        "0000012H052611030042",
        "hồ sơ 000.00.12.H05-261103-0042 của tôi tới đâu rồi",
        "«000.00.12.H05-261103-0042»",
    ],
)
def test_a_full_code_is_read_as_printed(typed: str) -> None:
    assert find_dossier_codes(typed) == ["000.00.12.H05-261103-0042"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("000.00.012.H05-261103-0042", "000.00.012.H05-261103-0042"),
        ("H05-251120-00123", "H05-251120-00123"),
        ("H05-251120-001234", "H05-251120-001234"),
        ("g22-251120-0012", "G22-251120-0012"),
    ],
)
def test_agencies_and_lengths_in_use_are_read(typed: str, code: str) -> None:
    assert find_dossier_codes(typed) == [code]


def test_all_codes_of_a_message_are_found_in_order() -> None:
    found = find_dossier_codes("H05-251120-0012 và 000.00.12.H05-261103-0042")
    assert found == ["H05-251120-0012", "000.00.12.H05-261103-0042"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.001193",
        "H05",
        "H05-2511-0012",
        "H05-251120-12",
        "H05-251120-0012345",
        "XH05-251120-0012",
        "A05-251120-0012",
        "027090001234",
        "0912 345 678",
        "15/11/2026",
        "123/2015/NĐ-CP",
        "1.500.000 đồng",
        "QĐ 163/QĐ-BTP",
    ],
)
def test_other_numbers_are_no_dossier_codes(text: str) -> None:
    assert find_dossier_codes(text) == []


@pytest.mark.parametrize("typed", ["h05 251120 0012", "0000012H052611030042", "000.00.012.H05-261103-0042"])
def test_a_code_as_printed_is_found_again(typed: str) -> None:
    (printed,) = find_dossier_codes(typed)
    assert find_dossier_codes(printed) == [printed]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H05.12-251120-0012", "H05.12-251120-0012"),
        ("h05 12 251120 0012", "H05.12-251120-0012"),
        ("G22.99.08-261101-0001", "G22.99.08-261101-0001"),
        ("H05—251120—0012", "H05-251120-0012"),
        ("000.00.12.H05‑261103‑0042", "000.00.12.H05-261103-0042"),
    ],
)
def test_codes_with_parts_after_the_agency_are_read(typed: str, code: str) -> None:
    assert find_dossier_codes(typed) == [code]

"""Numbers below are invented. 27 is the identity-number prefix of Bắc Ninh; the cards pass Luhn's check unless said."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.conversations.redaction import PLACEHOLDERS, Kind, mask
from motcua.dossiers.codes import find_dossier_codes

ID, PHONE, CARD, MAIL = (PLACEHOLDERS[kind] for kind in ("identity_number", "phone", "bank_card", "email"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # identity numbers, as printed and as people break them up
        ("027090001234", ID),
        ("027 090 001 234", ID),
        ("027.090.001.234", ID),
        ("027-090-001-234", ID),
        ("0270 9000 1234", ID),
        ("so cccd cua toi la 027090001234 a", f"so cccd cua toi la {ID} a"),
        ("CCCD:027090001234, cấp năm 2021", f"CCCD:{ID}, cấp năm 2021"),
        ("(036185012345).", f"({ID})."),
        ("cccd027090001234nhé", f"cccd{ID}nhé"),
        ("001090001234 và 096090001234", f"{ID} và {ID}"),
        ("em sn 1999 cc 027199001234 ngày 12/05/2021", f"em sn 1999 cc {ID} ngày 12/05/2021"),
        # the nine digits of the old card
        ("125123456", ID),
        ("cmnd 125123456 cấp ngày 01/02/2009", f"cmnd {ID} cấp ngày 01/02/2009"),
        ("CMT số:120987654!", f"CMT số:{ID}!"),
        # phones
        ("0912345678", PHONE),
        ("0912 345 678", PHONE),
        ("091 234 5678", PHONE),
        ("0912.345.678", PHONE),
        ("0912-345-678", PHONE),
        ("09 12 34 56 78", PHONE),
        ("+84912345678", PHONE),
        ("+84 912 345 678", PHONE),
        ("84912345678", PHONE),
        ("84 91 234 56 78", PHONE),
        ("0312345678, 0512345678, 0712345678, 0812345678", f"{PHONE}, {PHONE}, {PHONE}, {PHONE}"),
        ("zalo 0912345678 nhé", f"zalo {PHONE} nhé"),
        ("sđt:0912345678.", f"sđt:{PHONE}."),
        ("gọi 0912345678/0987654321", f"gọi {PHONE}/{PHONE}"),
        ("máy bàn 02223821234", f"máy bàn {PHONE}"),
        ("0222 3821 234", PHONE),
        ("0222.3.821.234", PHONE),
        ("+84 222 3821 234", PHONE),
        ("024 3825 1234", PHONE),
        # bank cards
        ("9704361234567895", CARD),
        ("9704 3612 3456 7895", CARD),
        ("9704-3612-3456-7895", CARD),
        ("9704.3612.3456.7895", CARD),
        ("9704361234567890120", CARD),
        ("so the 4111 1111 1111 1111 het han", f"so the {CARD} het han"),
        ("378282246310005", CARD),
        # e-mail
        ("lan@gmail.com", MAIL),
        ("thư: nguyen.van-a+x@mail.bacninh.gov.vn.", f"thư: {MAIL}."),
        ("lan_nguyen@yahoo.com.vn,0912345678", f"{MAIL},{PHONE}"),
        # several at once
        ("027090001234 0912345678", f"{ID} {PHONE}"),
        ("tôi là An, 027090001234\nsđt 0912345678\nmail an@gmail.com", f"tôi là An, {ID}\nsđt {PHONE}\nmail {MAIL}"),
    ],
)
def test_personal_numbers_are_masked(typed: str, kept: str) -> None:
    assert mask(typed).text == kept


@pytest.mark.parametrize(
    "text",
    [
        # dossier codes
        "H05-251120-0012",
        "h05 251120 0012",
        "H052511200012",
        "000.00.12.H05-261103-0042",
        "0000012H052611030042",
        "000 00 12 H05 261103 004212",
        "ma ho so 000.00.12.H05-261103-0042 xong chua",
        # procedure codes, decrees, decisions
        "1.001193",
        "thủ tục 3.000722 và 2.000815",
        "Nghị định 123/2015/NĐ-CP",
        "158/2025/NĐ-CP",
        "60/2014/QH13",
        "1658/NQ-UBTVQH15",
        "QĐ 163/QĐ-BTP",
        # money
        "1.500.000 đồng",
        "phạt 12.500.000đ",
        "100.000.000",
        "125.123.456 đồng",
        "1.234.567.890 đồng",
        "1,500,000 VND",
        "50k",
        "150 000 đồng",
        # dates and times
        "15/11/2026",
        "15-11-2026",
        "15.11.2026",
        "2026-11-15 08:30",
        "từ 01/07/2025 đến 20/09/2026",
        "năm 1990",
        # hotlines, plots, plates, house numbers, counts
        "113",
        "1900 1234",
        "18001234",
        "thửa 123 tờ bản đồ 45, 120 m2",
        "99A-123.45",
        "số nhà 12 ngõ 345",
        "con 3 tuổi 5 tháng, 60 ngày",
        # too long, too short, or of no province: none of ours
        "1234567890123456789012",
        "12345678",
        "097090001234",
        "000090001234",
        "9704361234567896",
        "@lan",
        "lan@gmail",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text).text == text


def test_a_dossier_code_stays_beside_personal_numbers() -> None:
    typed = "hs 000.00.12.H05-261103-0042 của tôi 027090001234, gọi 0912345678"
    assert mask(typed).text == f"hs 000.00.12.H05-261103-0042 của tôi {ID}, gọi {PHONE}"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0912345678 cccd 027090001234", (("phone", "0912345678"), ("identity_number", "027090001234"))),
        ("an@gmail.com", (("email", "an@gmail.com"),)),
        ("9704 3612 3456 7895", (("bank_card", "9704 3612 3456 7895"),)),
        ("lệ phí bao nhiêu", ()),
    ],
)
def test_what_was_taken_is_told_in_order(typed: str, found: tuple[tuple[Kind, str], ...]) -> None:
    assert mask(typed).found == found


@pytest.mark.parametrize("placeholder", PLACEHOLDERS.values())
def test_a_placeholder_stays(placeholder: str) -> None:
    assert mask(f"số {placeholder} ạ").text == f"số {placeholder} ạ"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text() | st.text(st.sampled_from("0123456789 .-+@ađ/H")))
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(1, 96), st.integers(0, 999_999_999), st.sampled_from(["", " ", ".", "-"]))
def test_every_identity_number_of_every_province_is_masked(province: int, rest: int, gap: str) -> None:
    number = f"{province:03}{rest:09}"
    typed = gap.join(number[at : at + 3] for at in range(0, 12, 3))
    assert mask(f"số {typed} ạ").text == f"số {ID} ạ"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, 99), st.dates(), st.integers(0, 999_999))
def test_every_dossier_code_stays(agency: int, day: date, number: int) -> None:
    code = f"000.00.{agency:02}.H05-{day:%y%m%d}-{number:04}"
    assert find_dossier_codes(code) == [code]
    assert mask(f"mã {code} ạ").text == f"mã {code} ạ"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # behind a label and a mark, beside one another, and with the gaps that keyboards and web pages leave
        ("sdt.0912345678", f"sdt.{PHONE}"),
        ("SĐT-0912345678", f"SĐT-{PHONE}"),
        ("- 0912345678\n-0987654321", f"- {PHONE}\n-{PHONE}"),
        ("cccd-027099001234", f"cccd-{ID}"),
        ("cccd.027099001234", f"cccd.{ID}"),
        ("0912345678-0987654321", f"{PHONE}-{PHONE}"),
        ("027090001234-0912345678", f"{ID}-{PHONE}"),
        ("091  234  5678", PHONE),
        ("0912\u00a0345\u00a0678", PHONE),
        ("0912–345–678", PHONE),
        ("0912\u200b345\u200b678", PHONE),
        ("0270  9000  1234", ID),
        ("(+84) 912 345 678", PHONE),
        ("(84)912345678", PHONE),
        ("+84(0)912345678", PHONE),
        ("0084912345678", PHONE),
        ("(0222) 3821 234", PHONE),
        # behind a dossier code or a date, which must not swallow their first digits
        ("H05 261103 0042 0270 9000 1234", f"H05 261103 0042 {ID}"),
        ("sinh 07-11-2026 0270 9000 1234", f"sinh 07-11-2026 {ID}"),
        ("sinh 07-11-2026 0912 345 678", f"sinh 07-11-2026 {PHONE}"),
    ],
)
def test_numbers_are_masked_in_every_typed_shape(typed: str, kept: str) -> None:
    assert mask(typed).text == kept


@pytest.mark.parametrize(
    "typed",
    [
        "125000000 đồng",
        "500000000đ",
        "hẹn ngày 07-11-2026 14:30",
        "sinh 09.10.2026 15h",
        "từ 01.07.2025 20.09.2026",
        "H05 05 251120 0012",
        "h05 02 261105 0219",
        "H05.02-261105-0219",
    ],
)
def test_amounts_dates_and_codes_stay(typed: str) -> None:
    assert mask(typed).text == typed

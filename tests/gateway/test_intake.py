import unicodedata

import pytest

from gateway.intake import take_in
from motcua.vietnamese.canonical import canonical


@pytest.mark.parametrize(
    "text",
    [
        "con mới sinh cần làm gì",
        "lam giay khai sinh can gi",
        "dk tam tru ntn a",
        "<b>khai sinh</b><script>alert(1)</script>",
        "'; DROP TABLE messages; --",
        "giấy khai sinh 👶 cần gì",
        "2",
        "x" * 1000,
    ],
)
def test_a_question_is_kept_as_it_was_typed(text: str) -> None:
    assert (take_in(text).text, take_in(text).signal) == (text, None)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "👶🏠🙏", "???", "...", "\u200b\u200d", "\x00\x07", "/"])
def test_a_message_without_a_word_is_named_as_such(text: str) -> None:
    assert take_in(text).signal == "send_nothing"


@pytest.mark.parametrize("text", ["giấy khai sinh " * 700, "a" * 10_000, "tôi kể bác nghe\n" * 100])
def test_an_endless_message_is_named_as_such_and_kept_whole(text: str) -> None:
    assert take_in(text).signal == "send_too_much"
    assert take_in(text).text == text


def test_spaces_do_not_make_a_message_endless() -> None:
    assert take_in("khai" + " " * 10_000 + "sinh").signal is None


def test_an_attachment_alone_is_named_as_such() -> None:
    assert take_in(" ", has_attachment=True).signal == "send_attachment"


def test_a_question_sent_with_an_attachment_is_read() -> None:
    assert take_in("giấy này nộp ở đâu", has_attachment=True).signal is None


def test_decomposed_letters_are_stored_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "đăng ký tạm trú ở phường Võ Cường")
    assert take_in(decomposed).text == "đăng ký tạm trú ở phường Võ Cường"


@pytest.mark.parametrize(
    "text, secret",
    [
        ("căn cước của em 001099012345 ạ", "001099012345"),
        ("cccd 001 099 012 345", "012 345"),
        ("cccd 001099\u200b012345", "012345"),
        ("cccd 001099\n012345", "012345"),
        ("cccd 001099  012345", "012345"),
        ("cmnd cũ 123456789", "123456789"),
        ("gọi em 0912345678", "0912345678"),
        ("goi em 0912.345.678", "345.678"),
        ("thư em la.tran@example.com", "example.com"),
        ("thẻ 4111 1111 1111 1111", "1111"),
    ],
)
def test_personal_numbers_are_masked_before_storing(text: str, secret: str) -> None:
    taken = take_in(text).text
    assert secret not in taken
    assert secret not in canonical(taken)


def test_a_dossier_code_stays() -> None:
    assert take_in("hồ sơ 000.00.12.H05-261101-0001 xong chưa").text == "hồ sơ 000.00.12.H05-261101-0001 xong chưa"

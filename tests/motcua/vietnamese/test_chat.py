import pytest

from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.chat import SHORT_FORMS, spell_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dk kết hôn mất bn", "đăng ký kết hôn mất bao nhiêu"),
        ("đk tạm trú", "đăng ký tạm trú"),
        ("ĐK khai sinh", "đăng ký khai sinh"),
        ("hs của e tới đâu r", "hồ sơ của em tới đâu rồi"),
        ("ko đc", "không được"),
        ("K cần j", "không cần gì"),
        ("lm cccd ntn", "làm căn cước công dân như thế nào"),
        ("bhyt, bhxh", "bảo hiểm y tế, bảo hiểm xã hội"),
        ("cmnd/cccd", "chứng minh nhân dân/căn cước công dân"),
        ("gplx hết hạn", "giấy phép lái xe hết hạn"),
        ("ra ubnd hay lên mạng?", "ra ủy ban nhân dân hay lên mạng?"),
        ("dkks cho con", "đăng ký khai sinh cho con"),
        ("bao h xong, may h mo", "bao giờ xong, may giờ mo"),
        ("h mún đi học lại", "giờ muốn đi học lại"),
        ("ở h Yên Phong", "ở h Yên Phong"),
        ("sao y mấy k một bản z", "sao y mấy nghìn một bản vậy"),
        ("đủ đk lm thẻ chưa, đk để mua nhà", "đủ điều kiện làm thẻ chưa, điều kiện để mua nhà"),
        ("vc e làm vc ở VN", "vợ chồng em làm việc ở việt nam"),
        ("giấy tờ j v ạ", "giấy tờ gì vậy ạ"),
        ("can mang nhung gi a", "can mang nhung gi ạ"),
        ("đổi bằng hạng e, hạng A", "đổi bằng hạng e, hạng A"),
        ("thuê oto", "thuê ô tô"),
    ],
)
def test_short_forms_are_written_out(typed: str, meant: str) -> None:
    assert spell_out(typed) == meant


@pytest.mark.parametrize(
    "typed", ["kê khai", "bạn bè", "K10", "dkx", "làm giấy khai sinh", "tt", "bh", "", "🙂", "dichvucong.gov.vn", "e-visa"]
)
def test_everything_else_stays_as_typed(typed: str) -> None:
    assert spell_out(typed) == typed


def test_written_out_forms_are_canonical() -> None:
    assert [form for form in SHORT_FORMS.values() if canonical(form) != form] == []


def test_written_out_text_is_not_written_out_again() -> None:
    assert [form for form in SHORT_FORMS.values() if spell_out(form) != form] == []

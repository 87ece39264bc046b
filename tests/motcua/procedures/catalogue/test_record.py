import pytest

from tests.motcua.catalogue_samples import record


@pytest.mark.parametrize(
    "name, search_name",
    [
        ("Thủ tục cấp giấy phép nuôi ong (cấp xã)", "cấp giấy phép nuôi ong"),
        ("Thủ tục hành chính: Đếm tổ ong", "Đếm tổ ong"),
        ("Nuôi ong (thực hiện tại cấp tỉnh)", "Nuôi ong"),
        ("Nuôi ong thực hiện tại cấp xã", "Nuôi ong"),
        ("Nuôi ong tại cấp tỉnh.", "Nuôi ong"),
        ("Nuôi ong (ở rừng) (cấp Trung ương)", "Nuôi ong (ở rừng)"),
        ("Đăng ký thủ tục nuôi ong", "Đăng ký thủ tục nuôi ong"),
        ("Thủ tục", "Thủ tục"),
    ],
)
def test_search_name_leaves_out_what_every_procedure_is_called(name: str, search_name: str) -> None:
    assert record(name=name).search_name == search_name


def test_phrases_are_the_name_with_and_without_brackets() -> None:
    told = record(name="Thủ tục nuôi ong (ở rừng)", field="Nuôi ong", result=["Giấy phép", "Thông báo"])
    assert told.phrases == ("nuôi ong (ở rừng)", "nuôi ong")

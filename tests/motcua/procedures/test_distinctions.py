import pytest

from motcua.procedures.distinctions import Distinctions, load_distinctions, shared_words
from motcua.settings import ROOT


@pytest.fixture(scope="module")
def distinctions() -> Distinctions:
    return load_distinctions(ROOT / "knowledge_base" / "distinctions.yml")


@pytest.mark.parametrize(
    "names, labels",
    [
        (["Đăng ký tạm trú", "Gia hạn tạm trú"], ["Làm lần đầu", "Gia hạn"]),
        (["Đăng ký tạm trú", "Gia hạn tạm trú", "Xóa đăng ký tạm trú"], ["Làm lần đầu", "Gia hạn", "Xóa, chấm dứt, hủy bỏ"]),
        (["Đăng ký kết hôn lưu động", "Đăng ký kết hôn"], ["Cán bộ đến tận nhà (lưu động)", "Tự đến nộp hoặc nộp qua mạng"]),
    ],
)
def test_procedures_of_one_matter_are_separated_by_a_short_question(
    distinctions: Distinctions, names: list[str], labels: list[str]
) -> None:
    separation = distinctions.between(names)
    assert separation
    assert [answer.label for answer in separation.answers] == labels


def test_a_foreigner_separates_before_anything_else(distinctions: Distinctions) -> None:
    separation = distinctions.between(["Đăng ký kết hôn", "Đăng ký kết hôn có yếu tố nước ngoài"])
    assert separation
    assert "nước ngoài" in separation.question
    assert [answer.fact for answer in separation.answers] == [None, "foreigner"]


@pytest.mark.parametrize(
    "names",
    [
        ["Đăng ký kết hôn", "Đăng ký khai sinh có yếu tố nước ngoài"],
        ["Đăng ký tạm trú", "Đăng ký tạm trú"],
        ["Sinh con", "Đăng ký khai sinh"],
        ["Đăng ký khai sinh"],
        ["Chế độ đối với thương binh", "Cấp đổi giấy đối với bệnh binh"],
    ],
)
def test_different_matters_equal_names_and_one_alone_are_not_separated(distinctions: Distinctions, names: list[str]) -> None:
    assert distinctions.between(names) is None


def test_what_names_share_keeps_its_spelling() -> None:
    assert shared_words(["Cấp thẻ BHYT mới", "Đổi thẻ BHYT"]) == "thẻ BHYT"

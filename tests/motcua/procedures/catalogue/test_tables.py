import pytest

from motcua.procedures.catalogue.record import Method
from motcua.procedures.catalogue.tables import METHODS_HEAD, PAPERS_HEAD, split_methods, split_papers


def only(row: str) -> Method:
    (method,) = split_methods(METHODS_HEAD + row)
    return method


@pytest.mark.parametrize(
    "row, time, unit",
    [
        ("Trực tiếp5 Ngày làm việcMiễn phí", "5 Ngày làm việc", "working_day"),
        ("Trực tiếp5 NgàyMiễn phí", "5 Ngày", "day"),
        ("Trực tiếp8 GiờMiễn phí", "8 Giờ", "hour"),
        ("Trực tiếp4 ThángMiễn phí", "4 Tháng", "month"),
        ("Trực tiếp1Miễn phí", "1", None),
        ("Trực tiếpKhông có thông tinMiễn phí", None, None),
        ("Trực tiếpKhông phải trả kết quảMiễn phí", "Không phải trả kết quả", "told"),
    ],
)
def test_a_time_keeps_its_unit_and_a_lost_one_is_not_guessed(row: str, time: str | None, unit: str | None) -> None:
    assert (only(row).time, only(row).time_unit) == (time, unit)


def test_a_time_without_unit_glued_to_a_fee_leaves_both_unknown() -> None:
    method = only("Trực tiếp120 VNĐ(20.000 đồng/tờ)")
    assert (method.time, method.time_unit, method.fee_label, method.fee_note) == ("120 VNĐ", None, None, "20.000 đồng/tờ")


@pytest.mark.parametrize(
    "rest, label, note, description",
    [
        ("Miễn phí", "Miễn phí", None, None),
        ("Miễn phí(Lệ phí: 135.000 đồng/lần)", "Miễn phí", "Lệ phí: 135.000 đồng/lần", None),
        (
            "50,000 Việt Nam Đồng(mỗi tổ (ong) một lần)Nộp tại xã.",
            "50,000 Việt Nam Đồng",
            "mỗi tổ (ong) một lần",
            "Nộp tại xã.",
        ),
        ("Không có thông tinNộp tại xã.", None, None, "Nộp tại xã."),
        ("Miễn phí(quên đóng ngoặc", "Miễn phí", "quên đóng ngoặc", None),
        ("Miễn phí(1) Trường hợp nuôi mới: 3 ngày", "Miễn phí", None, "(1) Trường hợp nuôi mới: 3 ngày"),
    ],
)
def test_fee_label_fee_note_and_description_are_kept_apart(
    rest: str, label: str | None, note: str | None, description: str | None
) -> None:
    method = only(f"Trực tiếp3 Ngày{rest}")
    assert (method.fee_label, method.fee_note, method.note) == (label, note, description)


def test_rows_of_a_flattened_table_are_told_apart() -> None:
    table = "Trực tuyến3 NgàyMiễn phíNộp Trực tiếp được không? Được.Dịch vụ bưu chính1Không có thông tinTrực tiếp2 NgàyMiễn phí"
    methods = split_methods(METHODS_HEAD + table)
    assert [method.channel for method in methods] == ["online", "post", "in_person"]
    assert methods[0].note == "Nộp Trực tiếp được không? Được."


@pytest.mark.parametrize("text", ["", METHODS_HEAD, f"{METHODS_HEAD}Gửi chim bồ câu", "không có bảng"])
def test_a_table_without_a_known_way_has_no_rows(text: str) -> None:
    assert split_methods(text) == []


def test_papers_are_told_apart_by_case() -> None:
    first, second = split_papers(
        f"Nuôi mới{PAPERS_HEAD}Đơn1 bản chính,2 bản saoẢnh0 bản chínhNuôi thêm:{PAPERS_HEAD}Giấy phép cũ1 bản chính"
    )
    assert (first.when, second.when) == ("Nuôi mới", "Nuôi thêm:")
    assert [(paper.name, paper.originals, paper.copies) for paper in first.papers] == [("Đơn", 1, 2), ("Ảnh", 0, 0)]
    assert [paper.name for paper in second.papers] == ["Giấy phép cũ"]


def test_a_table_without_a_case_has_none() -> None:
    (case,) = split_papers(f"--{PAPERS_HEAD}Đơn1 bản chính--")
    assert case.when is None
    assert len(case.papers) == 1


@pytest.mark.parametrize(
    "row, name, originals",
    [
        ("Đơn (01 bản chính hoặc 01 bản sao)1 bản chính", "Đơn (01 bản chính hoặc 01 bản sao)", 1),
        ("Nghị định số 5/20261 bản chính", "Nghị định số 5/2026", 1),
        ("Đơn kèm 1 bản chính giấy phép3 bản chính", "Đơn kèm 1 bản chính giấy phép", 3),
        ("Giấy tờ bị cắt giữa chừng", "Giấy tờ bị cắt giữa chừng", None),
    ],
)
def test_a_number_of_copies_is_not_taken_from_the_name(row: str, name: str, originals: int | None) -> None:
    ((paper,),) = [case.papers for case in split_papers(f"--{PAPERS_HEAD}{row}")]
    assert (paper.name, paper.originals) == (name, originals)


def test_a_row_without_a_name_is_no_paper() -> None:
    (case,) = split_papers(f"--{PAPERS_HEAD}*1 bản chínhĐơn1 bản chính")
    assert [paper.name for paper in case.papers] == ["Đơn"]

import pytest

from motcua.procedures.catalogue.forms import split_forms


@pytest.mark.parametrize(
    "glued, name, forms",
    [
        ("Đơn xin nuôi ongMẫu số 1.docx", "Đơn xin nuôi ong", ("Mẫu số 1.docx",)),
        (
            "Đơn theo Mẫu số 2 Nghị định số 5/2026/NĐ-CPMẫu số 2.docx",
            "Đơn theo Mẫu số 2 Nghị định số 5/2026/NĐ-CP",
            ("Mẫu số 2.docx",),
        ),
        ("Đơn (mẫu NA5);NA5.doc", "Đơn (mẫu NA5);", ("NA5.doc",)),
        ("Đơn theo quy định1.4. Don nuoi ong.docx", "Đơn theo quy định", ("1.4. Don nuoi ong.docx",)),
        ("Đơn theo mẫuMauDonA.docxMauDonB.pdf", "Đơn theo mẫu", ("MauDonA.docx", "MauDonB.pdf")),
        ("Đơn ngày 5/1/2026PL 01 ong.docx.docx", "Đơn ngày 5/1/2026", ("PL 01 ong.docx.docx",)),
        ("Ảnh cỡ 4x6cm của tổ ong", "Ảnh cỡ 4x6cm của tổ ong", ()),
        ("Bản in tệp đơn.docx kèm ảnh", "Bản in tệp đơn.docx kèm ảnh", ()),
        ("Don.docx", "Don.docx", ()),
    ],
)
def test_a_form_glued_to_a_name_is_split_off(glued: str, name: str, forms: tuple[str, ...]) -> None:
    assert split_forms(glued) == (name, forms)

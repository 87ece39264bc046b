"""The list of papers on paper: printed by the browser, and as a PDF."""

import io

import httpx
import pypdfium2
import pytest
from playwright.sync_api import expect

from motcua.settings import ROOT
from tests.browser.conftest import SCREENSHOTS, OpenPage
from tests.browser.site import Site

SHEET = "/checklist/1.001193"
A4, A5 = (595, 842), (420, 595)  # points


def _read(pdf: bytes, name: str) -> tuple[str, list[tuple[float, float]], float]:
    """The text, the sizes of the pages, and the share of the first page that is inked; the page is kept as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    picture = document[0].render(scale=2).to_pil().convert("L")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    picture.save(SCREENSHOTS / f"{name}.png")
    dark = sum(picture.histogram()[:128]) / (picture.width * picture.height)
    sizes = [page.get_size() for page in document]
    document.close()
    return " ".join(text.split()), sizes, dark


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_papers_of_a_case_are_added_when_it_applies(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(SHEET, java_script_enabled=java_script)
    expect(page.get_by_text("Văn bản ủy quyền có chứng thực")).to_have_count(0)
    page.get_by_role("checkbox", name="Nhờ người khác đi làm thay").check()
    page.get_by_role("button", name="Xem danh sách của tôi").click()
    expect(page.get_by_text("Văn bản ủy quyền có chứng thực")).to_be_visible()
    expect(page.get_by_role("link", name="Tải bản PDF")).to_have_attribute("href", f"{SHEET}.pdf?case=uy-quyen")


def test_the_page_prints_on_a4_without_what_only_a_screen_can_do(open_page: OpenPage) -> None:
    page = open_page(f"{SHEET}?case=uy-quyen")
    text, sizes, dark = _read(page.pdf(prefer_css_page_size=True), "print-checklist")
    assert "Giấy chứng sinh" in text
    assert "Văn bản ủy quyền có chứng thực" in text
    assert "163/QĐ-BTP" in text
    assert "Tải bản PDF" not in text
    assert all(abs(width - A4[0]) < 2 and abs(height - A4[1]) < 2 for width, height in sizes)
    assert 0.01 < dark < 0.5


def test_a_conversation_prints_without_its_form(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name="Con mới sinh cần làm gì?").click()
    expect(page.locator(".source")).to_be_visible()
    text, _, dark = _read(page.pdf(prefer_css_page_size=True), "print-conversation")
    assert "Giấy chứng sinh" in text
    assert "Gặp người hỗ trợ" not in text
    assert 0.005 < dark < 0.5


def test_the_print_button_prints(open_page: OpenPage) -> None:
    page = open_page(SHEET)
    page.evaluate("() => { window.print = () => { document.title = 'printed'; }; }")
    page.get_by_role("button", name="In", exact=True).click()
    expect(page).to_have_title("printed")


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("a5", A5)], ids=["A4", "A5"])
@pytest.mark.parametrize("case", ["", "uy-quyen"], ids=["plain", "with a case"])
def test_the_pdf_holds_papers_facts_source_and_code(site: Site, case: str, paper: str, size: tuple[int, int]) -> None:
    response = httpx.get(f"{site.url}{SHEET}.pdf", params={"case": case, "paper": paper})
    assert response.headers["content-type"] == "application/pdf"
    text, sizes, dark = _read(response.content, f"pdf-checklist-{paper}{'-case' if case else ''}")
    for told in ("Đăng ký khai sinh", "Giấy chứng sinh", "Trung tâm Phục vụ hành chính công", "Miễn phí", "đối chiếu ngày"):
        assert told in text
    assert ("Văn bản ủy quyền" in text) == bool(case)
    assert sizes[0] == pytest.approx(size, abs=1)
    assert 0.01 < dark < 0.5


def test_every_guide_has_a_pdf(site: Site) -> None:
    codes = [path.name.split("-")[0] for path in sorted((ROOT / "knowledge_base" / "procedures").glob("*/*.yml"))]
    with httpx.Client(base_url=site.url, timeout=60) as client:
        for code in codes[::7]:
            pdf = pypdfium2.PdfDocument(io.BytesIO(client.get(f"/checklist/{code}.pdf").raise_for_status().content))
            assert "Nguồn: " in pdf[len(pdf) - 1].get_textpage().get_text_range(), code
            pdf.close()

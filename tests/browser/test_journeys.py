"""What citizens come for, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.asking import LABEL, ask
from tests.browser.conftest import OpenPage

BOTH_WAYS = pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without JavaScript"])
DOSSIER = "000.00.12.H05-261101-0003"


@BOTH_WAYS
def test_a_question_is_answered_in_blocks_with_its_source(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    answer = ask(page, "khai sinh cần giấy tờ gì")
    expect(page.locator(".citizen")).to_contain_text("khai sinh cần giấy tờ gì")
    expect(answer.get_by_role("heading", name="Đăng ký khai sinh")).to_be_visible()
    expect(answer.get_by_role("checkbox", name="Giấy chứng sinh").first).to_be_visible()
    expect(answer).to_contain_text("Nhờ người khác đi làm thay")
    expect(answer.locator(".source")).to_contain_text("quyết định 163/QĐ-BTP")
    expect(answer.locator(".source")).to_contain_text("đối chiếu ngày 23/11/2026")


@BOTH_WAYS
def test_fees_stand_in_a_table_with_label_and_note(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    table = ask(page, "lệ phí khai sinh").get_by_role("table", name="Lệ phí")
    row = table.get_by_role("row").filter(has_text="Qua bưu điện")
    expect(row).to_contain_text("Miễn phí")
    expect(row).to_contain_text("Chưa gồm cước bưu chính")


@BOTH_WAYS
def test_a_procedure_is_chosen_by_its_button(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    ask(page, "thẻ bảo hiểm y tế")
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    expect(page.locator(".assistant").last).to_contain_text("Nguồn: ")
    expect(page.locator(".citizen").last).to_contain_text("1. Đăng ký khai sinh")
    expect(page.locator(".choices")).to_have_count(0)


@BOTH_WAYS
def test_a_procedure_is_chosen_by_its_number(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    ask(page, "thẻ bảo hiểm y tế")
    expect(ask(page, "1")).to_contain_text("Nguồn: ")


@BOTH_WAYS
def test_a_conversation_goes_from_follow_up_to_dossier(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    ask(page, "con mới sinh cần làm gì")
    expect(ask(page, "các bước thế nào").get_by_role("listitem").filter(has_text="lấy số")).to_be_visible()
    expect(ask(page, DOSSIER)).to_contain_text("Hẹn trả ngày")
    expect(page.locator(".citizen")).to_have_count(3)


@BOTH_WAYS
def test_a_person_is_asked_for_with_one_button(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    page.get_by_role("button", name="Gặp người hỗ trợ").click()
    expect(page.get_by_text("để gặp cán bộ")).to_be_visible()
    expect(page.locator(".assistant").last).to_contain_text("đã báo người hỗ trợ")


@BOTH_WAYS
def test_an_example_is_asked_with_one_button(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    page.get_by_role("button", name="Con mới sinh cần làm gì?").click()
    expect(page.locator(".assistant").last).to_contain_text("Nguồn: ")
    expect(page.locator(".starters")).to_have_count(0)


@BOTH_WAYS
def test_an_opinion_is_given_with_a_reason_and_changed(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    ask(page, "lệ phí khai sinh")
    page.get_by_role("button", name="Chưa giúp được").click()
    page.get_by_role("button", name="Còn thiếu").click()
    expect(page.get_by_role("button", name="Còn thiếu")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Cảm ơn Anh/Chị")).to_be_visible()
    page.get_by_role("button", name="Giúp được", exact=True).click()
    expect(page.get_by_role("button", name="Còn thiếu")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Giúp được", exact=True)).to_have_attribute("aria-pressed", "true")


@BOTH_WAYS
def test_erasing_takes_the_conversation_from_page_device_and_server(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    ask(page, "lệ phí khai sinh")
    page.get_by_text("Xóa cuộc trò chuyện").click()
    page.get_by_role("button", name="Xóa ngay").click()
    expect(page.locator(".citizen")).to_have_count(0)
    page.reload()
    expect(page.locator(".citizen")).to_have_count(0)
    expect(page.locator(".starters")).to_be_visible()
    if java_script:
        assert page.evaluate("() => localStorage.getItem('conversation')") is None


@BOTH_WAYS
def test_the_interface_speaks_english_while_answers_stay_vietnamese(open_page: OpenPage, java_script: bool) -> None:
    page = open_page("/?lang=en", java_script_enabled=java_script)
    page.get_by_label("What would you like to ask?").fill("lệ phí khai sinh")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("table", name="Fees")).to_contain_text("Miễn phí")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_label(LABEL)).to_be_visible()


@BOTH_WAYS
def test_text_grows_and_colours_change_and_stay_so(open_page: OpenPage, java_script: bool) -> None:
    page = open_page(java_script_enabled=java_script)
    before = page.locator(".said, .card p").first.bounding_box()
    page.get_by_role("button", name="Chữ to hơn").click()
    page.get_by_text("Màu nền").click()
    page.get_by_role("button", name="Tối", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    after = page.locator(".said, .card p").first.bounding_box()
    assert before and after and after["height"] > before["height"]


def test_what_is_being_written_survives_a_bigger_text(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label(LABEL).fill("khai sinh")
    page.get_by_role("button", name="Chữ to hơn").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(page.get_by_label(LABEL)).to_have_value("khai sinh")


def test_papers_that_were_ticked_stay_ticked(open_page: OpenPage) -> None:
    page = open_page()
    paper = page.get_by_role("checkbox", name="Giấy chứng sinh Số lượng")
    ask(page, "khai sinh cần giấy tờ gì")
    paper.check()
    page.reload()
    expect(paper).to_be_checked()
    page.get_by_role("link", name="In giấy tờ cần mang").click()
    expect(page.get_by_role("heading", name="Giấy tờ cần mang")).to_be_visible()
    expect(paper).to_be_checked()


def test_a_long_answer_is_read_from_its_beginning(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 390, "height": 700})
    ask(page, "con mới sinh cần làm gì")
    expect(page.locator(".citizen").last).to_be_in_viewport()


def test_too_long_a_question_is_said_to_be_so_beside_it(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label(LABEL).fill("á" * 900)
    expect(page.get_by_text("Còn 100 ký tự")).to_be_visible()
    page.get_by_label(LABEL).fill("á" * 1010)
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Dài quá 10 ký tự")
    expect(page.get_by_label(LABEL)).to_have_value("á" * 1010)


def test_an_empty_question_is_not_sent(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".citizen")).to_have_count(0)


def test_nothing_that_was_said_becomes_html(open_page: OpenPage) -> None:
    page = open_page()
    said = "<img src=x onerror=document.title='hacked'> lệ phí"
    ask(page, said)
    expect(page.locator(".citizen p")).to_have_text(said)
    page.reload()
    expect(page.locator(".citizen p")).to_have_text(said)
    assert page.locator(".turns img").count() == 0


def test_speech_is_offered_with_a_notice_and_never_begins_by_itself(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name="Nói", exact=True).click()
    expect(page.get_by_text("Tiếng nói được gửi tới hãng làm trình duyệt")).to_be_visible()
    expect(page.get_by_role("button", name="Nói", exact=True)).to_have_attribute("aria-pressed", "false")

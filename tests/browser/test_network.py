"""A network that comes and goes: nothing is lost, nothing is doubled, and nothing leaves our origin."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.asking import ask, write
from tests.browser.conftest import OpenPage
from tests.browser.site import Site


def _said_to_bot(site: Site, text: str) -> int:
    return [turn.get("text") for turn in site.bot.heard].count(text)


@pytest.fixture
def closed_gate(site: Site) -> Iterator[Site]:
    """A site whose bot keeps its answers to itself until the gate is opened."""
    site.bot.gate.clear()
    yield site
    site.bot.gate.set()


def test_what_is_written_without_a_network_is_sent_once_it_is_back(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    ask(page, "con mới sinh cần làm gì")
    page.context.set_offline(True)
    for text in ("lệ phí ngoại tuyến", "các bước ngoại tuyến"):
        write(page, text)
    expect(page.locator(".citizen").last).to_contain_text("Chưa gửi được")
    page.context.set_offline(False)
    expect(page.locator(".citizen .state").filter(has_text="Đã nhận")).to_have_count(3)
    expect(page.locator(".citizen[data-waiting]")).to_have_count(0)
    assert page.locator(".citizen p").all_inner_texts()[1:] == ["lệ phí ngoại tuyến", "các bước ngoại tuyến"]
    assert [_said_to_bot(site, text) for text in ("lệ phí ngoại tuyến", "các bước ngoại tuyến")] == [1, 1]


def test_what_was_not_sent_survives_a_closed_tab(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.context.set_offline(True)
    write(page, "lệ phí sau khi đóng")
    expect(page.locator(".citizen")).to_contain_text("Chưa gửi được")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(site.url)
    expect(again.get_by_role("table", name="Lệ phí")).to_be_visible()
    again.reload()
    expect(again.locator(".citizen")).to_have_count(1)
    assert _said_to_bot(site, "lệ phí sau khi đóng") == 1


def test_a_network_lost_while_waiting_costs_no_answer(open_page: OpenPage, closed_gate: Site) -> None:
    page = open_page()
    write(page, "lệ phí giữa chừng")
    expect(page.get_by_text("Đã nhận")).to_be_visible()
    expect(page.get_by_text("Trợ lý đang trả lời")).to_be_visible()
    page.context.set_offline(True)
    closed_gate.bot.gate.set()
    page.context.set_offline(False)
    expect(page.get_by_role("table", name="Lệ phí")).to_have_count(1)
    assert _said_to_bot(closed_gate, "lệ phí giữa chừng") == 1


def test_a_page_loaded_again_while_waiting_shows_the_answer_when_it_comes(open_page: OpenPage, closed_gate: Site) -> None:
    page = open_page()
    write(page, "lệ phí tải lại")
    expect(page.get_by_text("Đã nhận")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Trợ lý đang trả lời")).to_be_visible()
    closed_gate.bot.gate.set()
    expect(page.get_by_role("table", name="Lệ phí")).to_have_count(1)
    expect(page.locator(".citizen")).to_have_count(1)


def test_without_server_sent_events_the_answer_is_fetched(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/events", lambda route: route.abort())
    expect(ask(page, "lệ phí khai sinh").get_by_role("table", name="Lệ phí")).to_be_visible()


def test_an_expired_conversation_is_opened_anew_and_the_question_kept(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "con mới sinh cần làm gì")
    page.context.clear_cookies()
    expect(ask(page, "lệ phí khai sinh").get_by_role("table", name="Lệ phí")).to_be_visible()


def test_the_page_opens_without_a_network_and_still_shows_the_conversation(open_page: OpenPage, keep_picture) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    ask(page, "lệ phí khai sinh")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Đang mất mạng")).to_be_visible()
    expect(page.get_by_role("table", name="Lệ phí")).to_be_visible()
    write(page, "các bước lúc mất mạng")
    expect(page.locator(".citizen").last).to_contain_text("Chưa gửi được")
    keep_picture(page, "offline")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Các bước: Trực tiếp")).to_be_visible()
    expect(page.get_by_text("Đang mất mạng")).to_have_count(0)
    expect(page.locator(".citizen")).to_have_count(2)


@pytest.mark.parametrize("path", ["/", "/checklist/1.001193?case=uy-quyen", "/khong-co"])
def test_no_request_leaves_our_origin(open_page: OpenPage, site: Site, path: str) -> None:
    page = open_page("/health")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + path)
    if path == "/":
        ask(page, "con mới sinh cần làm gì")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    assert asked
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site.url).netloc}

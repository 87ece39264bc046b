"""Conversations and their review, page by page, as a browser without JavaScript has them."""

import re
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest

from console.conversations.suggestions import Suggestion, suggestions
from console.roles import Role
from motcua.conversations.filters import Filters
from motcua.conversations.finding import find_turns
from motcua.conversations.moments import DAY_MS, now_ms
from motcua.conversations.proposals import find_proposals, propose
from motcua.conversations.reading import opinions_of
from motcua.conversations.turns import Turn
from tests.console.browsing import Browser
from tests.console.checkouts import git, make_checkout
from tests.console.conftest import Console, OpenConsole

BIRTH, MARRIAGE = "1.001193", "1.000894"
RANKED = {
    "ms": 41.0,
    "none": 0.1,
    "candidates": [
        {"code": MARRIAGE, "chance": 0.5, "passage": "đăng ký kết hôn", "features": {"phrase": 0.61}},
        {"code": BIRTH, "chance": 0.4, "passage": "làm khai sinh", "features": {"phrase": 0.6, "phrase_lead": 0.1}},
    ],
}
TRACE = {
    "heard": "làm giấy cho cháu",
    "replies": ["Đăng ký kết hôn cần …"],
    "intents": [{"name": "ask_papers", "confidence": 0.62}, {"name": "ask_fee", "confidence": 0.3}],
    "entities": [{"entity": "place", "value": "Võ Cường"}],
    "rankings": [RANKED],
    "ms": {"nlu": 8.1, "retrieval": 41.0},
}


def _keep(
    console: Console, message: str, said: str, conversation: str = "cuoc-1", at: int | None = None, **known: object
) -> int:
    store = console.app.state.conversations
    store.keep(Turn(conversation, message, at or now_ms(), said=said, **known))
    with store.reading() as connection:
        (turn,) = [row for row in find_turns(connection, Filters()).turns if row["message"] == message]
    return int(turn["id"])


@pytest.fixture
async def console(open_console: OpenConsole) -> AsyncIterator[Console]:
    async with open_console() as opened:
        yield opened


@pytest.fixture
def misread(console: Console) -> int:
    """A turn that was taken for a marriage and is about a birth."""
    return _keep(
        console, "tin-1", "làm giấy cho cháu", channel="web", place="09169", status="answered_from_guide", intent="ask_papers",
        runner_up="ask_fee", confidence=0.62, procedure=MARRIAGE, section="papers", field="ho-tich", ms=310, model="m1",
        trace=TRACE,
    )  # fmt: skip


@pytest.fixture
def lan(console: Console) -> Browser:
    return console.signed_in("lan", Role.REVIEWER)


async def test_turns_are_found_without_diacritics_and_by_several_filters(console: Console, misread: int, lan: Browser) -> None:
    _keep(console, "tin-2", "xin chào", status="smalltalk", intent="greet")
    await lan.open("/conversations?q=giay+cho+chau&status=answered&intent=ask_papers")
    assert "làm giấy cho cháu" in lan.text
    assert "xin chào" not in lan.text
    assert "1 lượt" in lan.text
    await lan.open("/conversations?status=smalltalk&intent=ask_papers")
    assert "Không có lượt nào như vậy" in lan.text
    await lan.open("/conversations?match=any&status=smalltalk&intent=ask_papers")
    assert "2 lượt" in lan.text


async def test_a_form_with_empty_fields_becomes_a_tidy_address(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations?q=&since=&at_least=50&at_most=&status=answered&intent=&match=all&unread_by=")
    assert lan.response.url.query == b"confidence=50-100&status=answered"
    assert "Độ tin cậy: 50–100 %" in lan.text
    assert "làm giấy cho cháu" in lan.text


async def test_each_condition_can_be_taken_away_by_itself(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations?q=giay&status=answered&status=asked")
    links = re.findall(r'href="(/conversations[^"]*)">[^<]*<span aria-hidden', lan.response.text)
    assert links == [
        "/conversations?status=answered&amp;status=asked",
        "/conversations?q=giay&amp;status=asked",
        "/conversations?q=giay&amp;status=answered",
    ]


@pytest.mark.parametrize("query", ["since=hôm qua", "confidence=80-20", "at_least=x", "match=some", "length=9"])
async def test_an_address_that_is_no_filter_is_said_so(console: Console, lan: Browser, query: str) -> None:
    await lan.open(f"/conversations?{query}")
    assert lan.response.status_code == 422
    assert "Cần xem lại" in lan.text


async def test_the_first_and_the_last_of_all_days_are_days(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations?since=0001-01-01&until=9999-12-31")
    assert "làm giấy cho cháu" in lan.text


async def test_a_sample_keeps_its_address(console: Console, lan: Browser) -> None:
    for number in range(30):
        _keep(console, f"tin-{number}", f"câu số {number}")
    await lan.open("/conversations?sample=5")
    first, address = re.findall(r"câu số \d+", lan.text), str(lan.response.url)
    assert re.search(r"sample=5&seed=\d+$", address)
    assert re.findall(r"câu số \d+", (await lan.open(address)).text) == first
    assert "Mẫu 5 lượt" in lan.text


async def test_pages_follow_one_another(console: Console, lan: Browser) -> None:
    for number in range(60):
        _keep(console, f"tin-{number}", f"câu số {number}")
    await lan.open("/conversations")
    older = re.search(r'href="(/conversations\?before=\d+)">Cũ hơn', lan.response.text)
    assert older
    assert "câu số 59" in lan.text
    await lan.open(older[1])
    assert "câu số 0" in lan.text
    assert "câu số 59" not in lan.text
    assert "Về mới nhất" in lan.text


async def test_by_conversation_each_stands_once(console: Console, misread: int, lan: Browser) -> None:
    _keep(console, "tin-2", "còn lệ phí")
    await lan.open("/conversations?show=conversations")
    assert "còn lệ phí" in lan.text
    assert "làm giấy cho cháu" not in lan.text


async def test_opening_a_conversation_takes_its_turns_as_read(console: Console, misread: int, lan: Browser) -> None:
    assert "Chưa đọc" in (await lan.open("/conversations?unread_by=lan")).text
    await lan.open("/conversations/cuoc-1")
    assert "Không có lượt nào như vậy" in (await lan.open("/conversations?unread_by=lan")).text
    assert "làm giấy cho cháu" in (await lan.open("/conversations?unread_by=minh")).text


async def test_a_view_is_saved_shared_and_deleted(console: Console, misread: int, lan: Browser) -> None:
    minh = console.signed_in("minh", Role.SUPERVISOR)
    await lan.open("/conversations?status=answered")
    await lan.press("Lưu bộ lọc", name="", is_shared="yes")
    assert "đặt tên cho bộ lọc" in lan.text
    await lan.press("Lưu bộ lọc", name="Đã trả lời", is_shared="yes")
    assert "Đã lưu bộ lọc" in lan.text
    await minh.open("/conversations")
    assert 'href="/conversations?status=answered">Đã trả lời' in minh.response.text
    assert "của lan" in minh.text
    number = re.search(r"/conversations/views/(\d+)/delete", lan.response.text)
    assert number
    await lan.press("Bỏ bộ lọc Đã trả lời")
    assert "Đã bỏ bộ lọc" in lan.text
    assert "Đã trả lời" not in (await minh.open("/conversations")).text.split("Bộ lọc đã lưu")[1].split("Đặt tên")[0]


async def test_a_turn_shows_how_it_came_about(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations/cuoc-1")
    for told in (
        "Hỏi giấy tờ 62 %", "Hỏi lệ phí 30 %", "Phường, xã: Võ Cường", "đăng ký kết hôn", "50 %",
        "Giống một cách nói đã biết: 0.61", "Hiểu câu hỏi: 8.1", "m1", "Đăng ký kết hôn cần …", "trả lời sau 310 ms",
        "Trang web",
    ):  # fmt: skip
        assert told in lan.text


async def test_right_is_one_press(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations/cuoc-1")
    await lan.press("Đúng")
    assert "Đã lưu nhận định" in lan.text
    assert "lan: đúng" in lan.text
    assert "làm giấy" in (await lan.open("/conversations?state=reviewed&reviewer=lan")).text


async def test_a_suggestion_corrects_and_proposes_at_once(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations/cuoc-1")
    await lan.press("1 Thủ tục: Đăng ký khai sinh")
    assert "Đã lưu chỗ sửa" in lan.text
    assert "thủ tục đúng là Đăng ký khai sinh (1.001193)" in lan.text
    await lan.open("/proposals")
    assert "“làm giấy cho cháu”" in lan.text
    assert "Sửa hướng dẫn" in lan.text


async def test_the_whole_form_corrects_everything(console: Console, misread: int, lan: Browser) -> None:
    await lan.open(f"/turns/{misread}/correction")
    token = lan.page.pressing("Lưu chỗ sửa").fields["csrf"]
    sent = {"csrf": token, "verdict": "wrong", "proposals": ["example", "golden"]}
    await lan.send(f"/turns/{misread}/review", **sent, intent="nope", procedure="cha biết", section="xx", entities="Võ Cường")
    assert lan.response.status_code == 422
    for sentence in ("chọn một ý định", "nhập mã thủ tục", "chọn một mục", "Mỗi dòng một chi tiết"):
        assert sentence in lan.text
    fields = {"intent": "ask_fee", "procedure": f"{BIRTH} Đăng ký khai sinh", "section": "fee", "entities": "place: Kinh Bắc"}
    await lan.send(f"/turns/{misread}/review", **sent, **fields)
    with console.app.state.conversations.reading() as connection:
        (given,) = opinions_of(connection, misread).reviews
        proposed = {found.kind for found in find_proposals(connection)}
    assert (given.is_right, given.intent, given.procedure, given.section) == (False, "ask_fee", BIRTH, "fee")
    assert given.entities == [{"entity": "place", "value": "Kinh Bắc"}]
    assert proposed == {"example", "golden"}


async def test_flags_tags_notes_and_resolving(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations/cuoc-1")
    await lan.press("Báo", reason="sai lệ phí, gọi 0912345678")
    assert "lan báo cần xử lý: sai lệ phí, gọi [số điện thoại]" in lan.text
    assert "làm giấy" in (await lan.open("/conversations?state=flagged")).text
    await lan.open("/conversations/cuoc-1")
    await lan.press("Thêm nhãn", name="Lệ phí")
    await lan.press("Lưu ghi chú", text="hỏi lại phòng tư pháp")
    await lan.press("Đã xử lý xong")
    assert "lan đã xử lý" in lan.text
    assert "lan ghi: hỏi lại phòng tư pháp" in lan.text
    assert "làm giấy" in (await lan.open("/conversations?tag=lệ+phí&state=resolved")).text
    await lan.open("/conversations/cuoc-1")
    await lan.press("Bỏ nhãn lệ phí")
    assert "Không có lượt" in (await lan.open("/conversations?tag=lệ+phí")).text


async def test_a_conversation_is_assigned_and_given_back(console: Console, misread: int, lan: Browser) -> None:
    console.hire("minh", Role.REVIEWER, "Minh")
    await lan.open("/conversations/cuoc-1")
    form = lan.page.pressing("Giao")
    await lan.send(form.action, **{**form.fields, "reviewer": "minh"})
    assert "Giao cho Minh" in lan.text
    assert "làm giấy" in (await lan.open("/conversations?assigned=minh")).text
    await lan.open("/conversations/cuoc-1")
    await lan.press("Thôi giao cho Minh")
    assert "Chưa giao cho ai" in lan.text


async def test_two_who_judge_the_same_turns_are_compared(console: Console, misread: int, lan: Browser) -> None:
    minh = console.signed_in("minh", Role.SUPERVISOR)
    assert "Chưa có lượt nào" in (await lan.open("/agreement")).text
    other = _keep(console, "tin-2", "lệ phí khai sinh", status="answered_from_guide")
    for browser, verdicts in ((lan, ("right", "wrong")), (minh, ("right", "right"))):
        await browser.open("/conversations/cuoc-1")
        token = browser.page.pressing("Đúng").fields["csrf"]
        for turn, verdict in zip((misread, other), verdicts, strict=True):
            await browser.send(f"/turns/{turn}/review", csrf=token, verdict=verdict)
    await lan.open("/agreement")
    assert "lan và minh" in lan.text
    assert "giống 1 lượt" in lan.text
    assert "κ 0,00" in lan.text
    assert "lệ phí khai sinh" in (await lan.open("/conversations?state=disputed")).text


async def test_proposals_are_decided_by_editors_and_downloaded(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations/cuoc-1")
    await lan.press("1 Thủ tục: Đăng ký khai sinh")
    for button in ("Câu huấn luyện", "Hội thoại mẫu"):
        await lan.press(button)
        assert "Đã thêm vào danh sách đề xuất" in lan.text
    editor = await console.signed_in("editor", Role.EDITOR).open("/proposals")
    packed = await editor.client.get("/proposals/files?state=open&kind=")
    with zipfile.ZipFile(BytesIO(packed.content)) as archive:
        names = archive.namelist()
        assert "làm giấy cho cháu" in archive.read("data/nlu/proposed.yml").decode()
    assert [name.split("/")[0] for name in names] == ["data", "tests", "knowledge_base"]
    number = re.search(r'action="/proposals/(\d+)"', editor.response.text)
    assert number
    single = await editor.client.get(f"/proposals/{number[1]}/file")
    assert single.headers["content-disposition"] == 'attachment; filename="proposed.yml"'
    await editor.press(f"Đã nhận: đề xuất {number[1]}")
    assert "Đã lưu quyết định" in editor.text
    assert "editor" in (await editor.open("/proposals?state=taken&kind=golden")).text
    assert "Đã nhận:" not in (await lan.open("/proposals")).text
    boss = await console.signed_in("boss", Role.SUPERVISOR).open("/audit?act=downloaded")
    assert "Số đề xuất: 3" in boss.text


async def test_a_proposal_without_a_judgement_of_one_s_own_is_refused(console: Console, misread: int, lan: Browser) -> None:
    await lan.open("/conversations/cuoc-1")
    token = lan.page.pressing("Đúng").fields["csrf"]
    await lan.send(f"/turns/{misread}/proposals", csrf=token, kind="example")
    assert lan.response.status_code == 409


async def test_replaying_says_the_same_words_and_shows_what_is_other(console: Console, misread: int, lan: Browser) -> None:
    _keep(console, "tin-2", "tên tôi là Nguyễn Văn An, phí?", status="smalltalk", trace={"replies": ["Chào Anh/Chị."]})
    await lan.open("/conversations/cuoc-1")
    form = lan.page.forms[[form.action for form in lan.page.forms].index(f"/turns/{misread}/replay")]
    await lan.send(form.action, **form.fields)
    assert console.gateway.replayed == [["làm giấy cho cháu"]]
    assert "Khác ở 1 trong 1 lượt" in lan.text
    assert "bỏ: Đăng ký kết hôn cần …" in lan.text
    assert "thêm: Chào Anh/Chị." in lan.text
    last = re.findall(r'action="(/turns/\d+/replay)"', (await lan.open("/conversations/cuoc-1")).response.text)[-1]
    await lan.send(last, **form.fields)
    assert console.gateway.replayed[-1] == ["làm giấy cho cháu", "tên tôi là [họ tên], phí?"]
    assert "Khác ở 1 trong 2 lượt" in lan.text
    console.gateway.is_away = True
    await lan.send(form.action, **form.fields)
    assert lan.response.status_code == 503
    assert "Chưa hỏi được cổng trợ lý" in lan.text


async def test_one_conversation_is_erased_and_noted_without_its_name(console: Console, misread: int) -> None:
    root = console.signed_in("root", Role.ADMINISTRATOR)
    _keep(console, "tin-2", "chuyện của người khác", "cuoc-2")
    await root.open("/retention?conversation=cuoc-1")
    await root.press("Xóa cuộc trò chuyện", conversation="cuoc-9", reason="")
    assert "Không có cuộc trò chuyện nào mang mã này" in root.text
    assert "viết lý do xóa" in root.text
    console.gateway.is_away = True
    await root.press("Xóa cuộc trò chuyện", conversation="cuoc-1", reason="người dân yêu cầu")
    assert root.response.status_code == 503
    console.gateway.is_away = False
    await root.press("Xóa cuộc trò chuyện", conversation="cuoc-1", reason="người dân yêu cầu")
    assert "Đã xóa cuộc trò chuyện" in root.text
    assert console.gateway.erased == ["cuoc-1"]
    assert (await root.open("/conversations/cuoc-1")).response.status_code == 404
    assert "chuyện của người khác" in (await root.open("/conversations")).text
    await root.open("/audit?act=erased")
    assert "người dân yêu cầu" in root.text
    assert "cuoc-1" not in root.text


async def test_what_is_old_is_shown_before_it_goes(console: Console, misread: int) -> None:
    root = console.signed_in("root", Role.ADMINISTRATOR)
    _keep(console, "tin-2", "chuyện năm kia", "cuoc-2", at=now_ms() - 400 * DAY_MS)
    await root.open("/retention")
    assert "Đang quá hạn: 1 cuộc với 1 lượt" in root.text
    await root.press("Xóa hội thoại quá hạn")
    assert "Đã xóa các cuộc trò chuyện quá hạn" in root.text
    assert "Chưa có cuộc nào quá hạn" in root.text
    assert "làm giấy" in (await root.open("/conversations")).text
    assert "Số cuộc trò chuyện: 1" in (await root.open("/audit?act=old_deleted")).text


async def test_an_editor_reads_but_does_not_judge(console: Console, misread: int) -> None:
    editor = await console.signed_in("editor", Role.EDITOR).open("/conversations/cuoc-1")
    assert "Vì sao trả lời như vậy" in editor.text
    assert "Sai, sửa lại" not in editor.text


def test_suggestions_are_what_was_held_for_possible_likeliest_first() -> None:
    turn = {"procedure": MARRIAGE, "intent": "ask_papers", "runner_up": "ask_fee"}
    assert suggestions(turn, TRACE) == [
        Suggestion("procedure", BIRTH),
        Suggestion("intent", "ask_fee"),
        Suggestion("intent", "out_of_scope"),
        Suggestion("intent", "request_human"),
    ]


async def test_proposals_become_a_commit_beside_what_the_checkout_has(open_console: OpenConsole, tmp_path: Path) -> None:
    checkout = make_checkout(tmp_path / "checkout")
    examples = "version: '3.1'\nnlu:\n  - intent: ask_fee\n    examples: |\n      - mất nhiêu\n"
    (file := checkout / "data" / "nlu" / "proposed.yml").parent.mkdir(parents=True)
    file.write_text(examples, "utf-8")
    git(checkout, "add", ".")
    git(checkout, "-c", "user.name=Test", "-c", "user.email=test", "commit", "-q", "-m", "Câu đã nhận")
    async with open_console(MOTCUA_GUIDES_CHECKOUT=str(checkout)) as console:
        turn = _keep(console, "tin-1", "tốn nhiêu xèng", status="answered_from_guide")
        with console.app.state.conversations.writing() as connection:
            propose(connection, turn, "example", {"intent": "ask_fee", "text": "tốn nhiêu xèng"}, by="lan")
            change = {"procedure": "1.001193", "section": "fee", "question": "tốn nhiêu xèng"}
            propose(connection, turn, "guide_change", change, by="lan")
        editor = await console.signed_in("minh.do", Role.EDITOR).open("/proposals")
        await editor.press("Ghi thành nhánh git")
        assert "Đã ghi các đề xuất thành một nhánh git" in editor.text
        assert "Nhánh proposals/minh-do của Anh/Chị" in editor.text
        await editor.press("Ghi thành nhánh git")  # once more says the same and changes nothing
        reviewer = await console.signed_in("thu", Role.REVIEWER).open("/proposals")
        assert "Ghi thành nhánh git" not in reviewer.text
    added = [line for line in git(checkout, "diff", "main", "proposals/minh-do").splitlines() if re.match(r"[+-][^+-]", line)]
    assert sorted(map(str.strip, (line[1:] for line in added))) == ["- tốn nhiêu xèng", "- tốn nhiêu xèng"]
    assert git(checkout, "rev-list", "--count", "main..proposals/minh-do").strip() == "1"
    assert git(checkout, "status", "--porcelain") == ""

"""The improve loop as a browser without JavaScript has it, with small programs in the place of the training."""

import gzip
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.improving.gaps import group
from console.improving.runner import Runner
from console.roles import Role
from motcua.conversations.filters import Filters
from motcua.conversations.finding import find_turns
from motcua.conversations.moments import now_ms
from motcua.conversations.proposals import find_proposals, propose
from motcua.conversations.reviewing import Review, review
from motcua.conversations.runs import begin_run
from motcua.conversations.turns import Turn
from motcua.releases import MODEL, Release, Releases
from tests.console.browsing import Browser
from tests.console.conftest import Console, OpenConsole

OLD, NEW = "1" * 16, "2" * 16
MADE = f"""
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
assert "tốn nhiêu xèng" in (folder / "examples.yml").read_text("utf-8")
reviewed = json.loads((folder / "reviewed.json").read_text("utf-8"))
print("Rasa says something")
print(json.dumps({{"step": "training"}}))
figures = {{"reviewed": {{"of": len(reviewed), "current": 0, "candidate": 1}}}}
differs = [{{"turn": reviewed[0]["turn"], "expected": "ask_fee", "current": "ask_place", "candidate": "ask_fee"}}]
print(json.dumps({{"release": "{NEW}", "against": "{OLD}", "figures": figures, "differences": differs}}))
"""
ENDLESS = """
import threading
print('{"step": "training"}', flush=True)
threading.Event().wait()
"""
BROKEN = "raise SystemExit(1)"


@pytest.fixture
async def console(open_console: OpenConsole) -> AsyncIterator[Console]:
    async with open_console() as opened:
        yield opened


@pytest.fixture
def turn(console: Console) -> int:
    """A turn whose intent a reviewer has corrected, and proposed as an example."""
    state = console.app.state
    state.conversations.keep(
        Turn("cuoc-1", "tin-1", now_ms(), said="tốn nhiêu xèng", status="answered_from_guide", intent="ask_place")
    )
    with state.conversations.writing() as connection:
        (found,) = find_turns(connection, Filters()).turns
        review(connection, found["id"], Review("thu", is_right=False, intent="ask_fee"))
        propose(connection, found["id"], "example", {"intent": "ask_fee", "text": "tốn nhiêu xèng"}, by="thu")
    return int(found["id"])


@pytest.fixture
def releases(console: Console, tmp_path: Path) -> Releases:
    """Two releases; the old one answers."""
    releases = Releases(console.app.state.settings.shared.releases_dir)
    for number, release in enumerate((OLD, NEW)):
        (tmp_path / MODEL).write_bytes(gzip.compress(release.encode() * 50))
        releases.add(tmp_path / MODEL, Release(release, inputs="content", made_at=float(number), by="boss" if number else ""))
    releases.promote(OLD)
    return releases


@pytest.fixture
def boss(console: Console) -> Browser:
    return console.signed_in("boss", Role.SUPERVISOR)


def _train_by(console: Console, program: str) -> Runner:
    state = console.app.state
    command = (sys.executable, "-c", program)
    state.runner = Runner(state.conversations, state.settings.shared, {"candidate": command, "cross_validation": command})
    return state.runner


async def test_a_correction_becomes_a_candidate_that_is_compared_and_promoted(
    console: Console, boss: Browser, turn: int, releases: Releases
) -> None:
    runner = _train_by(console, MADE)
    await boss.open("/improve")
    assert "“tốn nhiêu xèng”" in boss.text
    await boss.press("Huấn luyện bản ứng viên", example=_example(console))
    assert "Đã bắt đầu" in boss.text
    runner.wait()
    await boss.open("/improve/runs/1")
    assert "Đã xong" in boss.text
    assert "0/1" in boss.text and "1/1" in boss.text
    assert "Các lượt hai bản hiểu khác nhau" in boss.text
    await boss.press("Đưa bản ứng viên vào trả lời")
    assert "Đã đưa bản này vào trả lời" in boss.text
    assert releases.standing().current == NEW
    with console.app.state.conversations.reading() as connection:
        assert [(found.state, found.decided_by) for found in find_proposals(connection)] == [("taken", "boss")]
    await boss.press("Quay lại bản trước")
    assert releases.standing().current == OLD
    await boss.open("/audit?by=boss")
    for act in ("Bắt đầu huấn luyện", "Đưa một bản mô hình vào trả lời", "Quay lại bản mô hình trước"):
        assert act in boss.text
    assert not list((console.app.state.settings.shared.var / "improving").iterdir()), "nothing of citizens is left behind"


async def test_one_run_at_a_time_and_it_can_be_stopped(console: Console, boss: Browser, turn: int) -> None:
    runner = _train_by(console, ENDLESS)
    await (await boss.open("/improve")).press("Huấn luyện bản ứng viên", example=_example(console))
    await (await boss.open("/improve")).press("Kiểm tra chéo bản đang trả lời")
    assert "Đang có một lần chạy khác" in boss.text
    await boss.open("/improve")
    assert "Đang chạy: huấn luyện bản ứng viên" in boss.text
    await boss.press("Dừng")
    assert "Đã dừng" in boss.text
    runner.wait()
    assert "huấn luyện bản ứng viên, đã dừng" in (await boss.open("/improve")).text


async def test_a_run_that_fails_says_so(console: Console, boss: Browser, turn: int) -> None:
    runner = _train_by(console, BROKEN)
    await (await boss.open("/improve")).press("Huấn luyện bản ứng viên", example=_example(console))
    runner.wait()
    assert "không xong" in (await boss.open("/improve/runs/1")).text


async def test_a_console_that_starts_anew_says_that_the_run_was_interrupted(console: Console, boss: Browser) -> None:
    with console.app.state.conversations.writing() as connection:
        begin_run(connection, "candidate", by="boss")
    _train_by(console, BROKEN)
    assert "bị ngắt khi bảng điều hành khởi động lại" in (await boss.open("/improve")).text


async def test_without_an_example_nothing_is_trained(console: Console, boss: Browser, turn: int) -> None:
    await (await boss.open("/improve")).send(
        "/improve/candidate", csrf=boss.page.pressing("Huấn luyện bản ứng viên").fields["csrf"]
    )
    assert "chọn ít nhất một ví dụ" in boss.text


async def test_a_damaged_release_is_refused_and_the_last_one_stays(console: Console, boss: Browser, releases: Releases) -> None:
    model = releases.model_of(NEW)
    model.write_bytes(model.read_bytes()[:-5])
    await (await boss.open("/improve")).press(f"Đưa vào trả lời: bản {NEW[:8]}")
    assert "Bản này không dùng được" in boss.text
    assert releases.standing().current == OLD
    assert "Không có việc nào" in (await boss.open("/audit?act=promoted")).text


async def test_what_is_missing_and_what_was_misread_is_shown(console: Console, boss: Browser, turn: int) -> None:
    for number, said in enumerate(("xin giấy phép nuôi rồng", "giấy phép nuôi rồng lấy ở đâu", "đăng ký bay lên sao hỏa")):
        console.app.state.conversations.keep(Turn("cuoc-2", f"tin-{number}", now_ms(), said=said, status="declined_no_guide"))
    await boss.open("/improve")
    assert "nuôi rồng” và 1 câu giống vậy" in boss.text.replace("lấy ở đâu”", "”")
    assert "“đăng ký bay lên sao hỏa”" in boss.text
    assert "Trong 1 lượt đã rà soát" in boss.text


def test_the_alike_are_grouped_with_and_without_diacritics_and_nothing_is_nothing() -> None:
    said = ["lam giay phep nuoi rong", "làm giấy phép nuôi rồng", "bán hàng rong vỉa hè", "…"]
    groups = group([{"said": one} for one in said])
    assert [[turn["said"] for turn in found.turns] for found in groups] == [said[:2], said[2:3]]
    assert group([]) == []


def _example(console: Console) -> str:
    with console.app.state.conversations.reading() as connection:
        return str(find_proposals(connection, kind="example")[0].id)

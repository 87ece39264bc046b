"""Digital skills are found by their words, in any order, and lead through their steps to an end."""

from pathlib import Path

import pytest

from motcua.procedures.content_file import ContentFault
from motcua.procedures.digital_skills import SKILLS, DigitalSkills, lint, load_digital_skills
from motcua.settings import ROOT

SKILL = """
id: thu
name: Thử
intro: Thử một việc.
said: [một, hai, ba, bốn, năm + sáu]
finish: Xong.
checked_on: 2026-11-26
steps:
  - {id: dau, title: Đầu, do: Làm, ask: Sao?, screens: [{sees: Được}, {sees: Chưa được, go: again, help: Thử lại}]}
  - {id: cuoi, title: Cuối, do: Làm, ask: Sao?, screens: [{sees: Được}, {sees: Quay về, go: dau}]}
"""


@pytest.fixture(scope="module")
def skills() -> DigitalSkills:
    return load_digital_skills(ROOT / "knowledge_base" / SKILLS)


@pytest.mark.parametrize(
    "text, skill",
    [
        ("kích hoạt VNeID", "vneid"),
        ("kich hoat vneid kieu gi", "vneid"),
        ("cái VNeID của bác quét mặt mãi không khớp", "vneid"),
        ("otp khong ve", "vneid"),
        ("đăng nhập cổng dịch vụ công", "dang-nhap-cong-dich-vu-cong"),
        ("ko vao duoc dvc", "dang-nhap-cong-dich-vu-cong"),
        ("nộp hồ sơ trực tuyến từng bước", "nop-ho-so-truc-tuyen"),
        ("nop ho so online kieu gi", "nop-ho-so-truc-tuyen"),
        ("thanh toán trực tuyến", "thanh-toan-truc-tuyen"),
        ("ký số", "ky-so"),
        ("chu ky so lay o dau", "ky-so"),
        ("chụp giấy tờ", "chup-giay-to"),
        ("co nguoi goi xung cong an bat doc ma otp", "nhan-biet-lua-dao"),
        ("nhận biết lừa đảo", "nhan-biet-lua-dao"),
    ],
)
def test_a_skill_is_found_by_its_words(skills: DigitalSkills, text: str, skill: str) -> None:
    named = skills.named(text)
    assert named is not None and named.skill.id == skill


@pytest.mark.parametrize(
    "text",
    [
        "làm VNeID mức 2 cần mang gì",
        "tạo tài khoản định danh mức 1 có mất phí không",
        "mở khóa VNeID thế nào",
        "vneid co lam dc cai nay ko",
        "đăng ký số điện thoại",
        "nộp phạt nguội trực tuyến",
        "không có chứng minh thư thì làm khai sinh thế nào",
        "",
    ],
)
def test_what_is_a_procedures_is_no_skill(skills: DigitalSkills, text: str) -> None:
    assert skills.named(text) is None


def test_every_name_a_citizen_is_told_to_send_means_its_skill(skills: DigitalSkills) -> None:
    told = {"kích hoạt VNeID", "đăng nhập cổng dịch vụ công", "nộp hồ sơ trực tuyến từng bước", "thanh toán trực tuyến"}
    told |= {"ký số", "chụp giấy tờ", "nhận biết lừa đảo"}
    texts = " ".join(path.read_text("utf-8") for path in (ROOT / "knowledge_base" / SKILLS).glob("*.yml"))
    assert {name for name in told if f'"{name}"' in texts} == told
    assert len({named.skill.id for name in told if (named := skills.named(name))}) == len(told)


def test_every_step_leads_to_the_end(skills: DigitalSkills) -> None:
    for skill in skills.values():
        ends = {None, *range(len(skill.steps))}
        for place, step in enumerate(skill.steps):
            assert {skill.after(place, screen) for screen in step.screens} <= ends
            assert any(skill.after(place, screen) != place for screen in step.screens)


def test_no_skill_names_a_number_or_an_address_nobody_gave(skills: DigitalSkills) -> None:
    known = {"113", "dichvucong.gov.vn"}
    for skill in skills.values():
        text = " ".join(
            [
                skill.finish,
                *(step.do for step in skill.steps),
                *(screen.help or "" for step in skill.steps for screen in step.screens),
            ]
        )
        assert {word.strip(".,") for word in text.split() if word.strip(".,").isdigit() and len(word.strip(".,")) > 2} <= known


def test_the_repositorys_skills_have_no_fault() -> None:
    assert list(lint(ROOT / "knowledge_base")) == []


@pytest.mark.parametrize(
    "before, after, fault",
    [
        ("go: dau", "go: khong-co", "is no step"),
        ("id: cuoi", "id: dau", "twice"),
        ("[{sees: Được}, {sees: Chưa được, go: again, help: Thử lại}]", "[{sees: Chưa, go: again}]", "no screen leads on"),
        ("id: thu", "id: khac", "name of the file"),
        ("intro: Thử một việc.", "intro: ''", "intro"),
    ],
)
def test_a_file_that_breaks_the_model_is_refused_in_words(tmp_path: Path, before: str, after: str, fault: str) -> None:
    assert before in SKILL
    folder = tmp_path / SKILLS
    folder.mkdir()
    (folder / "thu.yml").write_text(SKILL.replace(before, after, 1), "utf-8")
    with pytest.raises(ContentFault, match=fault):
        load_digital_skills(folder)
    assert len(list(lint(tmp_path))) == 1


def test_a_step_nothing_leads_to_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / SKILLS
    folder.mkdir()
    (folder / "thu.yml").write_text(SKILL.replace("[{sees: Được}, {sees: Chưa", "[{sees: Được, go: end}, {sees: Chưa"), "utf-8")
    assert list(lint(tmp_path)) == ["thu: steps.cuoi: nothing leads here"]

"""A change to a guide's YAML is that change and no other."""

import difflib
import re
from typing import Any

import pytest
import yaml

from console.guides.writing import written
from motcua.procedures.guide import Guide
from motcua.procedures.loader import guide_paths
from motcua.settings import ROOT
from tests.motcua.samples import guide_facts

PATHS = guide_paths(ROOT / "knowledge_base" / "procedures")
COMMENTED = """\
# Người phụ trách: chị Lan
name: Đăng ký nuôi mèo # tên chính thức
papers:
  # tờ đầu tiên
  - name: Tờ khai
    copies: "01"
  - name: Ảnh mèo # chụp rõ mặt
related: ["1.001193"]
tips:
  - Đi sớm.
"""


def _changed(text: str, **changes: Any) -> list[str]:
    facts = yaml.safe_load(text) | changes
    new = written(text, {name: value for name, value in facts.items() if value})
    assert yaml.safe_load(new) == {name: value for name, value in facts.items() if value}
    return [re.sub(r" +#", " #", line) for line in difflib.ndiff(text.splitlines(), new.splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize("path", PATHS[::15], ids=lambda path: path.stem)
def test_a_guide_that_did_not_change_is_written_as_it_was(path: Any) -> None:
    text = path.read_text("utf-8")
    guide = Guide.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    assert written(text, guide.model_dump(exclude_unset=True)) == text


def test_comments_order_and_quotes_stay() -> None:
    papers = [{"name": "Tờ khai", "copies": "02"}, {"name": "Ảnh mèo"}]
    assert _changed(COMMENTED, name="Đăng ký mèo", papers=papers) == [
        "- name: Đăng ký nuôi mèo # tên chính thức", "+ name: Đăng ký mèo # tên chính thức",
        '-     copies: "01"', '+     copies: "02"',
    ]  # fmt: skip


def test_an_entry_goes_or_comes_and_the_others_stay() -> None:
    assert _changed(COMMENTED, papers=[{"name": "Ảnh mèo"}])[-1].endswith('copies: "01"')
    assert _changed(COMMENTED, tips=["Đi sớm.", "Mang mèo theo."]) == ["+   - Mang mèo theo."]
    assert _changed(COMMENTED, related=["1.001193", "2.000001"]) == [
        '- related: ["1.001193"]', '+ related: ["1.001193", "2.000001"]',
    ]  # fmt: skip
    assert _changed(COMMENTED, tips=[]) == ["- tips:", "-   - Đi sớm."]


@pytest.mark.parametrize("text", ["08:30", "no", "12", "1.001193", "Có: không", "- gạch đầu dòng", "# thăng", "'nháy'"])
def test_a_text_that_yaml_would_take_for_something_else_stays_a_text(text: str) -> None:
    _changed(COMMENTED, tips=[text, "Đi sớm."])


def test_a_new_guide_is_written_in_the_order_of_its_facts() -> None:
    new = written("", Guide.model_validate(guide_facts()).model_dump(exclude_unset=True))
    assert list(yaml.safe_load(new)) == list(Guide.model_validate(guide_facts()).model_dump(exclude_unset=True))

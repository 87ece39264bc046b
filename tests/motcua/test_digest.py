from pathlib import Path

import pytest

from motcua.digest import digest_of


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, text in (("khai-sinh.yml", "lệ phí 0"), ("khai-tu.yml", "lệ phí 1")):
        (tmp_path / name).write_text(text, "utf-8")
    return sorted(tmp_path.iterdir())


def test_the_same_files_have_the_same_digest(files: list[Path]) -> None:
    assert digest_of(files) == digest_of(reversed(files))


def test_changed_content_changes_the_digest(files: list[Path]) -> None:
    before = digest_of(files)
    files[0].write_text("lệ phí 2", "utf-8")
    assert digest_of(files) != before


def test_a_new_name_changes_the_digest(files: list[Path]) -> None:
    before = digest_of(files)
    renamed = files[0].rename(files[0].with_name("an-sinh.yml"))
    assert digest_of([renamed, files[1]]) != before


def test_a_missing_file_changes_the_digest(files: list[Path]) -> None:
    assert digest_of(files[:1]) != digest_of(files)


def test_further_facts_count(files: list[Path]) -> None:
    assert len({digest_of(files), digest_of(files, "a"), digest_of(files, "a", "b"), digest_of(files, "ab")}) == 4


def test_where_the_files_lie_does_not_count(files: list[Path], tmp_path: Path) -> None:
    before = digest_of(files)
    moved = tmp_path / "khac"
    moved.mkdir()
    assert digest_of(path.rename(moved / path.name) for path in files) == before

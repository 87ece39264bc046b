from pathlib import Path

import pytest

from motcua.procedures.catalogue_phrases import PhrasesFault, load_catalogue_phrases


def test_files_of_a_folder_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "thue.yml").write_text('# Thuế\n"1.000002":\n  - đóng mã số thuế\n', "utf-8")
    (tmp_path / "dat-dai.yml").write_text('"1.000001": [sang tên đất, sang ten so do]\n', "utf-8")
    assert load_catalogue_phrases(tmp_path) == {
        "1.000001": ("sang tên đất", "sang ten so do"),
        "1.000002": ("đóng mã số thuế",),
    }


@pytest.mark.parametrize("text", ["", "- một\n", "1.5: [một]\n", '"1.000001": một\n', '"1.000001": [một, 2]\n'])
def test_what_is_no_mapping_of_codes_to_texts_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "thue.yml").write_text(text, "utf-8")
    with pytest.raises(PhrasesFault, match=r"thue\.yml"):
        load_catalogue_phrases(tmp_path)


def test_a_code_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text('"1.000001": [một hai ba]\n', "utf-8")
    with pytest.raises(PhrasesFault, match="no other file"):
        load_catalogue_phrases(tmp_path)

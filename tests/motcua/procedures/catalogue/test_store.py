import json
from pathlib import Path

import pytest

from motcua.procedures.catalogue.store import Catalogue, RecordNotFound, load_catalogue, write_catalogue
from tests.motcua.catalogue_samples import record

OLD, NEW, OTHER = (
    record(code="1.900001"),
    record(code="1.900002", replaces=["1.900001"], name="Ong mới"),
    record(code="2.900003"),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    write_catalogue(tmp_path, [NEW, OLD, OTHER], {"sources": []}, "# Báo cáo\n")
    return load_catalogue(tmp_path)


def test_a_record_comes_back_as_it_was_written(catalogue: Catalogue) -> None:
    assert catalogue["2.900003"] == OTHER


def test_a_replaced_code_finds_the_record_of_today(catalogue: Catalogue) -> None:
    assert catalogue["1.900001"] == NEW
    assert "1.900001" in catalogue
    assert list(catalogue) == ["1.900002", "2.900003"]
    assert len(catalogue) == 2


def test_an_unknown_code_is_named(catalogue: Catalogue) -> None:
    assert "9.999999" not in catalogue
    with pytest.raises(RecordNotFound, match=r"9\.999999"):
        catalogue["9.999999"]


def test_without_an_artefact_the_catalogue_is_empty(tmp_path: Path) -> None:
    assert dict(load_catalogue(tmp_path)) == {}
    assert dict(load_catalogue(tmp_path / "nowhere")) == {}


def test_an_import_that_broke_off_leaves_no_catalogue(tmp_path: Path) -> None:
    def breaking_off():  # type: ignore[no-untyped-def]
        yield OTHER
        raise OSError

    with pytest.raises(OSError):
        write_catalogue(tmp_path, breaking_off(), {}, "")
    assert dict(load_catalogue(tmp_path)) == {}


def test_manifest_and_report_lie_beside_the_records(catalogue: Catalogue, tmp_path: Path) -> None:
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == {"sources": []}
    assert (tmp_path / "report.md").read_text("utf-8") == "# Báo cáo\n"

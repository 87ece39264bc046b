"""The importer over the official records; collected only where SHARED_DATA names their folder."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from motcua.procedures.answers import Answers
from motcua.procedures.catalogue.importing import Imported, entries, import_files, manifest, read_record
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.report import write_report
from motcua.procedures.catalogue.store import load_catalogue, write_catalogue
from motcua.procedures.catalogue.tables import PAPERS_HEAD
from motcua.procedures.guide import SECTIONS
from motcua.settings import ROOT
from tests.motcua.catalogue_samples import lost

FOLDER = Path(os.environ["SHARED_DATA"]) / "procedures"
NATIONAL, SUPPLEMENT = FOLDER / "national_2026-07.jsonl.gz", FOLDER / "supplement_2026-09.json"
MOST_LETTERS = 1500  # of an answer: what a citizen reads on a telephone


@pytest.fixture(scope="module")
def sources() -> list[dict[str, Any]]:
    return [facts for facts in entries(NATIONAL, NATIONAL.read_bytes()) if isinstance(facts, dict)]


@pytest.fixture(scope="module")
def records(sources: list[dict[str, Any]]) -> list[Record]:
    return [read_record(facts, "2026-07-20") for facts in sources]


@pytest.fixture(scope="module")
def both() -> Imported:
    return import_files([NATIONAL, SUPPLEMENT], as_of="2026-07-20")


def test_every_record_is_imported(both: Imported, sources: list[dict[str, Any]]) -> None:
    assert both.faults == []
    assert set(both.records) >= {facts["ma_thu_tuc"] for facts in sources}


def test_no_letter_of_a_record_is_lost(sources: list[dict[str, Any]], records: list[Record]) -> None:
    missing = {told.code: lost(facts, told) for facts, told in zip(sources, records, strict=True)}
    assert {code: letters for code, letters in missing.items() if letters} == {}


def test_ways_are_read_of_every_record(records: list[Record]) -> None:
    assert [told.code for told in records if not told.methods] == []


def test_papers_are_read_wherever_the_source_has_a_table_of_them(sources: list[dict[str, Any]], records: list[Record]) -> None:
    named = [
        told
        for facts, told in zip(sources, records, strict=True)
        if any(table.strip("- ") for table in facts["thanh_phan_ho_so"].split(PAPERS_HEAD)[1:])
    ]
    without = [told.code for told in named if not any(told.papers())]
    assert without == []
    assert len(named) > 2500


def test_rows_agree_with_those_of_the_collector(sources: list[dict[str, Any]], records: list[Record]) -> None:
    """The collector of the records took the tables apart in a way of its own."""
    for facts, told in zip(sources, records, strict=True):
        if facts["methods"]:
            assert len(told.methods) == len(facts["methods"]), told.code


def test_a_lost_unit_stays_unknown(sources: list[dict[str, Any]], records: list[Record]) -> None:
    for facts, told in zip(sources, records, strict=True):
        for row, way in zip(facts["methods"], told.methods, strict=False):
            if row["time"].strip().isdigit():
                assert way.time_unit is None, told.code


def test_answers_are_short_and_say_where_they_come_from(both: Imported) -> None:
    answers = Answers(ROOT / "knowledge_base")
    long = [
        (code, section, length)
        for code, told in both.records.items()
        for section in SECTIONS
        if (length := len(answers.render(section, told))) > MOST_LETTERS
    ]
    assert long == []
    assert all("chưa được cán bộ Bắc Ninh kiểm tra" in answers.source(told) for told in both.records.values())


def test_the_artefact_gives_back_what_was_imported(both: Imported, tmp_path: Path) -> None:
    write_catalogue(tmp_path, both.records.values(), manifest(both), write_report(both))
    catalogue = load_catalogue(tmp_path)
    kept: Mapping[str, Record] = {code: catalogue[code] for code in catalogue}
    assert kept == {code: told for code, told in both.records.items() if code in kept}
    assert set(both.records) - set(kept) <= {old for told in both.records.values() for old in told.replaces}
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["records"] == len(both.records)

"""Against the official records and lists; collected only where SHARED_DATA names their folder."""

import csv
import json
import os
from pathlib import Path

from motcua.procedures.catalogue_phrases import load_catalogue_phrases
from motcua.procedures.proof import prove
from motcua.settings import ROOT
from motcua.vietnamese.canonical import canonical
from tests.content.repository import read_yaml

OFFICIAL = Path(os.environ["SHARED_DATA"])
PLACES = read_yaml(ROOT / "knowledge_base" / "places.yml")


def official_rows(name: str) -> list[dict[str, str]]:
    with (OFFICIAL / "places" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def plain(name: str) -> str:
    return canonical(name).casefold()


def test_every_number_of_every_guide_is_borne_out() -> None:
    assert prove(ROOT / "knowledge_base" / "procedures", OFFICIAL / "procedures") == []


def test_units_of_today_are_the_official_ones() -> None:
    ours = {(unit["code"], plain(f"{unit['type']} {unit['name']}")) for unit in PLACES["units"]}
    assert ours == {(row["code"], plain(row["name_with_type"])) for row in official_rows("units_99.csv")}


def test_old_names_belong_to_the_units_that_took_them_in() -> None:
    ours = {(plain(old["name"]), plain(old["district"]), old["unit"]) for old in PLACES["old_names"]}
    rows = official_rows("old_to_new_bacninh.csv")
    types = ("phường ", "xã ", "thị trấn ")
    names = [
        next((plain(row["old_ward"]).removeprefix(kind) for kind in types if plain(row["old_ward"]).startswith(kind)), "")
        for row in rows
    ]
    official = {
        (name or plain(row["old_ward"]), plain(row["old_district"]), row["new_code"])
        for name, row in zip(names, rows, strict=True)
    }
    assert ours == official


def test_every_code_with_phrases_is_a_recorded_procedure() -> None:
    folder = OFFICIAL / "procedures"
    with (folder / "national_2026-07_index.csv").open(encoding="utf-8", newline="") as lines:
        recorded = {row["code"] for row in csv.DictReader(lines)}
    recorded |= {record["code"] for record in json.loads((folder / "supplement_2026-09.json").read_text("utf-8"))}
    assert load_catalogue_phrases(ROOT / "knowledge_base" / "catalogue_phrases").keys() - recorded == set()

"""How much of the personal data in written cases is found before a turn is kept, and how much else is taken for it."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from motcua.conversations.redaction import redact

CASES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("redaction_cases.yml").read_text("utf-8"))
MARK = re.compile("«(?:(?P<kind>[a-z_]+)\\|)?(?P<text>[^»]*)»")


@dataclass(frozen=True)
class Measured:
    """Of the pieces marked, how many are gone; of the pieces taken out, how many were marked; and which were not."""

    recall: float
    precision: float
    wrong: tuple[str, ...]


def measure(*groups: str) -> Measured:
    marked = gone = taken = right = 0
    wrong = []
    for case in (case for group in groups for case in CASES[group]):
        wanted = [found["text"] for found in MARK.finditer(case)]
        masked = redact(MARK.sub(r"\g<text>", case))
        missed = [text for text in wanted if text in masked.text or not _is_within(text, masked.found)]
        surplus = [text for _, text in masked.found if not any(text in one or one in text for one in wanted)]
        marked, gone = marked + len(wanted), gone + len(wanted) - len(missed)
        taken, right = taken + len(masked.found), right + len(masked.found) - len(surplus)
        if missed or surplus:
            wrong.append(f"{case} → {masked.text}")
    return Measured(gone / (marked or 1), right / (taken or 1), tuple(wrong))


def _is_within(text: str, found: tuple[tuple[str, str], ...]) -> bool:
    """Whether it was taken out to its last digit or letter."""
    return any(text in one for _, one in found)


def test_there_are_enough_cases() -> None:
    assert sum(map(len, CASES.values())) >= 500
    assert len({case for group in CASES.values() for case in group}) == sum(map(len, CASES.values()))


def test_numbers_are_found() -> None:
    found = measure("numbers")
    assert found.recall >= 0.99, found.wrong


def test_what_is_taken_out_is_personal_data() -> None:
    found = measure(*CASES)
    assert found.precision >= 0.97, found.wrong


@pytest.mark.parametrize("group", ["people", "addresses"])
def test_names_and_addresses_are_found(group: str) -> None:
    found = measure(group)
    assert found.recall >= 0.95, found.wrong


def test_each_number_is_named_for_what_it_is() -> None:
    for case in CASES["numbers"]:
        kinds = [found["kind"] for found in MARK.finditer(case)]
        assert [kind for kind, _ in redact(MARK.sub(r"\g<text>", case)).found if kind not in ("name", "address")] == kinds


@pytest.mark.parametrize("case", [case for group in CASES.values() for case in group][::7])
def test_what_is_redacted_stays_so(case: str) -> None:
    once = redact(MARK.sub(r"\g<text>", case)).text
    assert redact(once).text == once

"""Every package we install says under which licence it is, and none forbids what we do with it."""

from email.message import Message

import pytest

from deploy.licences import UNKNOWN, licence_of, rows

COPYLEFT = ("AGPL", "Affero", "GPL-3.0-or", "General Public License v")


def about(*headers: tuple[str, str]) -> Message:
    message = Message()
    for name, value in headers:
        message[name] = value
    return message


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ([("License-Expression", "MIT"), ("License", "see LICENSE")], "MIT"),
        ([("Classifier", "License :: OSI Approved :: MIT License"), ("License", "x")], "MIT License"),
        ([("Classifier", "License :: OSI Approved"), ("License", "BSD\nCopyright …")], "BSD"),
        ([], UNKNOWN),
    ],
)
def test_a_licence_is_read_where_it_stands(headers: list[tuple[str, str]], licence: str) -> None:
    assert licence_of(about(*headers)) == licence


def test_no_package_asks_that_our_own_code_takes_its_licence() -> None:
    assert [row for row in rows() if any(word in row[2] for word in COPYLEFT)] == []


def test_every_package_that_runs_names_its_licence() -> None:
    unsaid = {name for name, _, licence in rows() if licence == UNKNOWN}
    assert unsaid <= {"axe-playwright-python"}  # for tests only; its repository says MIT

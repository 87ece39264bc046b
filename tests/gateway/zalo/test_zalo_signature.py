"""Only what Zalo signed with our OA Secret Key is read."""

import json

import pytest

from gateway.zalo.settings import Application
from gateway.zalo.signature import read_signed, sign

APP, SECRET = "500100200300400500", "khoa-oa-thu-nghiem"
TEXT = (
    '{"app_id":"500100200300400500","event_name":"user_send_text","sender":{"id":"81000000000000001"},'
    '"recipient":{"id":"92000000000000002"},"message":{"text":"Xin hỏi lệ phí chứng thực","msg_id":"a1b2c3d4"},'
    '"timestamp":"1764000000123"}'
)
SPACED = '{ "event_name" : "follow",  "app_id":"500100200300400500", "timestamp":"1764000000999" }'
# Computed with sha256sum.
VECTORS = [
    (TEXT, "e657dd8e1596f861d5c9907a12342fd8c71c87ec30c97cd5998719985dcc4b54"),
    (SPACED, "b9474ce61045ac1c9bfdae10323403a75de64820bc3c355762f002a8f9ed06d4"),
]
OURS = (Application(app_id=APP, app_secret="không phải khóa này", oa_secret=SECRET),)


@pytest.mark.parametrize(("body", "hexadecimal"), VECTORS)
@pytest.mark.parametrize("form", ["mac={}", "{}"])
def test_an_event_with_its_signature_is_read(body: str, hexadecimal: str, form: str) -> None:
    assert read_signed(body.encode(), form.format(hexadecimal), OURS) == ("signed", json.loads(body))


@pytest.mark.parametrize("header", ["", "mac=", "mac=ệ", VECTORS[1][1], VECTORS[0][1][:-1] + "0", "sha256=" + VECTORS[0][1]])
def test_an_event_with_another_signature_is_not_read(header: str) -> None:
    assert read_signed(TEXT.encode(), header, OURS) == ("forged", {})


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{", b'{"app_id": "another"}', b"[" * 100_000])
def test_what_is_no_event_of_ours_is_not_read(body: bytes) -> None:
    assert read_signed(body, VECTORS[0][1], OURS) == ("forged", {})


def test_neither_the_app_secret_nor_the_account_id_makes_a_signature() -> None:
    wrong = (
        sign(APP, TEXT.encode(), timestamp="1764000000123", secret="không phải khóa này"),
        sign("92000000000000002", TEXT.encode(), timestamp="1764000000123", secret=SECRET),
    )
    assert [read_signed(TEXT.encode(), header, OURS)[0] for header in wrong] == ["forged", "forged"]


def test_each_application_has_its_own_secret() -> None:
    both = (Application(app_id="1", oa_secret="another"), *OURS)
    assert read_signed(TEXT.encode(), VECTORS[0][1], both)[0] == "signed"


def test_before_there_is_a_secret_an_event_is_dropped_and_nobody_refused() -> None:
    assert read_signed(TEXT.encode(), "", (Application(app_id=APP),)) == ("no_secret", {})
    assert read_signed(b"anything", "", ()) == ("no_secret", {})
    assert read_signed(TEXT.encode(), "", (Application(app_id=APP), Application(app_id="1", oa_secret="x"))) == (
        "no_secret",
        {},
    )

import pytest
from fastapi import Request, Response
from itsdangerous import BadSignature, TimestampSigner

from gateway.conversations import MAX_AGE, Conversations, set_cookie

SECRET = "một bí mật đủ dài để ký các cuộc trò chuyện"


def test_a_token_leads_back_to_its_conversation() -> None:
    conversations = Conversations(SECRET)
    token = conversations.open()
    assert conversations.read(token) is not None
    assert conversations.read(token) == conversations.read(token)


def test_every_conversation_has_an_id_of_its_own() -> None:
    conversations = Conversations(SECRET)
    assert len({conversations.read(conversations.open()) for _ in range(100)}) == 100


def test_a_restarted_gateway_still_knows_its_conversations() -> None:
    token = Conversations(SECRET).open()
    assert Conversations(SECRET).read(token) == Conversations(SECRET).read(token) is not None


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: "",
        lambda token: "abc",
        lambda token: "trò chuyện",
        lambda token: token[:-1],
        lambda token: token + "x",
        lambda token: token.split(".")[0],
        lambda token: "X" + token[1:],
        lambda token: "IjAwIg" + token[token.index(".") :],
        lambda token: Conversations("another secret, as long as ours is, or longer").open(),
    ],
)
def test_a_forged_token_is_worthless(forge) -> None:
    conversations = Conversations(SECRET)
    assert conversations.read(forge(conversations.open())) is None


def test_a_token_expires_after_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    conversations = Conversations(SECRET)
    token = conversations.open()
    now = TimestampSigner(SECRET).get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: now + MAX_AGE - 60)
    assert conversations.read(token) is not None
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: now + MAX_AGE + 60)
    assert conversations.read(token) is None


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_a_weak_secret_stops_the_start_and_names_the_setting(secret: str) -> None:
    with pytest.raises(ValueError, match="MOTCUA_SECRET"):
        Conversations(secret)


def test_a_token_in_use_is_renewed_and_leads_to_the_same_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    conversations = Conversations(SECRET)
    token = conversations.open()
    assert conversations.renewed(token) == token, "not at every visit"
    now = TimestampSigner(SECRET).get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: now - 2 * 24 * 3600)
    old = conversations.open()
    conversation = conversations.read(old)
    monkeypatch.undo()
    renewed = conversations.renewed(old)
    assert renewed != old
    assert conversations.read(renewed) == conversation
    with pytest.raises(BadSignature):
        conversations.renewed(old + "x")


def test_the_cookie_lives_as_long_as_its_token_and_no_script_reads_it() -> None:
    response = Response()
    request = Request({"type": "http", "scheme": "https", "server": ("gateway", 443), "path": "/", "headers": []})
    set_cookie(response, "token", request)
    parts = {part.strip().lower() for part in response.headers["set-cookie"].split(";")}
    assert {f"max-age={MAX_AGE}", "httponly", "secure", "samesite=lax"} <= parts

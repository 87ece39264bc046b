"""News of dossiers: told once, where and when the channel allows it, and no longer than it is wanted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from gateway.database import MESSAGES, Database
from gateway.follower import LOOK_SECONDS, VIETNAM, Follower
from gateway.inbox import Inbox, Message
from gateway.outbox import Outbox
from motcua.dossiers.demo import demo_dossiers
from motcua.dossiers.opening import Private
from motcua.dossiers.registry import Dossier, RegistryUnavailable, Stage
from motcua.dossiers.telling import load_stages
from motcua.engine import open_engine
from motcua.procedures.answers import Answers
from motcua.settings import ROOT, Settings
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway
from tests.motcua.dossiers.private import Clock, private_on

CODE = "000.00.12.H05-261101-0002"
HOURS = 3600.0


class Registry:
    """One dossier, whose stage a test changes; down while `is_down`."""

    def __init__(self) -> None:
        self.dossier: Dossier | None = demo_dossiers(date(2026, 11, 23))[1]
        self.is_down = False
        self.asked = 0

    def find(self, code: str) -> Dossier | None:
        self.asked += 1
        if self.is_down:
            raise RegistryUnavailable("here")
        return self.dossier

    def goes_to(self, stage: Stage) -> None:
        assert self.dossier
        self.dossier = replace(self.dossier, stage=stage)

    def close(self) -> None: ...


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM).timestamp())


@pytest.fixture
def private(settings: Settings, clock: Clock) -> Private:
    return private_on(open_engine(settings.private_url, is_durable=False), clock)


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.fixture
def look(private: Private, registry: Registry, inbox: Inbox, clock: Clock) -> Callable[[float], None]:
    """Lets so many seconds pass and looks."""
    knowledge = ROOT / "knowledge_base"
    follower = Follower(
        private.subscriptions,
        registry,
        inbox,
        answers=Answers(knowledge),
        stages=load_stages(knowledge / "dossiers.yml"),
        windows={"zalo_oa": 48 * HOURS, "zalo_bot": None},
        clock=clock,
    )

    def looked(seconds: float = 0.0) -> None:
        clock.now += seconds
        follower.round()

    return looked


def says(database: Database, inbox: Inbox, clock: Clock, channel: str = "zalo_oa") -> None:
    """The citizen says something now."""
    address = None if channel == "web" else {"user_id": "1"}
    heard = inbox.accept("cuoc-1", channel, f"id-{clock.now}", "theo dõi hồ sơ", None, address=address, replies=[])
    at = datetime.fromtimestamp(clock.now, VIETNAM)
    change = MESSAGES.update().where(MESSAGES.c.id == heard.id).values(received_at=at)
    database.write(lambda connection: connection.execute(change))


def news(inbox: Inbox) -> list[str]:
    return [notice.replies[0]["text"] for notice in inbox.notices("cuoc-1") if notice.replies]


@pytest.fixture
def followed(database: Database, inbox: Inbox, private: Private, clock: Clock) -> None:
    """A citizen in Zalo who follows the dossier."""
    says(database, inbox, clock)
    private.subscriptions.add("cuoc-1", CODE, "changes", last_stage="in_review")


Look = Callable[..., None]


@pytest.mark.usefixtures("followed")
def test_nothing_is_said_while_nothing_changes(look: Look, inbox: Inbox) -> None:
    for _ in range(3):
        look(LOOK_SECONDS + 1)
    assert news(inbox) == []


@pytest.mark.usefixtures("followed")
def test_each_change_is_told_once_until_the_result(look: Look, inbox: Inbox, registry: Registry, private: Private) -> None:
    stages: list[Stage] = ["supplement_needed", "in_review", "supplement_needed", "ready", "returned"]
    for stage in stages:
        registry.goes_to(stage)
        look(LOOK_SECONDS + 1)
        look(LOOK_SECONDS + 1)
    told = news(inbox)
    assert len(told) == 4
    assert CODE in told[0]
    assert "cần bổ sung giấy tờ" in told[0]
    assert "đừng báo nữa" in told[0]
    assert "đã có kết quả" in told[3]
    assert "dừng ở đây" in told[3]
    assert private.subscriptions.cancel("cuoc-1") == []


@pytest.mark.usefixtures("followed")
def test_news_go_out_through_the_channel_and_ask_for_digits(
    look: Look, database: Database, registry: Registry, inbox: Inbox
) -> None:
    registry.goes_to("ready")
    look()
    (delivery,) = Outbox(database).claim("me", 5, ["zalo_oa"])
    assert (delivery.conversation, delivery.address) == ("cuoc-1", {"user_id": "1"})
    assert inbox.expects_digits("cuoc-1")


@pytest.mark.usefixtures("followed")
def test_news_wait_for_the_citizens_next_word_where_zalo_allows_no_more(
    look: Look, inbox: Inbox, registry: Registry, database: Database, clock: Clock
) -> None:
    registry.goes_to("ready")
    look(72 * HOURS)
    assert news(inbox) == []
    says(database, inbox, clock)
    look(61)
    assert len(news(inbox)) == 1


@pytest.mark.usefixtures("followed")
def test_no_phone_rings_at_night(look: Look, inbox: Inbox, registry: Registry) -> None:
    registry.goes_to("ready")
    look(14 * HOURS)  # 23:00
    assert news(inbox) == []
    look(9 * HOURS)
    assert len(news(inbox)) == 1


@pytest.mark.usefixtures("followed")
def test_a_word_ends_it(look: Look, inbox: Inbox, registry: Registry, private: Private) -> None:
    assert private.subscriptions.cancel("cuoc-1") == [CODE]
    registry.goes_to("ready")
    look(LOOK_SECONDS + 1)
    assert (news(inbox), registry.asked) == ([], 0)


@pytest.mark.usefixtures("followed")
def test_a_conversation_that_was_erased_is_not_looked_at(
    look: Look, database: Database, registry: Registry, private: Private
) -> None:
    database.write(lambda connection: connection.execute(MESSAGES.delete()))
    look()
    assert (registry.asked, private.subscriptions.cancel("cuoc-1")) == (0, [])


def test_the_answer_comes_by_itself_when_the_registry_is_back(
    look: Look, inbox: Inbox, registry: Registry, private: Private, database: Database, clock: Clock
) -> None:
    says(database, inbox, clock)
    registry.is_down = True
    private.subscriptions.add("cuoc-1", CODE, "answer")
    for _ in range(4):
        look(16)
    assert news(inbox) == []
    registry.is_down = False
    look(16)
    look(LOOK_SECONDS + 1)
    (told,) = news(inbox)
    assert "đã trả lời lại" in told
    assert "đang được giải quyết" in told


def test_that_there_is_no_such_dossier_is_an_answer_too(
    look: Look, inbox: Inbox, registry: Registry, private: Private, database: Database, clock: Clock
) -> None:
    says(database, inbox, clock, "web")
    registry.dossier = None
    private.subscriptions.add("cuoc-1", CODE, "answer")
    look()
    assert "Chưa tìm thấy" in news(inbox)[0]


async def test_a_notice_is_read_on_the_page_without_a_question(open_gateway: OpenGateway, inbox: Inbox) -> None:
    async with open_gateway(FakeBot()) as client:
        await client.post("/", data={"text": "chào"})
        conversation = _only_conversation(inbox)
        notice: dict[str, Any] = {"text": "Hồ sơ đã có kết quả.", "status": "answered_dossier"}
        inbox.accept(conversation, "web", "notice-1", "", "notice", replies=[notice])
        page = (await client.get("/")).text
        polled = (await client.get("/api/notices")).json()["html"]
    assert page.count('class="citizen"') == 1
    for html in (page, polled):
        assert 'data-notice="notice-1-1"' in html
        assert "Hồ sơ đã có kết quả." in html
    assert 'class="citizen"' not in polled


def _only_conversation(inbox: Inbox) -> str:
    messages: list[Message] = inbox._rows()
    return messages[0].conversation

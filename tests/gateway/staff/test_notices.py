"""What staff wrote reaches the page when it next looks, once, and says how soon to look again."""

from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway
from tests.gateway.staff.conftest import say
from tests.gateway.staff.test_handover_api import HANDS_OVER, post, queue


async def test_a_page_looks_only_while_somebody_may_write(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        opened = (await client.post("/api/conversations")).json()["conversation"]
        headers = {"Authorization": f"Bearer {opened}"}
        seconds = [(await client.get("/api/notices", headers=headers)).json()["again_in"]]
        await say(client, "gặp cán bộ", token=opened)
        seconds.append((await client.get("/api/notices", headers=headers)).json()["again_in"])
        name = (await queue(client))[0]["conversation"]
        for action in ("take", "back"):
            await post(client, name, action)
            seconds.append((await client.get("/api/notices", headers=headers)).json()["again_in"])
    before, waiting, taken, after = seconds
    assert before == after == 0
    assert waiting >= taken > 0


async def test_what_a_person_wrote_is_shown_once_and_escaped(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot(HANDS_OVER)) as client:
        said = await say(client, "gặp cán bộ")
        name = (await queue(client))[0]["conversation"]
        await post(client, name, "take")
        await post(client, name, "reply", id="loi-cua-lan", text="Bác mang <b>sổ đỏ</b> nhé")
        headers = {"Authorization": f"Bearer {said['token']}"}
        html = (await client.get("/api/notices", headers=headers)).json()["html"]
        whole = (await client.get("/api/conversation", headers=headers)).json()["html"]
    assert html.count("data-notice=") == 2
    assert "gặp cán bộ</p>" not in html
    for shown in (html, whole):
        assert shown.count("&lt;b&gt;sổ đỏ&lt;/b&gt;") == 1
        assert "Người hỗ trợ</h2>" in shown


async def test_nobody_elses_notices_can_be_read(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.get("/api/notices")).status_code == 401

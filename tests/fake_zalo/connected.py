"""A fake Zalo for a whole running assistant: with an account that is connected before the assistant starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from gateway.zalo.connect import main
from motcua.settings import load_settings
from tests.fake_zalo.citizens import Citizens
from tests.fake_zalo.server import fake_zalo_app, serving
from tests.fake_zalo.world import Account, World

APP, OA = "500100200300400500", "92000000000000002"


@dataclass(frozen=True)
class ConnectedZalo:
    """The fake Zalo, its people, and what the assistant must be started with."""

    world: World
    account: Account
    citizens: Citizens
    folder: Path  # the assistant's MOTCUA_VAR
    environment: dict[str, str]


@contextmanager
def connected_zalo(folder: Path) -> Iterator[ConnectedZalo]:
    """Serves it, and has connected the account by command, as an operator does."""
    world = World()
    account, citizens = world.account(OA, app_id=APP), Citizens(world)
    with serving(fake_zalo_app(world)) as url:
        app = {"app_id": APP, "app_secret": account.app.app_secret, "oa_secret": account.app.oa_secret, "accounts": [OA]}
        settings = {"key": "a key for the tests, long enough", "applications": [app], "openapi_url": url, "oauth_url": url}
        (folder / "zalo.yml").write_text(yaml.safe_dump(settings))
        refresh_token = world.issue(account)["refresh_token"]
        main(["account", OA], load_settings({"MOTCUA_VAR": str(folder)}), lambda _: refresh_token)
        try:
            yield ConnectedZalo(world, account, citizens, folder, {"MOTCUA_CONNECTORS": "gateway.zalo.connectors"})
        finally:
            citizens.close()

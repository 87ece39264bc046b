"""`python -m bot.serve`: the Rasa server with the current release of the model and our one channel, on loopback by default."""

import asyncio
import logging
import os
import sys
from typing import Any

from bot import lean_rasa
from bot.release import choose_release
from motcua.heap import set_aside
from motcua.logs import set_up_logging
from motcua.releases import ReleaseFault, Releases
from motcua.settings import ROOT, WAITING_CONNECTIONS, load_settings
from motcua.spans import set_up_spans


def main() -> None:
    """Serves until it is stopped; stops at once where there is no model."""
    settings = load_settings()
    set_up_logging(settings.log_format)
    set_up_spans("bot", settings.otlp_endpoint)
    try:
        release, model = choose_release(settings)
    except ReleaseFault as fault:
        sys.exit(str(fault))
    lean_rasa.install()
    import rasa.core.run
    import structlog

    from bot import fast_rasa
    from bot.hot_swap import HotSwap

    fast_rasa.install()
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.log_utils import configure_structlog
    from structlog.stdlib import ProcessorFormatter

    async def follow(app: Any, _: asyncio.AbstractEventLoop) -> None:
        set_aside()
        app.add_task(HotSwap(app.ctx.agent, Releases(settings.releases_dir), release).follow())

    os.environ.setdefault("SANIC_BACKLOG", str(WAITING_CONNECTIONS))
    configure_structlog(logging.INFO)  # at DEBUG, its default, Rasa logs what citizens type
    if settings.log_format == "json":
        structlog.configure(processors=[ProcessorFormatter.wrap_for_formatter])  # else each message is JSON inside JSON
    rasa.core.run.serve_application(
        model_path=str(model),
        interface=settings.bot_host,
        port=settings.bot_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(settings.endpoints)),
        enable_api=False,
        server_listeners=[(follow, "after_server_start")],
    )


if __name__ == "__main__":
    main()

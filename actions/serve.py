"""`python -m actions.serve`: the action server, on loopback unless told otherwise, listening once its services stand."""

import logging
import sys

from rasa_sdk.endpoint import create_app
from sanic import Request

from actions.services import services
from motcua.heap import set_aside
from motcua.logs import now_about, set_up_logging
from motcua.settings import WAITING_CONNECTIONS, load_settings
from motcua.spans import go_on, set_up_spans

logger = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0005  # after each operation of PyTorch a turn waits for the interpreter: at Python's 5 ms, two wait in turns


def main() -> None:
    """Builds the services, so that a missing index stops the process and not the first citizen, then serves."""
    settings = load_settings()
    set_up_logging(settings.log_format)
    set_up_spans("actions", settings.otlp_endpoint)
    services()
    set_aside()
    sys.setswitchinterval(SWITCH_SECONDS)
    app = create_app("actions")
    app.register_middleware(_name_turn, "request")
    logger.info("Action server listens on port %d", settings.actions_port)
    app.run(settings.actions_host, settings.actions_port, workers=1, access_log=False, backlog=WAITING_CONNECTIONS)


def _name_turn(request: Request) -> None:
    if request.path == "/webhook" and isinstance(request.json, dict):
        now_about(str(request.json.get("sender_id", "")))
        go_on(request.headers)


if __name__ == "__main__":
    main()
    sys.exit(0)

"""`python -m actions.serve`: the action server, on loopback unless told otherwise, listening once its services stand."""

import logging
import sys

from rasa_sdk.endpoint import create_app

from actions.services import services
from motcua.settings import load_settings

logger = logging.getLogger(__name__)


def main() -> None:
    """Builds the services, so that a missing index stops the process and not the first citizen, then serves."""
    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")
    settings = load_settings()
    services()
    app = create_app("actions")
    logger.info("Action server listens on port %d", settings.actions_port)
    app.run(settings.actions_host, settings.actions_port, workers=1, access_log=False)


if __name__ == "__main__":
    main()
    sys.exit(0)

"""`python -m bot.serve`: the Rasa server with the model of today's inputs and our one channel, on loopback by default."""

import logging
import sys

from bot import lean_rasa
from bot.model import model_path
from motcua.settings import ROOT, load_settings


def main() -> None:
    """Serves until it is stopped; stops at once where there is no model."""
    settings = load_settings()
    model = model_path(settings)
    if not model.exists():
        sys.exit(f"No model {model}: train it with make train.")
    lean_rasa.install()
    import rasa.core.run

    from bot import fast_rasa

    fast_rasa.install()
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.log_utils import configure_structlog

    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")
    configure_structlog(logging.INFO)  # at DEBUG, its default, Rasa logs what citizens type
    rasa.core.run.serve_application(
        model_path=str(model),
        interface=settings.bot_host,
        port=settings.bot_port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(settings.endpoints)),
        enable_api=False,
    )


if __name__ == "__main__":
    main()

"""`python -m bot.train`: config, domain and data → a model named for the digest of all three, unless it is there."""

import logging
import sys
from pathlib import Path

from bot import lean_rasa
from bot.elsewhere import write_elsewhere
from bot.guide_questions import write_examples
from bot.model import model_path
from motcua.settings import ROOT, load_settings

logger = logging.getLogger(__name__)


def main() -> None:
    """Trains if something has changed; older models stay for a way back."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logger.setLevel(logging.INFO)
    path = model_path(load_settings())
    if path.exists():
        logger.info("Model %s is up to date.", path.name)
    else:
        train(path)


def train(path: Path) -> None:
    """Trains the model and writes it to the path."""
    lean_rasa.install()
    import rasa.model_training
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    settings = load_settings()
    questions = settings.var / "training" / "guide_questions.yml"
    write_examples(settings.knowledge_base, questions)
    elsewhere = questions.with_name("elsewhere.yml")
    write_elsewhere(elsewhere)
    result = rasa.model_training.train(
        domain=str(ROOT / "bot" / "domain"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / "nlu"), str(ROOT / "data" / "rules"), str(questions), str(elsewhere)],
        output=str(path.parent),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or not path.exists():
        sys.exit("Training failed: see the lines above.")
    logger.info("Trained %s", path.name)


if __name__ == "__main__":
    main()

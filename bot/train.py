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
    settings = load_settings()
    path = model_path(settings)
    if path.exists():
        logger.info("Model %s is up to date.", path.name)
    else:
        lean_rasa.install()
        train(path, work=settings.var / "training")
        logger.info("Trained %s", path.name)


def train(path: Path, *, work: Path, more: tuple[Path, ...] = ()) -> None:
    """Trains the model and writes it to the path; `work` is a folder for what the guides say, `more` are further examples.

    Needs `lean_rasa.install()` before.
    """
    import rasa.model_training
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    result = rasa.model_training.train(
        domain=str(ROOT / "bot" / "domain"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / "rules"), *map(str, (*examples_of_today(work), *more))],
        output=str(path.parent),
        fixed_model_name=path.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or not path.exists():
        sys.exit("Training failed: see the lines above.")


def examples_of_today(work: Path) -> tuple[Path, ...]:
    """Where the training examples are; those that come from elsewhere are written into the folder first."""
    questions, elsewhere = work / "guide_questions.yml", work / "elsewhere.yml"
    write_examples(load_settings().knowledge_base, questions)
    write_elsewhere(elsewhere)
    return ROOT / "data" / "nlu", questions, elsewhere


if __name__ == "__main__":
    main()

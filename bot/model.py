"""Which model belongs to today's inputs."""

from pathlib import Path

from motcua.digest import digest_of
from motcua.procedures.loader import guide_paths
from motcua.settings import ROOT, Settings

# The channel, the broker and how the bot is served leave the model as it is.
_OF_TRAINING = ("elsewhere", "guide_questions", "train")


def model_path(settings: Settings) -> Path:
    """Where the model of today's inputs is, or will be."""
    inputs = [
        ROOT / "config.yml",
        *(ROOT / "data").rglob("*.yml"),
        *(ROOT / "bot" / "nlu").glob("*.py"),
        *(ROOT / "bot" / "domain").glob("*.yml"),
        *(path for path in (ROOT / "bot").glob("*.py") if path.stem in _OF_TRAINING),
    ]
    inputs += [settings.knowledge_base / name for name in ("places.yml", "regional.yml", "vocabulary.yml")]
    inputs += (ROOT / "motcua" / "vietnamese").glob("*.py")
    inputs += guide_paths(settings.knowledge_base / "procedures")
    return settings.models_dir / f"{digest_of(inputs)[:16]}.tar.gz"

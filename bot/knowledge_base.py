"""Which knowledge base a component of the pipeline reads."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from motcua.settings import load_settings


def knowledge_base_of(config: Mapping[str, Any]) -> Path:
    """The folder its configuration names; without one that of the settings, as for everything else."""
    return Path(config["knowledge_base"] or load_settings().knowledge_base)

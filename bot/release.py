"""Which release the bot begins with."""

import logging
from pathlib import Path

from bot.model import model_path
from motcua.releases import Release, ReleaseFault, Releases
from motcua.settings import Settings

logger = logging.getLogger(__name__)


def choose_release(settings: Settings) -> tuple[str, Path]:
    """The id and the model of the current release; where it is not whole, of the last good one.

    The model of today's content becomes a release, and the current one where the content has changed. Raises ReleaseFault
    when nothing can answer, or today's content was never trained.
    """
    releases, base = Releases(settings.releases_dir), model_path(settings)
    inputs = base_id(base)
    if base.exists():
        try:
            _take_in(releases, base)
        except OSError as error:  # a folder that may only be read, or no room: nothing can be promoted there, all else works
            logger.warning("No releases in %s: %s", settings.releases_dir, error.strerror)
            return inputs, base
    elif not releases.find(inputs):
        raise ReleaseFault(inputs, f"there is no model {base}; train it with make train")
    if releases.find(inputs):
        releases.begin_with(inputs)
    for release in releases.in_order(inputs):
        try:
            return release, releases.model_of(release)
        except ReleaseFault as fault:
            logger.error("%s The last good one before it answers.", fault)
    raise ReleaseFault(inputs, f"no model is whole; delete {base} and train it with make train")


def base_id(model: Path) -> str:
    """The id of the release that is made from the repository alone, which is also the name of its content."""
    return model.name.removesuffix(".tar.gz")


def _take_in(releases: Releases, base: Path) -> None:
    try:
        releases.add(base, Release(base_id(base), inputs=base_id(base), made_at=base.stat().st_mtime))
    except ReleaseFault as fault:
        logger.error("%s", fault)

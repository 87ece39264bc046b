"""`python -m motcua.retrieval`: builds the index and its ranker, unless nothing has changed."""

import logging

from motcua.retrieval.artefact import is_current
from motcua.settings import load_settings

logging.basicConfig(level=logging.INFO, format="%(message)s")
settings = load_settings()
if is_current(settings):
    logging.info("The index in %s is up to date.", settings.index_dir)
else:
    from motcua.retrieval.build import build  # heavy, so only when there is something to build

    build(settings)

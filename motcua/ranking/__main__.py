"""`python -m motcua.ranking`: learns how to weigh evidence, with the catalogue and without, into data/retrieval/rankers."""

import logging
from dataclasses import replace

from motcua.ranking.examples import Examples
from motcua.ranking.training import train
from motcua.retrieval.artefact import RANKERS
from motcua.retrieval.build import read_content, read_lessons
from motcua.settings import load_settings

logging.basicConfig(level=logging.INFO, format="%(message)s")
settings = load_settings()
everything = read_content(settings)
if not everything.records:
    raise SystemExit("One ranker learns from records as well. Import the catalogue first: make catalogue FILE=…")
for content in (everything, replace(everything, records=[])):
    examples = Examples(read_lessons(content, settings)).all()
    path = RANKERS[bool(content.records)]
    train(examples).save(path)
    logging.info("Learned from %d questions: %s", len(examples), path.name)

"""`python -m motcua.ranking`: learns how to weigh evidence from guides and catalogue, and writes data/retrieval/ranker.json."""

import logging

from motcua.ranking.examples import Examples
from motcua.ranking.training import train
from motcua.retrieval.artefact import RANKER
from motcua.retrieval.build import read_lessons
from motcua.settings import load_settings

logging.basicConfig(level=logging.INFO, format="%(message)s")
lessons = read_lessons(load_settings())
if all(lessons.index.reviewed()):
    raise SystemExit("The ranker learns from records as well. Import the catalogue first: make catalogue FILE=…")
examples = Examples(lessons).all()
train(examples).save(RANKER)
logging.info("Learned from %d questions over %d procedures.", len(examples), len(lessons.index.codes))

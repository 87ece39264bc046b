"""`python -m tests.evaluation.compare_classifiers`: intent classifiers beside each other, written into the ADR that chose one.

Each is trained once on what our model learns from, and then understands the held-out questions on the guides, whose
section says the intent.
"""

import logging

import numpy as np
import yaml

from motcua.settings import ROOT, load_settings
from tests.evaluation.benchmarks import write_between
from tests.evaluation.classifiers import RASA_DEFAULT, Pipeline, facts_of, is_lean, model_of, section_of, understood
from tests.evaluation.measures import share
from tests.evaluation.questions import answerable

logger = logging.getLogger(__name__)

ADR = ROOT / "docs" / "adr" / "0003-intent-classifier.md"
START, END = "<!-- table written by python -m tests.evaluation.compare_classifiers -->", "<!-- end of table -->"
HEAD = """| classifier | right section | a message | training | loading | memory | memory in training |
|---|---|---|---|---|---|---|"""


def pipelines() -> dict[str, Pipeline]:
    """Name → pipeline. Ours is the one of config.yml, without what has no say in the intent."""
    ours = [
        part
        for part in yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
        if not part["name"].endswith(("Extractor", "FallbackClassifier", "SectionRecognizer"))
    ]
    features, classifier = ours[:-1], ours[-1]
    letters = {**features[-1], "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4}
    sentence = {"name": "tests.evaluation.sentence_featurizer.SentenceFeaturizer"}
    return {
        "ours: logistic regression, accented words + folded syllables": ours,
        "the same + folded letters": [*features, letters, classifier],
        "the same + sentence vector": [*features, sentence, classifier],
        "logistic regression, accented words only": [*features[:2], classifier],
        "DIET on our features": [*features, {"name": "DIETClassifier", "epochs": 40, "entity_recognition": False}],
        "Rasa's default pipeline with DIET": RASA_DEFAULT,
    }


def row(name: str, pipeline: Pipeline) -> str:
    """A classifier's line of the table."""
    questions, model = answerable("guides"), model_of(pipeline, load_settings())
    found, training = understood(model, [asked.question for asked in questions], lean=is_lean(pipeline)), facts_of(model)
    sections = map(section_of, found["intents"])
    right = share([section in asked.right_sections for section, asked in zip(sections, questions, strict=True)])
    return (
        f"| {name} | {right:.1f} % | {np.median(found['ms']):.1f} ms | {training['train_s']:.0f} s "
        f"| {found['load_s']:.1f} s | {found['memory_mb']:.0f} MB | {training['train_mb']:.0f} MB |"
    )


def main() -> None:
    """Measures every pipeline and writes the table."""
    rows = []
    for name, pipeline in pipelines().items():
        rows.append(row(name, pipeline))
        logger.info("%s", rows[-1])
    write_between(ADR, START, END, "\n".join([HEAD, *rows]))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()

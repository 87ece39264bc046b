"""`make evaluate`: how well the assistant understands the held-out messages, and what that costs.

`python -m tests.evaluation.report [--compare OLD.json] [--build] [--every N]` writes the short tables into
docs/benchmarks.md, and all of them into var/evaluation/report.md, report.html and report.json.
"""

import argparse
import json
import logging
import sys
from pathlib import Path

from bot.model import model_path
from motcua.retrieval.artefact import Layout, content_digest
from motcua.retrieval.build import load_retriever
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import Index
from motcua.retrieval.projection import Projection, units
from motcua.retrieval.vector_cache import CachedEmbedder
from motcua.settings import load_settings
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.vocabulary import load_vocabulary
from tests.evaluation.baselines import Ranks, by_meaning, by_words
from tests.evaluation.benchmarks import BENCHMARKS, write_between
from tests.evaluation.classifiers import RASA_DEFAULT, model_of, section_heard, understood
from tests.evaluation.comparison import compare
from tests.evaluation.cost import cost_tables
from tests.evaluation.end_to_end import replayed
from tests.evaluation.examples import examples
from tests.evaluation.findings import (
    answers_table,
    confusion_tables,
    cuts_table,
    declined_table,
    finding_table,
    sections_table,
)
from tests.evaluation.html import page
from tests.evaluation.questions import Answerable
from tests.evaluation.reliability import TITLE as RELIABILITY
from tests.evaluation.reliability import Bin, bins, curve, reliability_table
from tests.evaluation.run import Options, Run, head_of
from tests.evaluation.tables import Table, table
from tests.evaluation.variants import ACCENTED, VARIANTS

logger = logging.getLogger(__name__)

START, END = "<!-- evaluation: written by make evaluate -->", "<!-- end of evaluation -->"
_COST_MESSAGES = 300


def tables_of(run: Run) -> tuple[list[Table], list[Bin]]:
    """Every table in the order of the report, and the bins of the curve. What is most likely to fail comes first."""
    logger.info("Intents of %d messages, by Rasa's default and by ours", len(run.texts))
    sections = _sections(run)
    logger.info("Words alone, meaning alone, and the chances of the retriever")
    ranks, found = _ranks(run), _bins(run)
    logger.info("Cost")
    sample = [case.text for case in run.typed[:: max(1, len(run.typed) // _COST_MESSAGES)]]
    costs = cost_tables(sample, run.settings, build=run.options.build)
    logger.info("The running assistant")
    run.results = replayed(run.texts)
    return [
        answers_table(run.cases, run.results),
        declined_table(run.cases, run.results),
        cuts_table(run.cases, run.results),
        finding_table(run.cases, ranks, run.results),
        sections_table(run.cases, sections, run.results),
        reliability_table(found),
        *confusion_tables(run.cases, run.results, run.names),
        *costs,
    ], found


def _ranks(run: Run) -> dict[str, Ranks]:
    layout = Layout(run.settings.index_dir)
    index = Index.load(layout.folder, run.embedder, content_digest(run.settings))
    projection, vocabulary = Projection.load(layout.projection), load_vocabulary(run.settings.knowledge_base / "vocabulary.yml")

    def project(texts: list[str], vectors: Vectors) -> Vectors:
        return projection(vectors, [units(vocabulary.stretches(text, with_marks=True)) for text in texts])

    as_embedded = Index.build(index.passages, CachedEmbedder(run.embedder, layout.vector_cache))
    return {
        "BM25 alone": by_words(run.texts, index),
        "embedder alone": by_meaning(run.texts, as_embedded, run.embedder),
        "the same, projected": by_meaning(run.texts, index, run.embedder, project),
    }


def _sections(run: Run) -> dict[str, dict[str, str]]:
    models = {"our NLU alone": (model_path(run.settings), True)}
    if run.options.diet:
        models = {"Rasa's default, DIET": (model_of(RASA_DEFAULT, run.settings), False), **models}
    sections = {}
    for name, (model, lean) in models.items():
        found = understood(model, run.texts, lean=lean)
        sections[name] = dict(zip(run.texts, map(section_heard, found["intents"], found["sections_asked"]), strict=True))
    return sections


def _bins(run: Run) -> list[Bin]:
    retriever = load_retriever(run.settings, run.embedder)
    chances, right = [], []
    for case in run.typed:
        best = retriever.rank(retriever.reader.mend(canonical(case.text)))[0]
        chances.append(best.chance)
        right.append(isinstance(case.asked, Answerable) and best.code in case.asked.right_codes)
    return bins(chances, right)


def write(run: Run, tables: list[Table], found: list[Bin]) -> None:
    """The report in its four forms; a trial does not touch docs/benchmarks.md."""
    folder, head = run.settings.var / "evaluation", head_of(run)
    folder.mkdir(parents=True, exist_ok=True)
    spoken = next(case for case in run.cases if case.variant == ACCENTED and len(case.text) > 60)
    spelled = {variant: spell(spoken.asked.question) for variant, (spell, _) in VARIANTS.items()}
    text = page(
        tables,
        head=head,
        drawings={RELIABILITY: curve(found)},
        spelled=spelled,
        examples=examples(run.cases, run.results, run.names),
    )
    (folder / "report.html").write_text(text, "utf-8")
    (folder / "report.md").write_text(_markdown("# How well the assistant understands", head, tables, level=2), "utf-8")
    facts = {"head": head, "tables": [table.as_dict() for table in tables]}
    (folder / "report.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
    if run.options.every == 1:
        short = [table for table in tables if table.short]
        write_between(BENCHMARKS, START, END, "\n" + _markdown("## Understanding (`make evaluate`)", head, short, level=3))
    logger.info("Written: %s", folder / "report.html")


def _markdown(title: str, head: list[str], tables: list[Table], *, level: int) -> str:
    return "\n\n".join([title, *head, *(table.markdown(level) for table in tables)]) + "\n"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compare", type=Path, metavar="OLD.json", help="tell what got better or worse since that run")
    parser.add_argument("--build", action="store_true", help="also build the index from nothing, which takes minutes")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="a trial with every Nth message")
    parser.add_argument(
        "--without-diet", action="store_true", help="leave out Rasa's default, which trains for ten minutes once"
    )
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logger.setLevel(logging.INFO)
    logging.getLogger("tests.evaluation").setLevel(logging.INFO)
    old = [table(facts) for facts in json.loads(given.compare.read_text("utf-8"))["tables"]] if given.compare else []
    run = Run(load_settings(), Options(given.every, given.build, not given.without_diet))
    tables, found = tables_of(run)
    write(run, tables, found)
    for line in compare(old, tables):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()

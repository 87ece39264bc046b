"""`make evaluate`: finds the procedure of every held-out question and writes docs/benchmarks.md."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from motcua.retrieval.artefact import Layout, content_digest
from motcua.retrieval.build import load_retriever
from motcua.retrieval.decision import Candidate, decide
from motcua.retrieval.embedder import SentenceTransformerEmbedder
from motcua.retrieval.index import Index
from motcua.retrieval.retriever import Retriever
from motcua.settings import ROOT, load_settings
from motcua.vietnamese.folding import fold, has_diacritics
from motcua.vietnamese.terms import terms
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary
from tests.evaluation.questions import Answerable, answerable, unanswerable

BENCHMARKS = ROOT / "docs" / "benchmarks.md"
START, END = "<!-- evaluation: written by make evaluate -->", "<!-- end of evaluation -->"

Rank = Callable[[str], list[str]]  # question → codes, best first


@dataclass(frozen=True)
class Score:
    """Shares of questions whose procedure came first, and among the first three; in per cent."""

    first: float
    among_three: float
    count: int


def score(questions: Sequence[Answerable], rank: Rank, spell: Callable[[str], str] = str) -> Score:
    """How well a ranking does on questions, each spelled by `spell` first."""
    ranked = [rank(spell(asked.question)) for asked in questions]
    first = [bool(set(codes[:1]) & set(asked.right_codes)) for codes, asked in zip(ranked, questions, strict=True)]
    three = [bool(set(codes[:3]) & set(asked.right_codes)) for codes, asked in zip(ranked, questions, strict=True)]
    return Score(100 * float(np.mean(first)), 100 * float(np.mean(three)), len(questions))


def ours(retriever: Retriever, vocabulary: Vocabulary) -> Rank:
    """What the assistant does."""
    return lambda text: [found.code for found in candidates(text, retriever, vocabulary)]


def candidates(text: str, retriever: Retriever, vocabulary: Vocabulary) -> list[Candidate]:
    """The assistant's candidates for a first question."""
    return retriever.rank(text, vocabulary.content(text))


def words_alone(index: Index) -> Rank:
    """BM25 on folded syllables and pairs, over the same passages."""
    return lambda text: _best(index, index.lexical.scores(terms(text)))


def embedder_alone(index: Index, embedder: SentenceTransformerEmbedder) -> Rank:
    """The nearest phrase by meaning."""
    return lambda text: _best(index, index.cosines(embedder.embed([text])[0], 0.0))


def _best(index: Index, scores: np.ndarray) -> list[str]:
    return [index.codes[place] for place in np.argsort(-index.best_of_each(scores))[:3]]


def decisions(texts: Sequence[str], retriever: Retriever, vocabulary: Vocabulary) -> dict[str, float]:
    """Per cent of texts answered, asked back and declined, before intents have their say."""
    kinds = [decide(candidates(text, retriever, vocabulary)).kind for text in texts]
    return {kind: 100 * kinds.count(kind) / len(kinds) for kind in ("answer", "ask_which", "decline")}


def wrong_answers(questions: Sequence[Answerable], retriever: Retriever, vocabulary: Vocabulary) -> float:
    """Per cent of the answers given that are about another procedure."""
    made = [(decide(candidates(asked.question, retriever, vocabulary)), asked.right_codes) for asked in questions]
    given = [decision.codes[0] in codes for decision, codes in made if decision.kind == "answer"]
    return 100 * (1 - float(np.mean(given)))


def milliseconds(texts: Sequence[str], retriever: Retriever, vocabulary: Vocabulary) -> tuple[float, float]:
    """p50 and p95 of finding the candidates of one question."""
    times = []
    for text in texts:
        began = time.perf_counter()
        candidates(text, retriever, vocabulary)
        times.append((time.perf_counter() - began) * 1000)
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def report() -> str:
    """The evaluation as Markdown."""
    settings = load_settings()
    embedder = SentenceTransformerEmbedder(settings.embedder)
    vocabulary = load_vocabulary(settings.knowledge_base / "vocabulary.yml")
    retriever = load_retriever(settings, embedder)
    index = Index.load(Layout(settings.index_dir).folder, embedder, content_digest(settings.knowledge_base))
    questions, declined = answerable("guides"), unanswerable()
    accented = [asked for asked in questions if has_diacritics(asked.question)]
    rows = []
    for name, rank in (
        ("BM25 alone", words_alone(index)),
        ("embedder alone", embedder_alone(index, embedder)),
        ("**ours**", ours(retriever, vocabulary)),
    ):
        cells = [score(questions, rank), score(accented, rank), score(accented, rank, fold)]
        rows.append(f"| {name} | " + " | ".join(f"{cell.first:.1f} % · {cell.among_three:.1f} %" for cell in cells) + " |")
    kinds, others = (
        decisions([asked.question for asked in questions], retriever, vocabulary),
        decisions(declined, retriever, vocabulary),
    )
    p50, p95 = milliseconds([asked.question for asked in questions[:200]], retriever, vocabulary)
    codes = len({asked.code for asked in questions})
    return "\n".join(
        [
            f"Measured {date.today().isoformat()} on {len(questions)} held-out questions over {codes} procedures "
            f"({len(questions) - len(accented)} typed without diacritics) and {len(declined)} messages to be declined.",
            "",
            "Right procedure first · among the first three:",
            "",
            f"| | all {len(questions)} as typed | the {len(accented)} with diacritics | the same, diacritics stripped |",
            "|---|---|---|---|",
            *rows,
            "",
            "| decision of the retriever alone | answered | asked back | declined |",
            "|---|---|---|---|",
            f"| questions with a guide | {kinds['answer']:.1f} % | {kinds['ask_which']:.1f} % | {kinds['decline']:.1f} % |",
            f"| messages to be declined | {others['answer']:.1f} % | {others['ask_which']:.1f} % | {others['decline']:.1f} % |",
            "",
            f"Of the answers given, {wrong_answers(questions, retriever, vocabulary):.1f} % are about another procedure.",
            f"Finding the procedure of a question takes {p50:.0f} ms (p50), {p95:.0f} ms (p95).",
        ]
    )


def write_between(path: Path, start: str, end: str, text: str) -> None:
    """Replaces what stands between two marks of a file, or appends both."""
    page = (
        path.read_text("utf-8")
        if path.exists()
        else "# Benchmarks\n\nEvery figure is written by the command named beside it.\n"
    )
    if start not in page:
        page += f"\n{start}\n{end}\n"
    before, rest = page.split(start, 1)
    path.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end, 1)[1]}", "utf-8")


if __name__ == "__main__":
    write_between(BENCHMARKS, START, END, "\n## Finding the procedure (`make evaluate`)\n\n" + report())

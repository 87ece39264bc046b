"""`python -m tests.evaluation.growth`: what searching costs when there is ten and a hundred times as much to search.

Phrases are made up: pairs of syllables as our passages pair them, and vectors near ours. The table is written into
docs/benchmarks.md.
"""

import argparse
import itertools
import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from motcua.retrieval.artefact import Layout
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import at_16_bits
from motcua.retrieval.lexical import LexicalIndex
from motcua.settings import load_settings
from motcua.vietnamese.terms import terms
from tests.evaluation.benchmarks import BENCHMARKS, write_between
from tests.evaluation.one_core import resident_mb
from tests.evaluation.tables import Cell, Column, Table

logger = logging.getLogger(__name__)

START, END = "<!-- growth: written by python -m tests.evaluation.growth -->", "<!-- end of growth -->"
SIZES = (3_000, 30_000, 300_000)
_SEED = 20261125
_QUERIES = 200
_NEAREST = 10
_SPREAD = 0.35  # length of the noise beside a vector of length one: a cosine of 0.94 to the phrase it came from
COLUMNS = (Column("built in", "s"), Column("memory", "MB"), Column("a query, p50", "ms"), Column("recall@10 against Flat", "%"))


def near(real: Vectors, number: int, chance: np.random.Generator) -> Vectors:
    """(number, dim) unit vectors, each near one of the real ones."""
    noise = chance.standard_normal((number, real.shape[1]), dtype=np.float32) * np.float32(_SPREAD / real.shape[1] ** 0.5)
    made = real[chance.integers(len(real), size=number)] + noise
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def sentences(real: Sequence[Sequence[str]], number: int, chance: np.random.Generator) -> list[list[str]]:
    """Passages as long as real ones, of pairs of syllables that stand together in them."""
    pairs = [(one, other) for passage in real for one, other in itertools.pairwise(passage)]
    lengths = chance.choice([min(len(passage), 60) for passage in real], size=number)
    drawn = chance.integers(len(pairs), size=(number, int(max(lengths)) // 2 + 1))
    return [
        [syllable for place in places[: length // 2 + 1] for syllable in pairs[place]]
        for places, length in zip(drawn, lengths, strict=True)
    ]


def flat(vectors: Vectors) -> Any:
    """Exact: compares with every vector."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def hnsw(vectors: Vectors) -> Any:
    """A graph of neighbours."""
    index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction, index.hnsw.efSearch = 80, 64
    index.add(vectors)
    return index


def ivf(vectors: Vectors) -> Any:
    """Cells round centres, of which the nearest sixteen are searched."""
    cells = int(4 * len(vectors) ** 0.5)
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(vectors.shape[1]), vectors.shape[1], cells, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[: 50 * cells])
    index.add(vectors)
    index.nprobe = 16
    return index


def dense_rows(real: Vectors, number: int) -> dict[str, tuple[Cell, ...]]:
    """Each kind of index over that many vectors."""
    chance, rows = np.random.default_rng(_SEED), {}
    vectors, queries = near(real, number, chance), near(real, _QUERIES, chance)
    exact = None
    for name, build in (("FAISS Flat", flat), ("FAISS fp16", at_16_bits), ("FAISS HNSW", hnsw), ("FAISS IVF", ivf)):
        began = time.perf_counter()
        index = build(vectors)
        seconds = time.perf_counter() - began
        found = [index.search(query[None], _NEAREST)[1][0] for query in queries]
        exact = exact or found
        took = _p50(lambda query, index=index: index.search(query[None], _NEAREST), queries)
        size = faiss.serialize_index(index).nbytes / 1e6
        rows[f"{number:,}: {name}"] = (seconds, size, took, 100 * _recall(found, exact))
        logger.info("%s: %s", f"{number:,} {name}", rows[f"{number:,}: {name}"])
    return rows


def lexical_row(real: Sequence[Sequence[str]], number: int) -> dict[str, tuple[Cell, ...]]:
    """BM25 over that many passages."""
    chance = np.random.default_rng(_SEED)
    passages, queries = sentences(real, number, chance), [query[:14] for query in sentences(real, _QUERIES, chance)]
    before, began = resident_mb(), time.perf_counter()
    index = LexicalIndex.build(passages)
    seconds, size = time.perf_counter() - began, resident_mb() - before
    row = (seconds, size, _p50(index.scores, queries), None)
    logger.info("%s: %s", f"{number:,} BM25", row)
    return {f"{number:,}: BM25": row}


def _recall(found: Sequence[Vectors], exact: Sequence[Vectors]) -> float:
    shared = [len(set(one) & set(other)) / len(other) for one, other in zip(found, exact, strict=True)]
    return float(np.mean(shared))


def _p50(search: Callable[[Any], object], queries: Sequence[Any]) -> float:
    times = []
    for query in queries:
        began = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - began) * 1000)
    return float(np.median(times))


def measure(folder: Path, sizes: Sequence[int]) -> tuple[Table, str]:
    """The table, and the type of index that is in use."""
    layout = Layout(folder)
    chosen = faiss.read_index(str(layout.vectors))
    real = chosen.reconstruct_n(0, chosen.ntotal)
    texts = [json.loads(line)["text"] for line in layout.passages.read_text("utf-8").splitlines()]
    spoken = [said for said in map(terms, texts) if len(said) > 1]
    faiss.omp_set_num_threads(1)
    rows: dict[str, tuple[Cell, ...]] = {}
    for number in sizes:
        rows |= dense_rows(real, number) | lexical_row(spoken, number)
    return Table("Growth (`python -m tests.evaluation.growth`)", COLUMNS, rows), type(chosen).__name__


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of phrases")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    table, chosen = measure(load_settings().index_dir, given.sizes)
    note = (
        f"Measured {date.today().isoformat()} on one of {os.cpu_count()} cores, with made-up phrases: vectors near ours and "
        f"pairs of our syllables. Embedding a question and the NLU are left out: they do not grow with the phrases.\n\n"
        f"Chosen: `{chosen}`. The reason: [adr/0004-retrieval.md](adr/0004-retrieval.md)."
    )
    told = Table(table.title, table.columns, table.rows, note)
    write_between(BENCHMARKS, START, END, "\n" + told.markdown(2))


if __name__ == "__main__":
    main()

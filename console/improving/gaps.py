"""Content gaps: what people asked for and no guide answers, the alike together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.vietnamese.terms import terms, with_pairs

ALIKE = 0.3  # the average cosine of two messages in a group: lower, and "cấp lại" alone brings strangers together
MOST = 500  # turns that are looked at, the newest ones


@dataclass(frozen=True)
class Gap:
    """Turns that ask for the same; the first is the most typical one."""

    turns: Sequence[Mapping[str, Any]]


def group(turns: Sequence[Mapping[str, Any]]) -> list[Gap]:
    """The turns by what they ask for, the biggest groups first."""
    asked = [turn for turn in turns if terms(turn["said"])][:MOST]
    if len(asked) < 2:
        return [Gap([turn]) for turn in asked]
    from sklearn.cluster import AgglomerativeClustering  # a second that only this page needs
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = (
        TfidfVectorizer(analyzer=lambda said: with_pairs(terms(said))).fit_transform(turn["said"] for turn in asked).toarray()
    )
    found = AgglomerativeClustering(n_clusters=None, distance_threshold=1 - ALIKE, metric="cosine", linkage="average")
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(found.fit_predict(vectors)):
        groups.setdefault(label, []).append(place)
    centred = [sorted(places, key=lambda place: -vectors[place] @ vectors[places].mean(axis=0)) for places in groups.values()]
    return [Gap([asked[place] for place in places]) for places in sorted(centred, key=len, reverse=True)]

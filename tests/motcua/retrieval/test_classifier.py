import numpy as np

from motcua.retrieval.classifier import Sample, train_classifiers


def samples(count: int = 3000, procedures: int = 60) -> list[Sample]:
    """Texts whose vectors lie around the one of their procedure, some far."""
    chance = np.random.default_rng(0)
    of = np.arange(count) % procedures
    vectors = chance.normal(size=(procedures, 64))[of] + 1.5 * chance.normal(size=(count, 64))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [Sample(("chữ",), vector.astype(np.float32), int(own)) for vector, own in zip(vectors, of, strict=True)]


def test_the_same_content_gives_the_same_classifiers() -> None:
    (first, left_out), (second, again) = train_classifiers(samples(), []), train_classifiers(samples(), [])
    assert (first.meaning == second.meaning).all()
    assert (left_out == again).all()

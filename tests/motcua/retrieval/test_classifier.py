import numpy as np

from motcua.retrieval.classifier import Sample, train_classifier
from motcua.retrieval.on_all_cores import in_forks


def samples(count: int = 3000, procedures: int = 60) -> list[Sample]:
    """Texts whose vectors lie around the one of their procedure, some far."""
    chance = np.random.default_rng(0)
    of = np.arange(count) % procedures
    vectors = chance.normal(size=(procedures, 64))[of] + 1.5 * chance.normal(size=(count, 64))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [Sample(("chữ",), vector.astype(np.float32), int(own)) for vector, own in zip(vectors, of, strict=True)]


def test_the_same_content_gives_the_same_classifiers_several_at_a_time() -> None:
    """In threads liblinear shares its chance, and each would differ from build to build."""
    first, second = in_forks(lambda _: train_classifier(samples()), range(2))
    assert (first.meaning == second.meaning).all()
    assert (first.meaning == train_classifier(samples()).meaning).all()

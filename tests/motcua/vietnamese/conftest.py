import pytest

from motcua.procedures.linter import all_texts
from motcua.procedures.loader import Guides
from motcua.vietnamese.bigrams import Bigrams
from motcua.vietnamese.lexicon import dictionary_words
from motcua.vietnamese.repair import Repairer


@pytest.fixture(scope="session")
def repairer(guides: Guides) -> Repairer:
    own = (text for guide in guides.values() for text in all_texts(guide))
    return Repairer(Bigrams.train(own, words=dictionary_words()))

import itertools
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.vietnamese_tokenizer import VietnameseTokenizer
from motcua.procedures.loader import Guides
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.folding import fold

TOKENIZER = VietnameseTokenizer.create(VietnameseTokenizer.get_default_config())


def _words(text: str) -> list[str]:
    return [token.text for token in TOKENIZER.tokenize(Message({TEXT: text}), TEXT)]


def _is_whole(text: str) -> bool:
    """Whether every token is a slice of the text, in order, and no letter is lost."""
    tokens = TOKENIZER.tokenize(Message({TEXT: text}), TEXT)
    sliced = all(token.text == text[token.start : token.end] for token in tokens)
    ordered = all(one.end <= other.start for one, other in itertools.pairwise(tokens))
    return sliced and ordered and "".join("".join(token.text.split()) for token in tokens) == "".join(text.split())


def _broken(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if not _is_whole(text)]


@pytest.mark.parametrize(
    "text, words",
    [
        ("đăng ký khai sinh", ["đăng ký", "khai sinh"]),
        ("lệ phí bao nhiêu?", ["lệ phí", "bao nhiêu", "?"]),
        ("", []),
        ("   ", []),
    ],
)
def test_words_of_two_syllables_stay_together(text: str, words: list[str]) -> None:
    assert _words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "hoà giải ở cơ sở",
        "uỷ ban nhân dân phường",
        "thuỷ lợi, khoá học, thuý",
        unicodedata.normalize("NFD", "đăng ký tạm trú ở Võ Cường"),
        "khai  sinh\n\tcho\u00a0con",
        "ko bit lm gks cho bé 👶🏻 ntn ạ!!!",
        "000.00.12.H05-261101-0001",
        "mã 1.001193, ngày 20/11/2026 lúc 8h30",
        "<b>khai sinh</b> & 'x' \"y\"",
        "một_hai\\n%20",
        "😀😀",
        "a" * 1000,
    ],
)
def test_whatever_is_typed_no_letter_is_lost_or_respelt(text: str) -> None:
    assert _is_whole(text)


def test_every_phrase_of_every_guide_is_cut_into_its_own_slices(guides: Guides) -> None:
    phrases = {phrase for guide in guides.values() for phrase in (guide.name, *guide.also_called, *guide.questions.all())}
    assert _broken(phrases) == []


def test_every_question_without_diacritics_is_cut_into_its_own_slices(guides: Guides) -> None:
    assert _broken({fold(question) for guide in guides.values() for question in guide.questions.all()}) == []


def test_every_training_example_is_cut_into_its_own_slices(nlu_examples: list[str]) -> None:
    assert _broken({canonical(text) for text in nlu_examples}) == []


@settings(deadline=None, derandomize=True, database=None)  # the first example waits for underthesea
@given(st.text(max_size=60))
def test_any_text_is_cut_into_its_own_slices(text: str) -> None:
    assert _is_whole(canonical(text))

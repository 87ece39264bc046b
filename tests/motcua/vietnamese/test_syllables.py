import pytest

from motcua.procedures.loader import Guides
from motcua.vietnamese.bigrams import SYLLABLE
from motcua.vietnamese.folding import fold, has_diacritics
from motcua.vietnamese.syllables import is_syllable, with_tone


@pytest.mark.parametrize(
    "text", ["nghiêng", "quý", "giếng", "gì", "khuya", "hòa", "ủy", "duong", "quoc", "yên", "ăn", "oanh", "gin"]
)
def test_syllables_are_told(text: str) -> None:
    assert is_syllable(text)


@pytest.mark.parametrize(
    "text", ["giaays", "ddang", "dna", "sihn", "cùc", "tịhc", "khaii", "fai", "zay", "st", "đắăng", "", "mắm tôm"]
)
def test_what_cannot_be_said_is_none(text: str) -> None:
    assert not is_syllable(text)


def test_every_marked_word_of_questions_is_possible_or_short_for_something(guides: Guides) -> None:
    said = {
        word for guide in guides.values() for question in guide.questions.all() for word in SYLLABLE.findall(question.lower())
    }
    strange = {word for word in said if has_diacritics(word) and not is_syllable(word)}
    assert {word for word in strange if any(letter in "aeiouy" for letter in fold(word))} == set()


@pytest.mark.parametrize(
    ("bare", "toned"),
    [
        ("hoa", "hòa"),
        ("hoan", "hoàn"),
        ("đương", "đường"),
        ("quy", "quỳ"),
        ("gia", "già"),
        ("tiêu", "tiều"),
        ("ngoai", "ngoài"),
    ],
)
def test_the_tone_stands_on_its_vowel(bare: str, toned: str) -> None:
    assert with_tone(bare, "\u0300") == toned

"""Which letters make a Vietnamese syllable: every onset with every rime, with and without diacritics."""

import unicodedata
from functools import cache, lru_cache

from motcua.vietnamese.folding import fold

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uơ uân uâng uât uây uê uêch uênh uy uych uynh uyt uyp uya uyu uyên uyêt
ư ưc ưi ưm ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu
"""
_AFTER_QU = """
a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt
êu i it y ych ynh yt yên yêt ơ ôc
"""
_STOPS = ("c", "ch", "p", "t")


@cache
def _toneless() -> frozenset[str]:
    whole = {
        onset + rime
        for onset in ["", *_ONSETS.split()]
        for rime in _RIMES.split()
        if not (onset == "gi" and rime.startswith(("i", "y")))
    }
    return frozenset(
        whole
        | {"qu" + rime for rime in _AFTER_QU.split()}
        | {"gi", "gin", "gip", "git", "giêc", "giêm", "giên", "giêng", "giêt"}
    )


@cache
def folded_syllables() -> frozenset[str]:
    """Every possible syllable, without diacritics."""
    return frozenset(map(fold, _toneless()))


def split_tone(syllable: str) -> tuple[str, str]:
    """(syllable without its tone, tones): "đường" → "đương" and huyền."""
    letters = unicodedata.normalize("NFD", syllable)
    tones = "".join(letter for letter in letters if letter in TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)), tones


@lru_cache(maxsize=65536)
def is_syllable(text: str) -> bool:
    """Whether a lower-case NFC text with its diacritics, or folded, is a possible syllable."""
    if text in folded_syllables():
        return True
    bare, tones = split_tone(text)
    if bare not in _toneless() or len(tones) > 1:
        return False
    return not bare.endswith(_STOPS) or tones in ("", "\u0301", "\u0323")


def with_tone(toneless: str, tone: str) -> str:
    """The syllable with that tone on the vowel where our one style writes it: "hoa" + huyền → "hòa"."""
    vowels = [at for at, letter in enumerate(toneless) if fold(letter) in "aeiouy"]
    if len(vowels) > 1 and (toneless.startswith("qu") or toneless.startswith("gi")):
        vowels = vowels[1:]  # u of qu and i of gi belong to the consonant
    if not tone or not vowels:
        return toneless
    shaped = [at for at in vowels if toneless[at] in "ăâêôơư"]
    closed = vowels[-1] < len(toneless) - 1
    middle = vowels[-1] if closed else vowels[1] if len(vowels) > 2 else vowels[0]
    at = shaped[-1] if shaped else middle
    return toneless[:at] + unicodedata.normalize("NFC", toneless[at] + tone) + toneless[at + 1 :]

"""The canonical form of Vietnamese text: what Rasa reads and what content is written in."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"\s+")

# Two spellings of the same tone are in use ("hoà" and "hòa"). underthesea and most keyboards write the mark on the
# first vowel of an open oa, oe, uy, so that is our one style. "qu" is a consonant: "quý" stays.
_NEW = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLD = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_OLD_STYLE = dict(zip(_NEW, _OLD, strict=True))
_OLD_STYLE |= {pair.upper(): mark.upper() for pair, mark in _OLD_STYLE.items()}
_OLD_STYLE |= {pair.title(): mark.title() for pair, mark in zip(_NEW, _OLD, strict=True)}
_NEW_STYLE_TONE = re.compile(rf"(?<![qQ])({'|'.join(_OLD_STYLE)})(?!\w)")
_MISPLACED_QU = re.compile(r"(?<=[qQ])([úùủũụÚÙỦŨỤ])([yY])")
_TONED_Y = dict(zip("úùủũụÚÙỦŨỤ", "ýỳỷỹỵÝỲỶỸỴ", strict=True))


def _tone_on_y(match: re.Match[str]) -> str:
    mark, y = match.groups()
    u = "U" if mark.isupper() else "u"
    toned = _TONED_Y[mark].lower()
    return u + (toned.upper() if y.isupper() else toned)


def tone_style(text: str) -> str:
    """The same NFC text with tone marks in one style: "hoà giải" → "hòa giải", "qúy" → "quý"."""
    text = _NEW_STYLE_TONE.sub(lambda match: _OLD_STYLE[match[1]], text)
    return _MISPLACED_QU.sub(_tone_on_y, text)


def canonical(text: str) -> str:
    """NFC, visible characters only, single spaces, one tone-mark style. Idempotent; keeps case and words."""
    # A mark may meet its letter only once what stood between them is gone, or once its neighbour has moved: so NFC last too.
    text = unicodedata.normalize("NFC", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", tone_style(_SPACES.sub(" ", text).strip()))

"""Dossier codes in the shapes people type them."""

import re

# The printed shape is NNN.NN.NN.Hxx-yymmdd-nnnn. People drop the dotted prefix, put spaces, dots or nothing in between, and an
# O for the 0 of H05; which agency codes are in use in Bắc Ninh today is not confirmed, so the letter and two digits are free.
_GAP = r"[\s.\-–—‑_/\u200b-\u200d\u2060\ufeff]*"
DOSSIER_CODE = re.compile(
    rf"(?<![\w.])(?P<prefix>(?:\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2,3}}{_GAP})?)(?P<agency>[HGhg]{_GAP}[\dOo]\d)(?P<unit>(?:[\s.-]\d{{2,3}}(?!\d)){{0,2}}){_GAP}"
    rf"(?P<day>\d{{6}}){_GAP}(?P<number>\d{{4,6}})(?!\d)"
)


def find_dossier_codes(text: str) -> list[str]:
    """All dossier codes in a text, in their printed shape: "h05 251120 0012" → "H05-251120-0012"."""
    return [canonical_code(match) for match in DOSSIER_CODE.finditer(text)]


def canonical_code(match: re.Match[str]) -> str:
    """The printed shape of a found code: dotted prefix, agency, day and number."""
    prefix = re.sub(r"\D", "", match["prefix"])
    parts = [prefix[:3], prefix[3:5], prefix[5:]] if prefix else []
    return (
        ".".join([*parts, _agency(match["agency"]), *re.findall(r"\d+", match["unit"])]) + f"-{match['day']}-{match['number']}"
    )


def short_code(code: str) -> str:
    """A code without its dotted prefix: the same whether or not the citizen typed the prefix."""
    match = DOSSIER_CODE.fullmatch(code)
    return code if match is None else code[code.index(_agency(match["agency"])) :]


def _agency(typed: str) -> str:
    return re.sub(r"[^HG0-9]", "", typed.upper().replace("O", "0"))

"""Names of form files, which the portal glues to the end of a paper's name."""

import re

_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|rtf|odt|rar|zip|pptx?|jpe?g|png)(?:\.docx?)?(?![a-zà-ỹ])", re.IGNORECASE)
_KEYWORD = re.compile(r"(?<=[^\s(/_-])(?:Mẫu|Mau|MẪU|MAU|Phụ lục|Phu luc|PHỤ LỤC|Phụ Lục|Biểu mẫu|Tờ khai|Đơn )")
# A new cell begins where no space stands: "định1. Đơn", "CPMẫu", "2025PL 01", ";Mu05"; never inside "QH14" or "1.115".
_GLUE = re.compile(
    r"(?<=[a-zà-ỹ);”\"])(?=[A-ZĐÀ-Ỹ\d])|(?<=[^\W\d_][.,])(?=[A-ZĐÀ-Ỹ\d])|(?<=[)”][.,])(?=\S)|(?<=[A-ZĐ])(?=[A-ZĐ][a-zà-ỹ])"
    r"|(?<=\d)(?=[A-ZĐ][a-zà-ỹ])|(?<=\d{4})(?=[A-ZĐ])|(?<=;)(?=\S)|(?<=\d[.,])(?=[A-ZĐ][a-zà-ỹ])"
)
_LONGEST = 110


def split_forms(text: str) -> tuple[str, tuple[str, ...]]:
    """(the paper's name, its form files); where no seam can be seen the name stays whole."""
    ends = [found.end() for found in _FILE.finditer(text)]
    if not ends or ends[-1] < len(text.rstrip(" .;")):
        return text, ()
    start = _seam(text, ends[0])
    if start is None:
        return text, ()
    starts = [start, *ends[:-1]]
    return text[:start].rstrip(), tuple(text[one:end].strip() for one, end in zip(starts, ends, strict=True))


def _seam(text: str, end: int) -> int | None:
    """Where the first file's name begins."""
    if not re.search(r"\s", text[:end]):
        return 0  # nothing but a file
    first = max(0, end - _LONGEST)
    for seams in (_KEYWORD, _GLUE):
        if found := next((seam.start() for seam in seams.finditer(text, first, end) if seam.start() > 0), None):
            return found
    return None

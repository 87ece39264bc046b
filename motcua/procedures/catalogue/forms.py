"""Names of form files, which the portal glues to the end of a paper's name."""

import re

UPPER = "".join(letter for letter in map(chr, range(0x1EFA)) if letter.isupper())
LOWER = "".join(letter for letter in map(chr, range(0x1EFA)) if letter.islower())

_FILE = re.compile(rf"\.(?i:docx?|xlsx?|pdf|rtf|odt|rar|zip|pptx?|jpe?g|png)(?:\.docx?)?(?![{LOWER}])")
_KEYWORD = re.compile(r"(?<=[^\s(/_+*-])(?:[Mm]ẫu|[Mm]au|MẪU|MAU|[Pp]hụ [Ll]ục|Phu luc|PHỤ LỤC|Biểu mẫu|Tờ khai|Đơn )")
# A new cell begins where no space stands: "định1. Đơn", "CPMẫu", "2025PL 01", ";Mu05"; never inside "QH14", "4x6" or "1.115".
_GLUE = re.compile(
    rf"(?<=[{LOWER})”\"])(?=[{UPPER}])|(?<=[{LOWER}]{{2}})(?=\d)|(?<=[)”])(?=\d)|(?<=[{UPPER}])(?=[{UPPER}][{LOWER}])"
    rf"|(?<=[^\W\d_)][.,])(?=[{UPPER}\d])|(?<=[)”][.,])(?=\w)|(?<=;)(?=[\w~])|(?<=\d)(?=[{UPPER}][{LOWER}])"
    rf"|(?<=\d{{4}})(?=[{UPPER}])|(?<=\d[.,])(?=[{UPPER}][{LOWER}])|(?<=[{LOWER}][.])(?=[{LOWER}])"
)
_LONGEST = 110


def split_forms(text: str) -> tuple[str, tuple[str, ...]]:
    """(the paper's name, its form files); where no seam can be seen the name stays whole."""
    files = list(_FILE.finditer(text))
    ends = [found.end() for found in files]
    if not ends or ends[-1] < len(text.rstrip(" .;")):
        return text, ()
    start = _seam(text, files[0].start())
    if not start:
        return text, ()
    starts = [start, *ends[:-1]]
    ends[-1] = len(text)
    return text[:start].rstrip(), tuple(text[one:end].strip() for one, end in zip(starts, ends, strict=True))


def _seam(text: str, end: int) -> int | None:
    """Where the first file's name begins."""
    first = max(1, end - _LONGEST)
    seams = (*_KEYWORD.finditer(text, max(1, end - 2 * _LONGEST), end), *_GLUE.finditer(text, first, end))
    found = [seam.start() for seam in seams if seam.re is _KEYWORD] or [seam.start() for seam in seams]
    return min(found, default=None)

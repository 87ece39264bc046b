"""Lists of a record as lines that fit on a telephone: long ones cut, each under its case or way."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from motcua.procedures.catalogue.record import CataloguePaper, Law, Method, Record

_SENTENCE_END = re.compile(r"[.;:,]\s+|\s+(?=[-+•*] )|\n")
_LIST_MARK = re.compile(r"^(?:[-+•*–]+|\(?\d{1,2}\)|\d{1,2}\.(?!\d))\s*")
_ON_A_FORM = re.compile(r"\b[Mm]ẫu (?:số|[A-Z]+\d)|theo mẫu|^\W*(?:tờ khai|đơn|phiếu)\b", re.IGNORECASE)
_KIND_OF_LAW = re.compile(r"(?:luật|nghị định|nghị quyết|thông tư|quyết định)(?: số)?", re.IGNORECASE)


def cut(text: str, length: int) -> str:
    """The text, or its first sentences and "…" where it is longer."""
    if len(text) <= length:
        return text
    ends = [found.start() for found in _SENTENCE_END.finditer(text, 0, length)]
    end = next((end for end in reversed(ends) if end > length // 2), text.rfind(" ", 0, length))
    return text[: end if end > 0 else length].rstrip(" .;:,-") + "…"


def bare(text: str) -> str:
    """A line of a list without the mark it was written with, nor the one that led to the next."""
    return _LIST_MARK.sub("", text).strip().rstrip(" .;,") or text


def fitting(lines: Iterable[str], length: int) -> list[str]:
    """The first lines that fit into `length` characters together; at least one, cut short if it must be."""
    taken: list[str] = []
    for line in lines:
        if taken and sum(map(len, taken)) + len(line) > length:
            break
        taken.append(cut(line, length))
    return taken


def by_channel(
    methods: Sequence[Method], names: Mapping[str, str], tell: Callable[[Method], str]
) -> list[tuple[str, list[str]]]:
    """(names of ways, what is told of them): a way has several texts where it has several rows, each text once."""
    texts: dict[str, list[str]] = {}
    for method in methods:
        told = texts.setdefault(names[method.channel], [])
        if (text := tell(method).strip()) and text not in told:
            told.append(text)
    ways: dict[tuple[str, ...], list[str]] = {}
    for name, told in texts.items():
        ways.setdefault(tuple(sorted(told)), []).append(name)
    return [(", ".join([first, *map(str.lower, others)]), texts[first]) for told, (first, *others) in ways.items() if told]


@dataclass(frozen=True)
class PaperLines:
    """Papers as lines of a list, and how many more there are."""

    lines: tuple[str, ...]
    left: int


def paper_lines(record: Record, tell: Callable[[CataloguePaper], str], length: int) -> PaperLines:
    """The first papers that fit into `length` characters, each under the case it belongs to."""
    told: list[str] = []
    left = 0
    for case in record.cases:
        heading = [f"{cut(bare(case.when), 200).rstrip(':')}:"] if case.when else []
        for number, paper in enumerate(case.papers, start=1):
            lines = [*(heading if number == 1 else []), f"{number}. {tell(paper)}"]
            if left or (told and sum(map(len, (*told, *lines))) > length):
                left += 1
            else:
                told += lines
    return PaperLines(tuple(told), left)


def form_lines(record: Record) -> list[str]:
    """ "paper: file" for each paper with forms, and the papers that are written on a form without a file; each once."""
    lines = []
    for paper in record.papers():
        if paper.forms or _ON_A_FORM.search(paper.name):
            lines.append(": ".join(filter(None, (cut(bare(paper.name), 160), ", ".join(paper.forms)))))
    return list(dict.fromkeys(lines))


def law_line(law: Law) -> str:
    """ "number: name", without the number where the name holds it, and in one where the name is but a kind of text."""
    if law.name and law.number and _KIND_OF_LAW.fullmatch(law.name):
        return f"{law.name} {law.number}"
    if law.name and law.number and law.number not in law.name:
        return f"{law.number}: {cut(law.name, 160)}"
    return cut(law.name or law.number or "", 200)

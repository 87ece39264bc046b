"""A checklist on A4 or A5, in type that can be read without glasses, with a code that opens it on a phone."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import segno
from fpdf import FPDF

from motcua.procedures.blocks import Block

if TYPE_CHECKING:
    from gateway.checklists import Checklist

FONTS = Path(__file__).parent / "page" / "fonts"
Paper = Literal["a4", "a5"]
MARGINS: Mapping[Paper, float] = {"a4": 18.0, "a5": 12.0}  # mm
BOX, QR = 5.0, 34.0  # mm
INK, TRIM = (30, 47, 65), (206, 122, 88)


def draw_pdf(checklist: "Checklist", texts: Mapping[str, Any], paper: Paper = "a4") -> bytes:
    """The PDF of a checklist, with texts of the interface as its headings; as large on small paper."""
    sheet = _Sheet(texts, paper)
    sheet.head(checklist)
    sheet.heading(texts["checklist"]["title"])
    sheet.papers(checklist.papers)
    for case in checklist.cases:
        sheet.heading(case["when"], size=14)
        sheet.tell(case.get("note", ""))
        sheet.papers(case["papers"])
    for block in checklist.facts:
        sheet.fact(block)
    sheet.foot(checklist)
    return bytes(sheet.output())


class _Sheet(FPDF):
    def __init__(self, texts: Mapping[str, Any], paper: Paper) -> None:
        super().__init__(format=paper)
        self._texts, margin = texts, MARGINS[paper]
        self.set_margins(margin, margin)
        self.set_auto_page_break(True, margin)
        for style, weight in (("", 400), ("B", 700)):
            self.add_font("BeVietnamPro", style, FONTS / f"be-vietnam-pro-{weight}.ttf")
        self.set_lang("vi")
        self.set_text_color(*INK)
        self.add_page()

    def head(self, checklist: "Checklist") -> None:
        self.set_title(checklist.guide.name)
        self.set_fill_color(*TRIM)
        self.rect(0, 0, self.w, 3, style="F")
        self.tell(self._texts["title"], size=12)
        self.tell(checklist.guide.name, size=20, style="B")
        self.tell(checklist.guide.summary)

    def heading(self, text: str, *, size: float = 16) -> None:
        self.ln(3)
        if self.will_page_break(30):  # a heading stays with what follows it
            self.add_page()
        self.tell(text, size=size, style="B")

    def tell(self, text: str, *, size: float = 13, style: str = "", indent: float = 0.0) -> None:
        if not text:
            return
        self.set_font("BeVietnamPro", style, size)
        self.set_x(self.l_margin + indent)
        self.multi_cell(0, size * 0.53, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def papers(self, papers: list[Block]) -> None:
        labels = self._texts["sections"]
        for paper in papers:
            if self.will_page_break(20):
                self.add_page()
            self.ln(1.5)
            self.rect(self.l_margin, self.get_y() + 1, BOX, BOX)
            self.tell(paper["name"], size=14, indent=BOX + 3)
            for name in ("copies", "form", "issued_by", "not_needed_if"):
                if name in paper:
                    self.tell(f"{labels[name]}: {paper[name]}", size=12, indent=BOX + 3)

    def fact(self, block: Block) -> None:
        labels = self._texts["sections"]
        self.heading(labels[block["kind"]])
        if block["kind"] == "place":
            self.tell(block["office"])
            self.tell(block.get("note", ""))
        for row in block.get("rows", ()):
            told = ". ".join(row[name] for name in ("time", "label", "note") if name in row)
            self.tell(f"{row['ways']}: {told}")

    def foot(self, checklist: "Checklist") -> None:
        if self.will_page_break(QR + 12):
            self.add_page()
        self.ln(5)
        top = self.get_y()
        picture = io.BytesIO()
        segno.make(checklist.address, error="m").save(picture, kind="png", scale=8, border=2)
        self.image(picture, self.l_margin, top, QR, QR, alt_text=checklist.address)
        for text in (self._texts["checklist"]["qr"], checklist.source, self._texts["checklist"]["disclaimer"]):
            self.tell(text, size=11, indent=QR + 5)

"""The letter as a Word document, for a reader who needs larger type or a translator: the same words, in styles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Held
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Written

from casework.letters.paper.tree import Block, Heading, Listed, Paper, Paragraph, Table, Words, shown

TYPEFACE, SIZE = "Arial", 12
SIZES = {"Heading 1": 17, "Heading 2": 14, "Heading 3": 12}
WIDTH = 160
"""Of the text, in millimetres."""


def word(paper: Paper, at: datetime) -> bytes:
    """The document's bytes."""
    made = Document()
    _set_up(made, paper, at)
    if paper.mark:
        _runs(made.add_paragraph(), ((paper.mark, True),))
    for lines in (paper.letterhead, paper.to, (paper.dated,) if paper.dated else ()):
        if lines:
            _runs(made.add_paragraph(), (("\n".join(lines), False),))
    _runs(made.add_heading("", 1), ((paper.title, False),))
    for section in paper.sections:
        if section.title:
            _runs(made.add_heading("", 2), ((section.title, False),))
        for block in section.blocks:
            _add(made, block)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _set_up(made: Held, paper: Paper, at: datetime) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    about = made.core_properties
    about.title, about.author = shown(paper.title)[:255], shown("".join(paper.letterhead[:1]))[:255]
    about.language, about.comments = "en-GB", ""
    about.created = about.modified = at.replace(tzinfo=None, microsecond=0)
    for name, size in {"Normal": SIZE, **SIZES}.items():
        style = made.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = TYPEFACE, Pt(size)
        if name in SIZES:
            style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    _in_english(made)


def _in_english(made: Held) -> None:
    """The language of the whole document, which a screen reader speaks it in."""
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _add(made: Held, block: Block) -> None:
    match block:
        case Heading(words):
            _words(made.add_heading("", 3), words)
        case Paragraph(words):
            _words(made.add_paragraph(), words)
        case Listed(items, numbered):
            number = _from_one(made) if numbered else None
            for item in items:
                line = made.add_paragraph(style="List Number" if numbered else "List Bullet")
                if number is not None:
                    line._p.get_or_add_pPr()._add_numPr().get_or_add_numId().val = number  # type: ignore[attr-defined]  # made at run time
                _words(line, item)
        case Table():
            _table(made, block)


def _from_one(made: Held) -> int:
    """The key of a numbering that begins at one: the style's own would go on from the list before."""
    style = made.styles["List Number"].element
    numbering = made.part.numbering_part.element
    held = numbering.num_having_numId(style.pPr.numPr.numId.val)
    fresh = numbering.add_num(held.abstractNumId.val)
    fresh.add_lvlOverride(0).add_startOverride(1)
    return int(fresh.numId)


def _table(made: Held, block: Table) -> None:
    widths = block.widths or (1,) * len(block.header)
    table = made.add_table(rows=1, cols=len(block.header), style="Table Grid")
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))  # read out as headers, and repeated on each page
    _row(table.rows[0].cells, block.header, bold=True)
    for row in block.rows:
        _row(table.add_row().cells, row, bold=False)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(WIDTH * width / sum(widths))


def _row(cells: tuple[_Cell, ...], said: tuple[str, ...], *, bold: bool) -> None:
    for cell, text in zip(cells, said, strict=True):
        _runs(cell.paragraphs[0], ((text, bold),))


def _words(line: Written, words: Words) -> None:
    _runs(line, ((run.text, run.bold) for run in words))


def _runs(line: Written, runs: Iterable[tuple[str, bool]]) -> None:
    for text, bold in runs:
        line.add_run(shown(text)).bold = bold or None

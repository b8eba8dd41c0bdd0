"""Word documents, written by python-docx with merged cells as Word keeps them.

In: a logical report and a source of chance.  Out: the bytes of a docx.  Refused: nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from random import Random

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

from tests.synthesis.grids import Covered, Grid, GridCell
from tests.synthesis.logical import Heading, LogicalReport
from tests.synthesis.writers.packages import pack, unpack
from tests.synthesis.writers.widths import APPLICATIONS, column_shares

ALIGNMENTS = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
NUMBER = re.compile(r"[一二三四五六七八九十]+、")
LIST = (
    '<w:abstractNum {ns} w:abstractNumId="77"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/>'
    '<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
)
LEFT_OUT = ("/stylesWithEffects", "/thumbnail")
USED = ("Normal Table", "Table Grid")
TEXT_WIDTH = 8600
# Sizes of the text in tables, in points: fifteen columns have little room.
USUAL, SMALL = 9, 6.5
Place = GridCell | Covered


def add_runs(paragraph: Paragraph, text: str, chance: Random) -> None:
    """A text in one run or, as after editing, in several that cut through words and figures."""
    if len(text) > 1 and chance.random() < 0.3:
        cut = chance.randint(1, len(text) - 1)
        paragraph.add_run(text[:cut])
        paragraph.add_run(text[cut:])
    elif text:
        paragraph.add_run(text)


def owner_above(places: Sequence[Sequence[Place]], y: int, x: int) -> GridCell:
    """The cell that covers a place from above."""
    while not isinstance(place := places[y][x], GridCell):
        y -= 1
    return place


def draw_cell(cell: GridCell, is_first: bool, width: int) -> BaseOxmlElement:
    """A `w:tc` with an empty paragraph; of a vertically merged cell only the first place will hold the text."""
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = ('<w:vMerge w:val="restart"/>' if is_first else "<w:vMerge/>") if cell.rows > 1 else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return parse_xml(f"<w:tc {nsdecls('w')}><w:tcPr>{size}{span}{merge}</w:tcPr><w:p/></w:tc>")


def add_table(document: WordDocument, grid: Grid, chance: Random) -> None:
    """A table with borders; covered places are cells of their own only below a merged one."""
    widths = [int(TEXT_WIDTH * share) for share in column_shares(grid)]
    table = document.add_table(0, grid.width)
    table.style = "Table Grid"
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Twips(width)
    places = grid.spread()
    for y, line in enumerate(places):
        row = OxmlElement("w:tr")
        table._tbl.append(row)
        for x, place in enumerate(line):
            if place != "left":
                cell = place if isinstance(place, GridCell) else owner_above(places, y, x)
                element = draw_cell(cell, cell is place, sum(widths[x : x + cell.columns]))
                row.append(element)
                if cell is place:
                    paragraph = Paragraph(element.find(qn("w:p")), document._body)
                    add_runs(paragraph, cell.text, chance)
                    for run in paragraph.runs:
                        run.font.size = Pt(SMALL if grid.width > len(APPLICATIONS) else USUAL)


def add_list(document: WordDocument) -> int:
    """A list 一、二、… whose numbers Word itself writes; its identifier."""
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LIST.format(ns=nsdecls("w"))))
    return numbering.add_num(77).numId


def add_heading(document: WordDocument, block: Heading, list_id: int | None, chance: Random) -> None:
    """A heading; with a list its number is not in the text."""
    paragraph = document.add_paragraph(style=f"Heading {block.level}")
    is_numbered = list_id is not None and block.level == 1 and NUMBER.match(block.text)
    add_runs(paragraph, NUMBER.sub("", block.text, count=1) if is_numbered else block.text, chance)
    if is_numbered and list_id is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = list_id


def empty_document() -> WordDocument:
    """python-docx's own template without its picture, the styles once more for Word 2010, its many styles of tables."""
    document = Document()
    for owner in (document.part, document.part.package):
        for key in [key for key, link in owner.rels.items() if link.reltype.endswith(LEFT_OUT)]:
            owner.rels.pop(key)
    for style in [style for style in document.styles if style.type == WD_STYLE_TYPE.TABLE and style.name not in USED]:
        style.delete()
    return document


def write(report: LogicalReport, chance: Random, is_numbered: bool) -> bytes:
    document = empty_document()
    list_id = add_list(document) if is_numbered else None
    for line in report.metadata:
        document.add_paragraph(line)
    for line in report.title:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in report.blocks:
        if isinstance(block, Grid):
            add_table(document, block, chance)
        elif isinstance(block, Heading):
            add_heading(document, block, list_id, chance)
        else:
            paragraph = document.add_paragraph()
            paragraph.alignment = ALIGNMENTS[block.align]
            add_runs(paragraph, block.text, chance)
    buffer = io.BytesIO()
    document.save(buffer)
    return pack(unpack(buffer.getvalue()))


def write_docx(report: LogicalReport, chance: Random) -> bytes:
    """A document whose headings carry their numbers in the text."""
    return write(report, chance, is_numbered=False)


def write_numbered_docx(report: LogicalReport, chance: Random) -> bytes:
    """A document whose parts are numbered by Word: the numbers are in no paragraph."""
    return write(report, chance, is_numbered=True)

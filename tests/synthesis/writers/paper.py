"""Printed pages (pdf), drawn by reportlab.

In: a logical report and a source of chance.  Out: the bytes of a pdf with text, no picture.  Refused: nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from random import Random

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Heading, LogicalReport
from tests.synthesis.writers.widths import column_shares

# Every reader of pdf knows the metrics of this font, so it need not be part of the file.
FONT = "STSong-Light"
MARGIN = 56
ALIGNMENTS = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
PADDING = [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
MIDDLE = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
PAGE_NUMBERS: tuple[str, ...] = ("- {} -", "{}", "第 {} 页")


def style_of(size: int, align: int = TA_LEFT, indent: int = 0) -> ParagraphStyle:
    return ParagraphStyle(
        "text",
        fontName=FONT,
        fontSize=size,
        leading=size * 1.5,
        wordWrap="CJK",
        alignment=align,
        firstLineIndent=indent,
    )


def column_widths(grid: Grid) -> list[float]:
    room = A4[0] - 2 * MARGIN
    return [room * share for share in column_shares(grid)]


def draw_table(grid: Grid, has_lines: bool, size: int) -> Table:
    """The grid with its merged cells; without lines only the alignment shows the columns."""
    style = style_of(size, TA_CENTER)
    data: list[list[Flowable | str]] = []
    merged: list[tuple[str, tuple[int, int], tuple[int, int]]] = []
    for y, row in enumerate(grid.spread()):
        texts = [escape(cell.text).replace("\n", "<br/>") if isinstance(cell, GridCell) else None for cell in row]
        data.append(["" if text is None else Paragraph(text, style) for text in texts])
        for x, cell in enumerate(row):
            if isinstance(cell, GridCell) and (cell.rows > 1 or cell.columns > 1):
                merged.append(("SPAN", (x, y), (x + cell.columns - 1, y + cell.rows - 1)))
    lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if has_lines else []
    return Table(data, column_widths(grid), style=[*PADDING, *MIDDLE, *merged, *lines])


def story(report: LogicalReport, has_lines: bool) -> list[Flowable]:
    """Everything in the order in which it is printed."""
    drawn: list[Flowable] = [Paragraph(escape(line), style_of(9)) for line in report.metadata]
    drawn += [Paragraph(escape(line), style_of(16, TA_CENTER)) for line in report.title]
    for block in report.blocks:
        if isinstance(block, Grid):
            drawn += [Spacer(1, 8), draw_table(block, has_lines, 7 if block.width > 10 else 9), Spacer(1, 8)]
        elif isinstance(block, Heading):
            drawn.append(Paragraph(escape(block.text), style_of(13)))
        else:
            indent = 21 if block.align == "left" else 0
            drawn.append(Paragraph(escape(block.text), style_of(10, ALIGNMENTS[block.align], indent)))
    return drawn


def page_foot(words: str) -> Callable[[Canvas, SimpleDocTemplate], None]:
    """What prints the number of each page below its text."""

    def draw(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(A4[0] / 2, 30, words.format(template.page))

    return draw


def write(report: LogicalReport, chance: Random, has_lines: bool) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    margins = {name: MARGIN for name in ("leftMargin", "rightMargin", "topMargin", "bottomMargin")}
    template = SimpleDocTemplate(buffer, pagesize=A4, invariant=1, **margins)
    foot = page_foot(chance.choice(PAGE_NUMBERS))
    template.build(story(report, has_lines), onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def write_ruled_pdf(report: LogicalReport, chance: Random) -> bytes:
    """Tables with a line around every cell."""
    return write(report, chance, has_lines=True)


def write_aligned_pdf(report: LogicalReport, chance: Random) -> bytes:
    """Tables without lines."""
    return write(report, chance, has_lines=False)

"""Workbooks, written by openpyxl, and tables of comma-separated values.

In: a logical report and a source of chance.  Out: the bytes of a file.  Refused: nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import LogicalReport
from tests.synthesis.writers.packages import pack, unpack

FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?")
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
Store = Callable[[str], str | int | float | None]


def as_text(text: str) -> str | None:
    return text or None


def as_number(text: str) -> str | int | float | None:
    """A figure as the number that a person would have typed, everything else as text."""
    if FIGURE.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text or None


def lines_above(report: LogicalReport) -> list[str]:
    return [*report.metadata, *report.title]


def add_grid(sheet: Worksheet, top: int, grid: Grid, store: Store) -> int:
    """Draw a table from row `top` on, merged cells merged; the row below it."""
    for y, row in enumerate(grid.spread(), top):
        for x, cell in enumerate(row, 1):
            if not isinstance(cell, GridCell):
                continue
            sheet.cell(y, x).value = store(cell.text)
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=y, start_column=x, end_row=y + cell.rows - 1, end_column=x + cell.columns - 1
                )
    return top + len(grid.rows)


def save(book: Workbook) -> bytes:
    """The bytes of the workbook, without the time at which it was made."""
    buffer = io.BytesIO()
    book.save(buffer)
    parts = unpack(buffer.getvalue())
    core = "docProps/core.xml"
    parts[core] = STAMP.sub(rb"\g<1>2021-01-20T08:00:00Z", parts[core])
    return pack(parts)


def write_sheet(report: LogicalReport, chance: Random) -> bytes:
    """The whole report on one sheet: paragraphs in the first column, tables below them."""
    book = Workbook()
    sheet, store = book.active, chance.choice((as_text, as_number))
    assert isinstance(sheet, Worksheet)
    row = 1
    for line in lines_above(report):
        sheet.cell(row, 1).value = line
        row += 1
    for block in report.blocks:
        if isinstance(block, Grid):
            row = add_grid(sheet, row, block, store) + chance.randint(0, 1)
        else:
            sheet.cell(row, 1).value = block.text
            row += 1
    return save(book)


def write_sheets(report: LogicalReport, chance: Random) -> bytes:
    """The text on the first sheet, each table on one of its own."""
    book = Workbook()
    sheet, store = book.active, chance.choice((as_text, as_number))
    assert isinstance(sheet, Worksheet)
    sheet.title = "年报"
    for line in lines_above(report):
        sheet.append([line])
    for block in report.blocks:
        if isinstance(block, Grid):
            number = len(book.sheetnames)
            add_grid(book.create_sheet(f"表{number}"), 1, block, store)
        else:
            sheet.append([block.text])
    return save(book)


def write_csv(report: LogicalReport, chance: Random) -> bytes:
    """A sheet saved as comma-separated values: what a merged cell covers is empty, every line as wide as the table."""
    buffer = io.StringIO()
    lines = csv.writer(buffer, lineterminator="\r\n")
    grids = [block for block in report.blocks if isinstance(block, Grid)]
    width = max((grid.width for grid in grids), default=1)
    for text in lines_above(report):
        lines.writerow([text, *[""] * (width - 1)])
    for block in report.blocks:
        if isinstance(block, Grid):
            for row in block.spread():
                cells = [cell.text if isinstance(cell, GridCell) else "" for cell in row]
                lines.writerow([*cells, *[""] * (width - len(cells))])
        else:
            lines.writerow([block.text, *[""] * (width - 1)])
    return buffer.getvalue().encode(chance.choice(("gb18030", "utf-8-sig")))

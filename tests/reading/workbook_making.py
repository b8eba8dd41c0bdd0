"""Made-up reports typed into workbooks, as clerks lay them out.

In: facts and a layout.  Out: the bytes of an xlsx file.  Refused: layouts that do not exist.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.synthesis import Agency, Facts, build_report, clean_facts
from tests.synthesis.grids import Grid
from tests.synthesis.logical import Heading, Prose

THIN = Side(style="thin")
RULES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FORM_WIDTH = 15

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
FORMS = {"A1": 2011, "A2": 2012, "A3": 2013, "B": 2016, "C": 2020, "D": 2022}


def facts_of(form: str, seed: int = 11) -> Facts:
    return clean_facts(OFFICE, FORMS[form], seed, form if form.startswith("A") else None)


@dataclass(frozen=True, slots=True)
class Way:
    """How a report is typed: tables ruled or not, prose merged over the width, each table on a sheet of its own,
    empty rows between the blocks, all tables stretched to one width, the first row and column of it all.
    """

    is_ruled: bool = True
    is_prose_merged: bool = True
    has_sheets: bool = False
    has_gaps: bool = False
    is_stretched: bool = False
    left: int = 1
    top: int = 1


WAYS = {
    "whole": Way(),
    "gaps": Way(has_gaps=True),
    "unruled": Way(is_ruled=False),
    "unruled_gaps": Way(is_ruled=False, is_prose_merged=False, has_gaps=True),
    "sheets": Way(has_sheets=True, is_prose_merged=False),
    "stretched": Way(is_stretched=True),
    "stretched_unruled": Way(is_stretched=True, is_ruled=False),
    "moved": Way(left=3, top=4, is_prose_merged=False),
}


def number_or_text(text: str) -> str | int | float:
    """What a person types as a figure is stored as one."""
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        return float(text) if "." in text and not text.endswith(".") else text
    except ValueError:
        return text


def merge(sheet: Worksheet, row: int, column: int, rows: int, columns: int) -> None:
    if rows > 1 or columns > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1)


def put_grid(sheet: Worksheet, grid: Grid, top: int, left: int, is_ruled: bool, extra: int) -> int:
    """Draw a table, its first label column `extra` columns wider; the row below it."""
    for y, places in enumerate(grid.spread()):
        for x, cell in enumerate(places):
            row, column = top + y, left + x + (extra if x else 0)
            if is_ruled:
                for one in range(column, column + (extra + 1 if not x else 1)):
                    sheet.cell(row, one).border = RULES
            if not isinstance(cell, str):
                if cell.text:
                    sheet.cell(row, column).value = number_or_text(cell.text)
                merge(sheet, row, column, cell.rows, cell.columns + (0 if x else extra))
    return top + len(grid.rows)


def put_line(sheet: Worksheet, row: int, text: str, way: Way) -> int:
    sheet.cell(row, way.left).value = text
    if way.is_prose_merged:
        merge(sheet, row, way.left, 1, FORM_WIDTH)
    return row + 1


def fill_book(facts: Facts, way: Way) -> Workbook:
    report = build_report(facts)
    book = Workbook()
    sheet = book.active
    row = way.top
    for text in (*report.metadata, *report.title):
        row = put_line(sheet, row, text, way)
    for block in report.blocks:
        row += way.has_gaps
        if isinstance(block, Grid):
            extra = FORM_WIDTH - block.width if way.is_stretched else 0
            if way.has_sheets:
                put_grid(book.create_sheet(f"表{len(book.sheetnames)}"), block, 1, way.left, way.is_ruled, extra)
            else:
                row = put_grid(sheet, block, row, way.left, way.is_ruled, extra)
        elif isinstance(block, Heading | Prose):
            row = put_line(sheet, row, block.text, way)
    return book


def save(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_workbook(facts: Facts, way: str = "whole") -> bytes:
    """The whole report as an xlsx file."""
    return save(fill_book(facts, WAYS[way]))

"""Made-up reports typed into workbooks, as clerks lay them out.

In: facts and a layout.  Out: the bytes of an xlsx file.  Refused: layouts that do not exist.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.cell import MergedCell
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.synthesis import Facts, build_report
from tests.synthesis.grids import Grid
from tests.synthesis.logical import Heading, Prose

THIN = Side(style="thin")
RULES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FORM_WIDTH = 15


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


def spreadsheet_xml(book: Workbook) -> bytes:
    """The same sheets as Excel 2003 wrote them as XML."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    ruled = "<Borders>" + "".join(f'<Border ss:Position="{side}"/>' for side in ("Left", "Right")) + "</Borders>"
    parts = [
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n',
        f'<Workbook xmlns="{space}" xmlns:ss="{space}">',
        f'<Styles><Style ss:ID="s1">{ruled}</Style></Styles>',
    ]
    for sheet in book.worksheets:
        parts.append(f"<Worksheet ss:Name={quoteattr(sheet.title)}><Table>")
        parts += [xml_row(sheet, number) for number in range(1, sheet.max_row + 1)]
        parts.append("</Table></Worksheet>")
    return "".join([*parts, "</Workbook>"]).encode()


def xml_row(sheet: Worksheet, number: int) -> str:
    """A row with the cells that begin in it and are filled or ruled."""
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    cells = []
    for cell in sheet[number]:
        if isinstance(cell, MergedCell) or (cell.value is None and not cell.border.left.style):
            continue
        area = merged.get((number, cell.column))
        across = ""
        if area is not None:
            wide, high = area.max_col - area.min_col, area.max_row - area.min_row
            across = f' ss:MergeAcross="{wide}" ss:MergeDown="{high}"'
        style = ' ss:StyleID="s1"' if cell.border.left.style else ""
        kind = "String" if isinstance(cell.value, str) else "Number"
        data = "" if cell.value is None else f'<Data ss:Type="{kind}">{escape(str(cell.value))}</Data>'
        cells.append(f'<Cell ss:Index="{cell.column}"{style}{across}>{data}</Cell>')
    return f'<Row ss:Index="{number}">{"".join(cells)}</Row>'

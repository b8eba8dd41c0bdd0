"""Workbooks that Excel 2003 saved as XML, and that many export programs write under the name of Excel.

In: the bytes of such a file.  Out: the sheets that are shown, one after the other, as paragraphs and tables.  Refused:
markup that is broken or declares entities, and what is larger than any report.
"""

from __future__ import annotations

import re

from parsing.model import Document
from parsing.readers.building import DocumentBuilder
from parsing.readers.docx.markup import BrokenMarkup, Element, parse
from parsing.readers.number_formats import show_number
from parsing.readers.refusals import MOST_CELLS, refuse_damaged, refuse_large
from parsing.readers.sheets import Merged, Sheet, TooManyCells, add_sheet, note_hidden_sheet

FORMAT = "xml"
WORDS = "Excel 2003 XML 文件"
SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
SS, EXCEL = f"{{{SHEETS}}}", "{urn:schemas-microsoft-com:office:excel}"
# Behind the declaration stand a processing instruction for Windows and the root with its namespaces.
START = re.compile(rb"\s*<\?xml[^>]*\?>.{0,400}?<(?:\w+:)?Workbook\b[^>]{0,1000}" + SHEETS.encode(), re.DOTALL)
LARGEST_FILE = 20_000_000
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


def position(element: Element, before: int, last: int) -> int:
    """The index of a row, column or cell from 0: its own, or the next one."""
    index = element.get(f"{SS}Index")
    found = int(index) - 1 if index else before + 1
    if not 0 <= found <= last:
        raise BrokenMarkup(f"index {index}")
    return found


def span(element: Element, name: str) -> int:
    """How many further rows or columns an element lies in."""
    return max(0, min(int(element.get(f"{SS}{name}", "0")), LAST_COLUMN))


def ruled_styles(workbook: Element) -> frozenset[str]:
    """The styles that draw a border on two sides at least."""
    styles = workbook.iterfind(f"{SS}Styles/{SS}Style")
    return frozenset(style.get(f"{SS}ID", "") for style in styles if len(style.findall(f"{SS}Borders/{SS}Border")) >= 2)


def show(cell: Element) -> str:
    """What is seen in a cell; a formula that was never calculated stands as it was typed."""
    data = cell.find(f"{SS}Data")
    if data is None:
        return str(cell.get(f"{SS}Formula", ""))
    text = "".join(data.itertext())
    kind = data.get(f"{SS}Type")
    if kind == "Number":
        return show_number(text.strip(), "number")
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if kind == "DateTime":
        return text.strip().removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
    return text


def read_row(sheet: Sheet, row: int, element: Element, ruled: frozenset[str]) -> int:
    """Take the cells of a row; how many are filled."""
    column, filled = -1, 0
    for cell in element.iterfind(f"{SS}Cell"):
        column = position(cell, column, LAST_COLUMN)
        text = show(cell)
        filled += bool(text)
        across, down = span(cell, "MergeAcross"), span(cell, "MergeDown")
        sheet.add(row, column, text, cell.get(f"{SS}StyleID", element.get(f"{SS}StyleID", "")) in ruled)
        if across or down:
            sheet.merged.append(Merged(row, column, row + down, column + across))
        column += across
    return filled


def read_sheet(number: int, element: Element, ruled: frozenset[str]) -> Sheet:
    sheet = Sheet(number, element.get(f"{SS}Name", ""))
    row, column, filled = -1, -1, 0
    for one in element.iterfind(f"{SS}Table/{SS}Column"):
        first = position(one, column, LAST_COLUMN)
        column = first + span(one, "Span")
        if one.get(f"{SS}Hidden") == "1":
            sheet.hidden_columns.update(range(first, column + 1))
    for one in element.iterfind(f"{SS}Table/{SS}Row"):
        first = position(one, row, LAST_ROW)
        row = first + span(one, "Span")
        if one.get(f"{SS}Hidden") == "1":
            sheet.hidden_rows.update(range(first, row + 1))
        filled += read_row(sheet, first, one, ruled)
        if filled > MOST_CELLS:
            raise TooManyCells
    return sheet


def read_book(workbook: Element) -> Document:
    builder, ruled = DocumentBuilder(), ruled_styles(workbook)
    for number, element in enumerate(workbook.iterfind(f"{SS}Worksheet"), 1):
        sheet = read_sheet(number, element, ruled)
        visible = element.findtext(f"{EXCEL}WorksheetOptions/{EXCEL}Visible", "")
        if not visible.startswith("SheetHidden") and not visible.startswith("SheetVeryHidden"):
            add_sheet(builder, sheet)
        elif sheet.texts:
            note_hidden_sheet(builder, number, sheet.name)
    return builder.document(FORMAT)


def sniff(data: bytes) -> bool:
    return data.find(b"<?xml", 0, 16) >= 0 and START.search(data[:4096]) is not None


def read(data: bytes) -> Document:
    """All sheets that are shown."""
    if len(data) > LARGEST_FILE:
        return refuse_large(FORMAT, WORDS, f"有 {len(data):,} 字节，最多读 {LARGEST_FILE:,} 字节")
    try:
        return read_book(parse(data[data.find(b"<?xml") :]))
    except TooManyCells:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")
    except ValueError:
        return refuse_damaged(FORMAT, WORDS)

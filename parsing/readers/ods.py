"""OpenDocument workbooks (ods, ots), as LibreOffice and WPS write them.

In: the bytes of such a file.  Out: the sheets that are shown, one after the other, as paragraphs and tables.  Refused:
what is damaged, locked or larger than any report.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsing.model import Document
from parsing.readers.building import DocumentBuilder
from parsing.readers.docx.markup import Element
from parsing.readers.number_formats import plain
from parsing.readers.opendocument import (
    OFFICE,
    STYLE,
    TABLE,
    NotReadable,
    Spread,
    automatic_styles,
    cells_of,
    columns_of,
    count,
    is_ruled,
    kind_of,
    open_content,
    paragraphs_of,
    rows_of,
    text_of,
)
from parsing.readers.refusals import MOST_CELLS, refuse_damaged, refuse_large
from parsing.readers.sheets import WIDEST, Merged, Sheet, TooManyCells, add_sheet, note_hidden_sheet

FORMAT = "ods"
WORDS = "OpenDocument 表格文件"
HIDDEN = ("collapse", "filter")
FIGURES = ("float", "currency")
# Empty rows that are repeated more often only fill the sheet up.
MOST_EMPTY_ROWS = 50


def show(cell: Element) -> str:
    """What is seen in a cell: figures with all their digits, dates as ISO, everything else as it is written."""
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind in FIGURES:
        return plain(float(cell.get(f"{OFFICE}value", "")))
    if kind == "date":
        return str(cell.get(f"{OFFICE}date-value", "")).replace("T", " ")
    text = "\n".join(text_of(paragraph) for paragraph in paragraphs_of(cell))
    formula = cell.get(f"{TABLE}formula", "")
    return text if text or kind or not formula else "=" + formula.partition("=")[2]


@dataclass(slots=True)
class SheetReader:
    """Reads one table into a sheet; `rules` has the names of the styles that rule a cell."""

    sheet: Sheet
    rules: frozenset[str]
    defaults: list[str] = field(default_factory=list)
    filled: int = 0

    def read_columns(self, table: Element) -> None:
        """Which columns are hidden, and the style of each for cells that have none of their own."""
        for column in columns_of(table):
            first, repeated = len(self.defaults), count(column, "number-columns-repeated", WIDEST)
            self.defaults += [column.get(f"{TABLE}default-cell-style-name", "")] * repeated
            if column.get(f"{TABLE}visibility") in HIDDEN:
                self.sheet.hidden_columns.update(range(first, first + repeated))
        if self.rules.isdisjoint(self.defaults):
            self.defaults = []

    def add_cell(self, row: int, column: int, cell: Spread, text: str) -> None:
        repeated = cell.repeated if text else min(cell.repeated, WIDEST)
        self.filled += repeated if text else 0
        if self.filled > MOST_CELLS:
            raise TooManyCells
        own = cell.element.get(f"{TABLE}style-name")
        is_seen = text or own in self.rules or (own is None and self.defaults)
        for place in range(column, column + repeated) if is_seen else ():
            default = self.defaults[place] if place < len(self.defaults) else ""
            self.sheet.add(row, place, text, (default if own is None else own) in self.rules)
        if cell.columns > 1 or cell.rows > 1:
            self.sheet.merged.append(Merged(row, column, row + cell.rows - 1, column + cell.columns - 1))

    def read(self, table: Element) -> None:
        self.read_columns(table)
        row = 0
        for element in rows_of(table):
            repeated = count(element, "number-rows-repeated", 10 * MOST_CELLS)
            cells = list(cells_of(element))
            texts = ["" if cell.is_covered else show(cell.element) for cell in cells]
            for place in range(row, row + (repeated if any(texts) else min(repeated, MOST_EMPTY_ROWS))):
                column = 0
                for cell, text in zip(cells, texts, strict=True):
                    self.add_cell(place, column, cell, text)
                    column += cell.repeated
                if element.get(f"{TABLE}visibility") in HIDDEN:
                    self.sheet.hidden_rows.add(place)
            row += repeated


def is_hidden(table: Element, styles: dict[str, Element]) -> bool:
    style = styles.get(table.get(f"{TABLE}style-name", ""))
    properties = style.find(f"{STYLE}table-properties") if style is not None else None
    return properties is not None and properties.get(f"{TABLE}display") == "false"


def read_content(content: Element) -> Document:
    builder = DocumentBuilder()
    styles = automatic_styles(content)
    rules = frozenset(name for name, style in styles.items() if is_ruled(style))
    tables = content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    for number, table in enumerate(tables, 1):
        sheet = Sheet(number, table.get(f"{TABLE}name", ""))
        SheetReader(sheet, rules).read(table)
        if not is_hidden(table, styles):
            add_sheet(builder, sheet)
        elif sheet.texts:
            note_hidden_sheet(builder, number, sheet.name)
    return builder.document(FORMAT)


def sniff(data: bytes) -> bool:
    return kind_of(data) == "spreadsheet"


def read(data: bytes) -> Document:
    """All sheets that are shown."""
    try:
        return read_content(open_content(data, FORMAT, WORDS))
    except NotReadable as error:
        return error.document
    except TooManyCells:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")
    except ValueError:
        return refuse_damaged(FORMAT, WORDS)

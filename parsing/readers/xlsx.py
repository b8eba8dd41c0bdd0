"""Excel workbooks since 2007 (xlsx, xlsm, xltx), as Excel, WPS and LibreOffice write them.

In: the bytes of such a file.  Out: the sheets that are shown, one after the other, as paragraphs and tables.  Read from
the parts of the archive themselves: libraries for workbooks make an error (#REF!) and a formula that was never
calculated an empty cell, and blank is not unread.  Refused: what is damaged, locked or larger than any report; the
binary form (xlsb).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from parsing.model import Document, Locator, Problem
from parsing.readers.building import DocumentBuilder
from parsing.readers.docx.markup import BrokenMarkup, Element, parse
from parsing.readers.number_formats import show_number
from parsing.readers.refusals import MOST_CELLS, refuse, refuse_damaged, refuse_large
from parsing.readers.sheets import Merged, Sheet, TooManyCells, add_sheet, note_hidden_sheet, place
from parsing.readers.xlsx_parts import (
    Entry,
    Styles,
    list_entries,
    read_relations,
    read_strings,
    read_styles,
    read_text,
    space_of,
)
from parsing.readers.zipped import Archive, UnreadablePart, open_archive, refuse_part

FORMAT = "xlsx"
WORDS = "Excel 文件"
WORKBOOK, BINARY = "xl/workbook.xml", "xl/workbook.bin"
# A cell takes some 40 bytes; a sheet that is larger has more than MOST_CELLS of them.
LARGEST_SHEET = 20_000_000
AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
DIGITS = "0123456789"
MOST_COLUMNS = 16_384


@dataclass(slots=True)
class Book:
    """What the sheets share; `filled` counts their cells, `uncalculated` has formulas without a result."""

    strings: list[str]
    styles: Styles
    is_1904: bool = False
    filled: int = 0
    uncalculated: list[Locator] = field(default_factory=list)


class Names(NamedTuple):
    """The elements of a sheet with their namespace, of which strict and transitional files have different ones."""

    space: str
    cell: str
    value: str
    inline: str
    formula: str

    @classmethod
    def of(cls, sheet: Element) -> Names:
        space = space_of(sheet)
        return cls(space, f"{space}c", f"{space}v", f"{space}is", f"{space}f")


@lru_cache(maxsize=4096)
def column_number(reference: str) -> int:
    """The column that a reference begins with (B12), from 0; BrokenMarkup where it is none."""
    column, letters = 0, reference.rstrip(DIGITS)
    if not (letters.isascii() and letters.isupper() and letters.isalpha()):
        raise BrokenMarkup(letters)
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    if not 1 <= column <= MOST_COLUMNS:
        raise BrokenMarkup(letters)
    return column - 1


def read_area(reference: str) -> Merged:
    match = AREA.match(reference)
    if not match:
        raise BrokenMarkup(reference)
    left, top = column_number(match.group(1)), int(match.group(2)) - 1
    right = column_number(match.group(3)) if match.group(3) else left
    bottom = int(match.group(4)) - 1 if match.group(4) else top
    return Merged(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def first_child(element: Element, name: str) -> Element | None:
    """As `find`, which takes ten times as long to set out as a cell has children."""
    for child in element:
        if child.tag == name:
            return child
    return None


def read_cell(book: Book, cell: Element, names: Names, style: int) -> str:
    """What is seen in a cell; a formula that was never calculated stands as it was typed."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = first_child(cell, names.inline)
        return read_text(inline, names.space) if inline is not None else ""
    value = first_child(cell, names.value)
    stored = (value.text or "") if value is not None else ""
    if not stored:
        formula = first_child(cell, names.formula)
        return "=" + (formula.text or "") if formula is not None and kind != "str" else ""
    if kind == "s":
        return book.strings[int(stored)]
    if kind == "b":
        return "TRUE" if stored.strip() == "1" else "FALSE"
    if kind == "n":
        kinds = book.styles.kinds
        return show_number(stored.strip(), kinds[style] if style < len(kinds) else "number", book.is_1904)
    return stored


def is_uncalculated(cell: Element, names: Names) -> bool:
    """Whether a cell has a formula and no result."""
    value = first_child(cell, names.value)
    return first_child(cell, names.formula) is not None and (value is None or not value.text)


def read_row(book: Book, sheet: Sheet, row: int, element: Element, names: Names) -> None:
    column = -1
    ruled = book.styles.ruled
    for cell in element:
        if cell.tag != names.cell:
            continue
        reference = cell.get("r")
        column = column_number(reference) if reference else column + 1
        style = int(cell.get("s", "0"))
        text = read_cell(book, cell, names, style) if len(cell) else ""
        if text:
            book.filled += 1
            if text[0] == "=" and is_uncalculated(cell, names):
                book.uncalculated.append(place(sheet, row, column))
        sheet.add(row, column, text, style < len(ruled) and ruled[style])
    if book.filled > MOST_CELLS:
        raise TooManyCells


def read_sheet(book: Book, entry: Entry, data: bytes) -> Sheet:
    """A sheet with everything that is stored in it."""
    root = parse(data)
    names = Names.of(root)
    space = names.space
    sheet = Sheet(entry.number, entry.name)
    for column in root.iterfind(f"{space}cols/{space}col"):
        if column.get("hidden") in ("1", "true"):
            last = min(int(column.get("max", "0")), MOST_COLUMNS)
            sheet.hidden_columns.update(range(int(column.get("min", "1")) - 1, last))
    row = -1
    for element in root.iterfind(f"{space}sheetData/{space}row"):
        row = int(element.get("r", row + 2)) - 1
        if element.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(row)
        read_row(book, sheet, row, element, names)
    areas = root.iterfind(f"{space}mergeCells/{space}mergeCell")
    sheet.merged = [read_area(area.get("ref", "")) for area in areas]
    return sheet


def open_book(archive: Archive) -> tuple[Book, list[Entry]]:
    """The shared parts and the list of sheets."""
    workbook = parse(archive.read(WORKBOOK))
    relations = read_relations(archive)
    parts = dict(relations.values())
    strings = read_strings(archive, parts.get("sharedStrings", ""))
    styles = read_styles(archive, parts.get("styles", ""))
    properties = workbook.find(f"{space_of(workbook)}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return Book(strings, styles, is_1904), list_entries(workbook, relations)


def add_entry(builder: DocumentBuilder, book: Book, archive: Archive, entry: Entry) -> None:
    """One sheet; one that is hidden and holds something is named."""
    if entry.part is None:
        return
    sheet = read_sheet(book, entry, archive.read(entry.part, LARGEST_SHEET))
    if not entry.is_hidden:
        add_sheet(builder, sheet)
    elif sheet.texts:
        note_hidden_sheet(builder, entry.number, entry.name)


def read_book(archive: Archive) -> Document:
    book, entries = open_book(archive)
    builder = DocumentBuilder()
    for entry in entries:
        add_entry(builder, book, archive, entry)
    if book.uncalculated:
        count = len(book.uncalculated)
        message = f"有 {count} 个单元格是公式，文件里没有计算结果，无法采信。请用 Excel 打开、保存后重新提交。"
        builder.problems.append(Problem("formula_not_calculated", message, book.uncalculated[0]))
    return builder.document(FORMAT)


def sniff(data: bytes) -> bool:
    """An archive with a workbook in it."""
    archive = open_archive(data)
    return archive is not None and not archive.members.keys().isdisjoint((WORKBOOK, BINARY))


def read(data: bytes) -> Document:
    """All sheets that are shown."""
    archive = open_archive(data)
    if archive is None:
        return refuse_damaged(FORMAT, WORDS)
    if BINARY in archive.members:
        message = "这是二进制的 Excel 文件（xlsb），无法读取。请用 Excel 打开后另存为 xlsx 格式，再重新提交。"
        return refuse(FORMAT, "unsupported_format", message)
    try:
        return read_book(archive)
    except UnreadablePart as error:
        return refuse_part(error, FORMAT, WORDS)
    except TooManyCells:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")
    except (ValueError, IndexError):
        return refuse_damaged(FORMAT, WORDS)

"""Excel workbooks before 2007 (xls, xlt) and those of WPS (et).

In: the bytes of an OLE2 file with a stream `Workbook` (`Book` in Excel 95).  Out: the sheets that are shown, one after
the other, as paragraphs and tables.  Refused: what is damaged, locked or larger than any report.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from struct import error as StructError
from struct import unpack_from

import olefile

from parsing.model import Document
from parsing.readers.biff import BrokenRecords, Entry, Globals, Locked, Record, read_globals, read_records, read_string
from parsing.readers.building import DocumentBuilder
from parsing.readers.number_formats import show_number
from parsing.readers.refusals import MOST_CELLS, refuse_damaged, refuse_encrypted, refuse_large
from parsing.readers.sheets import Merged, Sheet, TooManyCells, add_sheet, note_hidden_sheet

FORMAT = "xls"
WORDS = "Excel 文件"
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS = ("Workbook", "Book")
# What olefile raises for damaged containers is not one kind of error; a sector of 2^518 bytes is an overflow.
BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, StructError, MemoryError,
    RecursionError,
)  # fmt: skip
# Names in the directory of the container, as they are stored there: two bytes a character, NUL at the end.
BOOK_NAMES = tuple(f"{name}\0".encode("utf-16-le") for name in STREAMS)
WORD_NAME = "WordDocument\0".encode("utf-16-le")

FORMULA, RESULT, NUMBER, SHORT, SHORTS = 0x06, 0x207, 0x203, 0x27E, 0xBD
SHARED_TEXT, TEXT, RICH_TEXT, BOOL_OR_ERROR, BLANK, BLANKS = 0xFD, 0x204, 0xD6, 0x205, 0x201, 0xBE
ROW, COLUMNS, MERGED = 0x208, 0x7D, 0xE5
ROW_IS_HIDDEN, COLUMN_IS_HIDDEN = 0x20, 0x01
IS_DIVIDED, IS_WHOLE = 1, 2
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
NO_NUMBER = b"\xff\xff"
RESULT_TEXT, RESULT_BOOL, RESULT_ERROR = 0, 1, 2

# Row, column, number of the style, what is seen.
Seen = tuple[int, int, int, str]


def open_stream(data: bytes) -> bytes | None:
    """The stream of the workbook; None where the container has none or is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            name = next((one for one in STREAMS if container.exists(one)), None)
            content: bytes | None = container.openstream(name).read() if name else None
            return content
    except BROKEN:
        return None


def short_number(stored: int) -> float:
    """A number in four bytes: the upper half of a float or a whole number, perhaps of hundredths.

    >>> short_number(11 << 2 | 2), short_number(1150 << 2 | 3), short_number(0x40260000)
    (11, 11.5, 11.0)
    """
    if stored & IS_WHOLE:
        value: float = (stored >> 2) - (1 << 30 if stored >> 31 else 0)
    else:
        value = unpack_from("<d", (stored & ~3).to_bytes(8, "big")[4:][::-1].rjust(8, b"\0"))[0]
    return value / 100 if stored & IS_DIVIDED else value


def show_flag(code: int, is_error: bool) -> str:
    return ERRORS.get(code, "#ERROR!") if is_error else "TRUE" if code else "FALSE"


@dataclass(slots=True)
class SheetReader:
    """Reads the records of one sheet; a text that a formula gave stands in a record behind it."""

    shared: Globals
    sheet: Sheet
    filled: int = 0
    awaits_text: tuple[int, int, int] | None = None

    def number(self, row: int, column: int, style: int, value: float) -> Seen:
        kind = self.shared.kinds[style] if style < len(self.shared.kinds) else "number"
        return row, column, style, show_number(repr(value), kind, self.shared.is_1904)

    def formula(self, row: int, column: int, style: int, body: bytes) -> Iterator[Seen]:
        if body[12:14] != NO_NUMBER:
            yield self.number(row, column, style, unpack_from("<d", body, 6)[0])
        elif body[6] == RESULT_TEXT:
            self.awaits_text = row, column, style
        elif body[6] in (RESULT_BOOL, RESULT_ERROR):
            yield row, column, style, show_flag(body[8], body[6] == RESULT_ERROR)
        else:
            yield row, column, style, ""

    def several(self, record: Record) -> Iterator[Seen]:
        """Cells beside each other in one record: blank ones, or numbers in their short form."""
        body = record.body
        row, first = unpack_from("<HH", body)
        size = 2 if record.kind == BLANKS else 6
        for number in range((len(body) - 6) // size):
            (style,) = unpack_from("<H", body, 4 + size * number)
            if record.kind == BLANKS:
                yield row, first + number, style, ""
            else:
                value = short_number(unpack_from("<I", body, 6 + size * number)[0])
                yield self.number(row, first + number, style, value)

    def cells(self, record: Record) -> Iterator[Seen]:
        """What is seen in the cells of a record; none for records of another kind."""
        kind, body = record.kind, record.body
        if kind == RESULT and self.awaits_text:
            yield *self.awaits_text, read_string(self.shared, record, 0)
            self.awaits_text = None
        elif kind in (SHORTS, BLANKS):
            yield from self.several(record)
        elif kind in SINGLE:
            row, column, style = unpack_from("<HHH", body)
            if kind == FORMULA:
                yield from self.formula(row, column, style, body)
            elif kind == NUMBER:
                yield self.number(row, column, style, unpack_from("<d", body, 6)[0])
            elif kind == SHORT:
                yield self.number(row, column, style, short_number(unpack_from("<I", body, 6)[0]))
            elif kind == SHARED_TEXT:
                yield row, column, style, self.shared.strings[unpack_from("<I", body, 6)[0]]
            elif kind in (TEXT, RICH_TEXT):
                yield row, column, style, read_string(self.shared, record, 6)
            else:
                yield row, column, style, show_flag(body[6], bool(body[7])) if kind == BOOL_OR_ERROR else ""

    def frame(self, record: Record) -> None:
        """What is hidden and what is merged."""
        kind, body = record.kind, record.body
        if kind == ROW and body[12] & ROW_IS_HIDDEN:
            self.sheet.hidden_rows.add(unpack_from("<H", body)[0])
        elif kind == COLUMNS and body[8] & COLUMN_IS_HIDDEN:
            first, last = unpack_from("<HH", body)
            self.sheet.hidden_columns.update(range(first, last + 1))
        elif kind == MERGED:
            for number in range(unpack_from("<H", body)[0]):
                top, bottom, left, right = unpack_from("<4H", body, 2 + 8 * number)
                self.sheet.merged.append(Merged(top, left, bottom, right))

    def read(self, stream: bytes, start: int) -> None:
        ruled = self.shared.ruled
        for record in read_records(stream, start):
            if record.kind in FRAME:
                self.frame(record)
                continue
            for row, column, style, text in self.cells(record):
                self.sheet.add(row, column, text, style < len(ruled) and ruled[style])
                self.filled += bool(text)
            if self.filled > MOST_CELLS:
                raise TooManyCells


FRAME = frozenset((ROW, COLUMNS, MERGED))
SINGLE = frozenset((FORMULA, NUMBER, SHORT, SHARED_TEXT, TEXT, RICH_TEXT, BOOL_OR_ERROR, BLANK))


def read_sheet(stream: bytes, shared: Globals, number: int, entry: Entry) -> Sheet:
    """A sheet with everything that is stored in it."""
    sheet = Sheet(number, entry.name)
    SheetReader(shared, sheet).read(stream, entry.start)
    return sheet


def read_book(stream: bytes) -> Document:
    shared = read_globals(stream)
    builder = DocumentBuilder()
    for number, entry in enumerate(shared.sheets, 1):
        if not entry.is_worksheet:
            continue
        sheet = read_sheet(stream, shared, number, entry)
        if not entry.is_hidden:
            add_sheet(builder, sheet)
        elif sheet.texts:
            note_hidden_sheet(builder, number, entry.name)
    return builder.document(FORMAT)


def sniff(data: bytes) -> bool:
    """An OLE2 container with a workbook in it; Word documents can hold one too, deeper down."""
    if not data.startswith(SIGNATURE) or not any(name in data for name in BOOK_NAMES):
        return False
    return WORD_NAME not in data or open_stream(data) is not None


def read(data: bytes) -> Document:
    """All sheets that are shown."""
    stream = open_stream(data)
    if stream is None:
        return refuse_damaged(FORMAT, WORDS)
    try:
        return read_book(stream)
    except Locked:
        return refuse_encrypted(FORMAT, WORDS)
    except TooManyCells:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")
    except (BrokenRecords, StructError, IndexError, ValueError):
        return refuse_damaged(FORMAT, WORDS)

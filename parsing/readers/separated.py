"""Tables as text with commas or semicolons between the cells (csv), as Excel and WPS save a sheet.

In: the bytes of such a file.  Out: rows as tables, rows of one filled cell as paragraphs; places are lines and columns
of the text.  A text is taken for this only where many lines have several separators with figures or nothing between
them: prose with commas is left to plain text, and so are bars and tabs.  Refused: bytes that are no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from parsing.model import Block, Document, Locator, Paragraph, Row, Table, Text
from parsing.readers import txt
from parsing.readers.refusals import MOST_CELLS, refuse_large, torn_row
from parsing.readers.sheets import Line, Piece, is_row_of_table

FORMAT = "csv"
WORDS = "CSV 文件"

# How much of the beginning shows what a file is, in bytes.
HEAD = 65_536
OTHERS = (b"<", b"{", b"[", b"%PDF", b"PK", b"\x00", b"\xd0\xcf")
MARK = b"\xef\xbb\xbf"
QUOTED_BYTES = re.compile(rb'"[^"]*"')
# Figures of full width are two bytes in GB 18030, three in UTF-8.
FIGURE_OR_NOTHING = re.compile(rb"\s*(?:-?(?:\d|\xa3[\xb0-\xb9]|\xef\xbc[\x90-\x99])+(?:\.\d+)?)?\s*$")
DECLARED = re.compile(r"\ufeff?\s*\"?sep=(.)\"?\s*$")
FEWEST_LINES, FEWEST_SEPARATORS = 3, 2
# Labels and headings make up the rest; prose has hardly a comma with nothing but a figure before it.
FIGURES_SHARE = 0.2
# A report's tables have more lines than its prose, but empty lines may part them all.
ROWS_SHARE = 0.15


def separator_of(data: bytes) -> str | None:
    """The separator of the cells; None for a text that is no table of this kind.

    Neither a comma, a semicolon, a quotation mark nor a line end is a part of another character in any of the
    encodings.
    """
    head = data[:HEAD].removeprefix(MARK)
    if head.lstrip().startswith(OTHERS) or b"\0" in head:
        return None
    first = head.split(b"\n", 1)[0].strip().strip(b'"')
    if first in (b"sep=,", b"sep=;"):
        return first[-1:].decode()
    if max(head.count(b","), head.count(b";")) < FEWEST_LINES * FEWEST_SEPARATORS:
        return None
    lines = [line for line in QUOTED_BYTES.sub(b"q", head).splitlines() if line.strip()]
    if sum(b"|" in line or b"\t" in line for line in lines) * 4 > len(lines):
        return None
    return next((mark for mark in ",;" if divides(lines, mark.encode())), None)


def divides(lines: list[bytes], mark: bytes) -> bool:
    """Whether many lines are rows of cells with this separator, several of one length, a fifth of them figures."""
    rows = [line.split(mark) for line in lines if line.count(mark) >= FEWEST_SEPARATORS]
    if len(rows) < FEWEST_LINES or ROWS_SHARE * len(lines) > len(rows):
        return False
    if Counter(map(len, rows)).most_common(1)[0][1] < FEWEST_LINES:
        return False
    fields = [field for row in rows for field in row]
    return sum(bool(FIGURE_OR_NOTHING.match(field)) for field in fields) >= FIGURES_SHARE * len(fields)


def field_pattern(separator: str) -> re.Pattern[str]:
    """One cell: in quotation marks, which may hold separators, line ends and doubled marks, or bare."""
    mark = re.escape(separator)
    return re.compile(rf'[ \t]*"((?:[^"]|""){{0,20000}}+)"[ \t]*(?={mark}|\r|\n|$)|([^{mark}\r\n]*)')


def read_records(text: str, separator: str) -> Iterator[list[tuple[int, int]]]:
    """Start and end of each cell in the text, row by row."""
    pattern = field_pattern(separator)
    at, record = 0, list[tuple[int, int]]()
    while at < len(text) or record:
        match = pattern.match(text, at)
        if match is None:
            return
        record.append(match.span(1) if match.group(1) is not None else match.span(2))
        at = match.end()
        if text[at : at + 1] == separator:
            at += 1
            continue
        yield record
        record = []
        at += 2 if text[at : at + 2] == "\r\n" else 1


def is_torn(text: str, record: list[tuple[int, int]], before: list[tuple[int, int]]) -> bool:
    """Whether a row has lost its end: it is the last, without line end, and has fewer cells than the one before it."""
    is_last = record[-1][1] >= len(text) - 1 and not text.endswith(("\n", "\r"))
    return is_last and 1 < len(record) < len(before)


class Places:
    """The lines of the text, to find the place of a character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = txt.split_lines(text)
        self.current = 0

    def cut(self, start: int, end: int) -> Text:
        """A stretch of the text without the white space around it; later ones may not begin before."""
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip())
        while self.current + 1 < len(self.lines) and self.lines[self.current + 1].start <= start:
            self.current += 1
        line = self.lines[self.current]
        return Text.untouched(raw.strip(), Locator(line.number, start - line.start + 1, line.text))


class Layout:
    """Gathers the rows of a table until something that is none ends it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.rows: list[list[Text]] = []
        self.above: Line | None = None

    def add(self, number: int, cells: list[Text]) -> None:
        pieces = [Piece(cell.raw, number, at, at, at, False) for at, cell in enumerate(cells) if cell.raw]
        line = Line(number, pieces)
        if not pieces:
            # Directly under headings an empty row may be one whose figures are all blank.
            if self.above is not None and len(cells) > 1:
                self.rows.append(cells)
            self.end_table()
        elif is_row_of_table(line, self.above):
            self.rows.append(cells)
            self.above = line
        else:
            self.end_table()
            self.blocks += [paragraph for cell in cells for paragraph in paragraphs_of(cell)]

    def end_table(self) -> None:
        """All rows of a table are as wide as the widest of them; what pads the whole file is no part of it."""
        width = max((at + 1 for row in self.rows for at, cell in enumerate(row) if cell.raw), default=0)
        if width:
            self.blocks.append(Table(tuple(Row(tuple(row[:width])) for row in self.rows if row[:width])))
        self.rows, self.above = [], None


def paragraphs_of(cell: Text) -> Iterator[Paragraph]:
    """One paragraph for each line of a cell."""
    where = cell.where
    for number, line in enumerate(cell.raw.splitlines()):
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        column = (where.column or 1) + indent if number == 0 else indent + 1
        place = Locator((where.line or 1) + number, column, where.text if number == 0 else line)
        if words:
            yield Paragraph(Text.untouched(words, place))


def read_blocks(text: str, separator: str) -> tuple[tuple[Block, ...], Locator | None]:
    """Paragraphs and tables of a text in reading order, and where a last row begins that has lost its end."""
    places, layout = Places(text), Layout()
    before: list[tuple[int, int]] = []
    torn = None
    for number, record in enumerate(read_records(text, separator)):
        cells = [places.cut(start, end) for start, end in record]
        if is_torn(text, record, before):
            torn = cells[0].where
        elif number or not DECLARED.match(text[: record[-1][1] + 1].partition("\n")[0]):
            layout.add(number, cells)
        before = record
    layout.end_table()
    return tuple(layout.blocks), torn


def sniff(data: bytes) -> bool:
    return separator_of(data) is not None


def read(data: bytes) -> Document:
    """Decode as plain text is, and cut into rows; what is wrong with the text is said as there."""
    document = txt.read_text(data)
    separator = separator_of(data)
    if separator is None or not document.text:
        return txt.read(data)
    if document.text.count(separator) > MOST_CELLS:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")
    blocks, torn = read_blocks(document.text, separator)
    problems = (*document.problems, *([torn_row(torn)] if torn else []))
    return Document(blocks, FORMAT, document.encoding, problems, document.text, open_line=document.open_line)

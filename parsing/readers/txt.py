"""Plain text: pasted from Word, from a web page or from a pdf.

In: the bytes of a text file.  Out: paragraphs (one a line) and tables.  Three ways of drawing a table
are recognised, by what stands on the line and never by the words: a row a line with bars, a row a line
with tabs, one cell a line behind a tab with an empty line after each row (Word).  A table with neither bars nor
tabs stays paragraphs; its labels give it away later.  Refused: bytes that are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsing.decoding import NotText, decode
from parsing.model import Block, Document, Locator, Paragraph, Problem, Row, Table, Text
from parsing.readers.refusals import LONGEST_TEXT, refuse, refuse_large

FORMAT = "txt"

# The line end of old Macintoshes; what is shown has line ends that everybody counts alike.
LONE_RETURN = re.compile(r"\r(?!\n)")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
BAR = re.compile(r"[|｜]")
RULER = re.compile(r"[\s|｜:+=—-]*-{2,}[\s|｜:+=—-]*$")
LEADING_TAB = re.compile(r"[ \u3000]*\t+[^\t]*$")
NUMERAL = "[一二三四五六七八九十]"
HEADING = re.compile(rf"\s*(?:{NUMERAL}{{1,3}}[、.．]|[(（]{NUMERAL}{{1,3}}[)）]|第{NUMERAL}+部分)")
PAGE_MARK = re.compile(r"\s*(?:第\s*\d|[-—–])")
VALUE = re.compile(r"[\s\d.,+\-—/]*$")


def sniff(data: bytes) -> bool:
    """Text is what nothing else claims."""
    return True


@dataclass(slots=True)
class Line:
    """One line: 1-based number, index of its first character in the text, and the line without its end.

    `after` is the index of the next line that is not blank, None for the last; a line with a tab is a cell.
    """

    number: int
    start: int
    text: str
    after: int | None = None

    @property
    def is_blank(self) -> bool:
        return "\t" not in self.text and not self.text.strip()


def split_lines(text: str) -> list[Line]:
    """Lines by any of the three line ends; other separators (form feed …) stay inside the line."""
    lines = []
    for number, match in enumerate(LINE.finditer(text), 1):
        if match.start() == len(text) and number > 1:
            break
        lines.append(Line(number, match.start(), match.group().rstrip("\r\n")))
    after = None
    for index in range(len(lines) - 1, -1, -1):
        lines[index].after = after
        after = after if lines[index].is_blank else index
    return lines


def cut(line: Line, start: int, end: int) -> Text:
    """The stretch of a line, without the white space around it, as a Text with its place."""
    cell = line.text[start:end]
    raw = cell.strip()
    if raw and raw[0] != cell[0]:
        start += len(cell) - len(cell.lstrip())
    return Text(raw, Locator(line.number, start + 1, line.text), raw)


def cut_at(line: Line, separator: re.Pattern[str]) -> list[Text]:
    places = [match.start() for match in separator.finditer(line.text)]
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(line.text)]
    return [cut(line, start, end) for start, end in zip(starts, ends, strict=True)]


def bar_cells(line: Line) -> list[Text]:
    """Cells between bars; a bar at either end is the border, not an empty cell."""
    cells = cut_at(line, BAR)
    if cells and not cells[-1].raw:
        cells.pop()
    if len(cells) > 1 and not cells[0].raw and BAR.match(line.text.lstrip()):
        cells.pop(0)
    return cells


@dataclass(slots=True)
class Builder:
    """Blocks in the making: rows gather until something that is no row ends the table."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cells: list[Text] = field(default_factory=list)

    def end_row(self) -> None:
        if self.cells:
            self.rows.append(Row(tuple(self.cells)))
            self.cells = []

    def end_table(self) -> None:
        self.end_row()
        if self.rows:
            self.blocks.append(Table(tuple(self.rows)))
            self.rows = []

    def add_row(self, cells: list[Text]) -> None:
        self.end_row()
        self.rows.append(Row(tuple(cells)))

    def add_cell(self, cell: Text) -> None:
        self.cells.append(cell)

    def add_paragraph(self, line: Line) -> None:
        self.end_table()
        self.blocks.append(Paragraph(Text.untouched(line.text, Locator(line=line.number, column=1, text=line.text))))

    def widen_last_cell(self, lines: list[Line], line: Line) -> None:
        """Let the last cell reach to the end of `line`: its label was broken over lines."""
        cell = self.cells[-1]
        start = lines[(cell.where.line or 1) - 1].start + (cell.where.column or 1) - 1
        self.cells[-1] = Text.untouched(self.text[start : line.start + len(line.text.rstrip())], cell.where)


def is_torn_label(lines: list[Line], index: int, builder: Builder) -> bool:
    """Whether a plain line is the rest of the label in the cell above it: 不予 / (empty) / 公开.

    It is short, no heading and no sentence, at most one empty line separates it, what it goes on from is
    no figure, and the next line that is not empty is a cell again.
    """
    line = lines[index]
    if not builder.cells or len(line.text.strip()) > 12 or re.search(r"[。；;！？|]", line.text):
        return False
    if HEADING.match(line.text) or PAGE_MARK.match(line.text) or VALUE.match(builder.cells[-1].raw):
        return False
    if index >= 2 and lines[index - 1].is_blank and lines[index - 2].is_blank:
        return False
    return line.after is not None and bool(LEADING_TAB.match(lines[line.after].text))


def blocks_of(text: str) -> Iterator[Block]:
    """Paragraphs and tables of a text in reading order."""
    lines = split_lines(text)
    builder = Builder(text)
    for index, line in enumerate(lines):
        if BAR.search(line.text):
            if not RULER.match(line.text):
                builder.add_row(bar_cells(line))
        elif LEADING_TAB.match(line.text):
            builder.add_cell(cut(line, 0, len(line.text)))
        elif line.is_blank:
            if line.after is None or line.after - index > 3:
                builder.end_table()
            elif LEADING_TAB.match(lines[line.after].text) or not is_torn_label(lines, line.after, builder):
                builder.end_row()
        elif "\t" in line.text.strip(" \u3000"):
            builder.add_row(cut_at(line, re.compile(r"\t")))
        elif is_torn_label(lines, index, builder):
            builder.widen_last_cell(lines, line)
        else:
            builder.add_paragraph(line)
    builder.end_table()
    yield from builder.blocks


def read_text(data: bytes) -> Document:
    """Decode: a Document with the text that places point into and what is wrong with it, and no blocks yet."""
    try:
        decoded = decode(data)
    except NotText:
        message = "文件里不是文字（可能是程序、图片或已损坏的文件）。请确认选对了文件，或从来源重新下载。"
        return refuse("binary", "not_text", message)
    if len(decoded.text) > LONGEST_TEXT:
        return refuse_large(FORMAT, "文本文件", f"有 {len(decoded.text):,} 个字符，最多读 {LONGEST_TEXT:,} 个")
    shown = LONE_RETURN.sub("\n", decoded.text)
    problems = []
    if decoded.damaged_count:
        line = next(one for one in split_lines(shown) if "\ufffd" in one.text)
        where = Locator(line=line.number, column=line.text.index("\ufffd") + 1, text=line.text)
        count = decoded.damaged_count
        message = f"有 {count} 处字节无法解码（显示为 \ufffd），第一处在第 {line.number} 行。请核对原件。"
        problems.append(Problem("damaged_bytes", message, where))
    open_line = None if shown.endswith("\n") else len(split_lines(shown))
    return Document((), FORMAT, decoded.encoding, tuple(problems), shown, open_line=open_line)


def read(data: bytes) -> Document:
    """Decode and cut into blocks."""
    document = read_text(data)
    return replace(document, blocks=tuple(blocks_of(document.text))) if document.text else document

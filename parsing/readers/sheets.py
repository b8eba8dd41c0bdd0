"""What all workbooks share: a sheet's grid laid out as paragraphs and tables.

In: a `Sheet`: the cells that hold text or are ruled (have a border), merged ranges, hidden rows and columns.  Out: its
blocks in a `DocumentBuilder`, each piece with its sheet, row and column.  Rows of one long or merged-over-all cell are
paragraphs, all others are rows of tables.  Refused, as `TooManyCells`: sheets that no report has.

A blank cell is known by its border, else by its place between or beside filled ones: where a table is ruled each row is
as wide as its rules, so that a narrow table above a wide one ends where it ends; where it is not, all rows between two
paragraphs or empty rows are as wide as the widest.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from parsing.model import Locator, Problem
from parsing.readers.building import DocumentBuilder, DrawnCell
from parsing.readers.refusals import MOST_CELLS

# A cell with a sentence of so many characters holds prose, not a label or a figure.
PROSE_LENGTH = 60
# No form is so many columns wide.
WIDEST = 200
SENTENCE_END = re.compile("[。；！？]")
NUMERAL = "[一二三四五六七八九十]{1,3}"
HEADING = re.compile(rf"\s*(?:{NUMERAL}[、.．]|[(（]{NUMERAL}[)）]|第{NUMERAL}部分)")
FIGURE = re.compile(r"\s*[\d.,，%]+\s*$")


class TooManyCells(ValueError):
    """The sheet is larger than any report."""


class Merged(NamedTuple):
    """A merged range, ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet: `number` from 1 in the workbook; rows and columns counted from 0.

    `texts` has what is seen in each cell that is not empty, row by row; `ruled` the columns of the cells with a border.
    """

    number: int
    name: str
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    ruled: dict[int, set[int]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def add(self, row: int, column: int, text: str, is_ruled: bool) -> None:
        """A cell; one that is neither filled nor ruled leaves no trace."""
        if text and not text.isspace():
            self.texts.setdefault(row, {})[column] = text
        if is_ruled:
            self.ruled.setdefault(row, set()).add(column)


# The fourth field of a `Piece`.
FIRST_COLUMN = itemgetter(3)


class Piece(NamedTuple):
    """A cell where it begins: what is seen in it, where it is stored, the grid columns that it lies in."""

    text: str
    row: int
    column: int
    first: int
    last: int
    is_ruled: bool


@dataclass(slots=True)
class Line:
    """One row of the sheet: the cells that begin in it, and the columns that cells from above cover."""

    row: int
    pieces: list[Piece]
    covered: Sequence[tuple[int, int]] = ()
    filled: list[Piece] = field(init=False)
    is_ruled: bool = field(init=False)

    def __post_init__(self) -> None:
        self.filled = [piece for piece in self.pieces if piece.text]
        self.is_ruled = any([piece.is_ruled for piece in self.pieces])

    @property
    def edges(self) -> tuple[int, int]:
        """First and last column of what is drawn in this row."""
        first, last = self.pieces[0].first, max([piece.last for piece in self.pieces])
        return min([first, *(one for one, _ in self.covered)]), max([last, *(one for _, one in self.covered)])


@lru_cache(maxsize=4096)
def column_name(column: int) -> str:
    """The letters of a column counted from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return name


def place(sheet: Sheet, row: int, column: int) -> Locator:
    path = f"{sheet.name}!{column_name(column)}{row + 1}"
    return Locator(None, None, None, sheet.number, row + 1, column + 1, path)


def right_edge(sheet: Sheet) -> int:
    """The last column in use; ranges merged over the whole width of the sheet (16,384 columns) do not count."""
    used = [column for cells in (*sheet.texts.values(), *sheet.ruled.values()) for column in cells]
    merged = [area.right for area in sheet.merged if area.right - area.left < WIDEST]
    return max((*used, *merged), default=0)


def merged_by_row(sheet: Sheet, rows: Sequence[int]) -> dict[int, list[tuple[Merged, bool]]]:
    """For each row in use the merged ranges that lie in it, and whether they begin there for the eye."""
    found: dict[int, list[tuple[Merged, bool]]] = {}
    edge, total = right_edge(sheet), 0
    for area in sheet.merged:
        shown = Merged(area.top, area.left, area.bottom, min(area.right, edge))
        lying = rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
        total += len(lying) * max(0, shown.right - shown.left + 1)
        if total > MOST_CELLS:
            raise TooManyCells
        for number, row in enumerate(lying):
            begins = number == 0 and (row == area.top or area.top in sheet.hidden_rows)
            found.setdefault(row, []).append((shown, begins))
    return found


def read_lines(sheet: Sheet) -> Iterator[Line]:
    """The rows in use that are shown, with their cells from left to right."""
    rows = sorted((sheet.texts.keys() | sheet.ruled.keys()) - sheet.hidden_rows)
    merged = merged_by_row(sheet, rows)
    for row in rows:
        pieces: list[Piece] = []
        covered: list[tuple[int, int]] = []
        taken: set[int] = set()
        for area, begins in merged.get(row, ()):
            columns = [column for column in range(area.left, area.right + 1) if column not in sheet.hidden_columns]
            if not columns or not taken.isdisjoint(columns):
                continue
            taken.update(range(area.left, area.right + 1))
            if begins:
                text = sheet.texts.get(area.top, {}).get(area.left, "")
                is_ruled = not sheet.ruled.get(row, set()).isdisjoint(columns)
                pieces.append(Piece(text, area.top, area.left, columns[0], columns[-1], is_ruled))
            else:
                covered.append((columns[0], columns[-1]))
        texts, ruled = sheet.texts.get(row, {}), sheet.ruled.get(row, set())
        is_merged = bool(pieces)
        for column in sorted((texts.keys() | ruled) - taken - sheet.hidden_columns):
            pieces.append(Piece(texts.get(column, ""), row, column, column, column, column in ruled))
        if is_merged:
            pieces.sort(key=FIRST_COLUMN)
        if pieces:
            yield Line(row, pieces, covered)


def is_prose(text: str) -> bool:
    return len(text) >= PROSE_LENGTH and bool(SENTENCE_END.search(text))


def is_row_of_table(line: Line, above: Line | None) -> bool:
    """Whether a row belongs to a table; `above` is the row of a table directly above it, if there is one."""
    filled = line.filled
    if not filled:
        return above is not None and bool(above.filled) and line.is_ruled
    if any([is_prose(piece.text) for piece in filled]):
        return any(FIGURE.match(piece.text) for piece in filled)
    only = filled[0]
    if len(filled) == 1 and SENTENCE_END.search(only.text):
        return False
    if len(line.pieces) > 1:
        return True
    if line.covered and (only.is_ruled or above is not None):
        return True
    # A label all of whose cells are blank and not ruled: it stands under a label of the same width.
    if above is None or only.is_ruled or (only.first, only.last) != (above.pieces[0].first, above.pieces[0].last):
        return False
    return only.last > only.first or not HEADING.match(only.text)


def draw_row(sheet: Sheet, line: Line, edges: tuple[int, int]) -> list[DrawnCell]:
    """The cells of a row, with a blank one for each column that nothing lies in."""
    drawn = [DrawnCell(one.text, place(sheet, one.row, one.column), one.first, one.last) for one in line.pieces]
    if len(drawn) == edges[1] - edges[0] + 1:
        return drawn
    taken = {column for one in line.pieces for column in range(one.first, one.last + 1)}
    taken.update(column for first, last in line.covered for column in range(first, last + 1))
    for column in range(edges[0], edges[1] + 1):
        if column not in taken and column not in sheet.hidden_columns:
            drawn.append(DrawnCell("", place(sheet, line.row, column), column, column))
    return sorted(drawn, key=lambda cell: cell.first)


class Layout:
    """Gathers the rows of a table until something that is none ends it."""

    def __init__(self, sheet: Sheet, builder: DocumentBuilder) -> None:
        self.sheet = sheet
        self.builder = builder
        self.table: list[Line] = []
        self.cells = 0

    def add(self, line: Line) -> None:
        if self.table and line.row > self.next_row():
            self.end_table()
        if is_row_of_table(line, self.table[-1] if self.table else None):
            self.table.append(line)
            return
        if line.filled:
            self.end_table()
        for piece in line.filled:
            where = place(self.sheet, piece.row, piece.column)
            for paragraph in piece.text.splitlines():
                self.builder.add_paragraph(paragraph, where)

    def next_row(self) -> int:
        """The row directly below the table, hidden ones passed over."""
        row = self.table[-1].row + 1
        while row in self.sheet.hidden_rows:
            row += 1
        return row

    def end_table(self) -> None:
        """Hand the table over: a ruled row is as wide as its rules, another as wide as the table."""
        while self.table and not self.table[-1].filled and len(self.table[-1].pieces) < 2:
            self.table.pop()
        if not self.table:
            return
        edges = [line.edges for line in self.table]
        whole = min(first for first, _ in edges), max(last for _, last in edges)
        rows = []
        for line, own in zip(self.table, edges, strict=True):
            width = own if line.is_ruled else whole
            self.cells += width[1] - width[0] + 1
            if self.cells > MOST_CELLS:
                raise TooManyCells
            rows.append(draw_row(self.sheet, line, width))
        self.builder.add_table(rows)
        self.table = []


def add_sheet(builder: DocumentBuilder, sheet: Sheet) -> None:
    """Lay a sheet out; TooManyCells where it is larger than any report."""
    layout = Layout(sheet, builder)
    for line in read_lines(sheet):
        layout.add(line)
    layout.end_table()
    hidden = hidden_cell(sheet)
    if hidden is not None:
        message = f"工作表“{sheet.name}”有隐藏的行或列，其中的内容没有读取。如是应报内容，请取消隐藏后重新提交。"
        builder.problems.append(Problem("hidden_content", message, hidden))


def hidden_cell(sheet: Sheet) -> Locator | None:
    """The first cell with text that nobody sees since its row or column is hidden; merged ones may be seen beside."""
    starts = {(area.top, area.left) for area in sheet.merged}
    for row, texts in sheet.texts.items():
        for column in texts:
            is_hidden = row in sheet.hidden_rows or column in sheet.hidden_columns
            if is_hidden and (row, column) not in starts:
                return place(sheet, row, column)
    return None


def note_hidden_sheet(builder: DocumentBuilder, number: int, name: str) -> None:
    """Say that a hidden sheet was left out."""
    message = f"工作表“{name}”被隐藏，没有读取。如其中有应报内容，请取消隐藏后重新提交。"
    builder.problems.append(Problem("hidden_content", message, Locator(table=number, path=name)))

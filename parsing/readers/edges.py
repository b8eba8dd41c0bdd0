"""Tables whose cells are drawn by the places of their edges, as in Word's binary files and in RTF.

In: paragraphs, ends of cells and of rows in reading order, each row with the left and right edge (twips) of its cells
and how they are merged.  Out: paragraphs and tables as they lie in one another, and for each table its grid: the edges
of all rows make its columns, a cell that another one covers is left out.  Nothing is refused; rows without edges, or
with a wrong number of them, are numbered cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

# Edges of one column drift by a few twips from row to row once somebody has pulled at them; 40 twips are 0.7 mm, and
# no column that holds a character is so narrow.
DRIFT = 40
# Tables within tables within tables: what no person draws is flattened into the innermost one that is kept.
DEEPEST = 12
SURROGATE = re.compile("[\ud800-\udfff]")
SPACES = re.compile(r"[ \t\v\r\n]+")


class Merge(Enum):
    """How a cell is joined with the one above: not at all, the first of several, one of those that it covers."""

    NONE = 0
    FIRST = 1
    COVERED = 2


class Line(NamedTuple):
    """One paragraph: its words, and its number among the paragraphs outside tables (in a cell: within the cell)."""

    raw: str
    number: int


@dataclass(slots=True)
class Edge:
    """One cell as its row defines it; `is_covered` by the cell to its left."""

    left: int
    right: int
    merge: Merge = Merge.NONE
    is_covered: bool = False


@dataclass(slots=True)
class EdgeRow:
    """The content of each cell as written; `edges` has one entry for each, or is empty where that is not known."""

    cells: list[list[Line | EdgeTable]]
    edges: list[Edge] = field(default_factory=list)


@dataclass(slots=True)
class EdgeTable:
    """A table and its number among all tables of the file."""

    number: int
    rows: list[EdgeRow] = field(default_factory=list)


Content = list[Line | EdgeTable]


@dataclass(slots=True)
class Placed:
    """A cell that is seen: its content, the columns of the grid that it lies in, content that it covers.

    `lines` are its paragraphs that have words, each on one line; `tables` the tables in it.
    """

    content: Content
    first: int
    last: int
    covered: Content
    lines: list[str]
    tables: list[EdgeTable]


def place(content: Content, first: int, last: int, covered: Content) -> Placed:
    tables = [item for item in content if isinstance(item, EdgeTable)]
    return Placed(content, first, last, covered, lines_of(content), tables)


def columns_of(edges: Sequence[int]) -> dict[int, int]:
    """The grid line of every edge: edges closer together than `DRIFT` are one line.

    >>> columns_of([0, 1000, 1012, 2000])
    {0: 0, 1000: 1, 1012: 1, 2000: 2}
    """
    lines: dict[int, int] = {}
    line, start = -1, 0
    for edge in sorted(set(edges)):
        if line < 0 or edge - start > DRIFT:
            line, start = line + 1, edge
        lines[edge] = line
    return lines


def lines_of(content: Content) -> list[str]:
    raws = [item.raw for item in content if isinstance(item, Line)]
    # Most cells are a figure or a word, without anything to be taken out.
    lines = [raw if raw.isalnum() else SPACES.sub(" ", raw).strip() for raw in raws]
    return [line for line in lines if line]


def join_left(row: EdgeRow) -> list[tuple[Edge, Content, Content]]:
    """The cells of a row as (edges, content, content of the cells to the right that it covers)."""
    joined: list[tuple[Edge, Content, Content]] = []
    for content, edge in zip(row.cells, row.edges, strict=True):
        if edge.is_covered and joined:
            before, words, covered = joined[-1]
            joined[-1] = Edge(before.left, edge.right, before.merge), words, [*covered, *content]
        else:
            joined.append((edge, content, []))
    return joined


def place_rows(rows: Sequence[EdgeRow]) -> list[list[Placed]]:
    """The cells that begin in each row, with their columns of the grid."""
    for row in rows:
        if len(row.edges) != len(row.cells):
            row.edges = []
    lines = columns_of([end for row in rows for edge in row.edges for end in (edge.left, edge.right)])
    placed: list[list[Placed]] = []
    # The cells that reach down into this row from above, by their columns: only under one can a cell be covered.
    above: dict[tuple[int, int], Placed] = {}
    for row in rows:
        cells: list[Placed] = []
        here: dict[tuple[int, int], Placed] = {}
        for edge, content, covered in join_left(row) if row.edges else ():
            first, last = lines[edge.left], max(lines[edge.left], lines[edge.right] - 1)
            owner = owner_of(above, first, last) if edge.merge is Merge.COVERED else None
            if owner is None:
                owner = place(content, first, last, covered)
                cells.append(owner)
            else:
                owner.covered.extend((*content, *covered))
            if edge.merge is not Merge.NONE:
                here[first, last] = owner
        placed.append(cells or [place(content, number, number, []) for number, content in enumerate(unknown(row))])
        above = here
    return placed


def unknown(row: EdgeRow) -> list[Content]:
    """The cells of a row whose edges are not known."""
    return [] if row.edges else row.cells


def owner_of(above: dict[tuple[int, int], Placed], first: int, last: int) -> Placed | None:
    """The cell from above that covers these columns."""
    exact = above.get((first, last))
    return exact or next((cell for (left, right), cell in above.items() if left <= first and last <= right), None)


@dataclass(slots=True)
class Counts:
    """How many paragraphs outside tables, and how many tables, a file has shown so far."""

    paragraphs: int = 0
    tables: int = 0


class TableStack:
    """Puts paragraphs into the cells of the tables that are open, by how deep they stand.

    In: paragraphs with their depth, ends of cells and of rows; the counts that all stories of a file share.  Out:
    `content`.  Cells whose row never ends are a row without edges.
    """

    def __init__(self, counts: Counts) -> None:
        self.content: Content = []
        self.open: list[OpenTable] = []
        self.counts = counts

    def move_to(self, depth: int) -> None:
        """Close tables, or open them, until `depth` of them are open."""
        depth = min(depth, DEEPEST)
        while len(self.open) > depth:
            table = self.open.pop()
            table.end_row([])
            self.here().append(table.table)
        while len(self.open) < depth:
            self.counts.tables += 1
            self.open.append(OpenTable(EdgeTable(self.counts.tables)))

    def here(self) -> Content:
        return self.open[-1].cell if self.open else self.content

    def add_line(self, words: str) -> None:
        """A paragraph; the halves of rare characters in it are joined, half a one is a sign of damage."""
        if SURROGATE.search(words):
            words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if self.open:
            cell = self.open[-1].cell
            cell.append(Line(words, len(cell) + 1))
        else:
            self.counts.paragraphs += 1
            self.content.append(Line(words, self.counts.paragraphs))

    def end_cell(self) -> None:
        if self.open:
            self.open[-1].end_cell()

    def end_row(self, edges: list[Edge], is_deleted: bool = False) -> None:
        """The end of a row, whose cells the edges describe; a row that was deleted is not kept."""
        if self.open:
            self.open[-1].end_row(edges, is_deleted)

    def drop_open_rows(self) -> None:
        """Forget rows that have not ended: the file was cut off amid them."""
        for table in self.open:
            table.cells, table.cell = [], []

    def close(self) -> Content:
        """Everything gathered so far."""
        self.move_to(0)
        return self.content


@dataclass(slots=True)
class OpenTable:
    """A table in the making: the cells of its last row, and the content of the last cell."""

    table: EdgeTable
    cells: list[Content] = field(default_factory=list)
    cell: Content = field(default_factory=list)

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self, edges: list[Edge], is_deleted: bool = False) -> None:
        if self.cell:
            self.end_cell()
        if self.cells and not is_deleted:
            self.table.rows.append(EdgeRow(self.cells, edges))
        self.cells = []


def join_number(number: str, words: str) -> str:
    """一、总体情况 as it is seen; a figure is never run together with the number of its paragraph.

    >>> join_number("一、", "总体情况"), join_number("1.", "2020年"), join_number("2", "公开情况")
    ('一、总体情况', '1. 2020年', '2 公开情况')
    """
    is_open = number[-1:].isalnum() or words.lstrip()[:1].isdigit()
    return f"{number} {words.lstrip()}" if is_open else number + words.lstrip()

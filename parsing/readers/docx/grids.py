"""The grid of a Word table: which cells begin in which row, and which columns they lie in.

In: a w:tbl.  Out: for each row that a person sees the `TableCell`s that begin in it.  A cell that continues one above
or on its left is not there; it continues only what is open above it, else it begins a cell of its own, as in Word.
Refused, as `TooManyCells`: tables larger than any report's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parsing.readers.docx.markup import Element, W, is_on, w
from parsing.readers.docx.words import INTRICATE, PLAIN, TAB, TABS, P, T
from parsing.readers.refusals import MOST_CELLS

TABLE, ROW, CELL, CELL_PROPERTIES, ROW_PROPERTIES = (W + name for name in ("tbl", "tr", "tc", "tcPr", "trPr"))
SPAN, VERTICAL, HORIZONTAL, DELETED = W + "gridSpan", W + "vMerge", W + "hMerge", W + "cellDel"
# What may stand around rows and cells: forms, custom markup, tracked insertions.
WRAPPERS = w("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
# All that matters in plain rows, and what makes a row more than that.
MORE_THAN_PLAIN = (TABLE, DELETED, *INTRICATE, *w("tcPrChange", "cellMerge", "sdt", "customXml", "altChunk", "subDoc"))
IN_ROWS = (ROW, CELL, P, T, SPAN, VERTICAL, HORIZONTAL, *PLAIN, *MORE_THAN_PLAIN)
# A row of Word has 63 columns at most.
MOST_COLUMNS = 64


class TooManyCells(ValueError):
    """More cells than a report has."""


@dataclass(slots=True)
class TableCell:
    """A w:tc where it begins, its columns from 0, and the words that lie unseen in the cells that continue it.

    `vertical` says how it is merged downwards, `is_beside` that it continues the cell on its left.  `paragraphs` and
    their `texts` are there where the cell holds nothing else; None where it must be looked into.
    """

    node: Element
    paragraphs: list[Element]
    texts: list[list[str]] | None
    span: int = 1
    vertical: str | None = None
    is_beside: bool = False
    first: int = 0
    last: int = 0
    covered: tuple[str, ...] = ()


# The cell that is open downwards in each column.
Open = dict[int, TableCell]


def unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    """The children of one kind, whatever wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from unwrapped(child, tag)


def to_count(value: str | None) -> int:
    return min(int(value), MOST_COLUMNS) if value and value.isdecimal() and len(value) < 10 else 0


def merged(value: str | None) -> str:
    """w:vMerge without a value continues."""
    return "restart" if value == "restart" else "continue"


def is_gone(properties: Element | None) -> bool:
    """Whether a row was deleted in tracked changes, or is hidden."""
    return properties is not None and (is_on(properties, "hidden") or properties.find(W + "del") is not None)


def columns_before(properties: Element | None) -> int:
    before = properties.find(W + "gridBefore") if properties is not None else None
    return 0 if before is None else to_count(before.get(W + "val"))


def read_grid(table: Element) -> list[list[TableCell]]:
    """All rows that are seen; one without cells is empty."""
    rows: list[list[TableCell]] = []
    above: Open = {}
    count = 0
    for row, found in read_plain_rows(table) or read_rows(table):
        properties = row.find(ROW_PROPERTIES)
        if is_gone(properties):
            continue
        cells, above = place(found, columns_before(properties), above)
        rows.append(cells)
        count += len(cells)
        if count > MOST_CELLS:
            raise TooManyCells
    return rows


def read_rows(table: Element) -> Iterator[tuple[Element, list[TableCell]]]:
    """The rows of a table that is not plain throughout."""
    for row in unwrapped(table, ROW):
        plain = read_plain_rows(row)
        yield plain[0] if plain else (row, read_intricate_cells(row))


def read_plain_rows(container: Element) -> list[tuple[Element, list[TableCell]]] | None:
    """The rows of a table, or one row, with cells and words in one pass; None where not all is plain.

    Most tables are plain, and most of a report is tables: this loop is what makes reading fast.
    """
    rows: list[tuple[Element, list[TableCell]]] = []
    cell: TableCell | None = None
    paragraphs: list[Element] = []
    texts: list[list[str]] = []
    words: list[str] | None = None
    for node in container.iter(*IN_ROWS) if container.tag == ROW else container.iterdescendants(*IN_ROWS):
        tag = node.tag
        if tag == T and words is not None:
            words.append(node.text or "")
        elif tag == P and cell is not None:
            words = []
            texts.append(words)
            paragraphs.append(node)
        elif tag == CELL and rows:
            paragraphs, texts, words = [], [], None
            cell = TableCell(node, paragraphs, texts)
            rows[-1][1].append(cell)
        elif tag == ROW:
            rows.append((node, []))
            cell, words = None, None
        elif tag in PLAIN and words is not None:
            if tag != TAB or node.getparent().tag != TABS:
                words.append(PLAIN[tag])
        elif cell is None or not note_property(cell, tag, node):
            return None
    return rows


def note_property(cell: TableCell, tag: str, node: Element) -> bool:
    """Take over how a cell is merged; False for anything else."""
    if tag == SPAN:
        cell.span = max(1, to_count(node.get(W + "val")))
    elif tag == VERTICAL:
        cell.vertical = merged(node.get(W + "val"))
    elif tag == HORIZONTAL:
        cell.is_beside = merged(node.get(W + "val")) == "continue"
    else:
        return False
    return True


def read_intricate_cells(row: Element) -> list[TableCell]:
    """The w:tc of a row, those that tracked changes deleted left out."""
    cells: list[TableCell] = []
    for node in unwrapped(row, CELL):
        properties = node.find(CELL_PROPERTIES)
        cell = TableCell(node, [], None)
        for one in properties if properties is not None else ():
            note_property(cell, one.tag, one)
        if properties is None or properties.find(DELETED) is None:
            cells.append(cell)
    return cells


def place(found: list[TableCell], column: int, above: Open) -> tuple[list[TableCell], Open]:
    """The cells that begin in a row, with their columns, and those that are open downwards behind it."""
    cells: list[TableCell] = []
    below: Open = {}
    for cell in found:
        cell.first, cell.last = column, column + cell.span - 1
        begun = above.get(column) if cell.vertical == "continue" else None
        if begun is not None:
            note_covered(begun, cell.node)
        elif cell.is_beside and cells:
            note_covered(cells[-1], cell.node)
            cells[-1].last = cell.last
        else:
            cells.append(cell)
        if begun is not None or cell.vertical == "restart":
            below.update(dict.fromkeys(range(column, cell.last + 1), begun or cells[-1]))
        column = cell.last + 1
    return cells, below


def note_covered(cell: TableCell, node: Element) -> None:
    words = "".join(text.text or "" for text in node.iter(T)).strip()
    if words:
        cell.covered += (words,)

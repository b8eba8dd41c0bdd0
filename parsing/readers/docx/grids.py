"""The grid of a Word table: which cells begin in which row, and which columns they lie in.

In: a w:tbl.  Out: for each row that a person sees the `TableCell`s that begin in it.  A cell that continues one above
or on its left is not there; it continues only what is open above it, else it begins a cell of its own, as in Word.
Refused, as `TooManyCells`: tables larger than any report's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsing.readers.docx.markup import Element, W, is_on, w
from parsing.readers.refusals import MOST_CELLS

ROW, CELL, CELL_PROPERTIES, ROW_PROPERTIES = W + "tr", W + "tc", W + "tcPr", W + "trPr"
SPAN, VERTICAL, HORIZONTAL, DELETED = W + "gridSpan", W + "vMerge", W + "hMerge", W + "cellDel"
TEXT = W + "t"
# What may stand around rows and cells: forms, custom markup, tracked insertions.
WRAPPERS = w("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
# A row of Word has 63 columns at most.
MOST_COLUMNS = 64


class TooManyCells(ValueError):
    """More cells than a report has."""


@dataclass(slots=True)
class TableCell:
    """A w:tc where it begins, its columns from 0, and the words that lie unseen in the cells that continue it."""

    node: Element
    first: int
    last: int
    covered: list[str] = field(default_factory=list)


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


def columns_before(row: Element) -> int:
    properties = row.find(ROW_PROPERTIES)
    before = properties.find(W + "gridBefore") if properties is not None else None
    return 0 if before is None else to_count(before.get(W + "val"))


def merged(value: str | None) -> str:
    """w:vMerge without a value continues."""
    return "restart" if value == "restart" else "continue"


def is_gone(row: Element) -> bool:
    """Whether a row was deleted in tracked changes, or is hidden."""
    properties = row.find(ROW_PROPERTIES)
    return properties is not None and (is_on(properties, "hidden") or properties.find(W + "del") is not None)


def read_grid(table: Element) -> list[list[TableCell]]:
    """All rows that are seen; one without cells is empty."""
    rows: list[list[TableCell]] = []
    above: Open = {}
    count = 0
    for row in unwrapped(table, ROW):
        if is_gone(row):
            continue
        cells, above = read_row(row, above)
        rows.append(cells)
        count += len(cells)
        if count > MOST_CELLS:
            raise TooManyCells
    return rows


def read_row(row: Element, above: Open) -> tuple[list[TableCell], Open]:
    """The cells that begin in a row, and those that are open downwards behind it."""
    cells: list[TableCell] = []
    below: Open = {}
    column = columns_before(row)
    for node in unwrapped(row, CELL):
        span, vertical, is_beside, is_deleted = read_properties(node)
        if is_deleted:
            continue
        last = column + span - 1
        begun = above.get(column) if vertical == "continue" else None
        if begun is not None:
            note_covered(begun, node)
        elif is_beside and cells:
            note_covered(cells[-1], node)
            cells[-1].last = last
        else:
            cells.append(TableCell(node, column, last))
        if vertical:
            below.update(dict.fromkeys(range(column, last + 1), begun or cells[-1]))
        column = last + 1
    return cells, below


def read_properties(cell: Element) -> tuple[int, str | None, bool, bool]:
    """Columns, vertical merge, whether it continues the cell on its left, whether it was deleted."""
    span, vertical, is_beside, is_deleted = 1, None, False, False
    properties = cell.find(CELL_PROPERTIES)
    for one in properties if properties is not None else ():
        tag = one.tag
        if tag == SPAN:
            span = max(1, to_count(one.get(W + "val")))
        elif tag == VERTICAL:
            vertical = merged(one.get(W + "val"))
        elif tag == HORIZONTAL:
            is_beside = merged(one.get(W + "val")) == "continue"
        elif tag == DELETED:
            is_deleted = True
    return span, vertical, is_beside, is_deleted


def note_covered(cell: TableCell, node: Element) -> None:
    words = "".join(text.text or "" for text in node.iter(TEXT)).strip()
    if words:
        cell.covered.append(words)

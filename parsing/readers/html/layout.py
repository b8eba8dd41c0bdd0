"""Blocks and tables of a page → paragraphs and rows of cells: what is data stays a table, what is layout does not.

In: the tree that `flow` built.  Out: `Draft` objects in reading order.  A row is data where each cell holds one short
piece of text; a cell that holds tables or prose is layout, and its content stands in the flow.  Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsing.model import Locator
from parsing.readers.building import DrawnCell
from parsing.readers.html.flow import Block, DrawnTable, TableCell

# Labels of the forms have fifty characters, with explanations in brackets three times as many.
LONGEST_CELL = 160
# Two lines of a label (不予 / 公开), or a title over two lines.
SHORT = 40
# The form has 15 columns at most; a wider cell (colspan="1000", "100%") reaches to the edge of its table.
WIDEST_SPAN = 50
# A grid that grows wider has wrong row spans, which push every row further to the right.
WIDEST_GRID = 200
# Cells beside a cell of prose that make a row of figures all the same.
FEWEST_BESIDE = 3
NUMERAL = "[一二三四五六七八九十]{1,3}"
HEADING = re.compile(rf"{NUMERAL}[、.．]|[(（]{NUMERAL}[)）]|第{NUMERAL}[部章条]")


@dataclass(slots=True)
class Draft:
    """A paragraph (`block`) or a table (`rows`); `linked` of `length` characters are links."""

    block: Block | None
    rows: list[list[DrawnCell]]
    length: int
    linked: int
    links: int


Content = Sequence[Block | DrawnTable]


def is_layout(cell: TableCell) -> bool:
    """Whether a cell holds a table, or prose, which must not become one line."""
    content = cell.content
    if not content:
        return False
    if len(content) == 1:
        only = content[0]
        return not isinstance(only, Block) or len(only.text) > LONGEST_CELL
    texts = [one.text for one in content if isinstance(one, Block)]
    if len(texts) < len(content) or sum(map(len, texts)) > LONGEST_CELL:
        return True
    is_long = sum(map(len, texts)) > SHORT and any("。" in text for text in texts)
    return is_long or sum(bool(HEADING.match(text)) for text in texts) > 1


def lay_out(content: Content) -> Iterator[Draft]:
    """The drafts of a page, a cell, in reading order."""
    for one in content:
        if isinstance(one, Block):
            yield Draft(one, [], len(one.text), one.linked, one.links)
        else:
            yield from lay_out_table(one)


def lay_out_table(table: DrawnTable) -> Iterator[Draft]:
    """A table row by row: runs of rows of data are tables, everything else stands in the flow."""
    layout = [[is_layout(cell) for cell in cells] for _, cells in table.rows]
    is_frame = any(map(any, layout)) or max((len(cells) for _, cells in table.rows), default=0) < 2
    grid = place(table)
    run = Draft(None, [], 0, 0, 0)
    for (number, cells), places, kinds in zip(table.rows, grid, layout, strict=True):
        is_row = not (any(kinds) or (is_frame and is_flow(cells))) or count_beside(cells, kinds) >= FEWEST_BESIDE
        if is_row:
            add_row(run, table, number, cells, places, kinds)
        if any(kinds) or not is_row:
            if run.rows:
                yield run
                run = Draft(None, [], 0, 0, 0)
            for cell, kind in zip(cells, kinds, strict=True):
                yield from lay_out(cell.content) if kind or not is_row else ()
    if run.rows:
        yield run


def count_beside(cells: Sequence[TableCell], kinds: Sequence[bool]) -> int:
    """How many cells that are not layout hold something."""
    return sum(bool(cell.content) for cell, kind in zip(cells, kinds, strict=True) if not kind)


def is_flow(cells: Sequence[TableCell]) -> bool:
    """Whether a row of a frame shows one cell: a title, a line; a label that is broken over lines is none."""
    filled = [cell for cell in cells if cell.content]
    return len(filled) < 2 and all(
        len(cell.content) < 2 or sum(len(one.text) for one in cell.content if isinstance(one, Block)) > SHORT // 2
        for cell in filled
    )


def add_row(
    run: Draft,
    table: DrawnTable,
    number: int,
    cells: Sequence[TableCell],
    places: Sequence[tuple[int, int]],
    kinds: Sequence[bool],
) -> None:
    """The cells of a row of data, each with its words on one line."""
    row = []
    prefix = f"table[{table.number}]/tr[{number}]/td[" if table.number else f"tr[{number}]/td["
    for cell, (first, last), is_prose in zip(cells, places, kinds, strict=True):
        if is_prose:
            continue
        text = ""
        for one in cell.content:
            if isinstance(one, Block):
                text = f"{text} {one.text}" if text else one.text
                run.linked += one.linked
                run.links += one.links
        run.length += len(text)
        where = Locator(None, None, None, table.number, number, cell.number, f"{prefix}{cell.number}]")
        row.append(DrawnCell(text, where, first, last))
    run.rows.append(row)


def place(table: DrawnTable) -> list[list[tuple[int, int]]]:
    """First and last grid column of every cell: cells give way to those that reach down from above.

    A span that no table has reaches to the edge that the other rows show.
    """
    width = max(
        (sum(cell.columns if cell.columns <= WIDEST_SPAN else 1 for cell in cells) for _, cells in table.rows),
        default=0,
    )
    covered: list[int] = []
    grid = []
    for _, cells in table.rows:
        places = []
        x = 0
        for cell in cells:
            while x < len(covered) and covered[x]:
                x += 1
            span = cell.columns if cell.columns <= WIDEST_SPAN else max(1, width - x)
            if x + span > len(covered):
                covered += [0] * (x + span - len(covered))
            covered[x : x + span] = [cell.rows] * span
            places.append((x, x + span - 1))
            x += span
        covered = [rows - 1 if rows else 0 for rows in covered] if len(covered) <= WIDEST_GRID else []
        grid.append(places)
    return grid

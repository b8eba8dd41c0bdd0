"""A grid and the runs in it as the rows of a table.

In: a grid, and the runs that lie in its cells.  Out: drafts of tables, and between them the runs of cells that hold
whole paragraphs across the full width.  Blank cells stay; each cell stands once, in the row where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsing.model import Locator
from parsing.readers.building import DrawnCell
from parsing.readers.pdf.content import PageContent
from parsing.readers.pdf.grids import Cell, Grid
from parsing.readers.pdf.lines import gather, join_words
from parsing.readers.pdf.runs import Run

# A cell across the whole table with so many characters on so many lines holds paragraphs.
PROSE_CHARACTERS = 100
PROSE_LINES = 3
FIGURE = re.compile(r"[\d\s.,，+\-—–/%％]*$")


@dataclass(slots=True)
class DraftCell:
    """A cell in the making: rows and columns from 0, first and last; `room` is what its last line leaves free."""

    raw: str
    where: Locator
    top: int
    bottom: int
    first: int
    last: int
    room: float = 0.0
    size: float = 0.0

    @property
    def is_figure(self) -> bool:
        """Nothing but figures and signs, or nothing at all."""
        return FIGURE.match(self.raw) is not None

    def drawn(self) -> DrawnCell:
        return DrawnCell(self.raw, self.where, self.first, self.last)


@dataclass(slots=True)
class DraftTable:
    """A table in the making: `xs` are the lines of its columns; `rows` hold the cells where they begin.

    `has_grid` says that lines show the columns of every cell; else only figures are known to stand under one another.
    """

    page: int
    last_page: int
    xs: list[float]
    rows: list[list[DraftCell]]
    is_open_above: bool = False
    is_open_below: bool = False
    has_grid: bool = True


def make_cell(page: PageContent, grid: Grid, cell: Cell, runs: list[Run] | None) -> DraftCell:
    """One cell with its text, at the place of the text; a blank one at the place of the cell."""
    if not runs:
        where = page.place(grid.box(cell))
        return DraftCell("", where, cell.top, cell.bottom, cell.first, cell.last)
    run = last = runs[0]
    raw, box = run.text, run[1:5]
    used = run.x1 - run.x0
    if len(runs) > 1:
        lines = [sorted(line, key=lambda one: one.x0) for line in gather(runs)]
        raw = join_words([" ".join(one.text for one in line) for line in lines])
        box = (
            min(one.x0 for one in runs), min(one.y0 for one in runs),
            max(one.x1 for one in runs), max(one.y1 for one in runs),
        )  # fmt: skip
        last = lines[-1][-1]
        used = last.x1 - lines[-1][0].x0
    room = grid.xs[cell.last + 1] - grid.xs[cell.first] - used
    where = page.place(box)
    return DraftCell(raw, where, cell.top, cell.bottom, cell.first, cell.last, room, last.height)


def is_prose(runs: Sequence[Run]) -> bool:
    return sum(len(run.text) for run in runs) >= PROSE_CHARACTERS and len(list(gather(runs))) >= PROSE_LINES


def draft_tables(page: PageContent, grid: Grid, runs: dict[int, list[Run]]) -> Iterator[DraftTable | list[Run]]:
    """The table of a grid, in parts where cells with paragraphs divide it; `runs` by number of the cell."""
    wide = len(grid.xs) - 2
    rows: list[list[DraftCell]] = [[] for _ in range(len(grid.ys) - 1)]
    prose: dict[int, list[Run]] = {}
    for index, cell in enumerate(grid.cells, grid.offset):
        found = runs.get(index)
        if found and cell.first == 0 and cell.last == wide and len(found) >= PROSE_LINES and is_prose(found):
            prose[cell.top] = found
        else:
            rows[cell.top].append(make_cell(page, grid, cell, found))
    start = 0
    for row in [*sorted(prose), len(rows)]:
        part = [cells for cells in rows[start:row] if cells]
        if part:
            above, below = start == 0 and grid.is_open_above, row == len(rows) and grid.is_open_below
            yield DraftTable(page.number, page.number, grid.xs, part, above, below)
        if row in prose:
            yield prose[row]
        start = row + 1

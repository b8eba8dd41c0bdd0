"""From ruling lines to tables: which lines belong together, which cells they enclose, what is merged.

In: the lines of one page.  Out: a `Grid` for each group of lines that touch and enclose cells.  A cell is what no
line divides: where lines are missing between places of the grid, they are one cell.  Lines that enclose nothing
(underlines, rules under a page head, a frame around the page) make no grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from parsing.readers.pdf.content import Box, Floats, Ints

# Lines so near to each other are one (double borders, spacing between the cells of a web page); lines that end so
# near to another touch it.  The lowest row that a form prints has some 8 points.
SAME_LINE = 2.6
# A table whose outer line is missing reaches so far beyond the last line that is there.
BEYOND = 6.0
# A side of a cell is drawn when this share of it is.
DRAWN_SHARE = 0.6
MOST_PLACES = 40_000
TOP_AND_FIRST = itemgetter(0, 2)


class Cell(NamedTuple):
    """The places of the grid that one cell takes, from 0, first and last."""

    top: int
    bottom: int
    first: int
    last: int


@dataclass(slots=True)
class Grid:
    """A table as its lines draw it.

    `xs`, `ys` are the lines of the grid; `cells` stand in the order of rows, then columns; `label[row, column]` is the
    index of the cell that lies there.  `is_open_above`/`is_open_below`: the lines go on beyond the outermost row line.
    """

    xs: list[float]
    ys: list[float]
    cells: list[Cell]
    label: Ints
    is_open_above: bool = False
    is_open_below: bool = False
    offset: int = 0

    def box(self, cell: Cell) -> Box:
        """The place of a cell, in tenths of a point."""
        xs, ys = self.xs, self.ys
        x0, y0, x1, y1 = xs[cell.first], ys[cell.top], xs[cell.last + 1], ys[cell.bottom + 1]
        return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)

    @property
    def outline(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def snap(values: Floats) -> Floats:
    """The places of lines, those that are one taken together, in order."""
    ordered = np.sort(values)
    groups = groups_of(ordered)
    found: Floats = np.bincount(groups, ordered) / np.bincount(groups)
    return found


def groups_of(places: Floats) -> Ints:
    """For each of the places, in order, the number of the line that it belongs to."""
    found = np.zeros(len(places), np.int64)
    np.cumsum(places[1:] - places[:-1] > SAME_LINE, out=found[1:])
    return found


def join_pieces(lines: Floats) -> Floats:
    """Lines whose pieces are drawn cell by cell, as whole ones."""
    if len(lines) < 2:
        return lines
    lines = lines[np.argsort(lines[:, 0], kind="stable")]
    group = groups_of(lines[:, 0])
    order = np.lexsort((lines[:, 1], group))
    lines, group = lines[order], group[order]
    # Groups are set far apart, so that one running maximum serves all.
    apart = group * (2 * np.abs(lines[:, 1:]).max() + 10 * SAME_LINE)
    start, end = lines[:, 1] + apart, np.maximum.accumulate(lines[:, 2] + apart)
    first = np.flatnonzero(np.concatenate(([True], start[1:] > end[:-1] + SAME_LINE)))
    last = np.append(first[1:], len(lines)) - 1
    place = np.add.reduceat(lines[:, 0], first) / (last - first + 1)
    return np.column_stack((place, lines[first, 1], end[last] - apart[last]))


def touching(across: Floats, down: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Groups of lines that touch each other, as (across, down)."""
    y, left, right = across[:, 0:1], across[:, 1:2] - SAME_LINE, across[:, 2:3] + SAME_LINE
    x, top, bottom = down[:, 0], down[:, 1] - SAME_LINE, down[:, 2] + SAME_LINE
    touch = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    left_over = np.asarray(touch.any(axis=1))
    while left_over.any():
        rows = np.zeros(len(across), bool)
        rows[int(left_over.argmax())] = True
        while True:
            columns = touch[rows].any(axis=0)
            reached = np.asarray(touch[:, columns].any(axis=1))
            if (reached == rows).all():
                break
            rows = reached
        left_over = left_over & ~rows
        yield across[rows], down[columns]


def coverage(lines: Floats, places: Floats, others: Floats) -> Floats:
    """How much of each stretch between neighbouring `others` is drawn on each of `places`: [place, stretch], 0 to 1."""
    at = np.abs(lines[:, 0:1] - places).argmin(axis=1)
    low, high = others[:-1], others[1:]
    overlap = np.minimum(lines[:, 2:3], high) - np.maximum(lines[:, 1:2], low)
    covered = np.zeros((len(places), len(low)))
    np.add.at(covered, at, np.maximum(overlap, 0))
    found: Floats = covered / (high - low)
    return found


def merge_places(above: list[list[bool]], before: list[list[bool]]) -> list[list[int]]:
    """Label the places: two that no line parts get one label.

    `above[row][column]` and `before[row][column]` say whether a line is drawn there.
    """
    wide = len(before[0]) - 1
    parent = list(range(len(before) * wide))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for row, sides in enumerate(before):
        for column in range(wide):
            place = row * wide + column
            if column and not sides[column]:
                parent[root(place)] = root(place - 1)
            if row and not above[row][column]:
                one, other = root(place), root(place - wide)
                parent[max(one, other)] = min(one, other)
    return [[root(place) for place in range(start, start + wide)] for start in range(0, len(parent), wide)]


def cells_of(labels: list[list[int]]) -> tuple[list[Cell], Ints]:
    """Cells from the labelled places; an area that is no rectangle falls apart into its rows."""
    places: dict[int, list[tuple[int, int]]] = {}
    for row, line in enumerate(labels):
        for column, label in enumerate(line):
            places.setdefault(label, []).append((row, column))
    # Most areas are one place.
    cells: list[Cell] = []
    for area in places.values():
        if len(area) == 1:
            row, column = area[0]
            cells.append(Cell(row, row, column, column))
        else:
            cells += rectangles(area)
    cells.sort(key=TOP_AND_FIRST)
    found = [[0] * len(line) for line in labels]
    for index, (top, bottom, first, last) in enumerate(cells):
        for row in range(top, bottom + 1):
            found[row][first : last + 1] = [index] * (last - first + 1)
    return cells, np.array(found, np.int64)


def rectangles(area: list[tuple[int, int]]) -> Iterator[Cell]:
    rows, columns = [row for row, _ in area], [column for _, column in area]
    whole = Cell(min(rows), max(rows), min(columns), max(columns))
    if (whole.bottom - whole.top + 1) * (whole.last - whole.first + 1) == len(area):
        yield whole
        return
    start = previous = area[0]
    for place in [*area[1:], (-1, -1)]:
        if place != (previous[0], previous[1] + 1):
            yield Cell(start[0], start[0], start[1], previous[1])
            start = place
        previous = place


def with_outer(places: Floats, reach: tuple[float, float]) -> tuple[Floats, bool, bool]:
    """Add the outermost lines where the crossing ones reach beyond, and say on which sides."""
    is_before, is_behind = reach[0] < places[0] - BEYOND, reach[1] > places[-1] + BEYOND
    parts = ([reach[0]] if is_before else [], places, [reach[1]] if is_behind else [])
    return np.concatenate(parts), is_before, is_behind


def build_grid(across: Floats, down: Floats) -> Grid | None:
    """The grid of one group of lines; None where fewer than two cells are enclosed."""
    xs, _, _ = with_outer(snap(down[:, 0]), (float(across[:, 1].min()), float(across[:, 2].max())))
    ys, is_above, is_below = with_outer(snap(across[:, 0]), (float(down[:, 1].min()), float(down[:, 2].max())))
    if len(xs) < 2 or len(ys) < 2 or not 2 <= (len(xs) - 1) * (len(ys) - 1) <= MOST_PLACES:
        return None
    above = (coverage(across, ys, xs) >= DRAWN_SHARE).tolist()
    before = (coverage(down, xs, ys) >= DRAWN_SHARE).T.tolist()
    cells, label = cells_of(merge_places(above, before))
    if len(cells) < 2:
        return None
    return Grid(xs.tolist(), ys.tolist(), cells, label, is_above, is_below)


def find_grids(across: Floats, down: Floats) -> list[Grid]:
    """The tables of a page from top to bottom; one that holds another is layout and is left out."""
    if not len(across) or not len(down):
        return []
    found = [build_grid(*group) for group in touching(join_pieces(across), join_pieces(down))]
    grids = [grid for grid in found if grid is not None]
    grids = [grid for grid in grids if not any(holds(grid, other) for other in grids if other is not grid)]
    grids.sort(key=lambda grid: (grid.outline[1], grid.outline[0]))
    offset = 0
    for grid in grids:
        grid.offset = offset
        offset += len(grid.cells)
    return grids


def holds(outer: Grid, inner: Grid) -> bool:
    x0, y0, x1, y1 = outer.outline
    left, top, right, bottom = inner.outline
    is_within = x0 <= left + SAME_LINE and y0 <= top + SAME_LINE and x1 >= right - SAME_LINE
    return is_within and y1 >= bottom - SAME_LINE and (right - left) * (bottom - top) < (x1 - x0) * (y1 - y0)

"""The ways in which a table comes out as plain text.

In: a grid and a source of chance.  Out: the lines of the table.  Refused: a grid with blank cells in a layout that
cannot show them (`cell_lines`: a blank cell leaves no line).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from tests.synthesis.grids import Covered, Grid, GridCell

Place = GridCell | Covered
# The number of an item, and not the whole part of a decimal figure.
NUMBERED = re.compile(r"\d\.(?!\d)")


def drawn(row: list[Place]) -> list[str]:
    """The texts of the cells that begin in a row; what a merged cell covers is dropped."""
    return [place.text for place in row if isinstance(place, GridCell)]


def with_gaps(row: list[Place]) -> list[str]:
    """As `drawn`, but a cell that one from above covers stays as an empty one."""
    return [place.text if isinstance(place, GridCell) else "" for place in row if place != "left"]


def draw_pipes(grid: Grid, chance: Random) -> Iterator[str]:
    """A web page turned into text: `a | b | c |`, merged cells dropped and made up for by bars at the end."""
    for row in grid.spread():
        cells = drawn(row)
        missing = grid.width - len(cells)
        yield " | ".join(cells) + (" | " + "|" * missing if missing else " |")


def draw_leading_pipes(grid: Grid, chance: Random) -> Iterator[str]:
    """The same with a bar before each row."""
    for line in draw_pipes(grid, chance):
        yield f"| {line}"


def draw_pipe_cells(grid: Grid, chance: Random) -> Iterator[str]:
    """One cell a line, each followed by a bar; the bars that make up for merged cells on a line of their own."""
    for row in grid.spread():
        cells = drawn(row)
        yield from (f"{cell} |" for cell in cells)
        if grid.width > len(cells):
            yield "|" * (grid.width - len(cells))


def draw_lone_pipes(grid: Grid, chance: Random) -> Iterator[str]:
    """One cell a line and a bar on a line of its own after each."""
    for row in grid.spread():
        for cell in drawn(row):
            yield cell
            yield "|"


def draw_cell_lines(grid: Grid, chance: Random) -> Iterator[str]:
    """One cell a line with an empty line after each: neither bars nor tabs."""
    for row in grid.spread():
        for place in row:
            if isinstance(place, GridCell) and not place.text:
                raise ValueError(f"cell_lines cannot show the blank cell {place.address}")
        for cell in drawn(row):
            yield from (" " * chance.randint(0, 1) + cell, "")


def draw_word_paste(grid: Grid, chance: Random) -> Iterator[str]:
    """Pasted from Word: a tab before each cell, one cell a line, an empty line after each row."""
    for row in grid.spread():
        yield from ("\t" + cell for cell in with_gaps(row))
        yield ""


def draw_tab_rows(grid: Grid, chance: Random) -> Iterator[str]:
    """A row a line, tabs between all places, merged ones empty."""
    for row in grid.spread():
        yield "\t".join(place.text if isinstance(place, GridCell) else "" for place in row)


def spaced(label: str, chance: Random) -> str:
    """A label that a narrow column broke: 三、本年度办理结果 → 三、 本年度 办理结 果."""
    step = chance.choice((3, 4))
    return " ".join(label[start : start + step] for start in range(0, len(label), step))


def loosened(row: list[Place], chance: Random) -> list[Place]:
    """The narrow cells of a row with broken labels; numbers of items with a space behind."""
    loose: list[Place] = []
    for place in row:
        if isinstance(place, GridCell) and place.rows > 1 and place.columns == 1:
            place = GridCell(spaced(place.text, chance), place.rows, place.columns)
        elif isinstance(place, GridCell) and NUMBERED.match(place.text):
            place = GridCell(f"{place.text[:2]} {place.text[2:]}", place.rows, place.columns)
        loose.append(place)
    return loose


def page_break(rows: list[list[Place]], chance: Random) -> int | None:
    """The row that a page break falls before: inside a group whose label the break can cut; None without groups."""
    starts = [y for y, row in enumerate(rows) if isinstance(row[1], GridCell) and row[1].rows > 2 and row[0] == "above"]
    return chance.choice(starts) + 1 if starts else None


def draw_broken_rows(grid: Grid, chance: Random) -> Iterator[str]:
    """Taken from a pdf: a row a line with tabs, labels broken by spaces, and a page break inside the table.

    The break cuts a group's label in two, and behind it the leftmost column is gone, since its one cell was
    printed on the page before.
    """
    rows = [loosened(row, chance) for row in grid.spread()]
    cut = page_break(rows, chance) if grid.width > 4 else None
    for y, row in enumerate(rows):
        if cut is None or y < cut:
            cells = with_gaps(row)
            if cut is not None and y == cut - 1:
                cells[1], rest = cells[1][:-1], cells[1][-1]
            yield "\t".join(cells) + "\t" * (grid.width - len(cells))
            continue
        if y == cut:
            yield ""
        cells = [place.text if isinstance(place, GridCell) else "" for place in row]
        cells.pop(0 if row[0] == "above" else 1)
        if y == cut:
            cells[0] = rest
        yield "\t".join(cells)


LAYOUTS: dict[str, Callable[[Grid, Random], Iterator[str]]] = {
    "pipes": draw_pipes,
    "leading_pipes": draw_leading_pipes,
    "word_paste": draw_word_paste,
    "tab_rows": draw_tab_rows,
    "cell_lines": draw_cell_lines,
    "pipe_cells": draw_pipe_cells,
    "lone_pipes": draw_lone_pipes,
    "broken_rows": draw_broken_rows,
}

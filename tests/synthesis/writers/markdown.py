"""Markdown, as converters and character recognition write it.

In: a logical report and a source of chance.  Out: UTF-8 bytes.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Heading, LogicalReport

FEWEST_ROWS, MOST_ROWS = 4, 9


def rows_of(grid: Grid) -> list[str]:
    """A line for each row, an empty cell for each place that a merged one covers."""
    cells = (
        [cell.text.replace("\n", "<br>") if isinstance(cell, GridCell) else "" for cell in row] for row in grid.spread()
    )
    return ["| " + " | ".join(texts) + " |" for texts in cells]


def ruler(grid: Grid) -> str:
    return "|" + " --- |" * grid.width


def whole_table(grid: Grid, chance: Random) -> Iterator[str]:
    """One table: its first row is the head, as Markdown demands."""
    first, *others = rows_of(grid)
    yield from (first, ruler(grid), *others, "")


def broken_table(grid: Grid, chance: Random) -> Iterator[str]:
    """The same cut into small tables, each of which makes a head of its first row."""
    rows = rows_of(grid)
    while rows:
        # The first piece holds the headings and at least one row of figures.
        count = chance.randint(FEWEST_ROWS, MOST_ROWS)
        yield from (rows[0], ruler(grid), *rows[1:count], "")
        rows = rows[count:]


def write(report: LogicalReport, chance: Random, draw: Callable[[Grid, Random], Iterator[str]]) -> bytes:
    lines = [*report.metadata, ""] if report.metadata else []
    lines += [line for title in report.title for line in (f"# {title}", "")]
    for block in report.blocks:
        if isinstance(block, Grid):
            lines += draw(block, chance)
        else:
            mark = "#" * (block.level + 1) + " " if isinstance(block, Heading) else ""
            lines += [mark + block.text, ""]
    return "\n".join(lines).encode("utf-8")


def write_markdown(report: LogicalReport, chance: Random) -> bytes:
    """Each table whole."""
    return write(report, chance, whole_table)


def write_broken_markdown(report: LogicalReport, chance: Random) -> bytes:
    """Each table in pieces, as character recognition leaves it."""
    return write(report, chance, broken_table)

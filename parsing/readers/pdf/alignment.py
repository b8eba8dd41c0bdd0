"""Tables without upright lines, found by pieces of text that stand under one another.

In: items of a page in reading order.  Out: the same, with stretches of aligned lines as tables.  Everything less
certain stays lines, wide gaps and all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsing.readers.pdf.aligned_rows import Columns, make_row, part_headings, rows_of, values_of
from parsing.readers.pdf.lines import Line
from parsing.readers.pdf.tables import DraftCell, DraftTable

# So many lines of several pieces make a table.
FEWEST_ROWS = 3
# How far a row of a table may stand below the one before it, in heights of a line.
WIDEST_STEP = 3.5
# Pages are counted far below this: no table on another page is found to go on a table without lines.
NO_PAGE = 1_000_000

Item = Line | DraftTable


def blocks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Stretches of lines that could be one table, and everything else one by one."""
    block: list[Item] = []
    for item in items:
        last = block[-1] if block else None
        if isinstance(item, Line) and isinstance(last, Line) and is_next(last, item):
            block.append(item)
            continue
        if block:
            yield block
        block = [item]
    if block:
        yield block


def is_next(one: Line, other: Line) -> bool:
    if one.page is not other.page or one.column != other.column:
        return False
    return 0 <= other.middle - one.middle <= WIDEST_STEP * max(one.height, other.height)


def sections(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Headings with the rows under them: a line of several pieces without figures, behind figures, begins anew."""
    part: list[Line] = []
    has_figures = False
    for line in lines:
        is_heading = len(line.runs) > 1 and not values_of(line) and is_over_figures(line, part)
        if is_heading and has_figures:
            yield part
            part, has_figures = [], False
        part.append(line)
        has_figures = has_figures or bool(values_of(line))
    yield part


def is_over_figures(line: Line, part: Sequence[Line]) -> bool:
    """Whether a line reaches into the columns of figures, so that it is no mere label."""
    starts = [values[0].x0 for one in part if (values := values_of(one))]
    return not starts or line.runs[-1].x1 > min(starts)


def build_table(lines: Sequence[Line]) -> DraftTable | None:
    """A table of a stretch of lines; None where too few rows of figures stand under one another."""
    rows: list[list[DraftCell]] = []
    most = 0
    for part in sections(lines):
        columns = Columns(part)
        most = max(most, len(columns.columns))
        parted = [part_headings(line, columns) for line in part]
        rows += (make_row(row, columns) for row in rows_of(parted, columns))
    # With one column of figures it takes labels and units beside it to tell a table from a list.
    fewest = 2 if most > 1 else 3
    if not most or sum(len(line.runs) >= fewest for line in lines) < FEWEST_ROWS:
        return None
    edges = [min(line.x0 for line in lines), max(line.x1 for line in lines)]
    return DraftTable(lines[0].page.number, NO_PAGE, edges, [row for row in rows if row], has_grid=False)


def find_aligned(items: Sequence[Item]) -> list[Item]:
    """Items in reading order, tables without lines among them."""
    found: list[Item] = []
    for block in blocks(items):
        lines = [item for item in block if isinstance(item, Line)]
        start, end = trimmed(lines) if len(lines) == len(block) else (0, 0)
        table = build_table(lines[start:end]) if end - start >= FEWEST_ROWS else None
        found += block if table is None else [*lines[:start], table, *lines[end:]]
    return found


def trimmed(lines: Sequence[Line]) -> tuple[int, int]:
    """From the first to behind the last line of several pieces, with halves of labels around their figures."""
    several = [index for index, line in enumerate(lines) if len(line.runs) > 1]
    if not several:
        return 0, 0
    start, end = several[0], several[-1] + 1
    if start and lines[start].middle - lines[start - 1].middle < lines[start].height:
        start -= 1
    if end < len(lines) and lines[end].middle - lines[end - 1].middle < lines[end].height:
        end += 1
    return start, end

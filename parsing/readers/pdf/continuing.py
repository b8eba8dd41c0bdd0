"""Tables that go on over a page break.

In: drafts of tables in reading order.  Out: the same with the parts of one table joined: the columns of all parts,
header rows that the next page prints again taken out, cells that only go on left out, a row that the break cut in two
made one again where that is certain.  Where it is not, both halves stay as they stand on their pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing.readers.pdf.lines import Line, join_words
from parsing.readers.pdf.tables import DraftCell, DraftTable

# How far the edges and columns of two parts may stand apart, in points.
SAME_EDGE = 4.0
# What Word leaves free at the sides of a cell, left and right together.
PADDING = 11.0
# What a row of its own begins with: 一、 （三） 1. 其中：
NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|其中|第[一二三四五六七八九十]")


def follows(first: DraftTable, second: DraftTable) -> bool:
    """Whether the second table stands on the next page between the same edges."""
    edges = first.xs[0] - second.xs[0], first.xs[-1] - second.xs[-1]
    return second.page == first.last_page + 1 and max(map(abs, edges)) <= SAME_EDGE


def union(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """The columns of both parts."""
    found = list(first)
    found += [x for x in second if min(abs(x - own) for own in first) > SAME_EDGE]
    return sorted(found)


def to_columns(table: DraftTable, xs: list[float]) -> None:
    """Count the columns of the cells on a finer grid."""
    if len(table.xs) == len(xs):
        return
    places = [min(range(len(xs)), key=lambda index: abs(xs[index] - x)) for x in table.xs]
    for row in table.rows:
        for cell in row:
            cell.first, cell.last = places[cell.first], places[cell.last + 1] - 1
    table.xs = xs


def repeated_rows(first: DraftTable, second: DraftTable) -> int:
    """How many rows at the top of the second part print the head of the first again."""
    count = 0
    for head, row in zip(first.rows, second.rows, strict=False):
        drawn = [[(cell.raw, cell.first, cell.last) for cell in one] for one in (head, row)]
        if drawn[0] != drawn[1] or not any(cell.raw and not cell.is_figure for cell in row):
            break
        if any(cell.raw and cell.is_figure for cell in row):
            break
        count += 1
    return count


def last_cells(table: DraftTable) -> dict[tuple[int, int], DraftCell]:
    """The cells that reach to the bottom of a table, by their columns."""
    bottom = max(cell.bottom for row in table.rows for cell in row)
    return {(cell.first, cell.last): cell for row in table.rows for cell in row if cell.bottom == bottom}


def append(cell: DraftCell, rest: DraftCell) -> None:
    """Let a cell hold the text of its other half too."""
    if rest.raw:
        cell.raw = join_words([cell.raw, rest.raw]) if cell.raw else rest.raw
        cell.room = rest.room


def is_cut(halves: Sequence[tuple[DraftCell, DraftCell]], is_open: bool) -> bool:
    """Whether the last row of a page and the first one of the next are halves of one row.

    Figures stand in one half only.  Where the lines show the cut that is enough; where the table is closed at the
    break, the second half must be the rest of labels that had no room, without a number of its own.
    """
    if not any(one.raw for one, _ in halves) or not any(other.raw for _, other in halves):
        return False
    if any(one.raw and other.raw and (one.is_figure or other.is_figure) for one, other in halves):
        return False
    figures = [[bool(cell.raw) and cell.is_figure for cell in half] for half in zip(*halves, strict=True)]
    rests = [(one, other) for one, other in halves if other.raw]
    if is_open:
        return not (any(figures[0]) and any(figures[1]))
    return all(is_rest(*pair) for pair in rests) and not any(figures[1]) and (any(figures[0]) or len(rests) > 1)


def is_rest(one: DraftCell, other: DraftCell) -> bool:
    """Whether the second text can be the rest of the first: no more had room there, and it has no number of its own."""
    is_full = one.room < PADDING + 1.2 * one.size
    return bool(one.raw and other.raw) and not one.is_figure and is_full and not NUMBERED.match(other.raw)


def join_parts(first: DraftTable, second: DraftTable) -> None:
    """Add the second part to the first."""
    xs = union(first.xs, second.xs)
    to_columns(first, xs)
    to_columns(second, xs)
    head = repeated_rows(first, second)
    rows = second.rows[head:]
    if rows:
        shift = max(cell.bottom for row in first.rows for cell in row) + 1 - rows[0][0].top
        for row in rows:
            for cell in row:
                cell.top, cell.bottom = cell.top + shift, cell.bottom + shift
        join_row(first, rows, first.is_open_below or second.is_open_above)
    first.rows += [row for row in rows if row]
    first.last_page, first.is_open_below = second.last_page, second.is_open_below


def join_row(first: DraftTable, rows: list[list[DraftCell]], is_open: bool) -> None:
    """Join the first of the new rows to the last row of the table, or leave out what only goes on."""
    ends = last_cells(first)
    top = rows[0][0].top
    pairs = [(ends.get((cell.first, cell.last)), cell) for cell in rows[0]]
    last = set(map(id, first.rows[-1]))
    own = [(one, cell) for one, cell in pairs if one is not None and id(one) in last]
    merged = [(one, cell) for one, cell in pairs if one is not None and id(one) not in last]
    # Cells over several rows only go on; they may have begun in the last row itself.
    halves = [(one, cell) for one, cell in own if cell.bottom == top]
    if len(own) + len(merged) == len(pairs) == len(ends) and len(halves) > 1 and is_cut(halves, is_open):
        for one, cell in [*own, *merged]:
            append(one, cell)
            one.bottom = cell.bottom
        rows.pop(0)
        return
    # A blank cell over several rows goes on a label above it; under a figure it is a cell of its own.
    gone = [
        (one, cell)
        for one, cell in [*own, *merged]
        if cell.bottom > top and not cell.raw and (one.bottom > one.top or not one.is_figure)
    ]
    # Headings over several rows, some of which the break cut; their rest stands beside the headings under the others.
    if not any(cell.raw and cell.is_figure for cell in rows[0]):
        rests = [(one, cell) for one, cell in own if is_rest(one, cell)]
        gone += rests if len(rests) > 1 else []
    for one, cell in gone:
        append(one, cell)
        one.bottom = cell.bottom
    left_out = {id(cell) for _, cell in gone}
    rows[0][:] = [cell for cell in rows[0] if id(cell) not in left_out]


def join_tables(items: Sequence[Line | DraftTable]) -> list[Line | DraftTable]:
    """Items in reading order with the parts of tables joined; anything between two parts keeps them apart."""
    found: list[Line | DraftTable] = []
    for item in items:
        before = found[-1] if found else None
        if isinstance(item, DraftTable) and isinstance(before, DraftTable) and follows(before, item):
            join_parts(before, item)
        else:
            found.append(item)
    return found

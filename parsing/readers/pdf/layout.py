"""Pages with characters and lines → a Document; the same for a pdf's text and for words recognised in pictures.

In: `PageContent` objects in order.  Out: a Document of paragraphs and tables in reading order, each piece with page
and box.  Nothing is refused; what the page prints around its text (numbers, heads) is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.model import Document, Row, Table
from parsing.readers.building import DocumentBuilder
from parsing.readers.pdf.alignment import find_aligned
from parsing.readers.pdf.content import PageContent
from parsing.readers.pdf.continuing import join_tables
from parsing.readers.pdf.furniture import find_furniture
from parsing.readers.pdf.grids import Grid, find_grids
from parsing.readers.pdf.lines import Line, make_lines, read_lines
from parsing.readers.pdf.paragraphs import join_lines
from parsing.readers.pdf.runs import OUTSIDE, Run, make_runs
from parsing.readers.pdf.tables import DraftTable, draft_tables

Item = Line | DraftTable


@dataclass(slots=True)
class LaidOut:
    """One page: its grids, the runs in their cells, the lines outside them in reading order."""

    page: PageContent
    grids: list[Grid]
    inside: dict[int, list[Run]]
    lines: list[Line]


def lay_out(page: PageContent) -> LaidOut:
    grids = find_grids(page.across, page.down)
    inside: dict[int, list[Run]] = {}
    outside: list[Run] = []
    for run in make_runs(page, grids):
        if run.cell == OUTSIDE:
            outside.append(run)
        else:
            inside.setdefault(run.cell, []).append(run)
    return LaidOut(page, grids, inside, read_lines(page, outside))


def items_of(laid: LaidOut, furniture: set[int]) -> list[Item]:
    """Lines and tables of a page in reading order: a table stands before the first line below its upper edge."""
    lines = [line for line in laid.lines if id(line) not in furniture]
    found: list[Item] = []
    waiting = list(laid.grids)
    for line in lines:
        while waiting and is_above(waiting[0], line):
            found += table_items(laid, waiting.pop(0))
        found.append(line)
    for grid in waiting:
        found += table_items(laid, grid)
    return found


def is_above(grid: Grid, line: Line) -> bool:
    x0, y0, x1, _ = grid.outline
    is_beside = line.x0 > x1 or line.x1 < x0
    return y0 < line.middle and (line.column == 0 or not is_beside)


def table_items(laid: LaidOut, grid: Grid) -> list[Item]:
    found: list[Item] = []
    for part in draft_tables(laid.page, grid, laid.inside):
        if isinstance(part, DraftTable):
            found.append(part)
        else:
            found += make_lines(laid.page, part)
    return found


def add_table(builder: DocumentBuilder, table: DraftTable) -> None:
    """Add a table; the places in the grid only where there is one."""
    builder.add_table([[cell.drawn() for cell in row] for row in table.rows])
    drawn = builder.blocks[-1]
    if not table.has_grid and isinstance(drawn, Table):
        builder.blocks[-1] = Table(tuple(Row(row.cells) for row in drawn.rows))


def layout_pages(pages: Sequence[PageContent], format_name: str = "pdf", is_guessed: bool = False) -> Document:
    """Lay out all pages and join what goes on from one to the next."""
    builder = DocumentBuilder()
    laid = [lay_out(page) for page in pages]
    furniture = find_furniture([one.lines for one in laid])
    items: list[Item] = [item for one in laid for item in items_of(one, furniture)]
    lines: list[Line] = []

    def end_lines() -> None:
        for raw, where in join_lines(lines):
            builder.add_paragraph(raw, where)
        lines.clear()

    for item in join_tables(find_aligned(items)):
        if isinstance(item, Line):
            lines.append(item)
        else:
            end_lines()
            add_table(builder, item)
    end_lines()
    return builder.document(format_name, is_guessed=is_guessed)

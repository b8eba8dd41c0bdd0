"""A report of which only the text is there, as blocks that every writer can write.

In: the bytes of a plain-text report.  Out: a `LogicalReport` whose paragraphs are its lines and whose tables are as
drawn: labels lie over the empty cells behind them that make up for merged ones; an empty cell below a label that
lies over several rows stays an empty cell.  Refused: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsing.extraction.folding import fold
from parsing.model import Paragraph, Table
from parsing.readers import txt
from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Block, Heading, LogicalReport, Prose

# How many columns the merged headings of the forms lie over.
WIDE_HEADINGS = {
    "申请人情况": 7,
    "法人或其他组织": 5,
    "行政复议": 5,
    "行政诉讼": 10,
    "未经复议直接起诉": 5,
    "复议后起诉": 5,
}
# The columns of labels of table 3, which has ten.
LABEL_COLUMNS = {10: 3}
# The tables of pages on items and decisions have four columns; in wider ones the label cells are merged instead.
NARROW_TABLE = 5
PART_HEADING = re.compile(r"[一二三四五六七]、[^，。；]{2,30}$")
WORDS = re.compile(r"[\u4e00-\u9fff]")


def heading_width(cell: GridCell) -> int:
    return WIDE_HEADINGS.get(re.sub(r"\s", "", fold(cell.text)), 1)


def stretch(cells: Sequence[GridCell], width: int) -> tuple[GridCell, ...]:
    """Cells that reach from the left to the right edge: merged headings, else the label, else the last cell."""
    if sum(cell.columns for cell in cells) == width:
        return tuple(cells)
    wide = [heading_width(cell) for cell in cells]
    if sum(wide) > width:
        wide = [1] * len(cells)
    missing = width - sum(wide)
    labels = [index for index, cell in enumerate(cells) if WORDS.search(cell.text)]
    is_heading = max(wide) > 1
    target = 0 if is_heading or not cells[0].text else labels[-1] if labels and width > NARROW_TABLE else len(cells) - 1
    wide[target] += missing
    return tuple(replace(cell, columns=columns) for cell, columns in zip(cells, wide, strict=True))


def absorb(cells: Sequence[GridCell], width: int) -> list[GridCell]:
    """A row in which labels and merged headings lie over the empty cells that make up for them."""
    if len(cells) < width:
        return list(cells)
    labels = LABEL_COLUMNS.get(width, 1) if not any(heading_width(cell) > 1 for cell in cells) else 1
    merged: list[GridCell] = []
    for index, cell in enumerate(cells):
        last = merged[-1] if merged else cell
        if not cell.text and last.text and (index < labels or last.columns < heading_width(last)):
            merged[-1] = replace(last, columns=last.columns + 1)
        else:
            merged.append(cell)
    return merged


def draw_table(table: Table) -> Grid:
    """A table as drawn; line ends inside a label become spaces."""
    width = max(len(row.cells) for row in table.rows)
    drawn = ([GridCell(" ".join(cell.raw.split())) for cell in row.cells] for row in table.rows)
    return Grid("drawn", tuple(stretch(absorb(row, width), width) for row in drawn), width)


def blocks_of(data: bytes) -> Iterator[Block]:
    for block in txt.read(data).blocks:
        if isinstance(block, Table):
            yield draw_table(block)
        elif isinstance(block, Paragraph) and (line := block.text.raw.strip()):
            yield Heading(line, 1) if PART_HEADING.match(line) else Prose(line)


def report_of_text(data: bytes) -> LogicalReport:
    """The report in the bytes of a text file; its title is its first paragraphs."""
    return LogicalReport((), (), tuple(blocks_of(data)))

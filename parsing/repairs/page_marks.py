"""Marks of a printed page (第 3 页, - 3 -) that stand as a line amid the text.

In: the blocks of a document.  Out: the blocks without those lines, a table that a mark cut in two in one piece, and one
Repair a mark.  Left alone: a bare number, which may be the figure of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing.model import Block, Paragraph, Repair, Row, Table

KIND = "page_mark"
MESSAGE = "夹在正文或表格中的页码"

MARK = re.compile(
    r"\s*(?:第\s*\d{1,3}\s*[页頁]\s*(?:[,，/]?\s*共\s*\d{1,3}\s*[页頁])?"
    r"|[-—–]{1,2}\s*\d{1,3}\s*[-—–]{1,2})\s*$"
)


def is_mark(block: Block) -> bool:
    return isinstance(block, Paragraph) and MARK.match(block.text.raw) is not None


def is_open(row: Row, line: int) -> bool:
    """Whether a row drawn one cell a line, each behind a tab, was still going on when the mark on `line` came."""
    lines = [cell.where.line for cell in row.cells]
    is_tabbed = (row.cells[-1].where.text or "").lstrip(" ").startswith("\t")
    return is_tabbed and len(set(lines)) == len(lines) and lines[-1] == line - 1


def join(before: Table, after: Table, line: int) -> Table:
    """One table of two that a mark on `line` parted; a row that it cut in two is one row again."""
    first, second = before.rows[-1], after.rows[0]
    is_cut = is_open(first, line) and second.cells[0].where.line == line + 1
    middle = (Row((*first.cells, *second.cells)),) if is_cut else (first, second)
    return Table((*before.rows[:-1], *middle, *after.rows[1:]))


def take_out(blocks: Sequence[Block]) -> tuple[list[Block], list[Repair]]:
    """The blocks without page marks, and the marks as repairs."""
    kept: list[Block] = []
    repairs: list[Repair] = []
    mark_line: int | None = None
    for block in blocks:
        if isinstance(block, Paragraph) and is_mark(block):
            repairs.append(Repair(KIND, block.text.raw, "", block.text.where))
            mark_line = block.text.where.line
            continue
        last = kept[-1] if kept else None
        if mark_line is not None and isinstance(last, Table) and isinstance(block, Table):
            kept[-1] = join(last, block, mark_line)
        else:
            kept.append(block)
        mark_line = None
    return kept, repairs

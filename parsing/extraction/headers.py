"""Which column of the form each figure of a row belongs to.

In: the tokens above a row and the row's figures.  Out: a `Header`, and from it a list of columns, one for each
figure.  Refused (None): figures whose columns the header does not establish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parsing.extraction.folding import fold
from parsing.extraction.labels import CORNERS
from parsing.extraction.tokens import Token
from parsing.templates import TableTemplate

UNIT = re.compile(r"\((?:单位:?)?(万元|亿元|元|件|条|次|项|个|人次|人)\)$|(?:单位:)(万元|亿元|元|件|条|次|项|个)$")
DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Header:
    """What stands above the figures: the columns named, in reading order, with their tokens.

    `line` is the physical row that names them all, if one does: for each of its cells the column or None.
    `others` are headings that the form does not know, for files that tell the columns of their grid.
    `units` holds the unit that the heading of each column prints.
    """

    named: tuple[tuple[int, Token], ...]
    line: tuple[tuple[int | None, Token], ...]
    others: tuple[Token, ...] = ()

    units: tuple[str | None, ...] = ()

    @cached_property
    def columns(self) -> frozenset[int]:
        return frozenset(index for index, _ in self.named)


def unit_in(token: Token) -> str | None:
    """The unit that a heading prints, e.g. 采购总金额（万元）."""
    found = UNIT.search("".join(fold(token.text.clean).split()))
    return (found.group(1) or found.group(2)) if found else None


def column_of(token: Token, table: TableTemplate) -> int | None:
    return next((match.index for match in token.matches if match.table is table and not match.is_row), None)


def read_header(tokens: Sequence[Token], table: TableTemplate) -> Header:
    """The header among the tokens that stand above a row.

    A line with figures is none: `3.其他 3 0 0 0 3` is a row of table 3, and 其他 in it does not head a column.
    """
    with_figures = {
        token.row for token in tokens if token.is_cell and token.is_value and DIGIT.search(token.text.clean)
    }
    above = [token for token in tokens if token.row not in with_figures]
    named = tuple((column, token) for token in above if (column := column_of(token, table)) is not None)
    rows = {token.row for _, token in named}
    line: tuple[tuple[int | None, Token], ...] = ()
    # Only a line that names every column that is named at all says how many figures stand in a row.
    if len(rows) == 1:
        cells = [token for token in tokens if token.row in rows and not token.is_blank]
        line = tuple((column_of(cell, table), cell) for cell in cells if cell.key not in CORNERS)
    units: list[str | None] = [None] * len(table.columns)
    for column, token in named:
        units[column] = unit_in(token)
    others = tuple(token for token in tokens if token.span and not (token.is_value or token.matches or token.is_prose))
    return Header(named, line, others, tuple(units))


def width(header: Header, table: TableTemplate) -> int:
    """How many figures a row has: as many as the form has columns, unless one line of headings says otherwise."""
    size = len(table.columns)
    is_whole = not header.line or len(header.columns) >= max(1, size - 1)
    return size if (is_whole and size != 1) or not header.line else max(len(header.line), len(header.columns))


def columns_for(header: Header, table: TableTemplate, count: int) -> tuple[list[int | None], bool] | None:
    """The column of each of `count` figures, and whether the header says so (False: only their number does).

    None stands for a column that the form does not know.
    """
    size = len(table.columns)
    whole: list[int | None] = [*range(size)]
    line = [column for column, _ in header.line]
    named_in_line = [column for column in line if column is not None]
    if len(line) == count == len(set(named_in_line)):
        return list(line), True
    if count == size and len(header.columns) >= max(1, size - 1):
        return whole, True
    if count == size and (not line or len(line) == size):
        return whole, False
    if line and len(line) == count and len(set(named_in_line)) == len(named_in_line):
        return list(line), True
    if len(header.columns) == count == len(header.named):
        return [*sorted(header.columns)], True
    return None


def stands_over(heading: Token, figure: Token) -> bool:
    if heading.span is None or figure.span is None:
        return False
    return heading.span[0] <= figure.span[0] <= heading.span[1]


def columns_by_place(
    header: Header, table: TableTemplate, values: Sequence[Token]
) -> list[tuple[int | None, Token]] | None:
    """The column of each figure by the heading that stands over it in the grid, for tables with columns of their own.

    None where a column of the form has not exactly one figure, where they come in another order than the form's, or
    where a figure stands under no heading.  Figures under a heading that the form does not know have the column None.
    """
    found: list[tuple[int | None, Token]] = []
    for value in values:
        over = {column for column, token in header.named if stands_over(token, value)}
        if len(over) > 1:
            return None
        if over or any(stands_over(token, value) and not token.is_frame for token in header.others):
            found.append((next(iter(over), None), value))
        elif not value.is_blank:
            return None
    columns = [column for column, _ in found if column is not None]
    return found if columns == [*range(len(table.columns))] else None

"""Table 4: one row of fifteen figures under three rows of headings, with no label of its own.

In: the token stream and the table of the form.  Out: a `TableReading`.  Refused, as unreadable: a row that has
not exactly as many cells as the form has columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsing.extraction.rows import RowFound
from parsing.extraction.table_cells import TableReading, make_cell, unread
from parsing.extraction.tokens import Token
from parsing.extraction.windows import Padding, window
from parsing.model import CellStatus, Problem
from parsing.templates import TableTemplate

# The headings by which the table is known; nothing else in a report prints them.
LANDMARKS = frozenset(("未经复议直接起诉", "复议后起诉"))


def names_column(token: Token, table: TableTemplate) -> bool:
    return any(match.table is table and not match.is_row for match in token.matches)


def find_headings(tokens: Sequence[Token], table: TableTemplate) -> tuple[int, int] | None:
    """First and last heading of the table: the run of headings around a landmark."""
    landmark = next((index for index, token in enumerate(tokens) if token.key in LANDMARKS), None)
    if landmark is None:
        return None
    first = last = landmark
    for index in range(landmark, -1, -1):
        token = tokens[index]
        if names_column(token, table) or token.is_frame:
            first = index
        elif not token.is_blank:
            break
    for index in range(landmark, len(tokens)):
        token = tokens[index]
        if names_column(token, table) or token.is_frame:
            last = index
        elif not token.is_blank and (token.is_value or not is_part_of_heading(token)):
            break
    return first, last


def is_part_of_heading(token: Token) -> bool:
    """Halves of a heading that was broken over cells: 结果 / 维持, 尚未 / 审结."""
    return token.key in {"结果", "维持", "纠正", "其他", "尚未", "审结", "尚", "未", "审", "结", "总", "计"}


def figure_rows(tokens: Sequence[Token], start: int) -> list[list[int]]:
    """The physical rows of figures under the headings; what the last row of headings leaves empty is none."""
    rows: list[list[int]] = []
    for index in range(start, len(tokens)):
        token = tokens[index]
        if not token.is_value:
            break
        if token.is_blank and token.row == tokens[start - 1].row:
            continue
        if not rows or tokens[rows[-1][0]].row != token.row:
            rows.append([])
        rows[-1].append(index)
    return rows


def choose_figures(tokens: Sequence[Token], rows: list[list[int]], size: int) -> list[int] | None:
    """The cells of the one row of figures: a row of full length, or lines of one cell each taken together."""
    padding = Padding()
    candidates = []
    for row in rows:
        chosen = window([tokens[index] for index in row], size, padding, (0, len(row)))
        if chosen is not None:
            ids = {id(token) for token in chosen}
            candidates.append([index for index in row if id(tokens[index]) in ids])
    filled = [row for row in candidates if any(not tokens[index].is_blank for index in row)]
    if filled or candidates:
        return (filled or candidates)[0]
    together = [index for row in rows for index in row]
    figures = [index for index in together if not tokens[index].is_blank]
    # Where each cell has a line of its own, an empty one may be nothing but what is drawn between two cells.
    if len(together) == size and min(len(row) for row in rows) > 2:
        return together
    return figures if len(figures) == size else None


def read_disputes(tokens: Sequence[Token], table: TableTemplate) -> TableReading:
    """Read table 4; an empty reading where the document has none."""
    reading = TableReading(table)
    headings = find_headings(tokens, table)
    if headings is None:
        return reading
    first, last = headings
    reading.first_at = first
    reading.used.update(range(first, last + 1))
    rows = figure_rows(tokens, last + 1)
    chosen = choose_figures(tokens, rows, len(table.columns))
    named = sum(names_column(tokens[index], table) for index in range(first, last + 1))
    reading.columns_named = min(named, len(table.columns))
    if chosen is None:
        keep_unread(reading, tokens, table, last, rows)
        return reading
    reading.rows_read = 1
    reading.used.update(index for row in rows for index in row)
    row = RowFound(0, last, chosen, True, "label", is_doubtful=named < len(table.columns))
    for index, column in zip(chosen, table.columns, strict=True):
        reading.cells.append(make_cell(f"{table.code}.{column.code}", tokens[index], column, row, None))
    return reading


def keep_unread(
    reading: TableReading, tokens: Sequence[Token], table: TableTemplate, last: int, rows: list[list[int]]
) -> None:
    found = sum(not tokens[index].is_blank for row in rows for index in row)
    size = len(table.columns)
    message = f"“{table.title}”表应有 {size} 个数，找到 {found} 个，无法确定各数的位置，整行不采信。请核对原文。"
    reading.problems.append(Problem("row_unreadable", message, tokens[last].text.where))
    for column in table.columns:
        address = f"{table.code}.{column.code}"
        reading.cells.append(unread(address, column, tokens[last], CellStatus.UNREADABLE))

"""Rows whose labels stand all first and whose figures follow behind the last of them, as in text copied from a pdf.

In: the stream, the rows found in it, their table.  Out: the figures of each row by their place in the run.  Refused
([]): a run with any other number of figures than the table has cells, since a blank cell leaves no trace in it; labels
that are not all there in order; figures one a line that could be meant row by row or column by column.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsing.extraction.rows import RowFound, row_choices
from parsing.extraction.tokens import Token
from parsing.extraction.values import read_value
from parsing.templates import TableTemplate

# The column that the others of its row add up to.
TOTAL = "total"

Matrix = list[list[int]]


def run_behind(tokens: Sequence[Token], at: int) -> list[int]:
    """The figures behind a label up to the first thing that is none."""
    last = at + 1
    while last < len(tokens) and tokens[last].is_value:
        last += 1
    return [*range(at + 1, last)]


def every_label(tokens: Sequence[Token], rows: Sequence[RowFound], table: TableTemplate) -> list[RowFound]:
    """The rows found and those whose labels, standing under one another, were taken for headings: 其他, 总计."""
    found = list(rows)
    known = {row.index for row in rows}
    for index, entry in enumerate(table.rows):
        if entry.is_heading or index in known:
            continue
        first = max((row.label_at for row in rows if (row.index or 0) < index), default=-1)
        last = min((row.label_at for row in rows if (row.index or 0) > index), default=-1)
        places = [at for at in range(first + 1, last) if index in [one for one, _ in row_choices(tokens[at], table)]]
        found += [RowFound(index, at, [], False) for at in places if first >= 0]
    return sorted(found, key=lambda row: row.label_at)


def is_list_of_labels(tokens: Sequence[Token], rows: Sequence[RowFound], table: TableTemplate) -> bool:
    """Whether every row of the form is there once, in order, and nothing but the names of groups between them.

    A label that another form knows, or none, has figures in the run too.
    """
    leaves = [index for index, entry in enumerate(table.rows) if not entry.is_heading]
    places = [row.label_at for row in rows]
    between = [tokens[at] for at in range(places[0], places[-1]) if at not in places]
    return [row.index for row in rows] == leaves and all(token.is_frame or token.is_blank for token in between)


def adds_up(tokens: Sequence[Token], matrix: Matrix, table: TableTemplate) -> bool:
    """Whether in every row the total is the sum of the other columns."""
    codes = [column.code for column in table.columns]
    if TOTAL not in codes:
        return False
    at = codes.index(TOTAL)
    for row in matrix:
        values = [read_value(tokens[index].text.clean, column).value
                  for index, column in zip(row, table.columns, strict=True)]  # fmt: skip
        total, parts = values[at], values[:at] + values[at + 1 :]
        if total is None or any(part is None for part in parts) or sum(part or 0 for part in parts) != total:
            return False
    return True


def words_of(tokens: Sequence[Token], matrix: Matrix) -> list[list[str]]:
    return [[tokens[index].text.clean.strip() for index in row] for row in matrix]


def cut_run(tokens: Sequence[Token], run: list[int], table: TableTemplate, height: int) -> Matrix | None:
    """The run as rows of figures: a row a line, or one figure a line in the only order that adds up."""
    width = len(table.columns)
    by_row = [run[at : at + width] for at in range(0, len(run), width)]
    lines: dict[int, int] = {}
    for index in run:
        lines[tokens[index].row] = lines.get(tokens[index].row, 0) + 1
    if set(lines.values()) == {width}:
        return by_row
    if set(lines.values()) != {1}:
        return None
    by_column = [run[at::height] for at in range(height)]
    readings = [matrix for matrix in (by_row, by_column) if adds_up(tokens, matrix, table)]
    if len(readings) == 2 and words_of(tokens, by_row) != words_of(tokens, by_column):
        return None
    return readings[0] if readings else None


def share_out(tokens: Sequence[Token], rows: Sequence[RowFound], table: TableTemplate) -> list[RowFound]:
    """The rows with their figures of the run behind the last label, all doubtful; [] where there is no such run.

    Where all labels stand first and no run fits, the figures under the last one are not its own: it loses them.
    """
    is_stacked = len(rows) > 1 and not rows[-1].is_drawn and not any(row.values for row in rows[:-1])
    if table.kind != "matrix" or not is_stacked:
        return []
    labelled = every_label(tokens, rows, table)
    run = run_behind(tokens, rows[-1].label_at)
    is_full = len(run) == len(labelled) * len(table.columns) and not any(tokens[index].is_blank for index in run)
    is_whole = is_full and is_list_of_labels(tokens, labelled, table)
    matrix = cut_run(tokens, run, table, len(labelled)) if is_whole else None
    if matrix is None:
        rows[-1].values = []
        return []
    for row, figures in zip(labelled, matrix, strict=True):
        row.values, row.is_drawn, row.is_doubtful, row.matched_by = figures, False, True, "position"
    return labelled

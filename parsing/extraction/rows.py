"""The rows of one table of a form, found in the token stream.

In: tokens and a table of a form with labelled rows.  Out: `RowFound` objects in the order of the document: the
row of the form, the label's token, the tokens of its figures.  A label occurs where it is no heading of a column
and figures follow it; labels that occur twice on a form are told apart by order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsing.extraction.tokens import Token
from parsing.extraction.values import UNITS, squeeze
from parsing.model import MatchedBy
from parsing.templates import TableTemplate

# Headings above columns that are no columns themselves.
HEADINGS = frozenset(("申请人情况", "法人或其他组织"))


@dataclass(slots=True)
class RowFound:
    """One row: `index` in the form (None for a row that the form does not know), where its label stands, its figures.

    `is_drawn` says that the file draws the row, so that its empty cells are known too.
    """

    index: int | None
    label_at: int
    values: list[int]
    is_drawn: bool
    matched_by: MatchedBy = "label"
    is_doubtful: bool = False


def row_choices(token: Token, table: TableTemplate) -> list[tuple[int, bool]]:
    return [(match.index, match.is_alias) for match in token.matches if match.table is table and match.is_row]


def figures_in_row(tokens: Sequence[Token], at: int) -> list[int]:
    """Indices of the cells behind a label in its own physical row."""
    row, last = tokens[at].row, at + 1
    while last < len(tokens) and tokens[last].row == row:
        last += 1
    return [*range(at + 1, last)]


def figures_below(tokens: Sequence[Token], at: int, most: int, has_units: bool) -> list[int]:
    """Indices of the figures on the lines under a label, up to the next thing that is no figure.

    In an indicator table (`has_units`) the unit stands between the label and its figure.
    """
    found: list[int] = []
    for index in range(at + 1, len(tokens)):
        is_unit = has_units and squeeze(tokens[index].text.clean) in UNITS
        if is_unit and found:
            # A figure before the unit is not the row's: something else stands between them.
            return []
        if not tokens[index].is_value and not is_unit:
            break
        if not tokens[index].is_blank:
            found.append(index)
        if len(found) > most:
            break
    return found


def has_figures(tokens: Sequence[Token], indices: Sequence[int]) -> bool:
    return bool(indices) and all([tokens[index].is_value or not tokens[index].matches for index in indices])


def names_column(token: Token, table: TableTemplate) -> bool:
    return any([match.table is table and not match.is_row for match in token.matches])


def is_heading_of_columns(tokens: Sequence[Token], at: int, table: TableTemplate, is_first: bool) -> bool:
    """Whether a label that also names a column (总计, 其他) is the heading of that column.

    It is before the first row of the table, in a row with other headings, and amid lines of headings.
    """
    token = tokens[at]
    if not names_column(token, table):
        return False
    near = [other for other in tokens[max(0, at - 10) : at + 10] if other is not token]
    if token.is_cell:
        return is_first or any(
            other.row == token.row and (names_column(other, table) or other.is_title or other.key in HEADINGS)
            for other in near
        )
    beside = [other for other in tokens[max(0, at - 2) : at + 3] if other is not token]
    return is_first or any(names_column(other, table) for other in beside)


class Labels(NamedTuple):
    """Where labels of rows stand, and which columns headings name, by the identity of the table that they belong to."""

    rows: dict[int, list[int]]
    columns: dict[int, set[int]]

    def rows_of(self, table: TableTemplate) -> list[int]:
        return self.rows.get(id(table), [])

    def columns_of(self, table: TableTemplate) -> set[int]:
        return self.columns.get(id(table), set())


def find_labels(tokens: Sequence[Token]) -> Labels:
    """All labels of the forms in a document."""
    rows: dict[int, list[int]] = {}
    columns: dict[int, set[int]] = {}
    for at, token in enumerate(tokens):
        for match in token.matches:
            table = id(match.table)
            if not match.is_row:
                columns.setdefault(table, set()).add(match.index)
                continue
            places = rows.setdefault(table, [])
            if not places or places[-1] != at:
                places.append(at)
    return Labels(rows, columns)


def find_rows(tokens: Sequence[Token], table: TableTemplate, labels: Sequence[int]) -> list[RowFound]:
    """All rows of the table whose label is recognised; `labels` says where such labels stand."""
    rows: list[RowFound] = []
    open_choices: dict[int, list[int]] = {}
    for at in labels:
        if is_heading_of_columns(tokens, at, table, is_first=not rows):
            continue
        row = row_at(tokens, at, table)
        if row is not None:
            rows.append(row)
            choices = [index for index, _ in row_choices(tokens[at], table)]
            if len(choices) > 1:
                row.index = None
                open_choices[at] = choices
    settle(rows, open_choices)
    return [row for row in rows if row.index is not None]


def row_at(tokens: Sequence[Token], at: int, table: TableTemplate) -> RowFound | None:
    """The row whose label stands at `at`; None where what follows it are no figures."""
    token = tokens[at]
    cells = figures_in_row(tokens, at)
    is_drawn = token.is_cell and bool(cells)
    most = len(table.columns) + (2 if table.kind == "indicators" else 0)
    values = cells if is_drawn else figures_below(tokens, at, most, table.kind == "indicators")
    if is_drawn and not has_figures(tokens, values):
        return None
    index, is_alias = row_choices(token, table)[0]
    matched_by: MatchedBy = "repair" if token.text.origin is not None else "alias" if is_alias else "label"
    return RowFound(index, at, values, is_drawn, matched_by)


def settle(rows: list[RowFound], open_choices: dict[int, list[int]]) -> None:
    """Tell rows with one label apart by the certain rows around them.

    被依法纠错数 stands under reviews and under lawsuits.  Between two certain rows the labels are given out in order,
    but only where as many stand there as the form has there; with one of two missing neither can be told.
    """
    certain = [row for row in rows if row.label_at not in open_choices]
    groups: dict[tuple[int, int, tuple[int, ...]], list[RowFound]] = {}
    for row in rows:
        choices = open_choices.get(row.label_at)
        if choices is None:
            continue
        low = max((one.index for one in certain if one.label_at < row.label_at and one.index is not None), default=-1)
        later = [one.index for one in certain if one.label_at > row.label_at and one.index is not None]
        high = min((index for index in later if index > low), default=10_000)
        feasible = tuple(index for index in choices if low < index < high)
        groups.setdefault((low, high, feasible), []).append(row)
    for (_, _, feasible), found in groups.items():
        if len(found) == len(feasible):
            for row, index in zip(found, feasible, strict=True):
                row.index = index


def keep_one_each(rows: list[RowFound]) -> tuple[list[RowFound], list[RowFound]]:
    """Keep one occurrence of each row; a second table of the same kind, or a repeated row, is set apart.

    The occurrence with figures wins over one without, the first over a later one.
    """
    kept: dict[int, RowFound] = {}
    apart: list[RowFound] = []
    for row in rows:
        if row.index is None:
            continue
        before = kept.get(row.index)
        if before is None or (row.values and not before.values):
            if before:
                apart.append(before)
            kept[row.index] = row
        else:
            apart.append(row)
    return sorted(kept.values(), key=lambda row: row.label_at), [row for row in apart if row.values]

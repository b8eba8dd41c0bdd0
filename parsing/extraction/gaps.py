"""Rows whose label is damaged, found between rows that are certain.

In: the rows found, and the stream.  Out: the same rows and those between them: by a label that is cut or has a
wrong character, else by position where exactly as many rows are left as the form still expects there.  A row
that remains is none of the form's: it is kept with its own label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from parsing.extraction.labels import label_variants
from parsing.extraction.rows import RowFound, figures_below, figures_in_row
from parsing.extraction.tokens import Token
from parsing.extraction.values import BLANKS, squeeze
from parsing.templates import TableTemplate

SHORTEST_CUT = 4
# Rows that agencies add of their own: none of the form's can be known by its place beside them.
OWN_ROW = re.compile("小计|合计|累计|其中|备注|说明|^注")
LIKE_ENOUGH = 0.8


def undrawn_row(tokens: Sequence[Token], at: int, table: TableTemplate) -> RowFound | None:
    """A line that no form knows with just the right number of figures on the lines under it."""
    size = len(table.columns)
    below = figures_below(tokens, at, size + 1, table.kind == "indicators")
    figures = [index for index in below if tokens[index].is_value]
    is_label = not tokens[at].is_prose and not tokens[at].matches and len(tokens[at].key) > 1
    return RowFound(None, at, below, False) if is_label and len(figures) == size else None


def unknown_rows(tokens: Sequence[Token], first: int, last: int, table: TableTemplate) -> list[RowFound]:
    """Rows between two places that have figures behind a label that no form knows."""
    found: list[RowFound] = []
    seen: set[int] = set()
    for at in range(first, last):
        token = tokens[at]
        if token.row in seen or token.is_value or token.is_title or token.is_frame:
            continue
        if not token.is_cell or not figures_in_row(tokens, at):
            row = undrawn_row(tokens, at, table)
            found += [row] if row else []
            continue
        values = figures_in_row(tokens, at)
        # A word that heads a column (总计, 小计) may also stand before figures of its own.
        if any(match.is_row for match in token.matches) or any(tokens[k].matches for k in values):
            seen.add(token.row)
            continue
        behind = next((k for k in reversed(values) if not tokens[k].is_value), at)
        figures = figures_in_row(tokens, behind)
        unit_and_figures = values if behind != at and len(tokens[behind].key) <= 2 else None
        if figures:
            seen.add(token.row)
            label_at = at if unit_and_figures else behind
            found.append(RowFound(None, label_at, unit_and_figures or figures, True))
    return found


def likeness(key: str, label: str) -> float:
    """1.0 for a label cut at either end, else how much of both texts agrees."""
    if len(key) >= SHORTEST_CUT and (label.startswith(key) or label.endswith(key)):
        return 1.0
    if len(label) >= SHORTEST_CUT and (key.startswith(label) or key.endswith(label)):
        return 1.0
    if min(len(key), len(label)) < 6:
        return 0.0
    return SequenceMatcher(None, key, label, autojunk=False).ratio()


def match_by_label(row: RowFound, tokens: Sequence[Token], table: TableTemplate, expected: list[int]) -> None:
    """Give the row the one expected label that it resembles; leave it where two resemble it alike."""
    key = tokens[row.label_at].key.replace("\ufffd", "")
    scores = sorted(
        ((max(likeness(key, label) for label, _ in label_variants(table.rows[index])), index) for index in expected),
        reverse=True,
    )
    if scores and scores[0][0] >= LIKE_ENOUGH and (len(scores) == 1 or scores[1][0] < scores[0][0]):
        row.index = scores[0][1]
        row.matched_by = "repair" if tokens[row.label_at].text.origin is not None else "alias"
        expected.remove(row.index)


def fill_gap(between: list[RowFound], tokens: Sequence[Token], table: TableTemplate, expected: list[int]) -> None:
    """Name the unknown rows between two certain ones."""
    for row in between:
        match_by_label(row, tokens, table, expected)
    filled = [row for row in between if row.index is not None or not is_empty(row, tokens)]
    nameless = [row for row in filled if row.index is None]
    if any(OWN_ROW.search(tokens[row.label_at].key) for row in nameless):
        return
    if nameless and len(nameless) == len(expected) and is_in_order(filled, expected):
        for row, index in zip(nameless, expected, strict=True):
            row.index, row.matched_by, row.is_doubtful = index, "position", True


def is_in_order(rows: list[RowFound], expected: list[int]) -> bool:
    """Whether the expected rows, given to the nameless ones in turn, stand in the order of the form among the others.

    Where a row known by its label stands before one that the form has above it, they are rows of another version.
    """
    rest = iter(expected)
    order = [row.index if row.index is not None else next(rest) for row in rows]
    return order == sorted(order)


def is_empty(row: RowFound, tokens: Sequence[Token]) -> bool:
    """A row without a single figure may be a heading: only its label can tell that it is a row of the form."""
    return all(not tokens[index].is_value or squeeze(tokens[index].text.clean) in BLANKS for index in row.values)


def fill_gaps(rows: list[RowFound], tokens: Sequence[Token], table: TableTemplate) -> list[RowFound]:
    """The rows found and those between, before and behind them, in the order of the document."""
    if not rows:
        return rows
    leaves = [index for index, field in enumerate(table.rows) if not field.is_heading]
    known = {row.index for row in rows}
    edges = [(max(-1, rows[0].label_at - 12), -1), *((row.label_at, row.index or 0) for row in rows)]
    stops = [*((row.label_at, row.index or 0) for row in rows), (reach(tokens, rows[-1]), len(table.rows))]
    result: list[RowFound] = []
    taken: set[int] = set()
    for (start, low), (stop, high) in zip(edges, stops, strict=True):
        unknown = unknown_rows(tokens, start + 1, stop, table)
        if not unknown:
            continue
        # Most tables have nothing unknown in them.
        taken = taken or {at for row in rows for at in cells_of(row, tokens)}
        between = [row for row in unknown if row.label_at not in taken]
        expected = [index for index in leaves if low < index < high and index not in known]
        fill_gap(between, tokens, table, expected)
        result += [row for row in between if row.index is not None or not is_empty(row, tokens)]
    return sorted([*rows, *result], key=lambda row: row.label_at)


def cells_of(row: RowFound, tokens: Sequence[Token]) -> set[int]:
    """All that belongs to a row that is certain: its figures, and what else stands in its physical row."""
    around = range(max(0, row.label_at - 6), row.label_at + 1)
    return {index for index in around if tokens[index].row == tokens[row.label_at].row} | set(row.values)


def reach(tokens: Sequence[Token], last: RowFound) -> int:
    """Where the table must end: at the first line of prose or title behind its last certain row."""
    for index in range(last.label_at + 1, len(tokens)):
        if not tokens[index].is_cell or tokens[index].is_title:
            return index
    return len(tokens)

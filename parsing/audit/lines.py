"""Rows and columns of tables 3 and 4 that the form adds up: their cells, listed once for each table of a form.

In: a table of a form.  Out: `Line`s with the addresses of the parts and of their total.  Refused: nothing.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from parsing.audit.labels import row_label
from parsing.templates import TableTemplate

TOTAL = "result_total"


class Line(NamedTuple):
    """A row, a column or a group of columns: what it is called, the cells of its parts, the cell of their total."""

    place: str
    parts: tuple[str, ...]
    total: str


def column_place(label: str) -> str:
    return f"表三“{label}”列"


@cache
def outcome_columns(table: TableTemplate) -> tuple[Line, ...]:
    """Every column of table 3 with the rows of part 三 that count an outcome, and their （七）总计."""
    outcomes = [row.code for row in table.rows if row.parent and row.code != TOTAL]
    return tuple(
        Line(
            column_place(column.label),
            tuple(f"t3.{outcome}.{column.code}" for outcome in outcomes),
            f"t3.{TOTAL}.{column.code}",
        )
        for column in table.columns
    )


@cache
def applicant_rows(table: TableTemplate) -> tuple[Line, ...]:
    """Every row of table 3 with the six kinds of applicants, and their 总计."""
    applicants = [column.code for column in table.columns if column.code != "total"]
    return tuple(
        Line(
            f"表三“{row_label(row)}”行",
            tuple(f"t3.{row.code}.{applicant}" for applicant in applicants),
            f"t3.{row.code}.total",
        )
        for row in table.rows
    )


@cache
def dispute_group(table: TableTemplate, group: str) -> Line:
    """The four results of one group of table 4 (review, lit_direct, lit_after), and their 总计."""
    columns = [column for column in table.columns if column.code.startswith(f"{group}_")]
    total = f"{group}_total"
    parts = tuple(f"t4.{column.code}" for column in columns if column.code != total)
    return Line(f"表四“{columns[-1].group}”", parts, f"t4.{total}")

"""Reports that depart from the form, as agencies do: mixed forms, totals only, more rows and columns, units in cells.

In: an agency.  Out: `Case` objects: a logical report, and what must be read from it.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.synthesis.clean import clean_facts
from tests.synthesis.facts import Agency, Facts, Printed
from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Block, LogicalReport, Prose, build_report

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
FORMS = {"A1": 2011, "A2": 2012, "A3": 2013, "B": 2016, "C": 2020, "D": 2022}
SEED = 11
LABEL_COLUMNS = 3
HEADING_ROWS = 3
# The figures of the further row and the further column, unlike any of the report.
STRANGE = 7301


@dataclass(frozen=True, slots=True)
class Case:
    """`expected` is the whole content of the form's cells; `may_be_unread` says that they may also be left unread.

    `kept` are values that must be kept under `extra.`; `problems` the kinds of problem that must be named.
    """

    facts: Facts
    report: LogicalReport
    expected: Mapping[str, float | int | None]
    may_be_unread: bool = False
    kept: frozenset[int] = frozenset()
    problems: frozenset[str] = field(default_factory=frozenset)


def facts_of(form: str, seed: int = SEED) -> Facts:
    return clean_facts(OFFICE, FORMS[form], seed, form if form.startswith("A") else None)


def blank_some(form: str) -> tuple[Facts, list[str]]:
    """Facts with every third zero left blank, and which cells those are."""
    facts = facts_of(form)
    zeros = [address for address, value in facts.expected().items() if value == 0][::3]
    return facts.with_cells(dict.fromkeys(zeros)), zeros


def with_grid(report: LogicalReport, code: str, change: Callable[[Grid], list[Block]]) -> LogicalReport:
    """The report with one of its tables replaced by other blocks; a report without that table is refused."""
    if not any(isinstance(block, Grid) and block.code == code for block in report.blocks):
        raise ValueError(f"the report has no table {code}")
    blocks: list[Block] = []
    for block in report.blocks:
        blocks += change(block) if isinstance(block, Grid) and block.code == code else [block]
    return replace(report, blocks=tuple(blocks))


def mixed_forms() -> Case:
    """Table 2 of the form of 2019 in a report that has table 3 of the form of 2021."""
    old, new = facts_of("C"), facts_of("D")
    rows = {address: value for address, value in old.cells.items() if address.startswith("t2_")}
    rest = {address: value for address, value in new.cells.items() if not address.startswith("t2_")}
    facts = replace(new, layouts={**new.layouts, "t2": old.layouts["t2"]}, cells={**rows, **rest})
    return Case(facts, build_report(facts), facts.expected())


def keep_totals(grid: Grid) -> list[Block]:
    """Table 3 with its last column only."""
    corner = GridCell("申请人情况", columns=LABEL_COLUMNS)
    head = (corner, GridCell("总计"))
    rows = [(*(cell for cell in row if not cell.address), row[-1]) for row in grid.rows[HEADING_ROWS:]]
    return [Grid(grid.code, (head, *rows), LABEL_COLUMNS + 1)]


def totals_only() -> Case:
    facts = facts_of("D")
    is_total = {address: not address.startswith("t3.") or address.endswith(".total") for address in facts.cells}
    expected = {address: value for address, value in facts.expected().items() if is_total[address]}
    return Case(facts, with_grid(build_report(facts), "t3", keep_totals), expected)


def sentence_for_table() -> Case:
    """A table left out, with a sentence in its place."""
    facts = facts_of("D")
    report = with_grid(
        build_report(facts), "t3", lambda grid: [Prose("收到和处理政府信息公开申请情况的表格此处从略。")]
    )
    expected = {address: value for address, value in facts.expected().items() if not address.startswith("t3.")}
    return Case(facts, report, expected, problems=frozenset({"table_absent"}))


def continue_groups(grid: Grid, at: int) -> tuple[tuple[GridCell, ...], ...]:
    """The rows from `at` on, with the cells that reach down from above drawn once more."""
    covered = [
        (y, cell) for y, row in enumerate(grid.rows[:at]) for cell in row if y >= HEADING_ROWS and y + cell.rows > at
    ]
    again = tuple(replace(cell, rows=y + cell.rows - at) for y, cell in covered)
    return ((*again, *grid.rows[at]), *grid.rows[at + 1 :])


def end_groups(grid: Grid, at: int) -> tuple[tuple[GridCell, ...], ...]:
    """The rows above `at`, none of whose cells reaches below."""
    return tuple(
        tuple(replace(cell, rows=min(cell.rows, at - y)) for cell in row) for y, row in enumerate(grid.rows[:at])
    )


def break_pages(grid: Grid, is_one_table: bool) -> list[Block]:
    """Table 3 broken inside a group, its headings and the group's label repeated behind the break."""
    at = next(y for y, row in enumerate(grid.rows) if any(cell.text.startswith("4.保护第三方") for cell in row))
    top, bottom = end_groups(grid, at), (*grid.rows[:HEADING_ROWS], *continue_groups(grid, at))
    if is_one_table:
        return [Grid(grid.code, (*top, *bottom), grid.width)]
    return [Grid(grid.code, top, grid.width), Grid(grid.code, bottom, grid.width)]


def repeated_headings(form: str, is_one_table: bool) -> Case:
    facts = facts_of(form)
    report = with_grid(build_report(facts), "t3", lambda grid: break_pages(grid, is_one_table))
    return Case(facts, report, facts.expected())


def add_year_before(grid: Grid) -> list[Block]:
    """The indicators with two columns of figures: the year before, and the year."""
    rows = [(*row[:-1], GridCell(str(STRANGE) if row[-1].address else row[-1].text), row[-1]) for row in grid.rows[1:]]
    head = (*grid.rows[0][:-1], GridCell("上年数"), GridCell("本年数"))
    return [Grid(grid.code, (head, *rows), grid.width + 1)]


def year_before() -> Case:
    facts = facts_of("B")
    return Case(facts, with_grid(build_report(facts), "b", add_year_before), facts.expected())


def add_remarks(grid: Grid) -> list[Block]:
    """A further column of remarks, empty but for its heading."""
    rows = ((*row, GridCell("" if y else "备注")) for y, row in enumerate(grid.rows))
    return [Grid(grid.code, tuple(rows), grid.width + 1)]


def remarks() -> Case:
    facts = facts_of("B")
    return Case(facts, with_grid(build_report(facts), "b", add_remarks), facts.expected())


def add_row(grid: Grid) -> list[Block]:
    """A row behind the second one of table 3 that no form has."""
    values = [GridCell(str(STRANGE + index)) for index in range(grid.width - LABEL_COLUMNS)]
    row = (GridCell("其中：经本级政府热线转来的申请", columns=LABEL_COLUMNS), *values)
    at = HEADING_ROWS + 2
    return [Grid(grid.code, (*grid.rows[:at], row, *grid.rows[at:]), grid.width)]


def unknown_row() -> Case:
    facts = facts_of("D")
    report = with_grid(build_report(facts), "t3", add_row)
    return Case(facts, report, facts.expected(), kept=frozenset(range(STRANGE, STRANGE + 7)))


def units_in_cells() -> Case:
    """3件, 2060387.04 元: the unit of a cell is its own."""
    facts = facts_of("C")
    counts = {
        address: Printed(f"{value}件", value, "件")
        for address, value in facts.expected().items()
        if address.startswith(("t3.new_received.", "t3.granted.")) and isinstance(value, int)
    }
    money = {"t2_art20_9.gov_procurement.amount_total": Printed("2060387.04 元", 2060387.04, "元")}
    facts = facts.with_cells({**counts, **money})
    return Case(facts, build_report(facts), facts.expected())


def cases() -> dict[str, Case]:
    return {
        "mixed_forms": mixed_forms(),
        "totals_only": totals_only(),
        "sentence_for_table": sentence_for_table(),
        "repeated_headings_c": repeated_headings("C", is_one_table=True),
        "repeated_headings_d": repeated_headings("D", is_one_table=True),
        "continued_table": repeated_headings("D", is_one_table=False),
        "year_before": year_before(),
        "remarks": remarks(),
        "unknown_row": unknown_row(),
        "units_in_cells": units_in_cells(),
    }

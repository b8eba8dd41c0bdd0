"""All tables of the forms in one report, and the layout of each by its own labels.

In: the token stream.  Out: a `CellReading`: cells in the order of the form, layouts, problems, and which tokens
are accounted for.  The year of the report plays no part: what was used is read, what was due is for the audit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from parsing.extraction.disputes import read_disputes
from parsing.extraction.rows import Labels, find_labels
from parsing.extraction.table_cells import TableReader, TableReading
from parsing.extraction.tokens import Token
from parsing.model import Cell, CellStatus, Problem, Repair
from parsing.templates import TableTemplate, load_templates

GROUPS = ("t2", "t3", "t4", "indicators")
# A label or two also stand in prose and lists; a table of this kind shows at least so many rows.
FEWEST_ROWS = {"t2": 1, "t3": 2, "t4": 1, "indicators": 3}


@dataclass(slots=True)
class CellReading:
    """Everything that the tables of a report yield."""

    cells: list[Cell] = field(default_factory=list)
    layouts: dict[str, str | None] = field(default_factory=lambda: dict.fromkeys(GROUPS))
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


@cache
def versions_of(group: str) -> dict[str, list[TableTemplate]]:
    """The tables of a group by code, each in the versions of the eras; one version that two eras share counts once.

    Indicator tables of all eras are versions of one another: a report has one at most.
    """
    found: dict[str, list[TableTemplate]] = {}
    for template in load_templates():
        for table in template.tables_of(group):
            versions = found.setdefault(group if table.kind == "indicators" else table.code, [])
            if all(one.layout != table.layout for one in versions):
                versions.append(table)
    return found


def is_there(reading: TableReading) -> bool:
    """Whether the document holds the table: rows enough were read, or its headings and labels stand there."""
    if reading.rows_read >= FEWEST_ROWS[reading.table.group]:
        return True
    labelled = sum(cell.status is CellStatus.UNREADABLE for cell in reading.cells)
    return labelled > 0 and (reading.columns_named > 0 or reading.is_titled)


def read_table(tokens: Sequence[Token], table: TableTemplate, labels: Labels) -> TableReading:
    if table.kind == "single_row":
        return read_disputes(tokens, table)
    return TableReader(tokens, table, labels.rows_of(table)).read()


def worth_reading(versions: list[TableTemplate], labels: Labels) -> list[TableTemplate]:
    """Versions whose labels occur at least half as often as those of the one that occurs most, the likeliest first.

    Versions of two eras have the same rows; it is their columns that tell which one is before us, and what one has that
    is not named tells against it.
    """
    counts = {table.layout: len(labels.rows_of(table)) for table in versions}
    likely = [table for table in versions if 2 * counts[table.layout] >= max(counts.values())]

    def likelihood(table: TableTemplate) -> tuple[int, int, int]:
        return counts[table.layout], len(labels.columns_of(table)), -len(table.columns)

    return sorted(likely, key=likelihood, reverse=True)


def read_group(tokens: Sequence[Token], group: str, labels: Labels) -> list[TableReading]:
    """For each table of a group the version that fits best, where the document holds it."""
    chosen = []
    for every_version in versions_of(group).values():
        readings = []
        for table in worth_reading(every_version, labels):
            reading = read_table(tokens, table, labels)
            if is_there(reading):
                readings.append(reading)
            if reading.is_whole:
                break
        if readings:
            chosen.append(max(readings, key=lambda reading: reading.fit))
    return chosen


def layout_of(readings: list[TableReading]) -> str:
    """The layout that most tables of a group show by their headings."""
    shown = [reading.table.layout for reading in readings if reading.columns_named] or [readings[0].table.layout]
    return Counter(shown).most_common(1)[0][0]


def read_as_neighbours(reading: TableReading, tokens: Sequence[Token], layout: str, labels: Labels) -> TableReading:
    """A block of a table that lost its headings, read in the version that the blocks around it show."""
    if reading.columns_named or reading.table.kind != "matrix":
        return reading
    versions = versions_of(reading.table.group)[reading.table.code]
    table = next((one for one in versions if one.layout == layout), reading.table)
    return TableReader(tokens, table, labels.rows_of(table), is_known=True).read()


def absent_table(group: str, layout: str | None, found: set[str]) -> list[Problem]:
    """What is missing of a group of which at least one table is there."""
    versions = [table for tables in versions_of(group).values() for table in tables]
    missing = [table.title for table in versions if table.layout == layout and table.code not in found]
    return [
        Problem("table_absent", f"没有找到“{title}”部分的表格。请核对原文是否缺漏，或以图片、附件形式另行提供。")
        for title in missing
    ]


def doubt_last_figure(result: CellReading, last: Token) -> None:
    """The figure at the very end of an open text: unread where rows of its table are missing, else doubtful."""
    for at, cell in enumerate(result.cells):
        if cell.where != last.text.where:
            continue
        table = cell.address.partition(".")[0] + "."
        if any(other.status is CellStatus.ABSENT for other in result.cells if other.address.startswith(table)):
            result.cells[at] = cell._replace(value=None, status=CellStatus.UNREADABLE)
            message = "文件在表格中间中断，最后一个数字可能不完整，不采信。请从来源重新下载，或请报送单位重新发送。"
            result.problems.append(Problem("text_cut_off", message, cell.where))
        else:
            result.cells[at] = cell._replace(confidence="doubtful")


def extract_cells(tokens: Sequence[Token]) -> CellReading:
    """Read all tables of the forms from the stream."""
    result = CellReading()
    labels = find_labels(tokens)
    for group in GROUPS:
        readings = read_group(tokens, group, labels)
        if not readings:
            continue
        layout = layout_of(readings)
        readings = [read_as_neighbours(reading, tokens, layout, labels) for reading in readings]
        result.layouts[group] = layout
        result.problems += absent_table(group, layout, {reading.table.code for reading in readings})
        for reading in readings:
            result.cells += reading.cells
            result.problems += reading.problems
            result.repairs += reading.repairs
            result.used |= reading.used
    if tokens and tokens[-1].is_torn:
        doubt_last_figure(result, tokens[-1])
    return result

"""The plain numbers of many reports, without the reports: what agencies of one level say for one year.

In: one row a report.  Out: `Group`s of members, and their numbers; the cell of a number is opened for who shows it.
Only totals, decisions and indicators are kept, a column an address.  Refused: a number that is not plainly there.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from parsing.audit.operands import Number, Operand
from parsing.model import Cell, CellStatus, Report
from parsing.templates import TableTemplate

COMPARED = (".total", ".decisions")
INDICATORS = "b."
# In a column of whole numbers this one stands for none.
MISSING = -(1 << 63)
# The cell of a report (by its id) at an address.
OpenCell = Callable[[str, str], Cell]


class Row(NamedTuple):
    """What is compared of one report; `figures` are its plain numbers by address, None where it shows no cells."""

    report_id: str
    agency: str | None
    level: str | None
    year: int | None
    published_date: str | None
    figures: Mapping[str, Number] | None


def compared_cells(report: Report) -> dict[str, Cell]:
    """The cells of a report that are compared between agencies, where they hold a plain number, by address."""
    return {
        cell.address: cell
        for cell in report.cells
        if cell.address.endswith(COMPARED) or cell.address.startswith(INDICATORS)
        if cell.status is CellStatus.NUMBER and cell.value is not None
    }


def row_of(report: Report) -> Row:
    """The row of a report, to be kept beside it."""
    facts = report.particulars
    figures = {address: cell.value for address, cell in compared_cells(report).items() if cell.value is not None}
    shown = figures if report.cells else None
    return Row(report.report_id, facts.agency, facts.level, facts.year, facts.published_date, shown)


class Figure(NamedTuple):
    """One plain number of another report."""

    value: Number
    agency: str
    report_id: str
    address: str
    open_cell: OpenCell

    def operand(self, table: TableTemplate) -> Operand:
        """The number as an operand that is called by its agency; for this its cell is opened."""
        cell = self.open_cell(self.report_id, self.address)
        is_doubtful, origin = cell.confidence == "doubtful", f"{self.agency}的"
        return Operand(
            self.value, cell.status, is_doubtful, self.report_id, None, cell.address, table, cell, origin=origin
        )


class Column:
    """The numbers at one address, by the slot of their report; eight bytes each as long as all are whole."""

    def __init__(self) -> None:
        self._numbers: array[int] | list[Number] = array("q")

    def put(self, slot: int, value: Number) -> None:
        """Slots come in ascending order."""
        self._numbers.extend([MISSING] * (slot - len(self._numbers)))
        if isinstance(self._numbers, array) and not (isinstance(value, int) and abs(value) < -MISSING):
            self._numbers = list(self._numbers)
        self._numbers.append(value)  # type: ignore[arg-type]

    def at(self, slot: int) -> Number | None:
        value = self._numbers[slot] if slot < len(self._numbers) else MISSING
        return None if value == MISSING else value


class Group:
    """The reports of one level and year in the order in which they come, each in a slot of its own."""

    def __init__(self, open_cell: OpenCell) -> None:
        self.open_cell = open_cell
        self.dated: list[tuple[str, Member]] = []
        self.columns: dict[str, Column] = defaultdict(Column)

    def add(self, row: Row, region: str, core: str) -> None:
        """One more report, with the full name of its agency's region and the agency's own name."""
        member = Member(row.report_id, row.agency or "", region, core, self, len(self.dated))
        self.dated.append((row.published_date or "", member))
        for address, value in (row.figures or {}).items():
            self.columns[address].put(member.slot, value)

    def members(self) -> tuple[Member, ...]:
        """One report an agency: of several versions the one published last."""
        latest = {}
        for _, member in sorted(self.dated, key=lambda pair: pair[0]):
            latest[member.region, member.core] = member
        return tuple(latest.values())


class Member(NamedTuple):
    """An agency that reports on a year: the full name of its region, its own name, and where its numbers are."""

    report_id: str
    agency: str
    region: str
    core: str
    group: Group
    slot: int

    def number(self, address: str) -> Number | None:
        """The plain number at an address, if there is one."""
        column = self.group.columns.get(address)
        return column.at(self.slot) if column else None

    def figure(self, address: str) -> Figure | None:
        """The same with what shows it."""
        value = self.number(address)
        return None if value is None else Figure(value, self.agency, self.report_id, address, self.group.open_cell)

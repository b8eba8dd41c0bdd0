"""One report as the checks see it: cells by address, claims by metric, the report of the year before.

In: a `Report`.  Out: `ReportView`, indexed once.  Refused (`KeyError`): an address that no table of the forms has;
a cell that the table should have and the report does not show is an operand with the status absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from parsing.audit.companions import Companions
from parsing.audit.likeness import Company
from parsing.audit.operands import Number, Operand, SumOfCells
from parsing.model import Cell, CellStatus, Claim, Report
from parsing.templates import TableTemplate, Template, load_templates, template_due

Layouts = tuple[tuple[str, str], ...]
TABLE_NAMES = {"t2": "表二", "t3": "表三", "t4": "表四", "indicators": "统计表"}


@cache
def tables_with(layouts: Layouts) -> dict[str, TableTemplate]:
    """The tables of these (group, layout) pairs by their code."""
    tables = (table for template in load_templates() for table in template.tables)
    wanted = set(layouts)
    return {table.code: table for table in tables if (table.group, table.layout) in wanted}


@cache
def addresses_of(layouts: Layouts) -> frozenset[str]:
    return frozenset(address for table in tables_with(layouts).values() for address in table.addresses())


class ReportView:
    """A report with its indices; `previous` is the same agency's report of the year before, if the corpus has it.

    `companions` are the figures of the corpus, `company` is the place of the report's prose among that of all; a report
    that is audited alone has none.
    """

    def __init__(self, report: Report, companions: Companions | None = None) -> None:
        self.report = report
        self.report_id = report.report_id
        self.year = report.particulars.year
        self.layouts = tuple((group, layout) for group, layout in report.layouts.items() if layout)
        self.is_read = bool(report.cells or report.sections)
        self.tables = tables_with(self.layouts)
        self.addresses = addresses_of(self.layouts)
        self.previous: ReportView | None = None
        self.why_no_previous = "这一批报告里没有该机关上一年度的报告"
        self.company: Company | None = None
        self.companions = companions or Companions((report,))
        self._operands: dict[str, Operand] = {}

    @cached_property
    def cells(self) -> dict[str, Cell]:
        return {cell.address: cell for cell in self.report.cells}

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """The values of the cells that hold a plain number, by address."""
        number = CellStatus.NUMBER
        return {
            address: cell.value
            for address, cell in self.cells.items()
            if cell.status is number and cell.value is not None
        }

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.report.claims:
            found.setdefault(claim.metric, []).append(claim)
        return found

    @cached_property
    def lists(self) -> list[tuple[Claim, list[Claim]]]:
        """Every list of the prose: its total and those of its parts that are counts."""
        grouped: dict[int, list[Claim]] = {}
        for claim in self.report.claims:
            if claim.list_id is not None and isinstance(claim.value, int | float) and claim.unit != "%":
                grouped.setdefault(claim.list_id, []).append(claim)
        found = []
        for claims in grouped.values():
            totals = [claim for claim in claims if claim.list_role == "total"]
            parts = [claim for claim in claims if claim.list_role == "part"]
            if len(totals) == 1 and parts:
                found.append((totals[0], parts))
        return found

    @cached_property
    def due(self) -> Template | None:
        """The form that was due for the report year."""
        return template_due(self.year) if self.year else None

    @cached_property
    def regime(self) -> str | None:
        """The regime of the report year; without a year, that of the form that was used."""
        if self.due:
            return self.due.regime
        used = [one.regime for one in load_templates() if any(table in one.tables for table in self.tables.values())]
        return used[-1] if used else None

    def has(self, address: str) -> bool:
        """Whether the tables of this report have such a cell by their form."""
        return address in self.addresses

    def table(self, code: str) -> TableTemplate:
        return self.tables[code]

    def operand(self, address: str) -> Operand:
        """The cell at an address; absent where the report does not show it."""
        found = self._operands.get(address)
        if found is None:
            table, cell = self.tables[address.partition(".")[0]], self.cells.get(address)
            found = Operand(
                cell.value if cell else None,
                cell.status if cell else CellStatus.ABSENT,
                bool(cell and cell.confidence == "doubtful"),
                self.report_id,
                None,
                address,
                table,
                cell,
            )
            self._operands[address] = found
        return found

    def sum(self, *addresses: str, less: tuple[str, ...] = (), name: str = "") -> SumOfCells:
        """A sum over addresses, from which those of `less` are taken away."""
        signs = (1,) * len(addresses) + (-1,) * len(less) if less else ()
        return SumOfCells(self, addresses + less, name, signs)

    def is_of_year(self, claim: Claim, offsets: Sequence[int] = (0,)) -> bool:
        """Whether a claim speaks of the report year (or of one so many years away); one without a year does."""
        if claim.year is None:
            return 0 in offsets
        return self.year is None or claim.year - self.year in offsets

    def said(self, metric: str, dim: str | None = None, offsets: Sequence[int] = (0,)) -> list[Operand]:
        """The figures that the prose gives for a metric and dimension in the report year, or in years near it."""
        return [
            self.statement(claim)
            for claim in self.claims.get(metric, ())
            if claim.dim == dim and self.is_of_year(claim, offsets)
        ]

    def statement(self, claim: Claim) -> Operand:
        """A claim as an operand; a date has no value."""
        value: Number | None = claim.value if isinstance(claim.value, int | float) else None
        status = CellStatus.NUMBER if value is not None else CellStatus.UNREADABLE
        return Operand(value, status, False, self.report_id, claim)


def children(table: TableTemplate, parent: str) -> list[str]:
    """The codes of the rows that the form puts directly under a row."""
    return [row.code for row in table.rows if row.parent == parent]


def numbers_below(table: TableTemplate, parent: str, *, but: Iterable[str] = ()) -> list[str]:
    """The addresses of those rows of an indicator table that stand directly under a row."""
    return [f"{table.code}.{code}" for code in children(table, parent) if code not in set(but)]

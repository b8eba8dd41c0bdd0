"""What lies around each report of a store: peers, units and like texts, known without opening any report.

In: a connection to a store, and its reports in order.  Out: the figures that agencies are compared by, and the prints
of all prose.  Refused: nothing; a store of one report has no surroundings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb
import pyarrow as pa

from parsing.audit.companions import Companions
from parsing.audit.members import COMPARED as ENDINGS
from parsing.audit.members import INDICATORS, Row
from parsing.audit.neighbours import Neighbours, common_sentences, group_agencies
from parsing.audit.prints import decode
from parsing.corpus.reports import light_cell, open_reports, whole
from parsing.model import Cell, CellStatus

COMPARED = " OR ".join([*(f"ends_with(address, '{one}')" for one in ENDINGS), f"starts_with(address, '{INDICATORS}')"])
FIGURES = f"""
SELECT r.report_id, r.agency, r.level, r.year, r.published_date, r.cells_read + r.cells_blank + r.cells_unread > 0,
    f.addresses, f."values"
FROM own_reports r JOIN ordered USING (report_id) LEFT JOIN (
    SELECT report_id, list(address) AS addresses, list(value) AS "values" FROM own_cells
    WHERE status = 'number' AND value IS NOT NULL AND ({COMPARED}) GROUP BY report_id
) f USING (report_id) ORDER BY place
"""
ROWS_AT_A_TIME = 10_000


class Placed(Protocol):
    """A report of the store, by its own facts."""

    @property
    def report_id(self) -> str: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...


class Cells:
    """The cells behind compared figures: a stand-in at first, noted as wanted; the real one once those were opened."""

    def __init__(self) -> None:
        self.wanted: set[str] = set()
        self.opened: dict[str, dict[str, Cell]] = {}

    def __call__(self, report_id: str, address: str) -> Cell:
        if report_id in self.opened:
            return self.opened[report_id][address]
        self.wanted.add(report_id)
        return light_cell(address, None, CellStatus.NUMBER.value, None, "sure")

    def open_wanted(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Open all that were wanted since the last time, in one go, instead of those before."""
        found = open_reports(connection, sorted(self.wanted), ("cells",)) if self.wanted else {}
        self.opened = {key: {cell.address: cell for cell in report.cells} for key, report in found.items()}
        self.wanted = set()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the joined checks ask besides a report and the one before it."""

    companions: Companions
    cells: Cells
    near: Neighbours | None


def open_surroundings(connection: duckdb.DuckDBPyConnection, versions: Sequence[Placed]) -> Surroundings:
    """The surroundings of all reports of a store."""
    cells = Cells()
    companions = Companions.from_rows(list_rows(connection, versions), cells)
    return Surroundings(companions, cells, open_neighbours(connection, versions))


def list_rows(connection: duckdb.DuckDBPyConnection, versions: Sequence[Placed]) -> Iterator[Row]:
    """The figures that agencies are compared by, report by report in their order."""
    ids = pa.array([version.report_id for version in versions], pa.string())
    connection.register("ordered", pa.table({"report_id": ids, "place": pa.array(range(len(ids)), pa.int64())}))
    for batch in connection.sql(FIGURES).to_arrow_reader(ROWS_AT_A_TIME):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            report_id, agency, level, year, published, is_shown, addresses, values = row
            figures = dict(zip(addresses or (), map(whole, values or ()), strict=True))
            yield Row(report_id, agency, level, year, published, figures if is_shown else None)


def open_neighbours(connection: duckdb.DuckDBPyConnection, versions: Sequence[Placed]) -> Neighbours | None:
    """The prints of all reports; None where there is nothing to compare with."""
    if len(versions) < 2:
        return None
    stored = dict(connection.execute("SELECT report_id, print FROM own_prints").fetchall())
    prints = [decode(stored[version.report_id]) for version in versions]
    names = [version.agency for version in versions]
    groups = group_agencies(names)
    common = common_sentences(prints, groups)
    years, ids = [version.year for version in versions], [version.report_id for version in versions]
    return Neighbours(prints, names, years, ids, common, groups)

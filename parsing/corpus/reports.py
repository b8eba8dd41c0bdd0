"""Rows of a store → the reports that they were made of, as far as checks look at them.

In: a connection with the tables of a store, and report ids.  Out: `Report`s with particulars, layouts, headings,
cells, claims and prose, each with its place.  Left out: texts, figures, problems and repairs, at which no check
looks that joins reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from parsing.corpus.loading import to_locator
from parsing.extraction.cells import GROUPS
from parsing.model import Cell, CellStatus, Claim, Locator, Particulars, ProseLine, Report, Section, Source

STATUSES = {status.value: status for status in CellStatus}
REPORT = (
    "report_id, agency, level, region, year, published_date, source_file, format, encoding, sha256, part,"
    " layout_t2, layout_t3, layout_t4, layout_indicators"
)
COLUMNS = {
    "sections": 'report_id, code, title, "where"',
    "cells": 'report_id, address, value, status, unit, unit_source, raw, matched_by, confidence, "where"',
    "claims": "report_id, metric, dim, label, value, value_text, unit, year, approx, negated, quote, section,"
    ' "where", list_id, list_role',
    "prose": 'report_id, paragraph, kind, section, raw, "where"',
}
PARTS = tuple(COLUMNS)
Row = dict[str, Any]
LIGHT_CELL = "report_id, address, value, status, unit, confidence"
LIGHT_CLAIM = "report_id, metric, dim, value, value_text, unit, year, approx, negated, quote, list_id, list_role"
NOWHERE = Locator(line=1, column=1)
NO_SECTION = Section(None, "", NOWHERE)


def open_reports(
    connection: duckdb.DuckDBPyConnection, report_ids: Sequence[str], parts: Sequence[str] = PARTS
) -> dict[str, Report]:
    """The reports with these ids and these of their parts."""
    connection.register("chosen", pa.table({"report_id": pa.array(report_ids, pa.string())}))
    rows = {part: rows_by_report(connection, part, COLUMNS[part]) for part in parts}
    return {
        row["report_id"]: report_of(
            row, **{part: tuple(map(MAKERS[part], rows[part].get(row["report_id"], ()))) for part in parts}
        )
        for row in fetch(connection, f"SELECT {REPORT} FROM own_reports SEMI JOIN chosen USING (report_id)")
    }


class OpenedReports(Sequence[Report]):
    """All reports of a store by their place in a list, with some of their parts; each is opened when asked for."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, report_ids: Sequence[str], parts: Sequence[str] = PARTS
    ) -> None:
        self.connection, self.report_ids, self.parts = connection, report_ids, parts
        self._opened: dict[int, Report] = {}

    def __len__(self) -> int:
        return len(self.report_ids)

    def __getitem__(self, place: Any) -> Any:
        if place not in self._opened:
            self.open([place])
        return self._opened[place]

    def open(self, places: Iterable[int]) -> None:
        """Open several at once, which costs little more than one."""
        wanted = {self.report_ids[place]: place for place in places if place not in self._opened}
        if wanted:
            for report_id, report in open_reports(self.connection, list(wanted), self.parts).items():
                self._opened[wanted[report_id]] = report


def open_light(connection: duckdb.DuckDBPyConnection, report_ids: Sequence[str]) -> dict[str, Report]:
    """The reports without places, raw texts and prose: enough to see whether a joined check finds anything."""
    connection.register("chosen", pa.table({"report_id": pa.array(report_ids, pa.string())}))
    cells: dict[str, list[Cell]] = {}
    for key, *row in columns_of(connection, "cells", LIGHT_CELL):
        cells.setdefault(key, []).append(light_cell(*row))
    claims: dict[str, list[Claim]] = {}
    for key, *row in columns_of(connection, "claims", LIGHT_CLAIM):
        claims.setdefault(key, []).append(light_claim(*row))
    headed = {key for (key,) in columns_of(connection, "sections", "report_id")}
    return {
        row["report_id"]: report_of(
            row,
            sections=(NO_SECTION,) if row["report_id"] in headed else (),
            cells=tuple(cells.get(row["report_id"], ())),
            claims=tuple(claims.get(row["report_id"], ())),
        )
        for row in fetch(connection, f"SELECT {REPORT} FROM own_reports SEMI JOIN chosen USING (report_id)")
    }


def columns_of(connection: duckdb.DuckDBPyConnection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of the chosen reports as tuples, in the order of each report."""
    order = "report_id, seq" if "," in columns else "report_id"
    query = f"SELECT {columns} FROM own_{table} SEMI JOIN chosen USING (report_id) ORDER BY {order}"
    return zip(*(column.to_pylist() for column in connection.sql(query).to_arrow_table().columns), strict=True)


# Most cells of most reports are a few small numbers at the same addresses.
@lru_cache(maxsize=200_000)
def light_cell(address: str, value: float | None, status: str, unit: str | None, confidence: Any) -> Cell:
    return Cell(address, value, STATUSES[status], unit, "unknown", "", "label", confidence, None)


def light_claim(
    metric: str, dim: str | None, value: float | None, value_text: str, unit: str, year: int | None, approx: bool,
    negated: bool, quote: str, list_id: int | None, list_role: Any,
) -> Claim:  # fmt: skip
    said = value_text if value is None else value
    return Claim(metric, dim, None, said, unit, year, approx, negated, quote, None, NOWHERE, list_id, list_role)


def fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    rows: list[Row] = connection.sql(query).to_arrow_table().to_pylist()
    return rows


def rows_by_report(connection: duckdb.DuckDBPyConnection, table: str, columns: str) -> Mapping[str, list[Row]]:
    query = f"SELECT {columns} FROM own_{table} SEMI JOIN chosen USING (report_id) ORDER BY report_id, seq"
    groups: Iterator[tuple[str, Iterator[Row]]] = groupby(fetch(connection, query), key=itemgetter("report_id"))
    return {key: list(rows) for key, rows in groups}


def whole(value: float | None) -> float | int | None:
    """A number as it was read: what has no decimals is counted."""
    return int(value) if value is not None and value.is_integer() else value


def report_of(row: Row, **parts: Any) -> Report:
    source = Source(row["source_file"], row["format"], row["encoding"], row["sha256"], 0, row["part"])
    facts = Particulars(row["agency"], row["level"], row["region"], row["year"], row["published_date"])
    return Report(source, facts, {group: row[f"layout_{group}"] for group in GROUPS}, **parts)


def to_section(row: Row) -> Section:
    return Section(row["code"], row["title"], to_locator(row["where"]))


def to_cell(row: Row) -> Cell:
    where = to_locator(row["where"]) if row["where"] else None
    return Cell(
        row["address"], whole(row["value"]), STATUSES[row["status"]], row["unit"], row["unit_source"], row["raw"],
        row["matched_by"], row["confidence"], where,
    )  # fmt: skip


def to_claim(row: Row) -> Claim:
    value = whole(row["value"])
    return Claim(
        row["metric"], row["dim"], row["label"], row["value_text"] if value is None else value, row["unit"],
        row["year"], row["approx"], row["negated"], row["quote"], row["section"], to_locator(row["where"]),
        row["list_id"], row["list_role"],
    )  # fmt: skip


def to_line(row: Row) -> ProseLine:
    return ProseLine(row["paragraph"], row["kind"], row["section"], row["raw"], to_locator(row["where"]))


MAKERS = {"sections": to_section, "cells": to_cell, "claims": to_claim, "prose": to_line}

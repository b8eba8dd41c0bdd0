"""Many small segments → few large ones, sorted by year and region.

In: a store that its writer has open.  Out: the same rows; those that newer ones replaced are gone.  Refused: nothing; a
store that has nothing to put together is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import duckdb
import pyarrow as pa

from parsing.corpus.place import ROWS_A_GROUP
from parsing.corpus.schema import TABLES
from parsing.corpus.store import Segment, Store
from parsing.corpus.views import open_segments

# A segment with so many reports is left alone; so many are put together at most.
LARGE = 20_000


def merge_segments(store: Store) -> None:
    """Put neighbouring small segments together until none is left that has a small neighbour."""
    groups = list(small_groups(store.manifest.segments))
    for group in groups:
        merge(store, group)
    if groups and store.manifest.has_replaced:
        with open_segments(store, store.manifest.segments) as connection:
            query = "SELECT count(*) > count(DISTINCT report_id) FROM stored_reports"
            (has_replaced,) = connection.execute(query).fetchall()[0]
        store.keep(replace(store.manifest, has_replaced=has_replaced))


def small_groups(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Runs of small segments, each of about `LARGE` reports, that are more than one."""
    group: list[Segment] = []
    for segment in segments:
        if segment.reports >= LARGE or sum(one.reports for one in group) >= LARGE:
            if len(group) > 1:
                yield group
            group = []
        if segment.reports < LARGE:
            group.append(segment)
    if len(group) > 1:
        yield group


def merge(store: Store, group: Sequence[Segment]) -> None:
    """Some segments as one: each report as the newest of them has it, by year, region and report.

    They become the newest segment of all: so a report that one behind them has as well is left out.
    """
    last = max(one.number for one in group)
    with open_segments(store, [one for one in store.manifest.segments if one.number > last]) as connection:
        later = connection.sql("SELECT DISTINCT report_id FROM stored_reports").to_arrow_table()
    with open_segments(store, group) as connection:
        connection.register("later", later)
        connection.execute(
            "CREATE TEMP TABLE sorted AS SELECT report_id, row_number() OVER (ORDER BY year, region, report_id) AS rank"
            " FROM own_reports ANTI JOIN later USING (report_id)"
        )
        (reports,) = connection.execute("SELECT count(*) FROM sorted").fetchall()[0]
        names = {name for one in group for name in one.tables}
        store.exchange(group, ((name, sorted_rows(connection, name)) for name in TABLES if name in names), reports)


def sorted_rows(connection: duckdb.DuckDBPyConnection, name: str) -> pa.RecordBatchReader:
    """The rows of a table by and by: a group of segments would need gigabytes at once."""
    schema = TABLES[name]
    query = f"SELECT t.* EXCLUDE (segment) FROM own_{name} t JOIN sorted s USING (report_id) ORDER BY s.rank"
    if "seq" in schema.names:
        query += ", t.seq"
    if name == "sources":
        query = "SELECT * EXCLUDE (segment) FROM stored_sources ORDER BY run, path, source_file, report_id"
    return connection.sql(query).to_arrow_reader(ROWS_A_GROUP).cast(schema)

"""A store as DuckDB sees it: one view a frame of the contract, with its columns.

In: a store.  Out: a connection with the views.  Refused: nothing; a store without reports has views without rows.

A report that stands in several segments counts as the newest has it, one whose file was taken away does not count.
What was read after the last joining has the agency's own name as its id until the next one.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from parsing.columns import FRAMES, names
from parsing.corpus.schema import JOINED, TABLES
from parsing.corpus.store import Segment, Store

# What one query may take, and where DuckDB goes on when it needs more.
MEMORY_LIMIT = "1GB"
DUPLICATE = "与 {} 的内容完全相同，只计一次。请确认是否重复报送。"
# Reports as their newest segment has them, and of these those that some file still stands for.
NEWEST = "SELECT report_id, max(segment) AS segment FROM stored_reports GROUP BY report_id"
PRESENT = """
SELECT n.* FROM newest n SEMI JOIN (
    SELECT report_id FROM stored_sources
    JOIN (SELECT path, arg_max(report_id IS NULL, run) AS is_gone FROM stored_sources GROUP BY path) USING (path)
    WHERE NOT is_gone
) USING (report_id)
"""


def quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def empty(schema: pa.Schema, *more: str) -> str:
    """A relation with the columns of a schema and no rows."""
    types = {
        pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.int32(): "INTEGER", pa.float64(): "DOUBLE",
        pa.bool_(): "BOOLEAN", pa.binary(): "BLOB",
    }  # fmt: skip
    place = (
        'STRUCT(line INT, "column" INT, text VARCHAR, "table" INT, "row" INT, cell INT, path VARCHAR, page INT, '
        "box DOUBLE[])"
    )
    columns = [f'CAST(NULL AS {types.get(field.type, place)}) AS "{field.name}"' for field in schema]
    return f"SELECT {', '.join([*columns, *more])} WHERE false"


def open_store(store: Store) -> duckdb.DuckDBPyConnection:
    """A connection of its own to the store as its manifest says."""
    connection = open_segments(store, store.manifest.segments, PRESENT if store.manifest.has_gone else "")
    for table, schema in JOINED.items():
        name = store.joined_file(table)
        found = f"SELECT * FROM read_parquet({quote(store.place.locate(name))})" if name else empty(schema)
        connection.execute(f"CREATE VIEW joined_{table} AS {found}")
    for frame in FRAMES:
        connection.execute(f"CREATE VIEW {frame} AS {define(frame)}")
    return connection


def open_segments(store: Store, segments: Sequence[Segment], present: str = "") -> duckdb.DuckDBPyConnection:
    """The tables of some segments: `stored_…` has every row, `own_…` those of the newest version of each report."""
    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT})
    store.place.attach(connection)
    is_plain = not (store.manifest.has_replaced or present)
    for table, schema in TABLES.items():
        files = [store.place.locate(one.file(table)) for one in segments if table in one.tables]
        listed, segment = ", ".join(map(quote, files)), "0 AS segment" if is_plain else SEGMENT
        found = f"SELECT * EXCLUDE (filename), {segment} FROM read_parquet([{listed}], filename = true)"
        connection.execute(f"CREATE VIEW stored_{table} AS {found if files else empty(schema, '0 AS segment')}")
    if not is_plain:
        newest = present.replace("newest", f"({NEWEST})") if present else NEWEST
        connection.execute(f"CREATE TEMP TABLE live AS {newest}")
    for table in TABLES:
        is_whole = is_plain or table == "sources"
        live = "" if is_whole else " SEMI JOIN live USING (report_id, segment)"
        connection.execute(f"CREATE VIEW own_{table} AS SELECT * FROM stored_{table}{live}")
    return connection


# The segment of a row, from the name of the folder that its file lies in.
SEGMENT = "CAST(regexp_extract(filename, '(\\d{8})[/\\\\][a-z]+[.]parquet$', 1) AS INT) AS segment"


def define(frame: str) -> str:
    """The query behind the view of a frame."""
    if frame in DEFINITIONS:
        return DEFINITIONS[frame]
    columns = ", ".join(f'"{name}"' for name in names(frame))
    if frame in JOINED:
        known = "SELECT report_id FROM own_reports"
        return (
            f"SELECT {columns}, seq FROM own_{frame} UNION ALL "
            f"SELECT {columns}, seq FROM joined_{frame} WHERE report_id IN ({known})"
        )
    return f"SELECT {columns}, seq FROM own_{frame}"


DEFINITIONS = {
    "reports": """
        SELECT r.* EXCLUDE (seq, segment) REPLACE (
            coalesce(s.agency_id, r.agency_id) AS agency_id,
            coalesce(s.is_latest, r.is_latest) AS is_latest,
            r.flag_count + coalesce(s.joined_flags, 0) AS flag_count
        ), coalesce(s.position, 9223372036854775807) AS position, s.previous_id
        FROM own_reports r LEFT JOIN joined_standing s USING (report_id)
    """,
    "flags": f"""
        WITH found AS (
            SELECT * EXCLUDE (segment) FROM own_flags UNION ALL BY NAME
            SELECT * FROM joined_flags WHERE report_id IN (SELECT report_id FROM own_reports)
        )
        SELECT substr(sha256(concat_ws('|', f."check", coalesce(s.agency_id, r.agency_id, f.report_id),
            coalesce(CAST(f.year AS VARCHAR), 'None'), f.operands)), 1, 16) AS flag_id,
            {", ".join(f'f."{name}"' for name in names("flags")[1:])}, f.seq
        FROM found f JOIN own_reports r USING (report_id) LEFT JOIN joined_standing s USING (report_id)
    """,
    "problems": f"""
        WITH placed AS (
            SELECT report_id, source_file, path, run,
                first_value(source_file) OVER (PARTITION BY report_id ORDER BY run, path, source_file) AS first
            FROM own_sources WHERE report_id IN (SELECT report_id FROM own_reports)
        )
        SELECT * EXCLUDE (segment) FROM own_problems UNION ALL BY NAME
        SELECT report_id, source_file, 'duplicate_file' AS kind,
            replace({quote(DUPLICATE)}, '{{}}', first) AS message, '' AS place, 1000000 AS seq
        FROM placed WHERE source_file <> first
    """,
}

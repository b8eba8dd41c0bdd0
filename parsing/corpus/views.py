"""A store as DuckDB sees it: one view a frame of the contract, with its columns.

In: a store.  Out: a connection with the views; a store without reports has views without rows.  Refused (`StoreError`):
a store of which files are missing or damaged.

A report that stands in several segments counts as the newest has it, one whose file was taken away does not count.
What was read after the last joining has the agency's own name as its id until the next one, and the file that it was
first read from.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from parsing.columns import FRAMES, names
from parsing.corpus.errors import StoreChanged, StoreError
from parsing.corpus.schema import JOINED, TABLES
from parsing.corpus.store import Segment, Store

# What one query may take.  Nothing is fetched or loaded that did not come with DuckDB, and a name in a query means a
# view of the store, never a variable of this program.
SETTINGS: dict[str, str | bool] = {
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
# What is wrong with a query and not with the store.
MISTAKES = (
    duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.ConversionException,
    duckdb.OutOfRangeException, duckdb.OutOfMemoryException,
)  # fmt: skip
# Reports as their newest segment has them.
NEWEST = "SELECT report_id, max(segment) AS segment FROM stored_reports GROUP BY report_id"
# Of these, the reports that some file holds, and those that it held before with another content: older versions.  Not
# those of a file that was taken away, nor what an older program made of the same content, nor a file without a name of
# an agency, which was not readable then.
PRESENT = """
WITH now AS (
    SELECT path, run, max(file_sha256) AS content, bool_or(report_id IS NULL) AS is_gone FROM stored_sources
    SEMI JOIN (SELECT path, max(run) AS run FROM stored_sources GROUP BY path) USING (path, run) GROUP BY path, run
), held AS (
    SELECT s.report_id, s.run = now.run AS stands FROM stored_sources s JOIN now USING (path)
    WHERE NOT is_gone AND (s.run = now.run OR s.file_sha256 NOT IN ('', now.content))
)
SELECT report_id, max(segment) AS segment FROM stored_reports
WHERE report_id IN (SELECT report_id FROM held WHERE stands)
    OR (agency IS NOT NULL AND report_id IN (SELECT report_id FROM held))
GROUP BY report_id
"""


def spill_folder() -> str:
    """Where DuckDB goes on when memory does not suffice: not in the folder of the caller, which may hold reports."""
    return os.path.join(tempfile.gettempdir(), f"duckdb-{os.getpid()}")


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


@contextmanager
def open_store(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own to the store as its manifest says; `StoreError` says why it cannot be asked."""
    with open_segments(store, store.manifest.segments, PRESENT if store.manifest.has_gone else "") as connection:
        for table, schema in JOINED.items():
            name = store.joined_file(table)
            found = f"SELECT * FROM read_parquet({quote(store.place.locate(name))})" if name else empty(schema)
            connection.execute(f"CREATE VIEW joined_{table} AS {found}")
        for frame in FRAMES:
            connection.execute(f"CREATE VIEW {frame} AS {define(frame)}")
        yield connection


@contextmanager
def open_segments(store: Store, segments: Sequence[Segment], present: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of some segments: `stored_…` has every row, `own_…` those of the newest version of each report."""
    try:
        with duckdb.connect(config={**SETTINGS, "temp_directory": spill_folder()}) as connection:
            store.place.attach(connection)
            define_tables(connection, store, segments, present)
            yield connection
    except duckdb.Error as error:
        raise explain(error, store) from error


def explain(error: duckdb.Error, store: Store) -> StoreError:
    """Why a store could not be asked: it was swept meanwhile, has lost files, or else what DuckDB says."""
    address, said = store.place.address, " ".join(str(error).split())
    if not isinstance(error, MISTAKES):
        if Store.open(address).manifest != store.manifest:
            return StoreChanged(f"数据目录 {address} 刚刚被另一个程序更新，请重新运行。")
        if complaint := store.complaint():
            return StoreError(complaint)
    return StoreError(f"查询有误：{said}")


def define_tables(
    connection: duckdb.DuckDBPyConnection, store: Store, segments: Sequence[Segment], present: str
) -> None:
    is_plain = not (store.manifest.has_replaced or present)
    for table, schema in TABLES.items():
        files = [store.place.locate(one.file(table)) for one in segments if table in one.tables]
        listed = ", ".join(map(quote, files))
        found = f"SELECT * EXCLUDE (filename), {SEGMENT} FROM read_parquet([{listed}], filename = true)"
        connection.execute(f"CREATE VIEW stored_{table} AS {found if files else empty(schema, '0 AS segment')}")
    if not is_plain:
        # No temporary table: the app asks by cursors, which would not see it.
        connection.execute(f"CREATE TABLE live AS {present or NEWEST}")
    for table in TABLES:
        is_whole = is_plain or table == "sources"
        live = "" if is_whole else " SEMI JOIN live USING (report_id, segment)"
        connection.execute(f"CREATE VIEW own_{table} AS SELECT * FROM stored_{table}{live}")


# The segment of a row, from the name of the folder that its file lies in.
SEGMENT = "CAST(regexp_extract(filename, '(\\d{8})[/\\\\][a-z]+[.]parquet$', 1) AS INT) AS segment"


def define(frame: str, segments: Sequence[int] = ()) -> str:
    """The query behind the view of a frame; with segments, over the reports of the table `wanted_ids`, which lie there.

    Then no other file is opened, and of those that all reports share only what can hold them is read.
    """
    if segments:
        here = f" WHERE segment IN ({', '.join(map(str, segments))})"
        wanted = r"(SELECT * FROM \g<0> SEMI JOIN wanted_ids USING (report_id)"
        return SHARED.sub(f"{wanted})", OWN.sub(f"{wanted}{here})", define(frame)))
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


# Where a query names a table of its own segments, and one that all reports share.
OWN, SHARED = re.compile(r"(?<=FROM |JOIN )own_[a-z]+"), re.compile(r"(?<=FROM |JOIN )joined_[a-z]+")
DEFINITIONS = {
    "texts": "SELECT report_id, text FROM own_texts",
    "reports": """
        SELECT r.* EXCLUDE (seq, segment) REPLACE (
            coalesce(s.source_file, r.source_file) AS source_file,
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
    "problems": """
        SELECT p.* EXCLUDE (segment) REPLACE (coalesce(s.source_file, p.source_file) AS source_file), s.position
        FROM own_problems p LEFT JOIN joined_standing s USING (report_id) UNION ALL BY NAME
        SELECT * FROM joined_problems WHERE report_id IN (SELECT report_id FROM own_reports)
    """,
}

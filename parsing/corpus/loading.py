"""A store, or some reports of it, as the frames of the contract.

In: a store and, if not all are wanted, report ids.  Out: a `Corpus`, equal to the one that the same files give when
they are read at once.  Refused (`StoreError`): what is no store, or has lost files; ids that the store does not have
add no rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from parsing.columns import FRAMES, Column
from parsing.corpus.errors import StoreChanged
from parsing.corpus.store import Store
from parsing.corpus.views import define, open_store
from parsing.model import Locator
from parsing.tables import Corpus

# A store that is written while it is being read is read anew so many times.
PATIENCE = 4


def load_store(address: Path | str, report_ids: Sequence[str] | None = None) -> Corpus:
    """The frames over the reports of a store, in the order of their files."""
    for _ in range(PATIENCE):
        try:
            with open_store(Store.open(address)) as connection:
                return load_frames(connection, report_ids)
        except StoreChanged:
            continue
    with open_store(Store.open(address)) as connection:
        return load_frames(connection, report_ids)


def load_frames(
    connection: duckdb.DuckDBPyConnection, report_ids: Sequence[str] | None = None, segments: Sequence[int] = ()
) -> Corpus:
    """The frames over some reports, or all, of a store that is open.

    Who knows in which segments the reports lie says so: then only these are opened.
    """
    chosen = "SELECT report_id FROM reports"
    if report_ids is not None:
        connection.register("wanted_ids", pa.table({"report_id": pa.array(report_ids, pa.string())}))
        chosen = "SELECT report_id FROM wanted_ids"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE wanted AS SELECT report_id, position, source_file"
        f" FROM ({define('reports', segments)}) WHERE report_id IN ({chosen})"
    )
    frames = {frame: load_frame(connection, frame, segments) for frame in FRAMES}
    texts = connection.execute(
        f"SELECT report_id, text FROM ({define('texts', segments)}) SEMI JOIN wanted USING (report_id)"
    ).fetchall()
    return Corpus(**frames, texts=dict(texts))


def load_frame(connection: duckdb.DuckDBPyConnection, frame: str, segments: Sequence[int]) -> pd.DataFrame:
    """The rows of the reports in the table `wanted`, with the dtypes of the dictionary."""
    columns = ", ".join(f'f."{column.name}"' for column in FRAMES[frame])
    order = "w.position, w.source_file" + ("" if frame == "reports" else ", f.seq")
    if frame == "problems":
        # That a file says the same as another is a problem of that file, which comes at its own place.
        order = f"coalesce(f.position, w.position), {order}"
    query = f"SELECT {columns} FROM ({define(frame, segments)}) f JOIN wanted w USING (report_id) ORDER BY {order}"
    table = connection.sql(query).to_arrow_table()
    return pd.DataFrame({column.name: to_series(column, table[column.name]) for column in FRAMES[frame]})


def to_series(column: Column, values: pa.ChunkedArray) -> pd.Series:
    """A column with its dtype; places and evidence as the contract writes them."""
    if column.dtype != "object":
        return pd.Series(values.to_pandas(types_mapper=MAPPED.get), dtype=column.dtype)
    if pa.types.is_struct(values.type):
        return pd.Series([place_json(value) for value in values.to_pylist()], dtype="object")
    return pd.Series([json.loads(value) for value in values.to_pylist()], dtype="object")


MAPPED = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(), pa.bool_(): pd.BooleanDtype()}


def place_json(value: dict[str, Any] | None) -> dict[str, Any] | None:
    return to_locator(value).to_json() if value is not None else None


def to_locator(value: dict[str, Any]) -> Locator:
    """A place as it was before it was stored."""
    return Locator(**{**value, "box": tuple(value["box"]) if value["box"] else None})

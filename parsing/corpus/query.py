"""Answers of a store: SQL over the frames, and all frames as files.

In: the address of a store, and a query.  Out: rows, as text or CSV, or files.  Refused (`StoreError`): what is no query
that reads; a query reaches the store and no other file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

import duckdb
import pandas as pd
import pyarrow as pa

from parsing.columns import FRAMES, names
from parsing.commands import on_one_line
from parsing.corpus.errors import StoreError
from parsing.corpus.loading import MAPPED, load_frames
from parsing.corpus.store import Store
from parsing.corpus.views import open_store, quote
from parsing.export import to_csv_bytes, to_xlsx_bytes

# So many rows are written at a time, and so many an Excel sheet holds besides its heading.
ROWS_AT_A_TIME = 50_000
REPORTS_AT_A_TIME = 2_000
ROWS_A_SHEET = 1_048_575
ROWS_PRINTED = 200
CLOSE = "SET enable_external_access = false; SET lock_configuration = true"


@contextmanager
def answer(address: Path | str, sql: str) -> Iterator[duckdb.DuckDBPyRelation]:
    """The rows that a query gives; it sees the views of the frames, and no file but those of the store."""
    store = Store.open(address)
    with open_store(store) as connection:
        connection.execute(f"SET allowed_directories = [{quote(store.place.locate(''))}]")
        connection.execute(CLOSE)
        try:
            kinds = [one.type for one in connection.extract_statements(sql)]
            # Also a statement that only explains another one may carry it out.
            if kinds != [duckdb.StatementType.SELECT]:
                raise StoreError("这里只能查询，不能写入，一次一条。请以 SELECT 开头。")
            relation = connection.sql(sql)
        except duckdb.IOException:
            raise
        except duckdb.Error as error:
            raise StoreError(f"查询有误：{' '.join(str(error).split())}") from error
        yield relation


def chunks_of(relation: duckdb.DuckDBPyRelation) -> Iterator[pd.DataFrame]:
    """The rows by and by; a result without rows is one chunk without rows."""
    reader, is_first = relation.to_arrow_reader(ROWS_AT_A_TIME), True
    for batch in reader:
        is_first = False
        yield to_frame(batch)
    if is_first:
        yield to_frame(reader.schema.empty_table())


def to_frame(rows: pa.RecordBatch | pa.Table) -> pd.DataFrame:
    """Rows with counts that stay whole numbers where some are missing; a heading that comes again is kept."""
    columns = [to_series(column) for column in rows.columns]
    frame = pd.DataFrame(dict(enumerate(columns)))
    seen: Counter[str] = Counter()
    for at, name in enumerate(rows.schema.names):
        seen[name] += 1
        frame = frame.rename(columns={at: name if seen[name] == 1 else f"{name}_{seen[name]}"})
    return frame


def to_series(values: Any) -> pd.Series:
    if pa.types.is_nested(values.type):
        return pd.Series(values.to_pylist(), dtype="object")
    return pd.Series(values.to_pandas(types_mapper=MAPPED.get))


def write_csv(relation: duckdb.DuckDBPyRelation, target: TextIO) -> None:
    """The rows as CSV that a spreadsheet opens safely."""
    for number, chunk in enumerate(chunks_of(relation)):
        # Only the first heading is written; those after it are plain, so that one can tell where they end.
        text = to_csv_bytes(chunk if number == 0 else chunk.set_axis(range(chunk.shape[1]), axis=1)).decode("utf-8-sig")
        target.write(text if number == 0 else text.partition("\r\n")[2])


def write_text(relation: duckdb.DuckDBPyRelation, target: TextIO) -> None:
    """The first rows as an aligned table, and how many there are when that is more."""
    frame = to_frame(relation.limit(ROWS_PRINTED + 1).to_arrow_table())
    shown = frame.head(ROWS_PRINTED).map(lambda value: on_one_line(value) if isinstance(value, str) else value)
    target.write(shown.rename(columns=on_one_line).to_string(index=False, na_rep="") + "\n")
    if len(frame) > ROWS_PRINTED:
        target.write(f"…… 只列出前 {ROWS_PRINTED} 行；全部请用 --csv。\n")


def export_csv(address: Path | str, folder: Path) -> None:
    """One CSV a frame, written by and by."""
    folder.mkdir(parents=True, exist_ok=True)
    with open_store(Store.open(address)) as connection, ExitStack() as stack:
        paths = {frame: folder / f"{frame}.csv" for frame in FRAMES}
        files = {frame: stack.enter_context(path.open("wb")) for frame, path in paths.items()}
        ids = [row[0] for row in connection.execute("SELECT report_id FROM reports ORDER BY position").fetchall()]
        for at in range(0, max(len(ids), 1), REPORTS_AT_A_TIME):
            corpus = load_frames(connection, ids[at : at + REPORTS_AT_A_TIME])
            for frame, file in files.items():
                written = to_csv_bytes(getattr(corpus, frame))
                file.write(written if at == 0 else written.partition(b"\r\n")[2])


def export_parquet(address: Path | str, folder: Path) -> None:
    """One Parquet file a frame."""
    folder.mkdir(parents=True, exist_ok=True)
    with open_store(Store.open(address)) as connection:
        for frame in FRAMES:
            target = quote(str(folder / f"{frame}.parquet"))
            connection.execute(f"COPY ({ordered(frame)}) TO {target} (FORMAT parquet, COMPRESSION zstd)")


def export_xlsx(address: Path | str, file: Path) -> None:
    """One workbook; a store with more rows than a sheet holds is refused."""
    with open_store(Store.open(address)) as connection:
        for frame in FRAMES:
            (count,) = connection.execute(f"SELECT count(*) FROM {frame}").fetchall()[0]
            if count > ROWS_A_SHEET:
                raise StoreError(f"{frame} 表有 {count:,} 行，一张 Excel 工作表放不下。请用 --csv 或 --parquet。")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(to_xlsx_bytes(load_frames(connection)))


def ordered(frame: str) -> str:
    """The rows of a frame with its columns, report by report."""
    columns = ", ".join(f'"{name}"' for name in names(frame))
    order = "source_file, report_id" if frame == "reports" else "report_id, seq"
    return f"SELECT {columns} FROM {frame} ORDER BY {order}"

"""Where a store lies: a folder on this machine, written so that no moment of the writing can break it.

In: names relative to the store, and bytes or tables.  Out: files that are whole or not there at all: each is written
beside its place, brought to disk and then given its name.  Refused (`StoreError`): a place that cannot be written, a
second writer.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from parsing.corpus.errors import StoreError

LOCK = "lock"
HOLDER = "lock.json"
# Files that are being written; what is left of them belongs to a writer that died.
UNFINISHED = ".part"
# The rows that are compressed, read and held in memory together: a multiple of the 2 to the 11 that DuckDB hands on.
ROWS_A_GROUP = 98 * 2**11
# What rows are looked up by, and of how many reports there are rows in such a group of a large table.
KEY, REPORTS_A_GROUP = "report_id", 2_000
# A table, or one that is too large to be held and comes by and by.
Rows: TypeAlias = pa.Table | pa.RecordBatchReader
REASONS = {
    errno.ENOSPC: "磁盘已满。请腾出空间后重新运行，已经读完的报告不用再读。",
    errno.EDQUOT: "磁盘配额已用完。请腾出空间后重新运行，已经读完的报告不用再读。",
    errno.EROFS: "所在的磁盘是只读的。请换一个可以写入的目录。",
    errno.EACCES: "没有写入权限。请检查目录的权限，或换一个目录。",
    errno.ENOTDIR: "路径中有一段不是目录。请检查路径。",
    errno.EEXIST: "这是一个文件，不是目录。请换一个目录。",
    errno.EFBIG: "文件大小超过了系统允许的上限。请放宽上限，或换一个磁盘后重新运行，已经读完的报告不用再读。",
}


@dataclass(frozen=True, slots=True)
class Folder:
    """A store in a local folder."""

    root: Path

    @property
    def address(self) -> str:
        return str(self.root)

    def locate(self, name: str) -> str:
        """The address of a file as pyarrow and DuckDB take it."""
        return str(self.root / name)

    def holds(self, path: Path) -> bool:
        """Whether a file lies in the store, and so is none to be read."""
        return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(self.root))

    def exists(self, name: str) -> bool:
        try:
            return (self.root / name).exists()
        except OSError as error:
            raise StoreError(explain(error, self.address, "读不出来")) from error

    def read_bytes(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise StoreError(explain(error, self.address, "读不出来")) from error

    def is_vacant(self) -> bool:
        """Whether nothing is there, or no more than what a writer leaves that died over its first step."""
        try:
            names = os.listdir(self.root) if self.root.exists() else []
        except OSError as error:
            raise StoreError(explain(error, self.address)) from error
        return all(name in (LOCK, HOLDER) or name.endswith(UNFINISHED) for name in names)

    def list_names(self) -> Iterator[str]:
        """All files below the store."""
        for path in sorted(self.root.rglob("*")):
            if path.is_file():
                yield path.relative_to(self.root).as_posix()

    def write_bytes(self, name: str, data: bytes) -> None:
        with self._writing(name) as part:
            part.write_bytes(data)

    def write_table(self, name: str, rows: Rows) -> None:
        with self._writing(name) as part:
            write_parquet(rows, part)

    def read_table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        return pq.read_table(self.root / name, columns=columns)

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def remove_empty(self) -> None:
        """Remove folders without files."""
        for folder, _, _ in os.walk(self.root, topdown=False):
            if folder != str(self.root) and not any(Path(folder).iterdir()):
                os.rmdir(folder)

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the files of the store known to a connection, which reads local ones by itself."""

    @contextmanager
    def _writing(self, name: str) -> Iterator[Path]:
        """The path to write to; after the block its content has the name, on disk."""
        target = self.root / name
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            yield part
            flush(part)
            part.replace(target)
            for folder in target.relative_to(self.root).parents:
                flush(self.root / folder)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise StoreError(explain(error, self.address)) from error

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[None]:
        """The right to write, which one process has at a time; it ends with the process, however that ends."""
        lock = FileLock(self.root / LOCK)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=wait_seconds)
            (self.root / HOLDER).write_text(json.dumps({"pid": os.getpid()}), "utf-8")
        except Timeout as error:
            raise StoreError(self._busy()) from error
        except OSError as error:
            lock.release()
            raise StoreError(explain(error, self.address)) from error
        try:
            yield
        finally:
            lock.release()

    def _busy(self) -> str:
        try:
            who = f"（进程 {json.loads((self.root / HOLDER).read_text('utf-8'))['pid']}）"
        except (OSError, ValueError, KeyError):
            who = ""
        return f"另一个程序{who}正在写入数据目录 {self.address}。请等它结束后再运行，或用 --wait 秒数 等待。"


def write_parquet(rows: Rows, target: Any) -> None:
    """Rows to a path or a file that is open for writing; a group of them says of which reports it surely has none."""
    sifted = {KEY: {"ndv": REPORTS_A_GROUP, "fpp": 0.01}} if KEY in rows.schema.names else None
    with pq.ParquetWriter(target, rows.schema, compression="zstd", bloom_filter_options=sifted) as writer:
        if isinstance(rows, pa.Table):
            writer.write_table(rows, row_group_size=ROWS_A_GROUP)
            return
        for batch in rows:
            writer.write_batch(batch, row_group_size=ROWS_A_GROUP)


def flush(path: Path) -> None:
    """What was written to a file, or the names in a folder, on disk; some systems cannot do it for folders."""
    if os.name == "nt" and path.is_dir():
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def explain(error: OSError, address: str, failure: str = "写不进去") -> str:
    """An error of the system, said to a person."""
    reason = REASONS.get(error.errno or 0, f"{error.strerror or type(error).__name__}。")
    return f"数据目录 {address} {failure}：{reason}"

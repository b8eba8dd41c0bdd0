"""Which place an address names: a folder, or a bucket of an object store.

In: a path, or an address with a scheme (`s3://bucket/path`).  Out: a `Place`.  Refused (`StoreError`): a scheme that
is not known, an object store where the extra that speaks to it is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from parsing.corpus.errors import StoreError
from parsing.corpus.place import Folder, Rows

# What each scheme stands for: S3 and what speaks like it, Google Cloud, Azure, the memory of this process.
SCHEMES = ("s3", "gs", "az", "memory")
NEEDED = ("obstore", "fsspec")


class Place(Protocol):
    """What a store asks of the place that it lies in; names are relative to the store, with “/”."""

    @property
    def address(self) -> str: ...
    def locate(self, name: str) -> str: ...
    def holds(self, path: Path) -> bool: ...
    def is_vacant(self) -> bool: ...
    def exists(self, name: str) -> bool: ...
    def read_bytes(self, name: str) -> bytes: ...
    def list_names(self) -> Iterator[str]: ...
    def write_bytes(self, name: str, data: bytes) -> None: ...
    def write_table(self, name: str, rows: Rows) -> None: ...
    def read_table(self, name: str, columns: list[str] | None = None) -> pa.Table: ...
    def remove(self, name: str) -> None: ...
    def remove_empty(self) -> None: ...
    def attach(self, connection: duckdb.DuckDBPyConnection) -> None: ...
    def writing(self, wait_seconds: float) -> AbstractContextManager[None]: ...


def open_place(address: Path | str) -> Place:
    """The place at an address."""
    scheme, mark, _ = str(address).partition("://")
    if isinstance(address, Path) or not mark:
        return Folder(Path(address))
    if scheme not in SCHEMES:
        known = "、".join(f"{one}://" for one in SCHEMES[:-1])
        raise StoreError(f"数据目录 {address} 的地址无法识别。可以用文件夹的路径，或 {known} 开头的地址。")
    if any(find_spec(name) is None for name in NEEDED):
        raise StoreError(f"要读写 {address}，请先安装对象存储组件：pip install -r requirements-remote.txt。")
    from parsing.corpus.remote import open_bucket

    return open_bucket(str(address))

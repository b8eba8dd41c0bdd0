"""Where a store lies, in an object store: S3 and what speaks like it, Google Cloud, Azure; by the extra `remote`.

In: names relative to the store, and bytes or tables.  Out: objects that are whole or not there at all: each is one put.
Refused (`StoreError`): a bucket that cannot be reached or written, a second writer.

The lock alone would not do: a writer that slept through its end may wake and write on.  So every put says what it
expects to find: nothing where a table goes, and for the manifest the very one that this writer read or wrote last.
Whoever was overtaken is refused by the store, whatever he believes.  Keys come from the environment, as the makers of
the stores name them (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`, …).
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

import duckdb
import obstore
import pyarrow as pa
import pyarrow.parquet as pq
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import MemoryStore, ObjectStore, from_url

from parsing.corpus.errors import StoreError
from parsing.corpus.lease import LOCK, Lease, Overtaken, Version, put_expecting
from parsing.corpus.place import Rows, write_parquet
from parsing.corpus.ranges import PROTOCOL, StoreFiles

# A table of a large segment takes minutes over a slow line; whoever does not answer at all is given up sooner.
PATIENCE, CONNECTING, RETRYING = timedelta(minutes=10), timedelta(seconds=10), timedelta(seconds=60)
RETRIES = 5


def open_bucket(address: str) -> Bucket:
    """The store at an address with a scheme; nothing is asked yet."""
    if address.startswith("memory://"):
        return Bucket(address, memory_store(address))
    # Whoever names an endpoint without encryption means it; else the client would refuse it.
    is_plain = any(os.environ.get(f"AWS_{name}", "").startswith("http://") for name in ("ENDPOINT_URL", "ENDPOINT"))
    try:
        store = from_url(
            address,
            client_options={"timeout": PATIENCE, "connect_timeout": CONNECTING, "allow_http": is_plain},
            retry_config={"max_retries": RETRIES, "retry_timeout": RETRYING},
        )
    except (BaseError, ValueError) as error:
        raise StoreError(explain(error, address)) from error
    return Bucket(address, store)


@cache
def memory_store(address: str) -> MemoryStore:
    """What lies in the memory of this process under an address."""
    return MemoryStore()


@dataclass(slots=True)
class Bucket:
    """A store in an object store; `versions` are the objects that can be replaced, as this program knows them."""

    address: str
    objects: ObjectStore
    versions: dict[str, Version] = field(default_factory=dict)
    lease: Lease | None = None

    def locate(self, name: str) -> str:
        """The address of an object as DuckDB takes it after `attach`."""
        return f"{PROTOCOL}://{name}"

    def holds(self, path: Path) -> bool:
        """No file on this machine is part of the store."""
        return False

    def exists(self, name: str) -> bool:
        with explained(self.address):
            try:
                obstore.head(self.objects, name)
            except FileNotFoundError:
                return False
            return True

    def is_vacant(self) -> bool:
        """Whether nothing is there, or no more than the lock."""
        return all(name == LOCK for name in self.list_names())

    def read_bytes(self, name: str) -> bytes:
        with explained(self.address):
            found = obstore.get(self.objects, name)
            self.versions[name] = Version.of(found.meta)
            return bytes(found.bytes())

    def list_names(self) -> Iterator[str]:
        """All objects below the store."""
        with explained(self.address):
            names = [one["path"] for chunk in obstore.list(self.objects) for one in chunk]
        yield from sorted(names)

    def write_bytes(self, name: str, data: bytes) -> None:
        """An object instead of the one that was read or written last, or where none was."""
        self.versions[name] = self._put(name, data, self.versions.get(name))

    def write_table(self, name: str, rows: Rows) -> None:
        """A table where nothing is: a writer removes what others left before it begins."""
        target = io.BytesIO()
        write_parquet(rows, target)
        self._put(name, target.getvalue(), None)

    def read_table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        return pq.read_table(pa.BufferReader(self.read_bytes(name)), columns=columns)

    def remove(self, name: str) -> None:
        with explained(self.address):
            try:
                obstore.delete(self.objects, name)
            except FileNotFoundError:
                return

    def remove_empty(self) -> None:
        """An object store has no folders."""

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the objects of the store known to a connection, which can read these and no others."""
        with explained(self.address):
            connection.register_filesystem(StoreFiles(self.objects))

    def _put(self, name: str, data: bytes, expected: Version | None) -> Version:
        with explained(self.address):
            try:
                if self.lease and self.lease.is_lost:
                    raise Overtaken
                return put_expecting(self.objects, name, data, expected)
            except Overtaken as error:
                advice = "请等它结束后重新运行，已经存入的报告不用再读。"
                raise StoreError(f"写入 {self.address} 时被另一个程序取代，已停止。{advice}") from error

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[None]:
        """The right to write, which one program has at a time; it ends when its holder gives no more sign of life."""
        lease = Lease(self.objects, self.address)
        with explained(self.address):
            lease.take(wait_seconds)
        self.lease = lease
        try:
            yield
        finally:
            self.lease = None
            lease.give_back()


@contextmanager
def explained(address: str) -> Iterator[None]:
    """What the client of an object store raises, said to a person."""
    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        raise StoreError(explain(error, address)) from error


def explain(error: Exception, address: str) -> str:
    """An error of the client, said to a person; what a server answers may fill pages."""
    if isinstance(error, PermissionDeniedError | UnauthenticatedError):
        reason = "没有权限。请检查环境变量中的密钥（如 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）和桶的权限。"
    elif isinstance(error, FileNotFoundError):
        reason = "没有这个桶或文件。请检查地址，桶须事先建好。"
    else:
        said = " ".join(str(error).split("\n", 1)[0].split())[:200]
        reason = f"请检查地址、网络和环境变量中的密钥（{said}）。"
    return f"数据目录 {address} 读写失败：{reason}"

"""The objects of a store as files for DuckDB, which reads of each only the ranges that a query needs.

In: an object store.  Out: a file system with nothing but these objects.  Refused: everything but reading.

DuckDB reads one file with several threads and moves to a place and reads there in two steps (2.0): with a file that has
one place for all, as those of fsspec's own file systems, a thread reads where another has just moved to, and gets wrong
bytes without an error.  So each thread has a place of its own here.
"""

from __future__ import annotations

import io
import os
from datetime import datetime
from threading import local
from typing import Any

import obstore
from fsspec.spec import AbstractFileSystem
from obstore.store import ObjectStore

# The scheme of the addresses under which DuckDB sees a store.
PROTOCOL = "store"
# An object up to this size is fetched as a whole, and so many bytes of such objects are kept.
SMALL, KEPT = 1 << 20, 64 << 20


class StoreFiles(AbstractFileSystem):  # type: ignore[misc]
    """The objects of a store as they were when this was made, and those put since when they are asked for."""

    protocol = PROTOCOL
    cachable = False

    def __init__(self, objects: ObjectStore) -> None:
        super().__init__()
        self.objects = objects
        # One list costs less than asking for each file, which DuckDB does several times.
        self.facts = {one["path"]: one for chunk in obstore.list(objects) for one in chunk}
        self.small: dict[str, bytes] = {}
        self.kept = 0

    def info(self, path: str, **options: Any) -> dict[str, Any]:
        name = self._strip_protocol(path)
        if name not in self.facts:
            # A writer reads what it has just put; FileNotFoundError where there is no such object.
            self.facts[name] = obstore.head(self.objects, name)
        return {"name": name, "size": self.facts[name]["size"], "type": "file"}

    def modified(self, path: str) -> datetime:
        when: datetime = self.facts[self._strip_protocol(path)]["last_modified"]
        return when

    def ls(self, path: str, detail: bool = True, **options: Any) -> list[Any]:
        """A name is never searched for: the manifest knows them all."""
        return []

    def _open(self, path: str, mode: str = "rb", **options: Any) -> io.RawIOBase:
        if mode != "rb":
            raise PermissionError(path)
        name = self._strip_protocol(path)
        size = self.info(name)["size"]
        return RangedFile(self, name, size)

    def read_range(self, name: str, start: int, end: int) -> bytes:
        """The bytes of an object from `start` to before `end`."""
        if self.facts[name]["size"] > SMALL:
            return bytes(obstore.get_range(self.objects, name, start=start, end=end))
        data = self.small.get(name)
        if data is None:
            data = bytes(obstore.get(self.objects, name).bytes())
            if self.kept < KEPT:
                self.small[name] = data
                self.kept += len(data)
        return data[start:end]


class RangedFile(io.RawIOBase):
    """An object that several threads read at once, each from its own place."""

    def __init__(self, files: StoreFiles, name: str, size: int) -> None:
        self.files, self.name, self.size = files, name, size
        self.place = local()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return getattr(self.place, "at", 0)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self.size}[whence]
        self.place.at = begin + offset
        return begin + offset

    def read(self, size: int = -1) -> bytes:
        at = self.tell()
        end = self.size if size < 0 else min(at + size, self.size)
        if at >= end:
            return b""
        data = self.files.read_range(self.name, at, end)
        self.place.at = at + len(data)
        return data

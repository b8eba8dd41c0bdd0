"""A store: which files hold its rows, and the one moment at which new ones begin to count.

In: tables of rows.  Out: segments, files that never change, and a manifest that lists them.  Refused (`StoreError`): a
store that a newer program wrote, a manifest that is no manifest.

A segment counts from the moment at which the manifest that names it has taken the place of the one before; until then,
and after a crash, its files are rubbish that the next writer removes.  So a store opens at any moment and holds all
that was reported as done.  Each report belongs to the newest segment that has it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from parsing.corpus.address import Place, open_place
from parsing.corpus.errors import StoreError
from parsing.corpus.place import UNFINISHED, Rows
from parsing.corpus.schema import JOINED, STORE_FORMAT, TABLES

MANIFEST = "manifest.json"
KIND = "disclosure reports"
SEGMENTS, JOINS = "segments", "joined"
NamedTable = tuple[str, Rows]
ANEW = "python -m parsing ingest 报告文件夹 --store 新目录"


@dataclass(frozen=True, slots=True)
class Segment:
    """Files of rows: `number` grows with each one, `tables` are those that have rows, `reports` how many of them."""

    number: int
    reports: int
    tables: tuple[str, ...]

    def file(self, table: str) -> str:
        return f"{SEGMENTS}/{self.number:08d}/{table}.parquet"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store holds: its segments, the number of the last run, and what was joined.

    `joined` is the number of the joined tables that are valid, `joined_of` the last segment that they know.
    `has_replaced` says that some report stands in several segments, `has_gone` that some file was taken away, changed
    or read anew, so that not everything that was read still counts, `summarised` is the mark of the summaries that
    were written over it.
    """

    format: int = STORE_FORMAT
    segments: tuple[Segment, ...] = ()
    run: int = 0
    next_number: int = 1
    joined: int = 0
    joined_of: int = 0
    has_replaced: bool = False
    has_gone: bool = False
    summarised: str = ""

    def to_bytes(self) -> bytes:
        return json.dumps({"kind": KIND, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes, address: str) -> Manifest:
        try:
            found: dict[str, Any] = json.loads(data)
            is_ours = found.pop("kind", None) == KIND
        except (ValueError, AttributeError, TypeError):
            is_ours = False
        if not is_ours:
            raise StoreError(f"{address} 里的 {MANIFEST} 不是数据目录的清单，或已损坏。请换一个目录，或恢复备份。")
        number, known = found.get("format"), {one.name for one in fields(cls)}
        if isinstance(number, int) and number < STORE_FORMAT:
            raise StoreError(f"数据目录 {address} 由旧版本写成，格式已经改变。请重新读取：{ANEW}")
        if isinstance(number, int) and (number > STORE_FORMAT or not known.issuperset(found)):
            raise StoreError(f"数据目录 {address} 由更新的版本写成。请先升级程序，再打开它。")
        try:
            listed = found.pop("segments")
            found["segments"] = tuple(Segment(one["number"], one["reports"], tuple(one["tables"])) for one in listed)
            if any(type(found[one.name]) is not type(one.default) for one in fields(cls)):
                raise ValueError("a field of another type")
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"数据目录 {address} 的清单 {MANIFEST} 已损坏。请恢复备份，或重新读取：{ANEW}") from error
        return cls(**found)


@dataclass(slots=True)
class Store:
    """A store that is open; `manifest` is what it held when it was opened or last written by this object."""

    place: Place
    manifest: Manifest = field(default_factory=Manifest)

    @classmethod
    def open(cls, address: Path | str) -> Store:
        """The store at an address; StoreError where there is none."""
        place = open_place(address)
        if not place.exists(MANIFEST):
            raise StoreError(f"{address} 不是数据目录。请先运行：python -m parsing ingest 报告文件夹 --store {address}")
        return cls(place, Manifest.from_bytes(place.read_bytes(MANIFEST), place.address))

    @classmethod
    @contextmanager
    def writing(cls, address: Path | str, wait_seconds: float = 0) -> Iterator[Store]:
        """The store at an address, made where there is none, for one writer; what a dead one left is removed."""
        place = open_place(address)
        if not (place.is_vacant() or place.exists(MANIFEST)):
            raise StoreError(f"{address} 里已有别的文件，却没有清单 {MANIFEST}。请换一个空目录，或恢复备份。")
        with place.writing(wait_seconds):
            if place.exists(MANIFEST):
                store = cls(place, Manifest.from_bytes(place.read_bytes(MANIFEST), place.address))
                store.sweep()
            else:
                store = cls(place)
                store.keep(store.manifest)
            yield store

    def keep(self, manifest: Manifest) -> None:
        """From here on the store is what this manifest says."""
        self.place.write_bytes(MANIFEST, manifest.to_bytes())
        self.manifest = manifest

    def add(self, tables: Mapping[str, pa.Table], **changes: Any) -> None:
        """Rows as a new segment, which counts when this returns."""
        present = [(name, tables[name]) for name in TABLES if name in tables and tables[name].num_rows]
        reports = tables["reports"].num_rows if "reports" in tables else 0
        self.exchange((), present, reports, **changes)

    def exchange(self, old: Iterable[Segment], rows: Iterable[NamedTable], reports: int, **changes: Any) -> None:
        """Rows as one new segment instead of old ones, in one step; each table is written before the next one comes."""
        number, present = self.manifest.next_number, []
        for name, table in rows:
            self.place.write_table(Segment(number, reports, ()).file(name), table)
            present.append(name)
        gone = {one.number for one in old}
        kept = (one for one in self.manifest.segments if one.number not in gone)
        segments = (*kept, Segment(number, reports, tuple(present)))
        self.keep(replace(self.manifest, segments=segments, next_number=number + 1, **changes))

    def keep_joined(
        self, tables: Iterable[NamedTable], follow: Callable[[Store], Iterable[NamedTable]], mark: str
    ) -> None:
        """What holds over all reports instead of what held before, and what follows from it in a store that has it."""
        number = self.manifest.next_number
        for name, table in tables:
            self.place.write_table(joined_file(number, name), table)
        last = max((one.number for one in self.manifest.segments), default=0)
        after = replace(self.manifest, joined=number, joined_of=last, next_number=number + 1, summarised="")
        for name, table in follow(Store(self.place, after)):
            self.place.write_table(joined_file(number, name), table)
        self.keep(replace(after, summarised=mark))

    def files(self, table: str) -> list[str]:
        """The files of a table, oldest first."""
        return [one.file(table) for one in self.manifest.segments if table in one.tables]

    def complaint(self) -> str | None:
        """What is wrong with the files that the manifest names, if anything is."""
        if lacking := self.lacking():
            return lacking
        for name in self.names():
            try:
                self.place.read_table(name)
            except (OSError, pa.ArrowException) as error:
                why = f"的文件 {name} 已损坏（{type(error).__name__}）"
                return f"数据目录 {self.place.address} {why}。请恢复备份，或重新读取：{ANEW}"
        return None

    def lacking(self) -> str | None:
        """Which file is not there that the manifest names, if any."""
        name = next((name for name in self.names() if not self.place.exists(name)), None)
        return name and f"数据目录 {self.place.address} 缺少文件 {name}。请恢复备份，或重新读取：{ANEW}"

    def names(self) -> Iterator[str]:
        """All files that the manifest names."""
        yield from (one.file(table) for one in self.manifest.segments for table in one.tables)
        if self.manifest.joined:
            yield from (joined_file(self.manifest.joined, table) for table in JOINED)

    def joined_file(self, table: str) -> str | None:
        return joined_file(self.manifest.joined, table) if self.manifest.joined else None

    def sweep(self) -> None:
        """Remove what the manifest does not name: it was never finished, or replaced in an earlier run.

        What this run replaces stays until the next one, for readers who opened the store before.  Where the manifest
        names files that are not there, it is not that of this store, and nothing is removed.
        """
        if lacking := self.lacking():
            raise StoreError(lacking)
        wanted = {f"{one.number:08d}" for one in self.manifest.segments} | {f"{self.manifest.joined:08d}"}
        for name in list(self.place.list_names()):
            room, _, rest = name.partition("/")
            is_replaced = room in (SEGMENTS, JOINS) and rest.partition("/")[0] not in wanted
            if is_replaced or name.endswith(UNFINISHED):
                self.place.remove(name)
        self.place.remove_empty()


def is_store(address: Path) -> bool:
    return (address / MANIFEST).is_file()


def store_version(address: Path | str) -> str:
    """Another one whenever the store says anything else."""
    return hashlib.sha256((Path(address) / MANIFEST).read_bytes()).hexdigest()[:16]


def joined_file(number: int, table: str) -> str:
    return f"{JOINS}/{number:08d}/{table}.parquet"

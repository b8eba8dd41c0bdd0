"""Files → a store: what is new or changed is read, what is known costs nothing.

In: folders, archives and files, and the address of a store.  Out: the store with their reports, and a summary.  Refused
(`StoreError`): a store that another program is writing or that cannot be written.

What was committed stays, whatever happens next: a run that was broken off is gone on with by running it again.  The
order in which workers finish changes nothing of what the store says.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from stat import S_ISREG

import pyarrow as pa
import pyarrow.compute as pc

from parsing.corpus.batches import UNKNOWN, Piece, to_table, unavailable
from parsing.corpus.joining import join_reports
from parsing.corpus.known import Held, Known
from parsing.corpus.merging import merge_segments
from parsing.corpus.reading import Reader, Tables, read_locally
from parsing.corpus.schema import TABLES
from parsing.corpus.store import Store
from parsing.corpus.version import parser_version
from parsing.readers import list_files
from parsing.readers.refusals import FATAL, LARGEST_FILE, too_large
from parsing.requests import FileInput

# After each file: how many are done, how many there are, what is being done.
Progress = Callable[[int, int, str], None]
# A batch is so large, or smaller where there are few files: each worker should have some, and progress be seen.
FILES_A_BATCH, BATCHES_AT_LEAST = 32, 16
# Rows are committed when there are so many reports, or when the last commit is so many seconds ago.
REPORTS_A_COMMIT, SECONDS_A_COMMIT = 2_000, 10.0


@dataclass(slots=True)
class Summary:
    """What a run did: files by what became of them, and those that could not be read, with the reason."""

    unchanged: int = 0
    known: int = 0
    read: int = 0
    gone: int = 0
    reports: int = 0
    unread: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0


def ingest(
    sources: Sequence[Path], address: Path | str, *, reader: Reader = read_locally, progress: Progress | None = None,
    wait_seconds: float = 0, is_mirror: bool = False,
) -> Summary:  # fmt: skip
    """Read what is new in the sources into a store; with `is_mirror`, files that are no longer there are taken out."""
    began, summary = time.monotonic(), Summary()
    with Store.writing(address, wait_seconds) as store:
        run = Run(store, summary, progress)
        files = [path for path in list_sources(sources) if not store.place.holds(path)]
        pieces = list(run.choose(files))
        run.read(pieces, reader)
        if is_mirror:
            run.withdraw([source for source in sources if source.is_dir()], files)
        run.finish()
    summary.seconds = time.monotonic() - began
    return summary


def list_sources(sources: Iterable[Path]) -> Iterator[Path]:
    """The files of the sources, a folder standing for all files in it; each once."""
    seen: set[str] = set()
    for source in sources:
        for path in list_files(source) if source.is_dir() else [source]:
            absolute = os.path.abspath(path)
            if absolute not in seen:
                seen.add(absolute)
                yield path


class Run:
    """One run of an ingest: what the store knows already, and the rows that are not committed yet."""

    def __init__(self, store: Store, summary: Summary, progress: Progress | None) -> None:
        self.store, self.summary, self.progress = store, summary, progress
        self.number, self.parser = store.manifest.run + 1, parser_version()
        self.known = Known(store, self.number, self.parser)
        self.taken: set[str] = set()
        self.waiting: list[dict[str, pa.Table]] = []
        self.committed = time.monotonic()

    def choose(self, files: Sequence[Path]) -> Iterator[Piece]:
        """The files that have to be read; of known content only the new name is kept."""
        renamed: list[Held] = []
        for path in files:
            piece = make_piece(path)
            if self.known.is_unchanged(piece):
                self.summary.unchanged += 1
            elif rows := self.known.recognise(piece):
                self.summary.known += 1
                renamed += rows
            else:
                yield piece
        if renamed:
            self.waiting.append({"sources": to_table(renamed, TABLES["sources"])})

    def read(self, pieces: Sequence[Piece], reader: Reader) -> None:
        """Read pieces in batches and commit their rows as they come."""
        done = 0
        for count, payloads in reader(batches_of(pieces), self.number, self.parser):
            for payload in payloads:
                self.take(payload)
            done += count
            self.commit_if_due()
            self.advance(done, len(pieces), "")
        self.summary.read = done
        self.commit()

    def take(self, payload: Tables) -> None:
        """The tables of a payload, without reports that the store has already."""
        tables = {name: pa.ipc.open_stream(data).read_all() for name, data in payload.items()}
        ids = set(tables["reports"]["report_id"].to_pylist()) if "reports" in tables else set()
        twice = pa.array(sorted(ids & (self.known.current | self.taken)), pa.string())
        if len(twice):
            tables = {name: table if name == "sources" else drop(table, twice) for name, table in tables.items()}
        self.note_unread(tables)
        self.summary.reports += len(ids) - len(twice)
        self.taken |= ids
        self.waiting.append(tables)

    def note_unread(self, tables: dict[str, pa.Table]) -> None:
        problems = tables.get("problems")
        if problems is not None:
            rows = zip(*(problems[name].to_pylist() for name in ("kind", "source_file", "message")), strict=True)
            self.summary.unread += [(file, message) for kind, file, message in rows if kind in FATAL]

    def commit_if_due(self) -> None:
        reports = sum(tables["reports"].num_rows for tables in self.waiting if "reports" in tables)
        if reports >= REPORTS_A_COMMIT or time.monotonic() - self.committed > SECONDS_A_COMMIT:
            self.commit()

    def commit(self) -> None:
        """From here on the store holds what was read so far."""
        if self.waiting:
            names = [name for name in TABLES if any(name in tables for tables in self.waiting)]
            joined = {name: pa.concat_tables([one[name] for one in self.waiting if name in one]) for name in names}
            ids = set(joined["reports"]["report_id"].to_pylist()) if "reports" in joined else set()
            has_replaced = self.store.manifest.has_replaced or not self.known.reports.isdisjoint(ids)
            lost = self.known.note(Held(*row) for row in zip(*joined["sources"].to_pydict().values(), strict=True))
            has_gone = self.store.manifest.has_gone or lost
            self.store.add(joined, run=self.number, has_replaced=has_replaced, has_gone=has_gone)
            self.waiting = []
        self.committed = time.monotonic()

    def withdraw(self, folders: Sequence[Path], files: Sequence[Path]) -> None:
        """Take the reports of files out that are no longer in these folders; a folder that is gone takes none along."""
        gone = self.known.missing(folders, files)
        if gone:
            rows = [self.known.take_away(path) for path in gone]
            self.store.add({"sources": to_table(rows, TABLES["sources"])}, run=self.number, has_gone=True)
        self.summary.gone = len(gone)

    def finish(self) -> None:
        """Put small segments together, and join the years, where anything changed."""
        merge_segments(self.store)
        last = max((one.number for one in self.store.manifest.segments), default=0)
        if self.store.manifest.joined_of < last or not self.store.manifest.joined:
            join_reports(self.store)

    def advance(self, done: int, total: int, name: str) -> None:
        if self.progress:
            self.progress(done, total, name)


def make_piece(path: Path) -> Piece:
    """A file as a piece; one that is not there or too large as one that is given up."""
    file = FileInput(str(path))
    try:
        facts = path.stat()
    except OSError as error:
        return Piece(file, UNKNOWN, 0, refusal=unavailable(file, error))
    if not S_ISREG(facts.st_mode):
        return Piece(file, UNKNOWN, 0, refusal=unavailable(file, OSError(0, "不是普通文件")))
    refusal = None
    if facts.st_size > LARGEST_FILE:
        problem = too_large(facts.st_size).problems[0]
        refusal = (problem.kind, problem.message, file.shown)
    return Piece(file, facts.st_size, facts.st_mtime_ns, refusal=refusal)


def batches_of(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    stream = iter(pieces)
    size = max(1, min(FILES_A_BATCH, len(pieces) // BATCHES_AT_LEAST))
    while batch := tuple(islice(stream, size)):
        yield batch


def drop(table: pa.Table, report_ids: pa.Array) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["report_id"], value_set=report_ids)))

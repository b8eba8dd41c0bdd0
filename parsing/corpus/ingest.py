"""Files → a store: what is new or changed is read, what is known costs nothing.

In: folders, archives and files, and the address of a store.  Out: the store with their reports, and a summary.  Refused
(`StoreError`): a store that another program is writing or that cannot be written.

What was committed stays, whatever happens next: a run that was broken off is gone on with by running it again.  The
order in which workers finish changes nothing of what the store says.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from parsing.corpus.batches import Piece, to_table
from parsing.corpus.joining import join_reports
from parsing.corpus.merging import merge_segments
from parsing.corpus.reading import Reader, Tables, read_locally
from parsing.corpus.schema import TABLES
from parsing.corpus.store import Store
from parsing.corpus.version import parser_version
from parsing.corpus.views import open_store
from parsing.readers import list_files
from parsing.readers.refusals import FATAL, LARGEST_FILE, too_large
from parsing.requests import FileInput

# After each file: how many are done, how many there are, what is being done.
Progress = Callable[[int, int, str], None]
FILES_A_BATCH = 32
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
            run.withdraw(files)
        run.finish()
    summary.seconds = time.monotonic() - began
    return summary


def list_sources(sources: Iterable[Path]) -> Iterator[Path]:
    """The files of the sources, a folder standing for all files in it; each once."""
    seen: set[Path] = set()
    for source in sources:
        for path in list_files(source) if source.is_dir() else [source]:
            if path not in seen:
                seen.add(path)
                yield path


class Run:
    """One run of an ingest: what the store knows already, and the rows that are not committed yet."""

    def __init__(self, store: Store, summary: Summary, progress: Progress | None) -> None:
        self.store, self.summary, self.progress = store, summary, progress
        self.number, self.parser = store.manifest.run + 1, parser_version()
        # By path: size and time of change.  By content: the rows of a file that was read by this very program.
        self.files: dict[str, tuple[int, int]] = {}
        self.present: set[str] = set()
        self.contents: dict[str, list[tuple[str, str, str]]] = {}
        self.known: set[str] = set()
        self.current: set[str] = set()
        self.waiting: list[dict[str, pa.Table]] = []
        self.committed = time.monotonic()
        self.recall()

    def recall(self) -> None:
        """What the store knows of files and reports."""
        with open_store(self.store) as connection:
            rows = connection.execute(
                "SELECT path, size, modified_ns, file_sha256, source_file, report_id, parser"
                " FROM stored_sources ORDER BY run"
            ).fetchall()
        sizes: dict[str, tuple[int, int]] = {}
        for path, size, modified, digest, source, report_id, parser in rows:
            sizes.pop(path, None)
            if report_id is None:
                self.present.discard(path)
                continue
            self.present.add(path)
            self.known.add(report_id)
            if parser == self.parser:
                sizes[path] = size, modified
                self.current.add(report_id)
                if digest and (path, source, report_id) not in self.contents.setdefault(digest, []):
                    self.contents[digest].append((path, source, report_id))
        self.files = sizes

    def choose(self, files: Sequence[Path]) -> Iterator[Piece]:
        """The files that have to be read; of known content only the new name is kept."""
        renamed = []
        for path in files:
            piece = make_piece(path)
            if self.files.get(piece.file.shown) == (piece.size, piece.modified_ns):
                self.summary.unchanged += 1
            elif rows := self.recognise(piece):
                self.summary.known += 1
                renamed += rows
            else:
                yield piece
        if renamed:
            self.waiting.append({"sources": to_table("sources", renamed)})

    def recognise(self, piece: Piece) -> list[tuple[object, ...]]:
        """The rows of a file whose content the store has under another name, or from another time."""
        if piece.refusal or not self.contents:
            return []
        try:
            digest = hashlib.sha256(piece.file.load()).hexdigest()
        except OSError:
            return []
        name = piece.file.shown
        first = self.contents.get(digest, [])
        return [
            (
                name, piece.size, piece.modified_ns, digest, name + source.removeprefix(path), report_id,
                self.number, self.parser,
            )
            for path, source, report_id in first
            if path == first[0][0]
        ]  # fmt: skip

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
        twice = pa.array(sorted(ids & self.current), pa.string())
        if len(twice):
            tables = {name: table if name == "sources" else drop(table, twice) for name, table in tables.items()}
        self.note_unread(tables)
        self.summary.reports += len(ids) - len(twice)
        self.current |= ids
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
            has_replaced = self.store.manifest.has_replaced or not self.known.isdisjoint(ids)
            self.store.add(joined, run=self.number, has_replaced=has_replaced)
            self.known |= ids
            self.waiting = []
        self.committed = time.monotonic()

    def withdraw(self, files: Sequence[Path]) -> None:
        """Take the reports of files out that are no longer there."""
        gone = sorted(self.present - {FileInput(str(path)).shown for path in files})
        if gone:
            rows = [(path, 0, 0, "", path, None, self.number, self.parser) for path in gone]
            self.store.add({"sources": to_table("sources", rows)}, run=self.number, has_gone=True)
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
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"打不开（{error.strerror}）"
        message = f"{file.shown}：{reason}。请检查路径和读取权限。"
        return Piece(file, -1, 0, refusal=("file_unavailable", message, file.shown))
    refusal = None
    if facts.st_size > LARGEST_FILE:
        problem = too_large(facts.st_size).problems[0]
        refusal = (problem.kind, problem.message, file.shown)
    return Piece(file, facts.st_size, facts.st_mtime_ns, refusal=refusal)


def batches_of(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    stream = iter(pieces)
    while batch := tuple(islice(stream, FILES_A_BATCH)):
        yield batch


def drop(table: pa.Table, report_ids: pa.Array) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["report_id"], value_set=report_ids)))

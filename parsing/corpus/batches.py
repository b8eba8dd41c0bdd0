"""Files → rows of the store: what a worker does for an ingest.

In: files, as pieces: which members of which file.  Out: for each member a sign of life, and now and then a payload:
the rows of everything since the last one as Arrow tables in bytes.  Refused: nothing; a file that cannot be read has
rows that say why.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pyarrow as pa

from parsing.audit import CHECKS, audit_alone
from parsing.audit.prints import encode, print_of
from parsing.contract import evidence_json
from parsing.corpus.schema import TABLES
from parsing.extraction.identity import agency_id
from parsing.findings import AuditedReport
from parsing.model import Locator, Report
from parsing.pipeline import Reports
from parsing.readers.refusals import refuse, refused
from parsing.requests import FileInput, read_guarded
from parsing.rows import ADDED, operands_of, report_row, rows_of

Rows = dict[str, list[tuple[Any, ...]]]
# A payload is sent on after so many reports: an archive may hold thousands.
REPORTS_A_PAYLOAD = 64
# The size of a file that was not opened.
UNKNOWN = -1
RANKS = {check.id: rank for rank, check in enumerate(CHECKS)}
# Between the flags of two checks, and the bindings of two claims, there is room for those that are joined later.
ROOM = 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """The members of one file from `skip` to before `stop` (None: to the end); or the reason why one is given up."""

    file: FileInput
    size: int
    modified_ns: int
    skip: int = 0
    stop: int | None = None
    refusal: tuple[str, str, str] | None = None


class Begun(NamedTuple):
    """The member `member` (from 0) of the piece `piece` (from 0) is being read; `name` is to blame from here on.

    It is that of the file until the member is known: while it is opened, and while an archive is unpacked.
    """

    piece: int
    member: int
    name: str


class Payload(NamedTuple):
    """The rows that no earlier payload had: of all pieces before `piece`, and of the members of it before `member`."""

    piece: int
    member: int
    tables: Mapping[str, bytes]


@dataclass(slots=True)
class Batch:
    """Rows, collected until they are sent."""

    run: int
    parser: str
    rows: Rows = field(default_factory=lambda: {name: [] for name in TABLES})
    seen: set[str] = field(default_factory=set)
    reports: int = 0

    def add(self, piece: Piece, digest: str, reports: Reports) -> None:
        """The reports of one member; one that came before is only named as a source."""
        file = (piece.file.shown, piece.size, piece.modified_ns, digest)
        for report in reports:
            self.rows["sources"].append((*file, report.source.file, report.report_id, self.run, self.parser))
            if report.report_id not in self.seen:
                self.seen.add(report.report_id)
                add_report(self.rows, report)
                self.reports += 1

    def take(self) -> dict[str, bytes]:
        """The tables as bytes; the batch is empty then."""
        tables = {name: to_ipc(rows, TABLES[name]) for name, rows in self.rows.items() if rows}
        self.rows, self.reports = {name: [] for name in TABLES}, 0
        return tables


def add_report(rows: Rows, report: Report) -> None:
    """A report with what can be said of it without the others."""
    audited = audit_alone(report)
    key, name = report.report_id, report.particulars.agency
    rows["reports"].append((*report_row(audited, agency_id(name) if name else key, True), 0))
    add_audited(rows, audited, ADDED)
    rows["texts"].append((key, report.text))
    rows["prints"].append((key, encode(print_of(report))))


def add_audited(rows: Rows, audited: AuditedReport, frames: Collection[str]) -> None:
    """The rows of these frames; checks and flags are numbered as the catalogue is, bindings as claims are."""
    counts: Counter[str] = Counter()
    flags = iter(audited.flags)
    for frame, row in rows_of(audited, audited.report.report_id, frames):
        seq = counts[frame]
        counts[frame] += 1
        if frame == "checks":
            rows[frame].append((*row, RANKS[row[3]]))
        elif frame == "bindings":
            rows[frame].append((*row, row[3] * ROOM + seq))
        elif frame == "flags":
            flag = next(flags)
            evidence = json.dumps([evidence_json(one) for one in flag.evidence], ensure_ascii=False)
            rank = RANKS[flag.check] * ROOM + seq
            rows[frame].append((*row[:-1], evidence, rank, operands_of(audited.report, flag)))
        else:
            rows[frame].append((*row, seq))


def to_table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of the store."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [to_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def to_array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """One column; places field by field, which costs a third of giving Arrow each one as a dictionary."""
    if not pa.types.is_struct(kind):
        return pa.array(values, kind)
    if not values:
        return pa.array([], kind)
    empty = Locator()
    parts = zip(*[where or empty for where in values], strict=True)
    arrays = [pa.array(part, field.type) for part, field in zip(parts, kind.fields, strict=True)]
    return pa.StructArray.from_arrays(arrays, fields=kind.fields, mask=pa.array([where is None for where in values]))


def to_ipc(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> bytes:
    table, target = to_table(rows, schema), io.BytesIO()
    with pa.ipc.new_stream(target, table.schema) as writer:
        writer.write_table(table)
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What a worker is asked: to read these pieces and to send their rows."""

    pieces: tuple[Piece, ...]
    run: int
    parser: str

    def answer(self) -> Iterator[Begun | Payload | None]:
        """Signs of life and payloads; None at the end."""
        batch = Batch(self.run, self.parser)
        for number, piece in enumerate(self.pieces):
            for begun in self.read_piece(batch, number, piece):
                if begun.name == piece.file.shown and batch.reports >= REPORTS_A_PAYLOAD:
                    yield Payload(number, begun.member, batch.take())
                yield begun
        yield Payload(len(self.pieces), 0, batch.take())
        yield None

    def read_piece(self, batch: Batch, number: int, piece: Piece) -> Iterator[Begun]:
        """The file before it is opened, then each member before it is read, and the file again after it."""
        member, shown = piece.skip, piece.file.shown
        yield Begun(number, member, shown)
        if piece.refusal:
            batch.add(piece, "", refuse_piece(*piece.refusal))
            return
        try:
            data = piece.file.load()
        except OSError as error:
            # Without the size that it has, the file is read again next time.
            batch.add(replace(piece, size=UNKNOWN), "", refuse_piece(*unavailable(piece.file, error)))
            return
        digest = hashlib.sha256(data).hexdigest()
        for name, reports in read_guarded(FileInput(piece.file.name, data), member):
            if reports is None:
                yield Begun(number, member, name)
                continue
            batch.add(piece, digest, reports)
            member += 1
            # A file that is no archive is read as a whole, so nothing of it is ever left to be read.
            if name != shown:
                yield Begun(number, member, shown)
            # Not one step further: the next member may be the one that cannot even be unpacked.
            if member == piece.stop:
                break


def refuse_piece(kind: str, message: str, name: str) -> Reports:
    return refused(refuse("unknown", kind, message), name)


def unavailable(file: FileInput, error: OSError) -> tuple[str, str, str]:
    """Why a file is given up that the system does not open: the kind of problem, the message, the name."""
    reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"打不开（{error.strerror}）"
    return "file_unavailable", f"{file.shown}：{reason}。请检查路径和读取权限。", file.shown

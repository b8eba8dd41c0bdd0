"""What a machine of a cluster is asked to do: read some pieces, as this machine's own workers would.

In: pieces whose files lie where every machine sees them, or that carry their bytes.  Out: payloads of rows.  Refused
(`Unfit`): files that this machine does not see, or sees otherwise than the one that asks; another version of the
program, which might read them otherwise.

It stands apart from what hands out the tasks, so that the processes that read load nothing of the cluster's library.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parsing.corpus.batches import Piece
from parsing.corpus.reading import Tables, read_batch
from parsing.corpus.version import parser_version
from parsing.requests import FileInput

NANOSECONDS = 1_000_000_000


class Unfit(Exception):
    """A machine that cannot do a task: its name, and the files that it does not see; none for another program."""

    def __init__(self, host: str, unseen: tuple[str, ...] = ()) -> None:
        super().__init__(host, unseen)
        self.host, self.unseen = host, unseen


@dataclass(frozen=True, slots=True)
class SharedFile(FileInput):
    """A file that keeps the name by which it was asked for, and is found by its whole path on any machine."""

    path: str = ""

    def load(self) -> bytes:
        return Path(self.path).read_bytes()

    def size(self) -> int:
        return Path(self.path).stat().st_size


def share(piece: Piece) -> Piece:
    """A piece that other machines find if they see its folder under the same path."""
    return replace(piece, file=SharedFile(piece.file.name, None, str(Path(piece.file.name).absolute())))


def is_seen(piece: Piece) -> bool:
    """Whether the file of a piece is here as it was when it was listed, to the second: file systems round times."""
    if not isinstance(piece.file, SharedFile) or piece.refusal:
        return True
    try:
        facts = Path(piece.file.path).stat()
    except OSError:
        return False
    is_same_time = facts.st_mtime_ns // NANOSECONDS == piece.modified_ns // NANOSECONDS
    return is_same_time and facts.st_size == piece.size


def read_pieces(pieces: Sequence[Piece], run: int, parser: str) -> list[Tables]:
    """The payloads of some pieces, read in child processes of this machine within the usual limits."""
    if parser_version() != parser:
        raise Unfit(platform.node())
    if unseen := tuple(piece.file.shown for piece in pieces if not is_seen(piece)):
        raise Unfit(platform.node(), unseen)
    return read_batch(pieces, run, parser)

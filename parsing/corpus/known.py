"""What a store knows of files, so that nothing is read twice: by their names, and by their content.

In: a store that its writer has open.  Out: which files are unchanged, and the rows of those whose content is known
under another name.  Refused: nothing; a file that does not open is not known.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from parsing.corpus.batches import UNKNOWN, Piece, refuse_piece
from parsing.corpus.schema import SOURCES
from parsing.corpus.store import Store
from parsing.corpus.views import open_store
from parsing.requests import FileInput


class Held(NamedTuple):
    """A row of `sources`: a file, and a report that it holds; None when the file was taken away."""

    path: str
    size: int
    modified_ns: int
    digest: str
    source_file: str
    report_id: str | None
    run: int
    parser: str


class Known:
    """The files and reports of a store, for one run of one version of the program."""

    def __init__(self, store: Store, run: int, parser: str) -> None:
        self.run, self.parser = run, parser
        # By path: size and time of change, where this program read it; the reports it holds; all that it ever held.
        self.sizes: dict[str, tuple[int, int]] = {}
        self.held: dict[str, set[str]] = {}
        self.histories: dict[str, list[Held]] = {}
        # By content: for each path what this program read there.
        self.contents: dict[str, dict[str, list[Held]]] = {}
        # All reports, and those that this program would read alike.
        self.reports: set[str] = set()
        self.current: set[str] = set()
        with open_store(store) as connection:
            query = f"SELECT {', '.join(SOURCES.names)} FROM stored_sources ORDER BY run, path, source_file, report_id"
            rows = [Held(*row) for row in connection.execute(query).fetchall()]
        for _, group in groupby(rows, key=lambda row: (row.run, row.path)):
            self.recall(list(group))

    def recall(self, rows: list[Held]) -> None:
        """What one run saw in one file."""
        path, ids = rows[0].path, {row.report_id for row in rows if row.report_id}
        self.sizes.pop(path, None)
        if not ids:
            self.held.pop(path, None)
            self.histories.pop(path, None)
            return
        self.held[path] = ids
        self.histories.setdefault(path, []).extend(rows)
        self.reports |= ids
        if rows[0].parser == self.parser:
            self.sizes[path] = rows[0].size, rows[0].modified_ns
            self.current |= ids - {name_id(row.source_file) for row in rows}
            # Of an archive some member of which was given up, reading it again may give more.
            is_alike = len({row.digest for row in rows}) == 1 and rows[0].digest
            if is_alike and ids <= self.current:
                self.contents.setdefault(rows[0].digest, {})[path] = rows

    def is_unchanged(self, piece: Piece) -> bool:
        """Whether this program read it already; one that could not be opened is tried again."""
        return piece.size != UNKNOWN and self.sizes.get(piece.file.shown) == (piece.size, piece.modified_ns)

    def recognise(self, piece: Piece) -> list[Held]:
        """The rows of a file whose content the store has under another name, or from another time.

        Where the file of the other name is gone, or is this very one, it was moved, and all that it ever held with it.
        """
        if piece.refusal or not self.contents:
            return []
        try:
            digest = hashlib.sha256(piece.file.load()).hexdigest()
        except OSError:
            return []
        name, found = piece.file.shown, self.contents.get(digest, {})
        rows = []
        for path in found:
            if path != name and path in self.held and is_moved(path, name):
                rows += [renamed(row, name) for row in self.histories[path]]
                rows.append(self.take_away(path))
        for row in next(iter(found.values()), ()):
            now = renamed(row, name)
            rows.append(now._replace(size=piece.size, modified_ns=piece.modified_ns, run=self.run))
        return rows

    def take_away(self, path: str) -> Held:
        """The row that says that a file is not there any more."""
        return Held(path, 0, 0, "", path, None, self.run, self.parser)

    def missing(self, folders: Iterable[Path], files: Sequence[Path]) -> list[str]:
        """The files that the store has of these folders, and that are not among those found there."""
        roots = [Path(os.path.abspath(folder)) for folder in folders]
        there = {os.path.abspath(FileInput(str(path)).shown) for path in files}
        gone = (path for path in self.held if os.path.abspath(path) not in there)
        return sorted(path for path in gone if any(Path(os.path.abspath(path)).is_relative_to(root) for root in roots))

    def note(self, rows: Iterable[Held]) -> bool:
        """Rows that are being committed; True where a file ceases to hold something that it held."""
        is_lost, now = False, dict[str, set[str]]()
        for row in rows:
            if row.run == self.run:
                now.setdefault(row.path, set()).update([row.report_id] if row.report_id else [])
        for path, ids in now.items():
            is_lost = is_lost or bool(self.held.get(path, set()) - ids)
            if ids:
                self.held[path] = ids
            else:
                self.held.pop(path, None)
            self.reports |= ids
        return is_lost


def name_id(name: str) -> str:
    """The id of a report of which nothing was read: it goes by the name, and says nothing of the content."""
    return refuse_piece("file_unavailable", "", name)[0].report_id


def is_moved(path: str, name: str) -> bool:
    """Whether the file of this path is there no more, or is the one of this name written in another way."""
    return not os.path.exists(path) or os.path.abspath(path) == os.path.abspath(name)


def renamed(row: Held, name: str) -> Held:
    return row._replace(path=name, source_file=name + row.source_file.removeprefix(row.path))

"""What a worker can be asked: to read a file, or to draw one of its pages.

In: requests, sent as they are.  Out: their answers, in the worker.  Refused: nothing; an error is a problem of the file
that it came up in.  Whoever only asks is spared what reading needs: it is imported where it is answered.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parsing.model import Report
from parsing.readers.refusals import refuse_error, refused
from parsing.readers.zipped import decode_name

Reports = tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file to read: its name as given, and its bytes, or None for a file on disk."""

    name: str
    data: bytes | None = None

    @property
    def shown(self) -> str:
        """The name for people: where the system has one that is no UTF-8, as Chinese Windows wrote it."""
        is_whole = not any("\udc80" <= char <= "\udcff" for char in self.name)
        return self.name if is_whole else decode_name(os.fsencode(self.name))

    def load(self) -> bytes:
        return Path(self.name).read_bytes() if self.data is None else self.data

    def size(self) -> int:
        return Path(self.name).stat().st_size if self.data is None else len(self.data)


# A page as PNG, its width and its height in points.
Picture = tuple[bytes, float, float]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page (1-based) of a file, or of a member of the archive that the file is."""

    file: FileInput
    member: str
    page: int

    def answer(self) -> Iterator[Picture | None]:
        """The picture of the page; None where there is no such page."""
        from parsing.pipeline import find_member
        from parsing.readers import pdf

        data = find_member(self.file.load(), self.member)
        yield pdf.render_page(data, self.page) if data else None


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """The members of a file, the first `skip` left out."""

    file: FileInput
    skip: int

    def answer(self) -> Iterator[tuple[str, Reports | None] | None]:
        """Each member as `read_guarded` has it, and None at the end."""
        yield from read_guarded(self.file, self.skip)
        yield None


def read_guarded(file: FileInput, skip: int) -> Iterator[tuple[str, Reports | None]]:
    """As `parse_members`; an error of ours is a problem of the member it came up in, and the others go on."""
    from parsing.pipeline import parse_members

    name, is_begun = file.shown, True
    while is_begun:
        is_begun = False
        try:
            for name, reports in parse_members(file.load(), file.shown, skip):
                is_begun = reports is None
                skip += reports is not None
                yield name, reports
        except Exception as error:
            yield name, refused(refuse_error(error), name)
        # Behind a member that failed the others are still to be read; behind a file of its own there is nothing.
        is_begun = is_begun and name != file.shown
        skip += is_begun

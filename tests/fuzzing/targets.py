"""What the guided runs call: one function for each reader, and one for archives.

In: the name of a reader.  Out: a function of bytes that gives them to this reader alone, if it recognises them.
Refused: a name that is no reader's, by ImportError.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module

from parsing import decoding, readers
from parsing.readers import archive, load_reader
from tests.fuzzing.property import check_document

Target = Callable[[bytes], None]
ARCHIVE = "archive"
NAMES = (*readers.READERS, ARCHIVE)


def load_everything() -> None:
    """Every module that reading may need, also those that a reader loads only when it meets such a file."""
    for room in (readers, decoding):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            import_module(module.name)


def unpack_archive(data: bytes) -> None:
    if archive.sniff(data):
        members = list(archive.unpack(archive.Archive(data)))
        assert all(one.refusal is None or not one.data for one in members), "a member that is refused and handed out"


def find_target(name: str) -> Target:
    if name == ARCHIVE:
        return unpack_archive
    reader = load_reader(name)

    def read(data: bytes) -> None:
        if data and reader.sniff(data):
            check_document(reader.read(data))

    return read

"""Bytes → Document: one module per file format, chosen by content and never by name.

In: the bytes of a file.  Out: a Document whose blocks stand in reading order.  Refused, as a problem in
an otherwise empty Document: an empty file, bytes that are no text, a format that no reader knows.
A reader is a module with `FORMAT`, `sniff(data) -> bool` and `read(data) -> Document`; it is added by one line in
`READERS`, the first that recognises the bytes reads them.  The line says what the beginning of such a file holds, so
that the libraries of a format are loaded only where there is something for them to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from parsing.model import Document, Problem
from parsing.readers.archive import is_report_file

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How far into a file the signature of a format is looked for, and the words of a text, in bytes; no reader's `sniff`
# looks further.
HEAD, BEGINNING = 1024, 65_536
SIGNED = frozenset(("docx", "xlsx", "xls", "ods", "odt", "doc", "rtf", "pdf", "pictures"))

READERS: dict[str, tuple[bytes, ...]] = {
    "docx": (ZIP,),
    "xlsx": (ZIP,),
    "xls": (OLE,),
    "ods": (ZIP,),
    "odt": (ZIP,),
    "doc": (OLE,),
    "rtf": (b"{\\rt",),
    "pdf": (b"%PDF-",),
    "pictures": (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM", b"WEBP"),
    "foreign": (),
    "mhtml": (b"MIME-Version", b"Mime-Version", b"mime-version", b"Content-Type"),
    "spreadsheetml": (b"urn:schemas-microsoft-com:office:spreadsheet",),
    "html": (b"<",),
    "separated": (b",", b";"),
    "md": (b"|", b"#", b"*", b"<"),
    "txt": (),
}

EMPTY = Problem("empty_file", "文件是空的，没有任何内容。请重新获取原件。")


def list_files(folder: Path) -> list[Path]:
    """All files of a folder and its subfolders that could be reports, in a stable order."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if is_report_file(path.relative_to(folder).as_posix())]


def load_reader(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")


def likely_readers(data: bytes) -> Iterator[ModuleType]:
    """The readers of which the beginning of the file holds a mark, in order."""
    head, beginning = data[:HEAD], data[:BEGINNING]
    for name, marks in READERS.items():
        part = head if name in SIGNED else beginning
        if not marks or any(mark in part for mark in marks):
            yield load_reader(name)


def read_document(data: bytes) -> Document:
    """Read a file; never raises for bad content, the problems of the Document say what is wrong."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return Document((), "empty", problems=(EMPTY,))
    reader = next(one for one in likely_readers(data) if one.sniff(data))
    document: Document = reader.read(data)
    is_blank = not document.problems and not document.text.strip()
    return Document((), "empty", problems=(EMPTY,)) if is_blank else document

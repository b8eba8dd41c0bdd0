"""Bytes → Document: one module per file format, chosen by content and never by name.

In: the bytes of a file.  Out: a Document whose blocks stand in reading order.  Refused, as a problem in
an otherwise empty Document: an empty file, bytes that are no text, a format that no reader knows.
A reader is a module with `FORMAT`, `sniff(data) -> bool` and `read(data) -> Document`; it is added by
naming it in `READERS`, the first that recognises the bytes reads them.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from parsing.model import Document, Problem
from parsing.readers import doc, docx, foreign, html, mhtml, ods, odt, pdf, rtf, separated, txt, xls, xlsx
from parsing.readers.archive import is_report_file

READERS: tuple[ModuleType, ...] = (docx, xlsx, xls, ods, odt, doc, rtf, pdf, foreign, mhtml, html, separated, txt)

EMPTY = Problem("empty_file", "文件是空的，没有任何内容。请重新获取原件。")


def list_files(folder: Path) -> list[Path]:
    """All files of a folder and its subfolders that could be reports, in a stable order."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if is_report_file(path.relative_to(folder).as_posix())]


def read_document(data: bytes) -> Document:
    """Read a file; never raises for bad content, the problems of the Document say what is wrong."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return Document((), "empty", problems=(EMPTY,))
    reader = next(one for one in READERS if one.sniff(data))
    document: Document = reader.read(data)
    is_blank = not document.problems and not document.text.strip()
    return Document((), "empty", problems=(EMPTY,)) if is_blank else document

"""Formats that are known by their signature and that no reader reads.

In: bytes that begin with such a signature.  Out: an empty Document with one problem that says what the
file is and how it can be turned into one that is read.
"""

from __future__ import annotations

from parsing.model import Document, Problem

FORMAT = "foreign"

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "zip", "Word / Excel（docx、xlsx）或压缩包"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "旧版 Word / WPS / Excel 文件"),
    (b"Rar!", "rar", "压缩包"),
    (b"7z\xbc\xaf", "7z", "压缩包"),
)


def find_signature(data: bytes) -> tuple[bytes, str, str] | None:
    return next((entry for entry in SIGNATURES if data.startswith(entry[0])), None)


def sniff(data: bytes) -> bool:
    return find_signature(data) is not None


def read(data: bytes) -> Document:
    """An empty Document that names the format."""
    entry = find_signature(data)
    if entry is None:
        raise ValueError("no known signature; ask sniff() first")
    _, name, words = entry
    message = f"这是{words}，目前只能读取纯文本。请打开后全选、复制，粘贴为文本文件（.txt）再试；原文件未作任何改动。"
    return Document((), name, problems=(Problem("unsupported_format", message),))

"""Formats that are known by their signature and that no reader reads.

In: bytes that begin with such a signature.  Out: an empty Document with one problem that says what the
file is and how it can be turned into one that is read.
"""

from __future__ import annotations

from parsing.model import Document, Problem

FORMAT = "foreign"

SAVE = "请用原来的程序打开，另存为 docx、xlsx 或 pdf 再提交。"
UNPACK = "请解压后提交里面的文件，或重新压缩为 zip。"

SIGNATURES: tuple[tuple[bytes, str, str, str], ...] = (
    (b"PK\x03\x04", "zip", "演示文稿一类的 Office 文件", SAVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "旧版演示文稿、邮件一类的文件", SAVE),
    (b"Rar!", "rar", "RAR 压缩包", UNPACK),
    (b"7z\xbc\xaf", "7z", "7z 压缩包", UNPACK),
)


def find_signature(data: bytes) -> tuple[bytes, str, str, str] | None:
    return next((entry for entry in SIGNATURES if data.startswith(entry[0])), None)


def sniff(data: bytes) -> bool:
    return find_signature(data) is not None


def read(data: bytes) -> Document:
    """An empty Document that names the format."""
    entry = find_signature(data)
    if entry is None:
        raise ValueError("no known signature; ask sniff() first")
    _, name, words, advice = entry
    message = f"这是{words}，不能读取。{advice}"
    return Document((), name, problems=(Problem("unsupported_format", message),))

"""Formats that are known by their signature and that no reader reads.

In: bytes that begin with such a signature.  Out: an empty Document with one problem that says what the
file is and how it can be turned into one that is read; an office file that was cut off is called damaged.
"""

from __future__ import annotations

from parsing.model import Document
from parsing.readers.refusals import refuse, refuse_damaged, spaced
from parsing.readers.zipped import open_archive

FORMAT = "foreign"

SAVE = "请用原来的程序打开，另存为 docx、xlsx 或 pdf 再提交。"
UNPACK = "请解压后提交里面的文件，或重新压缩为 zip。"
TO_PDF = "请向报送单位索取 Word 原件或 PDF，或用 OFD 阅读软件另存为 PDF 再提交。"

SIGNATURES: tuple[tuple[bytes, str, str, str], ...] = (
    (b"Rar!", "rar", "RAR 压缩包", UNPACK),
    (b"7z\xbc\xaf", "7z", "7z 压缩包", UNPACK),
    (b"\x1f\x8b\x08", "gzip", "GZ 压缩包", UNPACK),
    (b"BZh91AY&SY", "bzip2", "BZ2 压缩包", UNPACK),
    (b"\xfd7zXZ\x00", "xz", "XZ 压缩包", UNPACK),
)
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# GB/T 33190-2016: the document that names all others.
LAYOUT = "ofd.xml"


def find_signature(data: bytes) -> tuple[bytes, str, str, str] | None:
    return next((entry for entry in SIGNATURES if data.startswith(entry[0])), None)


def sniff(data: bytes) -> bool:
    return data.startswith((ZIP, OLE)) or find_signature(data) is not None


def read(data: bytes) -> Document:
    """An empty Document that names the format."""
    entry = find_signature(data)
    if entry is not None:
        return refuse_foreign(*entry[1:])
    if data.startswith(OLE):
        from parsing.readers.doc.container import is_whole  # a library for these files alone

        known = refuse_foreign("ole", "旧版演示文稿、邮件一类的文件", SAVE)
        return known if is_whole(data) else refuse_damaged("ole", "Office 文件")
    archive = open_archive(data)
    if archive is None or not archive.is_whole:
        return refuse_damaged("zip", "Office 文件")
    if LAYOUT in archive.members:
        return refuse_foreign("ofd", "OFD 版式文件", TO_PDF)
    return refuse_foreign("zip", "演示文稿一类的 Office 文件", SAVE)


def refuse_foreign(name: str, words: str, advice: str) -> Document:
    return refuse(name, "unsupported_format", f"这是{spaced(words)}，不能读取。{advice}")

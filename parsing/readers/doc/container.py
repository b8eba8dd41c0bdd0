"""The streams of a Word file in its OLE2 container.

In: the bytes of the file.  Out: `Streams`, or the Document that says why there are none: encrypted, older than
Word 97, damaged.  `holds_word` looks at the signature and at names in the directory, without opening anything.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import olefile

from parsing.model import Document
from parsing.readers.refusals import LARGEST_FILE, refuse, refuse_damaged, refuse_encrypted, refuse_large

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD, ENCRYPTED = "WordDocument", "EncryptedPackage"
# Streams of other programs; a file that has one of these at its top and a Word file inside belongs to them.
OTHERS = ("Workbook", "Book", "PowerPoint Document")
SUMMARY = "\x05SummaryInformation"
# [MS-DOC] 2.5.2: wIdent of Word 97 and later; [MS-DOC] 2.5.1: lowest nFib that they write.
WORD_97, LOWEST_FIB = 0xA5EC, 0x00C0
# Word for Windows 2 to 95 and their Far East versions, as LibreOffice tells them apart.
OLDER = frozenset((0xA59B, 0xA59C, 0xA5DB, 0xA5DC, 0xA697, 0xA698, 0xA699))
FLAG_ENCRYPTED, FLAG_TABLE_1 = 0x0100, 0x0200
# [MS-OLEPS]: the property that holds the name of the program.
PROGRAM = 0x12
MOST_PROPERTIES = 100
# What olefile raises for a container whose structure is broken; the recursion is that of its directory tree, the
# overflow that of a sector of 2^518 bytes.
BROKEN = (
    OSError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, struct.error, RecursionError,
    MemoryError,
)  # fmt: skip
WORDS = "Word 文件"


class Damaged(Exception):
    """The structure of the file is broken at a place that everything else hangs on."""


class TooLarge(Exception):
    """More than a report has of something; the text of the error says how much, and what is the most."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The main stream, the table stream that it names, the stream of long properties (may be empty), the program."""

    word: bytes
    table: bytes
    data: bytes
    program: str


def entry_name(name: str) -> bytes:
    """A name as it stands at the beginning of an entry of the directory."""
    return (name + "\0").encode("utf-16-le")


def holds_name(data: bytes, name: str) -> bool:
    """Whether some entry of a directory has this name; entries lie at multiples of 128 bytes."""
    wanted, at = entry_name(name), -1
    while (at := data.find(wanted, at + 1)) >= 0:
        if at % 128 == 0:
            return True
    return False


def holds_word(data: bytes) -> bool:
    """Whether an OLE2 file is Word's (or an encrypted docx or xlsx), even where its directory was cut off."""
    if not data.startswith(SIGNATURE):
        return False
    if data[512:514] in (b"\xec\xa5", b"\xdc\xa5"):
        # The main stream is the first of the file, whatever else stands in the directory.
        return True
    if not holds_name(data, WORD):
        return holds_name(data, ENCRYPTED)
    if not any(holds_name(data, name) for name in OTHERS):
        return True
    try:
        with olefile.OleFileIO(data) as container:
            return bool(container.exists(WORD))
    except BROKEN:
        return False


def is_whole(data: bytes) -> bool:
    """Whether a container opens and lists its streams; the directory of one that was cut off may be gone."""
    try:
        with olefile.OleFileIO(data) as container:
            return bool(container.listdir())
    except BROKEN:
        return False


def open_streams(data: bytes) -> Streams | Document:
    """The streams, or the reason why the file is not read."""
    if len(data) > LARGEST_FILE:
        return refuse_large("doc", WORDS, f"有 {len(data):,} 字节，最多读 {LARGEST_FILE:,} 字节")
    try:
        with olefile.OleFileIO(data) as container:
            return read_streams(container, len(data))
    except (*BROKEN, Damaged):
        return refuse_damaged("doc", WORDS)


def read_streams(container: olefile.OleFileIO, size: int) -> Streams | Document:
    if container.exists(ENCRYPTED):
        return refuse_encrypted("doc", "Office 文件")
    word = read_stream(container, WORD, size)
    if len(word) < 32:
        raise Damaged
    ident, version = struct.unpack_from("<HH", word)
    flags = struct.unpack_from("<H", word, 10)[0]
    if ident in OLDER or (ident == WORD_97 and version < LOWEST_FIB):
        message = "这是 Word 95 或更早版本的文件，无法读取。请用 Word 或 WPS 打开后另存为 docx 格式，再重新提交。"
        return refuse("doc", "unsupported_format", message)
    if ident != WORD_97:
        raise Damaged
    if flags & FLAG_ENCRYPTED:
        return refuse_encrypted("doc", WORDS)
    table = read_stream(container, "1Table" if flags & FLAG_TABLE_1 else "0Table", size)
    long_properties = read_stream(container, "Data", size) if container.exists("Data") else b""
    summary = read_stream(container, SUMMARY, size) if container.exists(SUMMARY) else b""
    return Streams(word, table, long_properties, program_name(summary))


def read_stream(container: olefile.OleFileIO, name: str, size: int) -> bytes:
    """A whole stream; one that is larger than the file, or that ends before its time, is damaged."""
    declared = container.get_size(name)
    if declared > size:
        raise Damaged
    content = container.openstream(name).read()
    if len(content) < declared:
        raise Damaged
    return bytes(content)


def program_name(summary: bytes) -> str:
    """The program that wrote the file, from its summary; empty where the summary does not say."""
    try:
        start = struct.unpack_from("<I", summary, 44)[0]
        count = min(struct.unpack_from("<I", summary, start + 4)[0], MOST_PROPERTIES)
        for number in range(count):
            kind, at = struct.unpack_from("<II", summary, start + 8 + 8 * number)
            if kind == PROGRAM:
                size = struct.unpack_from("<I", summary, start + at + 4)[0]
                return summary[start + at + 8 : start + at + 8 + size].replace(b"\0", b"").decode("gb18030", "ignore")
    except struct.error:
        return ""
    return ""

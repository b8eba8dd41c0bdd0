"""Files that hold files: taken apart and put together again, so that a change reaches the reader behind the container.

In: the bytes of a zip, OLE2 or pdf file.  Out: its parts by name, and the bytes of a container with changed parts.
Refused: bytes that are none of these, or not whole, have no parts.
"""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

import olefile

Parts = dict[str, bytes]

# The most of a stream of a pdf that is unpacked, in bytes.
LARGEST_STREAM = 2_000_000
SECTOR, SMALLEST = 512, 4096
END, FAT_SECTOR, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
OBJECT = re.compile(rb"(\d+) 0 obj\s*(<<(?:(?!endobj).){0,2000}?>>)\s*stream\r?\n", re.DOTALL)
FILTER = re.compile(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)|/Length\s+\d+(?:\s+0\s+R)?|/DecodeParms\s*<<[^>]*>>")


def open_zip(data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        return {}


def close_zip(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Stored, so that a change of the container changes the parts too."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()


def open_ole(data: bytes) -> Parts:
    """The streams of the root; those of inner storages hold pictures and programs, which are not read."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            return {path[0]: opened.openstream(path).read() for path in opened.listdir() if len(path) == 1}
    except (OSError, ValueError, IndexError, struct.error, TypeError, AttributeError, RecursionError, OverflowError):
        return {}


def chain(first: int, count: int) -> list[int]:
    """The entries of the allocation table for sectors that follow each other."""
    return [*range(first + 1, first + count), END] if count else []


def entry_of(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    """A directory entry of 128 bytes; MS-CFB section 2.6."""
    raw = (name[:31] + "\0").encode("utf-16-le", "surrogatepass")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def close_ole(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A container of whole sectors; every stream is long enough to need no smaller ones."""
    padded = {name: part.ljust(SMALLEST, b"\0") for name, part in parts.items()}
    directory_size = -(-(len(parts) + 1) // 4)
    content = sum(-(-len(part) // SECTOR) for part in padded.values()) + directory_size
    tables = next(count for count in range(1, 110) if count * 128 >= content + count)
    fat, body, entries = [FAT_SECTOR] * tables, b"", []
    for number, (name, part) in enumerate(padded.items(), 1):
        entries.append(entry_of(name, 2, number + 1 if number < len(parts) else FREE, FREE, len(fat), len(part)))
        part += bytes(-len(part) % SECTOR)
        fat += chain(len(fat), len(part) // SECTOR)
        body += part
    first = len(fat)
    fat += chain(first, directory_size)
    directory = b"".join([entry_of("Root Entry", 5, FREE, 1 if parts else FREE, END, 0), *entries])
    head = data[:8] + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, first, 0, SMALLEST, END, 0, END, 0)
    head += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    table = struct.pack(f"<{tables * 128}I", *fat, *[FREE] * (tables * 128 - len(fat)))
    return head + table + body + directory.ljust(directory_size * SECTOR, b"\0")


def find_streams(data: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Number of the object → its dictionary and its content, unpacked where that is possible."""
    found = {}
    for match in OBJECT.finditer(data):
        end = data.find(b"endstream", match.end())
        content, settings = data[match.end() : end], match.group(2)
        if end < 0 or b"/XRef" in settings or b"/ObjStm" in settings:
            continue
        unpacked = unfilter(settings, content)
        if unpacked is not None:
            found[match.group(1).decode()] = settings, unpacked
    return found


def unfilter(settings: bytes, content: bytes) -> bytes | None:
    """The content of a stream; None where it is packed in another way than text of pages is."""
    try:
        if b"ASCII85Decode" in settings:
            content = base64.a85decode(b"<~" + content.strip(), adobe=True)
        return zlib.decompressobj().decompress(content, LARGEST_STREAM) if b"FlateDecode" in settings else content
    except (zlib.error, ValueError):
        return None


def open_pdf(data: bytes) -> Parts:
    return {name: content for name, (_, content) in find_streams(data).items()}


def close_pdf(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The file with its changed objects behind it, as programs save changes; ISO 32000-1 section 7.5.6."""
    old = find_streams(data)
    start = re.findall(rb"startxref\s+(\d+)", data)
    root = re.findall(rb"/Root\s+\d+\s+\d+\s+R", data)
    for name, content in parts.items():
        settings, before = old.get(name, (b"<<>>", None))
        if content == before:
            continue
        at = len(data) + 1
        kept = FILTER.sub(b"", settings)[:-2] + b"/Length %d>>" % len(content)
        data += b"\n%s 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (name.encode(), kept, content)
        table = len(data)
        data += b"xref\n%s 1\n%010d 00000 n \ntrailer\n<</Size %d %s /Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
            name.encode(), at, len(old) + 1000, b"".join(root[-1:]), (start or [b"0"])[-1], table,
        )  # fmt: skip
        start = [b"%d" % table]
    return data


class Container(NamedTuple):
    """How a kind of file is taken apart and put together; `close` is given the file that it was as well."""

    signature: bytes
    open: Callable[[bytes], Parts]
    close: Callable[[bytes, Mapping[str, bytes]], bytes]


CONTAINERS = (
    Container(b"PK\x03\x04", open_zip, close_zip),
    Container(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", open_ole, close_ole),
    Container(b"%PDF", open_pdf, close_pdf),
)


def find_container(data: bytes) -> Container | None:
    return next((one for one in CONTAINERS if data.startswith(one.signature)), None)

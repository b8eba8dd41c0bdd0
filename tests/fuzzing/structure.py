"""Changes of the fields that hold a binary file together: sizes, offsets, chains, records.

In: bytes, a source of chance, material.  Out: bytes in which one such field is wrong: in the headers of a zip file, in
the header, the allocation table or the directory of an OLE2 file, in the cross references of a pdf, in a record of an
Excel workbook, in the header of a Word document.  Refused: nothing; other bytes come back as they were.
"""

from __future__ import annotations

import re
import struct
from random import Random

from tests.fuzzing.bytewise import Change, Material, put, write_integer
from tests.fuzzing.containers import CONTAINERS, find_container
from tests.fuzzing.markup import BLOWN, pick, swap_numbers

# Length of the fixed part of each kind of zip header, by its signature; APPNOTE sections 4.3.7, 4.3.12, 4.3.16.
ZIP_HEADERS = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x05\x06|\x07\x08|\x06\x06|\x06\x07)")
ZIP_FIXED = 46
SECTOR, DIRECTORY_ENTRY = 512, 128
PDF_FIELDS = re.compile(
    rb"(?<=/Length )\d+|(?<=/Count )-?\d+|(?<=/Size )\d+|(?<=/Prev )\d+|(?<=startxref\n)\d+|\b\d+(?= \d+ R)"
    rb"|(?<=/W \[)\d+"
    rb"|(?<=/Predictor )\d+|(?<=/Columns )\d+|(?<=/First )\d+|(?<=/N )\d+|\b\d{10}(?= \d{5})|(?<=/Rotate )\d+"
    rb"|(?<=\[ )-?[\d.]+"
)
WORD_HEADER = 0x400


def change_zip(data: bytes, chance: Random, material: Material) -> bytes:
    found = pick(ZIP_HEADERS, data, chance)
    if not found:
        return data
    return write_integer(data, chance, material, found.end(), found.end() + ZIP_FIXED)


def change_ole_header(data: bytes, chance: Random, material: Material) -> bytes:
    """Sector sizes, and where table and directory begin; MS-CFB section 2.2."""
    return write_integer(data, chance, material, 24, 84)


def change_ole_table(data: bytes, chance: Random, material: Material) -> bytes:
    """An entry of the allocation table leads elsewhere: chains that end, cross or run in a circle."""
    table = int.from_bytes(data[76:80], "little")
    at = (table + 1) * SECTOR + 4 * chance.randrange(SECTOR // 4)
    if at + 4 > len(data):
        return data
    value = chance.choice((chance.randrange(SECTOR // 4), chance.randrange(len(data) // SECTOR + 2), 0xFFFFFFFE, 0))
    return put(data, at, at + 4, struct.pack("<I", value))


def change_ole_directory(data: bytes, chance: Random, material: Material) -> bytes:
    """Name, kind, neighbours, first sector and size of a stream; MS-CFB section 2.6."""
    directory = (int.from_bytes(data[48:52], "little") + 1) * SECTOR
    at = directory + DIRECTORY_ENTRY * chance.randrange(8)
    if chance.random() < 0.4:
        # Neighbours in the tree of names.
        at += chance.choice((68, 72, 76))
        return put(data, at, at + 4, struct.pack("<I", chance.randrange(9))) if at + 4 <= len(data) else data
    return write_integer(data, chance, material, at + 64, at + DIRECTORY_ENTRY)


def change_pdf(data: bytes, chance: Random, material: Material) -> bytes:
    """A length, a count, a reference or a place that is not as it was."""
    found = pick(PDF_FIELDS, data, chance)
    if not found:
        return data
    if chance.random() < 0.5:
        return put(data, *found.span(), b"%d" % chance.choice((*range(12), len(data), 2**31 - 1, 2**32, -1)))
    return put(data, *found.span(), chance.choice(BLOWN))


def records(stream: bytes) -> list[tuple[int, int]]:
    """Where each record of a workbook stream begins and ends; MS-XLS section 2.1.4."""
    found, at = [], 0
    while at + 4 <= len(stream):
        end = at + 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
        found.append((at, min(end, len(stream))))
        at = end
    return found


def change_record(stream: bytes, chance: Random, material: Material) -> bytes:
    """A record with another kind, length or content, dropped, doubled, or before its time."""
    found = records(stream)
    if not found:
        return stream
    at, end = chance.choice(found)
    how = chance.randrange(6)
    if how == 0:
        return write_integer(stream, chance, material, at, at + 3)
    if how == 1:
        return put(stream, at, end, b"")
    if how == 2:
        target, _ = chance.choice(found)
        return put(stream, target, target, stream[at:end] * chance.choice((1, 1, 2, 300)))
    if how == 3:
        other, other_end = chance.choice(found)
        return put(stream, at, at + 4, stream[other : min(other_end, other + 4)])
    return write_integer(stream, chance, material, at + 4, end)


def change_word_header(stream: bytes, chance: Random, material: Material) -> bytes:
    """Where text, pieces and properties lie; MS-DOC section 2.5."""
    return write_integer(stream, chance, material, 0, WORD_HEADER)


def change_inside(data: bytes, chance: Random, material: Material) -> bytes:
    """The streams of which the structure is known: records of a workbook, the header of a document."""
    container = find_container(data)
    parts = container.open(data) if container else {}
    for name, change in INSIDE.items():
        if container and name in parts:
            parts[name] = change(parts[name], chance, material)
            return container.close(data, parts)
    return data


INSIDE: dict[str, Change] = {"Workbook": change_record, "Book": change_record, "WordDocument": change_word_header}
ZIP, OLE, PDF = (container.signature for container in CONTAINERS)
CHANGES: dict[bytes, tuple[Change, ...]] = {
    ZIP: (change_zip,),
    OLE: (change_ole_header, change_ole_table, change_ole_directory, change_inside, change_inside, change_inside),
    PDF: (change_pdf, change_pdf, swap_numbers),
}


def changes_for(data: bytes) -> tuple[Change, ...]:
    """The changes that this file has fields for; none for text."""
    return next((changes for signature, changes in CHANGES.items() if data.startswith(signature)), ())

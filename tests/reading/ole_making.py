"""OLE2 containers and Word 97 files put together byte by byte, for what LibreOffice does not write.

In: streams by name; paragraphs with their runs and modifiers.  Out: the bytes of a file.  Refused: nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

SECTOR, SMALLEST = 512, 4096
END, FAT_SECTOR, FREE, NOTHING = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
TEXT_START = 0x800


def directory_entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, NOTHING, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def write_container(streams: dict[str, bytes]) -> bytes:
    """A container whose streams are all long enough to lie in whole sectors."""
    table, body, starts = [FAT_SECTOR], b"", {}
    for name, content in streams.items():
        padded = content.ljust(SMALLEST, b"\0")
        padded += bytes(-len(padded) % SECTOR)
        starts[name] = len(table), max(len(content), SMALLEST)
        count = len(padded) // SECTOR
        table += [*range(len(table) + 1, len(table) + count), END]
        body += padded
    names = list(streams)
    entries = [directory_entry("Root Entry", 5, NOTHING, 1, END, 0)]
    for number, name in enumerate(names, 1):
        after = number + 1 if number < len(names) else NOTHING
        entries.append(directory_entry(name, 2, after, NOTHING, *starts[name]))
    directory = b"".join(entries)
    directory += bytes(-len(directory) % SECTOR)
    first = len(table)
    count = len(directory) // SECTOR
    table += [*range(first + 1, first + count), END]
    assert len(table) <= SECTOR // 4, "one sector of the table is enough for these files"
    fat = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, first, 0, 4096, END, 0, END, 0)
    # The table lies in the first sector of the file.
    return header + struct.pack("<109I", 0, *[FREE] * 108) + fat + body + directory


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the modifiers of their run."""

    text: str
    modifiers: bytes = b""


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph: runs, the mark that ends it, modifiers, style; `mark_run` are the modifiers of the mark."""

    runs: tuple[Run, ...]
    mark: str = "\r"
    modifiers: bytes = b""
    style: int = 0
    mark_run: bytes = b""


@dataclass(frozen=True, slots=True)
class Parts:
    """What else a file may hold.

    `cuts` are the positions where a new piece begins, `narrow` the pieces with one byte a character, `order` how the
    pieces lie in the file, `piece_modifier` what stands beside each of them.
    """

    cuts: tuple[int, ...] = ()
    narrow: frozenset[int] = frozenset()
    order: tuple[int, ...] = ()
    piece_modifier: dict[int, int] = field(default_factory=dict)
    styles: bytes = b""
    lists: bytes = b""
    levels: bytes = b""
    list_uses: bytes = b""
    lengths: tuple[int, ...] = ()
    data: bytes = b""
    flags: int = 0x0200
    ident: int = 0xA5EC
    version: int = 0x00C1
    program: str = ""


def modifier(code: int, operand: bytes) -> bytes:
    return struct.pack("<H", code) + operand


def in_units(text: str) -> str:
    """Rare characters as their two halves: each takes two positions."""
    raw = text.encode("utf-16-le")
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def lay_out(text: str, parts: Parts) -> tuple[bytes, list[int], list[tuple[int, int, int, int]]]:
    """The text in its pieces, the offset of every character, and the pieces as (start, end, offset, modifier)."""
    bounds = [0, *parts.cuts, len(text)]
    pieces = list(pairwise(bounds))
    offsets, body, placed = [0] * len(text), b"", [(0, 0, 0, 0)] * len(pieces)
    for index in parts.order or range(len(pieces)):
        start, end = pieces[index]
        offset, width = TEXT_START + len(body), 1 if index in parts.narrow else 2
        for position in range(start, end):
            offsets[position] = offset + (position - start) * width
        body += text[start:end].encode("cp1252" if width == 1 else "utf-16-le", "surrogatepass")
        # One byte between pieces, as old text between them would be; wide pieces begin at even places all the same.
        body += b"\0" if width == 1 and len(body) % 2 else b""
        stored = offset if width == 2 else offset * 2 | 0x40000000
        placed[index] = start, end, stored, parts.piece_modifier.get(index, 0)
    return body, offsets, placed


def pages(ranges: Sequence[tuple[int, int, bytes]], is_paragraphs: bool) -> list[tuple[int, bytes]]:
    """Properties in pages of 512 bytes, few to a page, with the offset at which each page begins."""
    found = []
    for at in range(0, len(ranges), 4):
        group = ranges[at : at + 4]
        page = bytearray(512)
        struct.pack_into(f"<{len(group) + 1}I", page, 0, *(first for first, _, _ in group), group[-1][1])
        low, size = 510, 13 if is_paragraphs else 1
        for number, (_, _, stored) in enumerate(group):
            if stored or is_paragraphs:
                packed = pack_paragraph(stored) if is_paragraphs else bytes((len(stored),)) + stored
                low = (low - len(packed)) & ~1
                page[low : low + len(packed)] = packed
                page[4 * (len(group) + 1) + size * number] = low // 2
        page[511] = len(group)
        found.append((group[0][0], bytes(page)))
    return found


def pack_paragraph(stored: bytes) -> bytes:
    """Style and modifiers with their length: in words, or behind a 0 where their number of bytes is even."""
    if len(stored) % 2:
        return bytes(((len(stored) + 1) // 2,)) + stored
    return bytes((0, len(stored) // 2)) + stored


def page_table(found: Sequence[tuple[int, bytes]], end: int, first_page: int) -> bytes:
    offsets = [offset for offset, _ in found]
    numbers = range(first_page, first_page + len(found))
    return struct.pack(f"<{len(found) + 1}I", *offsets, end) + struct.pack(f"<{len(found)}I", *numbers)


def write_word(paragraphs: Sequence[Written], parts: Parts | None = None) -> bytes:
    """A file of Word 97; text boxes and notes are paragraphs behind the report, told apart by `parts.lengths`."""
    parts = parts or Parts()
    paragraphs = [replace(one, runs=tuple(replace(run, text=in_units(run.text)) for run in one.runs))
                  for one in paragraphs]  # fmt: skip
    text = "".join("".join(run.text for run in one.runs) + one.mark for one in paragraphs)
    body, offsets, pieces = lay_out(text, parts)
    runs, marks, position = [], [], 0
    for one in paragraphs:
        for run in (*one.runs, Run(one.mark, one.mark_run)):
            for place in range(position, position + len(run.text)):
                runs.append((offsets[place], run.modifiers))
            position += len(run.text)
        width = 1 if any(index in parts.narrow and start < position <= end
                         for index, (start, end, _, _) in enumerate(pieces)) else 2  # fmt: skip
        marks.append((offsets[position - 1] + width, struct.pack("<H", one.style) + one.modifiers))
    marks.sort()
    ends = [TEXT_START, *(end for end, _ in marks)]
    papx = pages([(ends[number], end, stored) for number, (end, stored) in enumerate(marks)], True)
    runs.sort()
    firsts = [offset for offset, _ in runs]
    chpx = pages([(offset, (*firsts, offset + 2)[number + 1], stored)
                  for number, (offset, stored) in enumerate(runs)], False)  # fmt: skip
    return assemble(parts, len(text), body, pieces, papx, chpx)


def assemble(
    parts: Parts,
    size: int,
    body: bytes,
    pieces: Sequence[tuple[int, int, int, int]],
    papx: list[tuple[int, bytes]],
    chpx: list[tuple[int, bytes]],
) -> bytes:
    body += bytes(-(TEXT_START + len(body)) % SECTOR)
    first = (TEXT_START + len(body)) // SECTOR
    end = TEXT_START + len(body)
    plc = struct.pack(f"<{len(pieces) + 1}I", *(start for start, _, _, _ in pieces), size)
    plc += b"".join(struct.pack("<HIH", 0, offset, prm) for _, _, offset, prm in pieces)
    tables = {
        33: b"\x02" + struct.pack("<I", len(plc)) + plc,
        13: page_table(papx, end, first),
        12: page_table(chpx, end, first + len(papx)),
        1: parts.styles,
        74: parts.list_uses,
        # The levels stand behind the lists, outside the length that the header gives.
        73: parts.lists,
    }
    header = bytearray(TEXT_START)
    struct.pack_into("<HH", header, 0, parts.ident, parts.version)
    struct.pack_into("<H", header, 10, parts.flags)
    struct.pack_into("<7i", header, 0x4C, *(parts.lengths or (size, 0, 0, 0, 0, 0, 0)))
    table = b""
    for index, content in tables.items():
        struct.pack_into("<II", header, 0x9A + 8 * index, len(table), len(content))
        table += content
    word = bytes(header) + body + b"".join(page for _, page in (*papx, *chpx))
    name = "1Table" if parts.flags & 0x0200 else "0Table"
    streams = {"WordDocument": word, name: table + parts.levels}
    if parts.data:
        streams["Data"] = parts.data
    if parts.program:
        streams["\x05SummaryInformation"] = summary(parts.program)
    return write_container(streams)


def summary(program: str) -> bytes:
    """A property set with nothing but the name of the program."""
    raw = program.encode("gb18030") + b"\0"
    section = struct.pack("<IIIIII", 24 + len(raw), 1, 0x12, 16, 0x1E, len(raw)) + raw
    head = struct.pack("<HHI16xI16xI", 0xFFFE, 0, 0, 1, 48)
    return head + section


IN_TABLE = modifier(0x2416, b"\1")
ENDS_ROW = IN_TABLE + modifier(0x2417, b"\1")
DELETED, HIDDEN = modifier(2 << 10, b"\1"), modifier(0x083C, b"\1")


def define_row(edges: Sequence[int], flags: Sequence[int] = ()) -> bytes:
    """sprmTDefTable: the edges, and the merge bits of each cell."""
    count = len(edges) - 1
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags or [0] * count)
    operand = struct.pack(f"<B{count + 1}h", count, *edges) + cells
    return modifier(0xD608, struct.pack("<H", len(operand) + 1) + operand)


def write_row(
    cells: Sequence[str], edges: Sequence[int], flags: Sequence[int] = (), further: bytes = b"", mark_run: bytes = b""
) -> list[Written]:
    """The cells of a row and its end; `further` are modifiers behind the definition of the row."""
    written = [Written((Run(cell),), "\x07", IN_TABLE) for cell in cells]
    return [*written, Written((), "\x07", ENDS_ROW + define_row(edges, flags) + further, mark_run=mark_run)]

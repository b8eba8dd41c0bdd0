"""The records of an old Excel workbook, and what its sheets share: list of sheets, strings, styles.

In: the stream `Workbook` (Excel 97 to 2003, WPS) or `Book` (Excel 95).  Out: records, and `Globals`.  Read here, since
the library for it makes an error (#REF!) an empty cell, knows no borders and dies of damaged files.  Record numbers and
their fields are those of [MS-XLS] 2.3 and 2.4.  Refused, as `BrokenRecords`: a stream that breaks off; as `Locked`: one
under a password.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import error as StructError
from struct import unpack_from
from typing import NamedTuple

from parsing.readers.number_formats import Kind, kind_of

BOF, EOF, CONTINUE, LOCK = 0x809, 0x0A, 0x3C, 0x2F
SHEET, CODE_PAGE, DATE_MODE, FORMAT_CODE, STYLE, STRINGS = 0x85, 0x42, 0x22, 0x41E, 0xE0, 0xFC
VERSION_8 = 0x600
# What a string has beside its characters.
IS_WIDE, HAS_EXTENSION, HAS_RUNS = 1, 4, 8
WORKSHEET = 0


class BrokenRecords(ValueError):
    """The stream breaks off, or says what the format does not know."""


class Locked(ValueError):
    """The stream is encrypted."""


class Record(NamedTuple):
    """A record and the bodies of those that continue it."""

    kind: int
    body: bytes
    more: tuple[bytes, ...] = ()


class Entry(NamedTuple):
    """A sheet as the workbook lists it, and where its records begin."""

    name: str
    start: int
    is_hidden: bool
    is_worksheet: bool


@dataclass(slots=True)
class Globals:
    """What the sheets share; `kinds` and `ruled` by the number of a style."""

    is_8: bool = True
    encoding: str = "gb18030"
    is_1904: bool = False
    sheets: list[Entry] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    ruled: list[bool] = field(default_factory=list)


def read_records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one part of the stream, from its BOF to its EOF; charts inside it are passed over."""
    depth = 0
    while True:
        kind, body, at = read_record(stream, at)
        more = []
        while stream[at : at + 2] == b"\x3c\x00":
            _, part, at = read_record(stream, at)
            more.append(part)
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield Record(kind, body, tuple(more))


def read_record(stream: bytes, at: int) -> tuple[int, bytes, int]:
    """Kind and body of the record at a place, and where the next one begins."""
    if at + 4 > len(stream):
        raise BrokenRecords("no end")
    kind, length = unpack_from("<HH", stream, at)
    end = at + 4 + length
    if end > len(stream):
        raise BrokenRecords("a record breaks off")
    return kind, stream[at + 4 : end], end


class Strings:
    """Reads strings that run over records; each record that continues characters says anew how wide they are."""

    def __init__(self, record: Record, at: int = 0) -> None:
        self.parts = (record.body, *record.more)
        self.part = 0
        self.at = at

    def take(self, size: int) -> bytes:
        """Bytes that are no characters, over the edges of records."""
        found = b""
        while True:
            piece = self.parts[self.part][self.at : self.at + size - len(found)]
            found += piece
            self.at += len(piece)
            if len(found) == size:
                return found
            self.go_on()

    def go_on(self) -> None:
        self.part, self.at = self.part + 1, 0
        if self.part >= len(self.parts):
            raise BrokenRecords("a string breaks off")

    def characters(self, count: int, is_wide: bool) -> str:
        pieces = []
        while True:
            size = 2 if is_wide else 1
            raw = self.parts[self.part][self.at : self.at + count * size]
            raw = raw[: len(raw) // size * size]
            pieces.append(raw.decode("utf-16-le" if is_wide else "latin-1", "replace"))
            self.at += len(raw)
            count -= len(raw) // size
            if not count:
                return "".join(pieces)
            self.go_on()
            is_wide = bool(self.take(1)[0] & IS_WIDE)

    def string(self, count_size: int = 2) -> str:
        """A string of Excel 97 with what hangs on it: fonts of its parts, guide to pronunciation."""
        count = int.from_bytes(self.take(count_size), "little")
        flags = self.take(1)[0]
        runs = int.from_bytes(self.take(2), "little") if flags & HAS_RUNS else 0
        extension = int.from_bytes(self.take(4), "little") if flags & HAS_EXTENSION else 0
        text = self.characters(count, bool(flags & IS_WIDE)) if count else ""
        if runs or extension:
            self.take(4 * runs + extension)
        return text


def read_string(shared: Globals, record: Record, at: int, count_size: int = 2) -> str:
    """A string at a place in a record; before Excel 97 in the code page of the workbook."""
    if shared.is_8:
        return Strings(record, at).string(count_size)
    count = int.from_bytes(record.body[at : at + count_size], "little")
    return record.body[at + count_size : at + count_size + count].decode(shared.encoding, "replace")


def read_all_strings(record: Record) -> list[str]:
    (count,) = unpack_from("<I", record.body, 4)
    # Each takes three bytes at least.
    if 3 * count > sum(map(len, (record.body, *record.more))):
        raise BrokenRecords("too many strings")
    strings = Strings(record, 8)
    return [strings.string() for _ in range(count)]


def is_border(style: bytes) -> bool:
    """Whether a style rules two sides at least: one line alone is the edge of the cell beside it."""
    lines = int.from_bytes(style[10:12], "little")
    return sum(bool(lines >> shift & 15) for shift in (0, 4, 8, 12)) >= 2


def read_entry(shared: Globals, record: Record) -> Entry:
    start, state, kind = unpack_from("<IBB", record.body)
    return Entry(read_string(shared, record, 6, 1), start, bool(state & 3), kind == WORKSHEET)


def code_page(number: int) -> str:
    """The encoding of a code page: 936 is the Chinese one, and the likeliest where another is not known."""
    return {950: "big5hkscs", 1200: "utf-16-le", 1252: "cp1252"}.get(number, "gb18030")


def read_globals(stream: bytes) -> Globals:
    """The records before the first sheet."""
    shared, forms, codes = Globals(), [], {}
    try:
        for record in read_records(stream, 0):
            kind, body = record.kind, record.body
            if kind == BOF:
                shared.is_8 = unpack_from("<H", body)[0] == VERSION_8
            elif kind == LOCK:
                raise Locked
            elif kind == CODE_PAGE:
                shared.encoding = code_page(unpack_from("<H", body)[0])
            elif kind == DATE_MODE:
                shared.is_1904 = unpack_from("<H", body)[0] == 1
            elif kind == SHEET:
                shared.sheets.append(read_entry(shared, record))
            elif kind == STRINGS:
                shared.strings = read_all_strings(record)
            elif kind == FORMAT_CODE:
                codes[unpack_from("<H", body)[0]] = read_string(shared, record, 2, 2 if shared.is_8 else 1)
            elif kind == STYLE:
                forms.append(unpack_from("<H", body, 2)[0])
                # The lines of Excel 95 lie elsewhere; its tables are known by their places alone.
                shared.ruled.append(shared.is_8 and is_border(body))
    except (StructError, IndexError) as error:
        raise BrokenRecords(str(error)) from error
    shared.kinds = [kind_of(form, codes.get(form)) for form in forms]
    return shared

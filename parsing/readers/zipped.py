"""Files that are zip archives inside (docx, xlsx, ods, zip): what they hold, and one part of it at a time.

In: the bytes of such a file, with whatever a transport put before or behind it.  Out: `Archive`, the list of its
members from the directory at the end, or, where the file was cut off, from the headers along the way.  Nothing is
unpacked before it is asked for.  Refused, as `UnreadablePart`: parts under a password, parts that unpack to more than
a report ever has, parts whose checksum says that they were changed on the way.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from struct import Struct
from typing import Literal, NamedTuple

from parsing.model import Document
from parsing.readers.refusals import LARGEST_PART, refuse_damaged, refuse_encrypted, refuse_large

Reason = Literal["missing", "encrypted", "too_large", "damaged", "cut_off"]

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
LOCATOR_64, END_64 = b"PK\x06\x07", b"PK\x06\x06"
LOCAL_HEADER = Struct("<4s5H3I2H")
CENTRAL_HEADER = Struct("<4s6H3I5H2I")
END_RECORD = Struct("<4s4H2IH")
END_RECORD_64 = Struct("<4sQ2H2I4Q")
# How much may stand before the archive (the head of a form upload) and behind it.
JUNK_BEFORE, JUNK_BEHIND = 1024, 1 << 20
# Formats that hold archives without being one.
OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
MOST_MEMBERS = 65_535
# Parts of office files unpack to ten to sixty times their size; a bomb to a thousand times.
MOST_RATIO = 200
# What unpacks to no more than this is harmless at any ratio, in bytes.
HARMLESS = 4_000_000
STORED, DEFLATED = 0, 8
ENCRYPTED, HAS_DESCRIPTOR = 0x1, 0x8
IN_64_BITS = 0xFFFFFFFF


class Member(NamedTuple):
    """One file of the archive: sizes in bytes; `header_at` is where its own header stands in the data.

    `crc` is None where only a descriptor behind the content has it.
    """

    name: str
    flags: int
    method: int
    crc: int | None
    packed: int
    unpacked: int
    header_at: int

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & ENCRYPTED)


class UnreadablePart(ValueError):
    """A part that is not handed out: why, its measure for people, and what a cut-off file still had of it."""

    def __init__(self, reason: Reason, measure: str = "", rest: bytes = b"") -> None:
        super().__init__(f"{reason} {measure}".strip())
        self.reason = reason
        self.measure = measure
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Archive:
    """`members` by name in lower case, slashes forward; `is_whole` says that the directory at the end was there."""

    data: bytes
    members: dict[str, Member]
    is_whole: bool

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.members.values())

    def read(self, name: str, most: int = LARGEST_PART) -> bytes:
        """One part unpacked; UnreadablePart where it is missing, locked, damaged or larger than `most` bytes."""
        member = self.members.get(name.lower())
        if member is None:
            raise UnreadablePart("missing")
        if member.is_encrypted:
            raise UnreadablePart("encrypted")
        if member.unpacked > most:
            raise too_large(most)
        start = content_at(self.data, member)
        packed = self.data[start : start + member.packed]
        content, crc, is_complete = unpack(member, packed, most)
        if not is_complete and not self.is_whole and start + member.packed >= len(self.data):
            # What precedes a clean cut is as it was written; what precedes any other damage may not be.
            raise UnreadablePart("cut_off", rest=content)
        if not is_complete or (crc is not None and zlib.crc32(content) != crc):
            raise UnreadablePart("damaged")
        return content


def too_large(most: int) -> UnreadablePart:
    return UnreadablePart("too_large", f"其中一个部分解压后超过 {most // 1_000_000:,} MB")


def unpack(member: Member, packed: bytes, most: int) -> tuple[bytes, int | None, bool]:
    """The content, the checksum that it must have, and whether its end was reached."""
    if member.method == STORED:
        return packed, member.crc, len(packed) == member.packed
    if member.method != DEFLATED:
        raise UnreadablePart("damaged")
    content, behind, is_complete = inflate(packed, min(most, max(HARMLESS, len(packed) * MOST_RATIO)))
    return content, crc_of(member, behind), is_complete


def inflate(packed: bytes, most: int) -> tuple[bytes, bytes, bool]:
    """What the packed bytes unpack to, what stands behind them, and whether their end was reached."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(packed, most + 1)
    except zlib.error as error:
        raise UnreadablePart("damaged") from error
    if len(content) > most:
        raise too_large(most)
    return content, unpacker.unused_data, unpacker.eof


def crc_of(member: Member, behind: bytes) -> int | None:
    """The checksum of the directory, or of the descriptor behind the content."""
    if member.crc is None and behind[:4] == b"PK\x07\x08" and len(behind) >= 8:
        return int.from_bytes(behind[4:8], "little")
    return member.crc


def content_at(data: bytes, member: Member) -> int:
    """Where the content of a member begins: behind its own header, whose name and extra field vary in length."""
    if data[member.header_at : member.header_at + 4] != LOCAL or member.header_at + LOCAL_HEADER.size > len(data):
        raise UnreadablePart("damaged")
    *_, name_length, extra_length = LOCAL_HEADER.unpack_from(data, member.header_at)
    return int(member.header_at + LOCAL_HEADER.size + name_length + extra_length)


def open_archive(data: bytes) -> Archive | None:
    """What the bytes hold, without unpacking any of it; None where they are no archive."""
    start = data.find(LOCAL, 0, JUNK_BEFORE)
    if start < 0 or data.startswith(OTHERS):
        return None
    members = read_directory(data)
    if members:
        return Archive(data, members, True)
    return Archive(data, walk_headers(data, start), False)


def find_directory(data: bytes) -> tuple[int, int] | None:
    """Where the directory begins, and by how much the places that it names are shifted by what stands before."""
    end = data.rfind(END, max(0, len(data) - JUNK_BEHIND))
    if end < 0 or end + END_RECORD.size > len(data):
        return None
    *_, size, offset, _ = END_RECORD.unpack_from(data, end)
    if offset == IN_64_BITS or size == IN_64_BITS:
        end = data.rfind(END_64, max(0, end - JUNK_BEHIND), end)
        if end < 0 or end + END_RECORD_64.size > len(data):
            return None
        *_, size, offset = END_RECORD_64.unpack_from(data, end)
    for at in (end - size, offset):
        if at >= 0 and data[at : at + 4] == CENTRAL:
            return at, at - offset
    return None


def read_directory(data: bytes) -> dict[str, Member]:
    """The members by the directory at the end; none where it is missing."""
    members: dict[str, Member] = {}
    found = find_directory(data)
    if found is None:
        return members
    at, shift = found
    while len(members) < MOST_MEMBERS and data[at : at + 4] == CENTRAL and at + CENTRAL_HEADER.size <= len(data):
        fields = CENTRAL_HEADER.unpack_from(data, at)
        flags, method, crc, packed, unpacked = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_length, extra_length, note_length, offset = *fields[10:13], fields[16]
        name_at = at + CENTRAL_HEADER.size
        name = decode_name(data[name_at : name_at + name_length])
        # Bytes that stand before the archive shift every place, unless the writer had counted them.
        header_at = offset + shift if data.startswith(LOCAL, max(0, offset + shift)) else offset
        if IN_64_BITS in (packed, unpacked, offset):
            extra = data[name_at + name_length : name_at + name_length + extra_length]
            unpacked, packed, header_at = widen(extra, (unpacked, packed, header_at))
        members[name.lower()] = Member(name, flags, method, crc, packed, unpacked, header_at)
        at = name_at + name_length + extra_length + note_length
    return members


def widen(extra: bytes, sizes: tuple[int, int, int]) -> tuple[int, int, int]:
    """Sizes and place that need 64 bits, from the extra field that holds them in this order."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == 1:
            body = extra[at + 4 : at + 4 + length]
            values = [int.from_bytes(body[start : start + 8], "little") for start in range(0, len(body) - 7, 8)]
            wide = [values.pop(0) if size == IN_64_BITS and values else size for size in sizes]
            return wide[0], wide[1], wide[2]
        at += 4 + length
    return sizes


def walk_headers(data: bytes, at: int) -> dict[str, Member]:
    """The members of a file that was cut off before its directory, by the header before each."""
    members: dict[str, Member] = {}
    while 0 <= at <= len(data) - LOCAL_HEADER.size and len(members) < MOST_MEMBERS:
        _, _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = LOCAL_HEADER.unpack_from(data, at)
        name_at = at + LOCAL_HEADER.size
        content = name_at + name_length + extra_length
        name = decode_name(data[name_at : name_at + name_length])
        if flags & HAS_DESCRIPTOR or packed == IN_64_BITS:
            following = data.find(LOCAL, content)
            packed, unpacked, crc = (following if following > 0 else len(data)) - content, 0, None
        members[name.lower()] = Member(name, flags, method, crc, packed, unpacked, at)
        at = data.find(LOCAL, content + packed)
    return members


def decode_name(raw: bytes) -> str:
    """UTF-8 where it is that; archives made on Chinese Windows have GBK and say nothing."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437").replace("\\", "/")


def refuse_part(error: UnreadablePart, format_name: str, words: str) -> Document:
    """The Document that says why the part without which nothing can be read is not handed out."""
    if error.reason == "encrypted":
        return refuse_encrypted(format_name, words)
    if error.reason == "too_large":
        return refuse_large(format_name, words, error.measure)
    return refuse_damaged(format_name, words)

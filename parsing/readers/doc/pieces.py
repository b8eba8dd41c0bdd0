"""The text of a Word file, from the pieces that lie about in its main stream.

In: the streams.  Out: `Pieces`: one string with a character for each character position of the file, how long each
story is, and the way from positions in the stream (by which properties are stored) to positions in the text.
Raises `Damaged` where a piece lies outside the stream or the stories are longer than the pieces.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass

from parsing.readers.doc.container import Damaged, Streams, TooLarge
from parsing.readers.doc.sprms import C_RMARK_DEL, C_VANISH, P_FINTABLE, P_FTTP
from parsing.readers.refusals import LONGEST_TEXT, MOST_CELLS

# [MS-DOC] 2.5.4 and 2.5.6: where the lengths of the stories and the places of the tables stand in the header.
STORY_LENGTHS, PLACES, LOWEST_SIZE = 0x4C, 0x9A, 0x2F2
CHARACTER_RUNS, PARAGRAPH_RUNS, CLX, LISTS, LIST_USES, STYLES = 12, 13, 33, 73, 74, 1
ENDS = "\r\x07\x0c"
IS_NARROW = 0x40000000
# [MS-DOC] 2.9.225: the single properties that a fast save puts beside a piece, and what they are elsewhere.
SINGLE = {0x18: P_FINTABLE, 0x19: P_FTTP, 0x41: C_RMARK_DEL, 0x5C: C_VANISH}
MOST_PIECES = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of the text lie at `offset` of the stream, each `width` bytes wide.

    `properties` hold for all of them, on top of what the runs say.
    """

    start: int
    end: int
    offset: int
    width: int
    properties: bytes


@dataclass(frozen=True, slots=True)
class Stories:
    """Where each story begins and ends in the text: the report, its notes, its text boxes."""

    main: tuple[int, int]
    footnotes: tuple[int, int]
    endnotes: tuple[int, int]
    boxes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The text and its pieces in the order of the text."""

    text: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    stories: Stories

    def piece_at(self, position: int) -> Piece:
        return self.pieces[bisect_right(self.starts, position) - 1]

    def offset_of(self, position: int) -> int:
        """Where in the stream a character lies."""
        piece = self.piece_at(position)
        return piece.offset + (position - piece.start) * piece.width

    def positions(self, first: int, limit: int) -> list[tuple[int, int]]:
        """The stretches of the text that lie between two offsets of the stream."""
        found = []
        for piece in self.pieces:
            end = piece.offset + (piece.end - piece.start) * piece.width
            if piece.offset < limit and first < end:
                start = piece.start + max(0, first - piece.offset) // piece.width
                stop = piece.start + -(-(min(limit, end) - piece.offset) // piece.width)
                found.append((start, stop))
        return found


def place_of(word: bytes, index: int) -> tuple[int, int]:
    """Offset and length, in the table stream, of the `index`-th structure that the header names."""
    offset, length = struct.unpack_from("<II", word, PLACES + 8 * index)
    return offset, length


def cut_table(streams: Streams, index: int) -> bytes:
    """One structure of the table stream; empty where the file has none."""
    offset, length = place_of(streams.word, index)
    if offset + length > len(streams.table):
        raise Damaged
    return streams.table[offset : offset + length]


def read_pieces(streams: Streams) -> Pieces:
    if len(streams.word) < LOWEST_SIZE:
        raise Damaged
    pieces = read_piece_table(cut_table(streams, CLX))
    if any(piece.offset + (piece.end - piece.start) * piece.width > len(streams.word) for piece in pieces):
        raise Damaged
    if pieces[-1].end > LONGEST_TEXT:
        raise TooLarge(f"有 {pieces[-1].end:,} 个字符，最多读 {LONGEST_TEXT:,} 个")
    text = "".join(piece_text(streams.word, piece) for piece in pieces)
    ends = sum(map(text.count, ENDS))
    if ends > MOST_CELLS:
        raise TooLarge(f"有 {ends:,} 个段落和单元格，最多读 {MOST_CELLS:,} 个")
    lengths = struct.unpack_from("<7i", streams.word, STORY_LENGTHS)
    stories = find_stories(lengths, len(text))
    return Pieces(text, tuple(pieces), tuple(piece.start for piece in pieces), stories)


def find_stories(lengths: tuple[int, ...], size: int) -> Stories:
    """Main text, footnotes, headers, macros, comments, endnotes and text boxes follow one another."""
    if min(lengths) < 0 or sum(lengths) > size or lengths[0] == 0:
        raise Damaged
    ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    main, footnotes, _, _, _, endnotes, boxes = ((end - own, end) for end, own in zip(ends, lengths, strict=True))
    return Stories(main, footnotes, endnotes, boxes)


def read_piece_table(clx: bytes) -> list[Piece]:
    """The pieces of the text in order ([MS-DOC] 2.9.38, 2.8.35)."""
    at, exceptions = 0, []
    try:
        while clx[at] == 1:
            size = struct.unpack_from("<H", clx, at + 1)[0]
            exceptions.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        if clx[at] != 2:
            raise Damaged
        size = struct.unpack_from("<I", clx, at + 1)[0]
    except (IndexError, struct.error) as error:
        raise Damaged from error
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    if len(table) < size or not 0 < count < MOST_PIECES:
        raise Damaged
    bounds = struct.unpack_from(f"<{count + 1}I", table)
    pieces = []
    for number in range(count):
        offset, modifier = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * number + 2)
        width = 1 if offset & IS_NARROW else 2
        place = (offset & ~IS_NARROW) // 2 if width == 1 else offset
        properties = piece_properties(modifier, exceptions)
        pieces.append(Piece(bounds[number], bounds[number + 1], place, width, properties))
    is_in_order = all(piece.start < piece.end for piece in pieces) and bounds[0] == 0
    if not is_in_order:
        raise Damaged
    return pieces


def piece_properties(modifier: int, exceptions: list[bytes]) -> bytes:
    """The properties beside a piece: one packed into two bytes, or one of the lists before the table."""
    if modifier & 1:
        index = modifier >> 1
        return exceptions[index] if index < len(exceptions) else b""
    code = SINGLE.get(modifier >> 1 & 0x7F)
    return struct.pack("<HB", code, modifier >> 8) if code else b""


def piece_text(word: bytes, piece: Piece) -> str:
    """The characters of a piece, exactly one for each position."""
    count = piece.end - piece.start
    raw = word[piece.offset : piece.offset + count * piece.width]
    if piece.width == 1:
        return raw.decode("cp1252", "replace")
    text = raw.decode("utf-16-le", "surrogatepass")
    # Rare characters take two positions; they stay two until a paragraph is cut out.
    return text if len(text) == count else "".join(map(chr, struct.unpack(f"<{count}H", raw)))

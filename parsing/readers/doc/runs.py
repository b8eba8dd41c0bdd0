"""The properties of paragraphs and runs, which lie in pages of 512 bytes in the main stream.

In: the streams and the table that names the pages.  Out: for paragraphs a list of (offset where it ends, style,
modifiers), for runs a list of (first offset, offset behind it, modifiers), both by offset in the main stream.  Raises
`Damaged` where a page lies outside the stream: without its pages nobody knows what is a table or was deleted.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from parsing.readers.doc.container import Damaged, Streams
from parsing.readers.doc.pieces import CHARACTER_RUNS, PARAGRAPH_RUNS, cut_table
from parsing.readers.doc.sprms import IN_DATA_STREAM, Modifier, split_modifiers

PAGE = 512
# [MS-DOC] 2.9.23: the place of the modifiers of a paragraph, then twelve bytes about its height.
BX_SIZE = 13
MOST_PAGES = 20_000


def pages_of(streams: Streams, index: int) -> Iterator[tuple[bytes, int, tuple[int, ...]]]:
    """Each page with the number of its entries and the offsets between which they hold."""
    table = cut_table(streams, index)
    count = (len(table) - 4) // 8
    if not 0 < count < MOST_PAGES:
        raise Damaged
    for number in struct.unpack_from(f"<{count}I", table, 4 * (count + 1)):
        start = (number & 0x3FFFFF) * PAGE
        page = streams.word[start : start + PAGE]
        # The last page may be cut where the stream ends; its number of entries is its last byte.
        if len(page) < PAGE:
            raise Damaged
        entries = page[-1]
        if 4 * (entries + 1) > PAGE:
            raise Damaged
        yield page, entries, struct.unpack_from(f"<{entries + 1}I", page)


def paragraph_runs(streams: Streams) -> list[tuple[int, int, bytes]]:
    """For each paragraph the offset behind its mark, its style and its modifiers, in the order of the offsets."""
    found = []
    for page, entries, offsets in pages_of(streams, PARAGRAPH_RUNS):
        places = page[4 * (entries + 1) : 4 * (entries + 1) + BX_SIZE * entries : BX_SIZE]
        for number, place in enumerate(places):
            style, modifiers = 0, b""
            if place:
                at = 2 * place
                # [MS-DOC] 2.9.175: a length of 0 says that the next byte holds it, without the odd byte.
                size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
                at += 1 if page[at] else 2
                stored = page[at : at + size]
                style, modifiers = int.from_bytes(stored[:2], "little"), stored[2:]
            found.append((offsets[number + 1], style, modifiers))
    found.sort(key=lambda entry: entry[0])
    return found


def character_runs(streams: Streams) -> list[tuple[int, int, bytes]]:
    """The runs that have modifiers of their own: first offset, offset behind the run, modifiers."""
    found = []
    for page, entries, offsets in pages_of(streams, CHARACTER_RUNS):
        for number, place in enumerate(page[4 * (entries + 1) : 4 * (entries + 1) + entries]):
            if place:
                at = 2 * place
                found.append((offsets[number], offsets[number + 1], page[at + 1 : at + 1 + page[at]]))
    return found


def expand(modifiers: bytes, streams: Streams) -> list[Modifier]:
    """The modifiers of a paragraph, those that are too long for a page fetched from the stream of long ones."""
    found: list[Modifier] = []
    for code, operand in split_modifiers(modifiers):
        if code in IN_DATA_STREAM:
            at = int.from_bytes(operand, "little")
            size = int.from_bytes(streams.data[at : at + 2], "little")
            found.extend(split_modifiers(streams.data[at + 2 : at + 2 + size]))
        else:
            found.append((code, operand))
    return found

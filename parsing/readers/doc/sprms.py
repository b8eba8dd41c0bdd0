"""The property modifiers of Word: what a paragraph, a run or a row says of itself.

In: a list of modifiers as stored (opcode, operand, opcode, …).  Out: the single modifiers; of paragraphs, runs and rows
what decides how they are read.  A list that breaks off ends with its last whole modifier; nothing is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from parsing.readers.edges import Edge, Merge

# [MS-DOC] 2.2.5.1: the size of the operand by the upper three bits of the opcode; 6 says it itself.
SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
# [MS-DOC] 2.6.1 to 2.6.3, by their names there without the prefix sprm.
P_ISTD, P_ILVL, P_ILFO, P_FINTABLE, P_FTTP = 0x4600, 0x260A, 0x460B, 0x2416, 0x2417
P_ITAP, P_DTAP, P_FINNER_CELL, P_FINNER_TTP = 0x6649, 0x664A, 0x244B, 0x244C
P_HUGE_PAPX, P_HUGE_PAPX_OLD, P_TABLE_PROPS, P_CHG_TABS = 0x6646, 0x6645, 0x646B, 0xC615
C_RMARK_DEL, C_VANISH, C_ISTD, C_SYMBOL = 2 << 10, 0x083C, 0x4A30, 0x6A09
T_DEF_TABLE, T_DEF_TABLE_OLD, T_VERT_MERGE = 0xD608, 0xD606, 0xD62B
T_MERGE, T_SPLIT, T_INSERT, T_DELETE, T_DXA_COL = 0x5624, 0x5625, 0x7621, 0x5622, 0x7623
IN_DATA_STREAM = frozenset((P_HUGE_PAPX, P_HUGE_PAPX_OLD, P_TABLE_PROPS))
# Word draws no more columns than this.
MOST_COLUMNS = 64
# TC80: two bits each for the merge with the left and with the cell above, twenty bytes a cell.
TC_SIZE, VERT_COVERED, VERT_FIRST = 20, 1, 3
# A toggle that keeps what the style says, and one that turns it round.
SAME_AS_STYLE, UNLIKE_STYLE = 0x80, 0x81

Modifier = tuple[int, bytes]


def split_modifiers(stored: bytes) -> Iterator[Modifier]:
    """Opcode and operand of each modifier."""
    at, size = 0, len(stored)
    while at + 2 <= size:
        code = stored[at] | stored[at + 1] << 8
        at += 2
        length = SIZES[code >> 13]
        if not length:
            if code in (T_DEF_TABLE, T_DEF_TABLE_OLD):
                # Its length takes two bytes and counts one of them.
                length = 1 + int.from_bytes(stored[at : at + 2], "little")
            elif at < size and (code != P_CHG_TABS or stored[at] != 255):
                length = 1 + stored[at]
            else:
                return
        if at + length > size:
            return
        yield code, stored[at : at + length]
        at += length


@dataclass(slots=True)
class ParagraphProperties:
    """How deep in tables a paragraph stands, whether it ends a cell or a row there, and its place in a list.

    `list_use` is the number of a use of a list, from 1; None where the paragraph leaves it to its style.
    """

    style: int = 0
    depth: int = 0
    ends_inner_cell: bool = False
    ends_row: bool = False
    list_use: int | None = None
    list_level: int | None = None


def read_paragraph(style: int, modifiers: list[Modifier]) -> ParagraphProperties:
    found = ParagraphProperties(style)
    depth, is_in_table = 0, False
    for code, operand in modifiers:
        if code == P_FINTABLE:
            is_in_table = bool(operand[0])
        elif code == P_ITAP:
            depth = int.from_bytes(operand, "little", signed=True)
        elif code == P_DTAP:
            depth += int.from_bytes(operand, "little", signed=True)
        elif code in (P_FTTP, P_FINNER_TTP):
            found.ends_row = found.ends_row or bool(operand[0])
        elif code == P_FINNER_CELL:
            found.ends_inner_cell = bool(operand[0])
        elif code == P_ILFO:
            found.list_use = int.from_bytes(operand, "little")
        elif code == P_ILVL:
            found.list_level = operand[0]
        elif code == P_ISTD:
            found.style = int.from_bytes(operand, "little")
    found.depth = max(depth, 1) if is_in_table else 0
    return found


@dataclass(frozen=True, slots=True)
class RunProperties:
    """What takes characters out of sight: deleted, hidden (0, 1 or a toggle; None: as the style says), a symbol."""

    is_deleted: bool = False
    hidden: int | None = None
    style: int | None = None
    symbol: str | None = None

    def is_hidden(self, is_style_hidden: bool) -> bool:
        if self.hidden in (None, SAME_AS_STYLE):
            return is_style_hidden
        return not is_style_hidden if self.hidden == UNLIKE_STYLE else bool(self.hidden)


def read_run(stored: bytes) -> RunProperties:
    is_deleted, hidden, style, symbol = False, None, None, None
    for code, operand in split_modifiers(stored):
        if code == C_RMARK_DEL:
            is_deleted = bool(operand[0])
        elif code == C_VANISH:
            hidden = operand[0]
        elif code == C_ISTD:
            style = int.from_bytes(operand, "little")
        elif code == C_SYMBOL:
            symbol = chr(int.from_bytes(operand[2:4], "little"))
    return RunProperties(is_deleted, hidden, style, symbol)


def read_row(modifiers: list[Modifier]) -> list[Edge]:
    """The cells of a row from left to right; none where the row is not defined."""
    edges: list[Edge] = []
    for code, operand in modifiers:
        if code == T_DEF_TABLE:
            edges = define_row(operand)
        elif code == T_VERT_MERGE and len(operand) >= 3 and operand[1] < len(edges):
            edges[operand[1]].merge = vertical_merge(operand[2])
        elif code in (T_MERGE, T_SPLIT):
            for place in range(operand[0], min(operand[1], len(edges))):
                edges[place].is_covered = code == T_MERGE and place > operand[0]
        elif code == T_INSERT:
            insert_cells(edges, operand[0], operand[1], int.from_bytes(operand[2:4], "little"))
        elif code == T_DELETE:
            first, limit = operand
            widths = sum(edge.right - edge.left for edge in edges[first:limit])
            del edges[first:limit]
            shift(edges[first:], -widths)
        elif code == T_DXA_COL:
            for place in range(operand[0], min(operand[1], len(edges))):
                change = int.from_bytes(operand[2:4], "little") - (edges[place].right - edges[place].left)
                edges[place].right += change
                shift(edges[place + 1 :], change)
    return edges


def shift(edges: list[Edge], distance: int) -> None:
    for edge in edges:
        edge.left += distance
        edge.right += distance


def insert_cells(edges: list[Edge], place: int, count: int, width: int) -> None:
    """New cells of one width before a cell, which makes room for them."""
    if place > len(edges) or len(edges) + count > MOST_COLUMNS:
        return
    left = edges[place].left if place < len(edges) else edges[-1].right if edges else 0
    shift(edges[place:], count * width)
    edges[place:place] = [Edge(left + number * width, left + (number + 1) * width) for number in range(count)]


def vertical_merge(bits: int) -> Merge:
    return {VERT_COVERED: Merge.COVERED, VERT_FIRST: Merge.FIRST}.get(bits & 3, Merge.NONE)


def define_row(operand: bytes) -> list[Edge]:
    """The cells as sprmTDefTable lists them ([MS-DOC] 2.9.318): edges, then twenty bytes a cell, fewer at the end."""
    count = operand[2] if len(operand) > 2 else 0
    if not 0 < count < MOST_COLUMNS or len(operand) < 3 + 2 * (count + 1):
        return []
    places = struct.unpack_from(f"<{count + 1}h", operand, 3)
    start = 3 + 2 * (count + 1)
    flags = [int.from_bytes(operand[start + TC_SIZE * k : start + TC_SIZE * k + 2], "little") for k in range(count)]
    edges = [Edge(places[k], places[k + 1], vertical_merge(flags[k] >> 5)) for k in range(count)]
    # Of the cells joined from left to right the specification numbers the first 2 and the rest 1, older writings the
    # other way round; either way the first of a set has one number and all that it covers have another.
    first = 0
    for edge, bits in zip(edges, (flag & 3 for flag in flags), strict=True):
        edge.is_covered = bool(bits and first and bits != first)
        first = bits if not bits or not edge.is_covered else first
    return edges

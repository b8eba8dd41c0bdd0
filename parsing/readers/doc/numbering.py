"""The numbers that Word puts before paragraphs: 一、 （一） 1.

In: the lists of the table stream, then paragraphs in reading order by their list and level.  Out: the number of each
as printed, "" where none is or where its form is not known exactly.  Lists that break off number nothing behind the
break; nothing is refused.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from parsing.readers.doc.numerals import BULLET, WITHOUT_NUMBER, print_number

LEVELS = 9
# [MS-DOC] 2.9.147, 2.9.150, 2.9.131: sizes of a list, of the head of a level, of a use of a list.
LIST_SIZE, LEVEL_SIZE, USE_SIZE = 28, 28, 16
MOST_LISTS = 4096
IS_SIMPLE, IS_LEGAL, NEVER_RESTARTS = 0x01, 0x04, 0x08
HAS_START, HAS_LEVEL = 0x10, 0x20
DECIMAL = 0


@dataclass(frozen=True, slots=True)
class Level:
    """One level: first number, format, what is printed (characters below 9 stand for the number of that level)."""

    start: int
    code: int
    flags: int
    restart_limit: int
    words: str

    def restarts_after(self, level: int) -> bool:
        """Whether a paragraph of a higher `level` makes this one begin again."""
        return not self.flags & NEVER_RESTARTS or level < self.restart_limit


@dataclass(slots=True)
class ListUse:
    """One use of a list: which one, and what it changes of its levels."""

    list_id: int
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


def read_level(stored: bytes, at: int) -> tuple[Level, int]:
    """A level of a list and where the next begins."""
    start, code, flags = struct.unpack_from("<iBB", stored, at)
    run_size, paragraph_size, limit = stored[at + 24], stored[at + 25], stored[at + 26]
    at += LEVEL_SIZE + run_size + paragraph_size
    count = struct.unpack_from("<H", stored, at)[0]
    words = stored[at + 2 : at + 2 + 2 * count].decode("utf-16-le", "replace")
    return Level(start, code, flags, limit, words), at + 2 + 2 * count


def read_lists(table: bytes, offset: int, length: int) -> dict[int, list[Level]]:
    """The levels of each list by its number; they stand behind the structure that the header names."""
    lists: dict[int, list[Level]] = {}
    try:
        count = struct.unpack_from("<h", table, offset)[0] if length else 0
        at = offset + 2 + LIST_SIZE * count
        for number in range(min(count, MOST_LISTS)):
            head = offset + 2 + LIST_SIZE * number
            levels = []
            for _ in range(1 if table[head + 26] & IS_SIMPLE else LEVELS):
                level, at = read_level(table, at)
                levels.append(level)
            lists[struct.unpack_from("<i", table, head)[0]] = levels
    except (struct.error, IndexError):
        return lists
    return lists


def read_uses(table: bytes, offset: int, length: int) -> list[ListUse]:
    """The uses of lists, which paragraphs name by their place from 1."""
    uses: list[ListUse] = []
    try:
        count = min(struct.unpack_from("<I", table, offset)[0], MOST_LISTS) if length else 0
        heads = [offset + 4 + USE_SIZE * number for number in range(count)]
        uses = [ListUse(struct.unpack_from("<i", table, head)[0]) for head in heads]
        at = offset + 4 + USE_SIZE * count
        for use, head in zip(uses, heads, strict=True):
            at += 4
            for _ in range(table[head + 12]):
                start, flags = struct.unpack_from("<iI", table, at)
                at += 8
                if flags & HAS_LEVEL:
                    use.levels[flags & 0xF], at = read_level(table, at)
                if flags & HAS_START:
                    own = use.levels.get(flags & 0xF)
                    use.starts[flags & 0xF] = own.start if own else start
    except (struct.error, IndexError):
        return uses
    return uses


class Numbering:
    """Counts through the paragraphs of a file in reading order."""

    def __init__(self, lists: dict[int, list[Level]], uses: list[ListUse]) -> None:
        self.lists = lists
        self.uses = uses
        self.counts: dict[int, dict[int, int]] = {}
        self.begun: set[tuple[int, int]] = set()

    def level_of(self, use: ListUse, number: int) -> Level | None:
        levels = self.lists.get(use.list_id, [])
        return use.levels.get(number) or (levels[number] if number < len(levels) else None)

    def number(self, use_number: int, level_number: int) -> str:
        """The number of the next paragraph of a list."""
        use = self.uses[use_number - 1] if 0 < use_number <= len(self.uses) else None
        level = self.level_of(use, level_number) if use else None
        if use is None or level is None:
            return ""
        counts = self.counts.setdefault(use.list_id, {})
        if level_number in use.starts and (use_number, level_number) not in self.begun:
            counts[level_number] = use.starts[level_number]
        else:
            counts[level_number] = counts.get(level_number, level.start - 1) + 1
        self.begun.add((use_number, level_number))
        for deeper in [number for number in counts if number > level_number]:
            below = self.level_of(use, deeper)
            if below is None or below.restarts_after(level_number):
                del counts[deeper]
        return self.write(use, level, counts)

    def write(self, use: ListUse, level: Level, counts: dict[int, int]) -> str:
        if level.code == BULLET:
            return ""
        printed = []
        for char in level.words:
            if ord(char) >= LEVELS:
                printed.append(char)
                continue
            other = self.level_of(use, ord(char))
            if other is None:
                return ""
            code = DECIMAL if level.flags & IS_LEGAL and other.code != WITHOUT_NUMBER else other.code
            part = print_number(counts.get(ord(char), other.start), code)
            if part is None:
                return ""
            printed.append(part)
        return "".join(printed).strip()

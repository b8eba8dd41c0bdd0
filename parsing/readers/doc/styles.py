"""What the styles of a Word file say of the paragraphs and runs that bear them.

In: the style sheet of the table stream.  Out: for each style whether its text is hidden and which list it is numbered
by, as far as it and those that it is based on say.  A sheet that breaks off has no styles behind the break; nothing
is refused, for a style alone hides or numbers text in few files.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from parsing.readers.doc.sprms import RunProperties, read_paragraph, read_run, split_modifiers

PARAGRAPH, CHARACTER = 1, 2
NO_BASE = 0xFFF
MOST_STYLES = 0xFFE
# Styles are based on one another some five deep; a longer chain is a circle.
LONGEST_CHAIN = 12
PLAIN = RunProperties()


@dataclass(frozen=True, slots=True)
class Style:
    """One style as stored: the style it is based on, what it says of runs, its place in a list."""

    base: int = NO_BASE
    run: RunProperties = PLAIN
    list_use: int | None = None
    list_level: int | None = None


NONE = Style()


class StyleSheet:
    """The styles by number; an unknown number is a style that says nothing."""

    def __init__(self, stored: bytes) -> None:
        self.styles: list[Style] = read_styles(stored)
        self.lists: dict[int, tuple[int, int]] = {}

    def chain(self, number: int) -> list[Style]:
        """A style and those that it is based on, the nearest first."""
        found: list[Style] = []
        while number < len(self.styles) and len(found) < LONGEST_CHAIN:
            found.append(self.styles[number])
            number = self.styles[number].base
        return found

    def is_hidden(self, number: int) -> bool:
        return next((bool(style.run.hidden) for style in self.chain(number) if style.run.hidden is not None), False)

    def hidden_styles(self) -> frozenset[int]:
        return frozenset(number for number in range(len(self.styles)) if self.is_hidden(number))

    def list_of(self, number: int) -> tuple[int, int]:
        """The use of a list, 0 for none, and the level that paragraphs of a style are numbered by."""
        if number not in self.lists:
            chain = self.chain(number)
            use = next((style.list_use for style in chain if style.list_use is not None), 0)
            level = next((style.list_level for style in chain if style.list_level is not None), 0)
            self.lists[number] = use, level
        return self.lists[number]


def read_styles(stored: bytes) -> list[Style]:
    """All styles of a sheet ([MS-DOC] 2.9.271): its header, then each with its length before it."""
    styles: list[Style] = []
    try:
        header, count, base_size = struct.unpack_from("<HHH", stored)
        at = 2 + header
        for _ in range(min(count, MOST_STYLES)):
            size = struct.unpack_from("<H", stored, at)[0]
            styles.append(read_style(stored[at + 2 : at + 2 + size], base_size) if size else NONE)
            at += 2 + size
    except (struct.error, IndexError):
        return styles
    return styles


def read_style(stored: bytes, base_size: int) -> Style:
    """One style: fixed part, name, then lists of modifiers, each with its length and at an even place."""
    kind_and_base, lists = struct.unpack_from("<HH", stored, 2)
    kind, base, count = kind_and_base & 0xF, kind_and_base >> 4, lists & 0xF
    at = base_size + 2 + 2 * struct.unpack_from("<H", stored, base_size)[0] + 2
    parts = []
    for _ in range(count):
        at += at & 1
        size = struct.unpack_from("<H", stored, at)[0]
        parts.append(stored[at + 2 : at + 2 + size])
        at += 2 + size
    if kind == PARAGRAPH and parts:
        paragraph = read_paragraph(0, list(split_modifiers(parts[0][2:])))
        run = read_run(parts[1]) if len(parts) > 1 else PLAIN
        return Style(base, run, paragraph.list_use, paragraph.list_level)
    return Style(base, read_run(parts[0])) if kind == CHARACTER and parts else Style(base)

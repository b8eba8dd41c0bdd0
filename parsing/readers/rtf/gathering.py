"""What RTF has said so far: the state of the group that is open, the bytes of a run, the paragraph in the making.

In: bytes, characters by number, changes of the state, ends of paragraphs, cells, rows and groups.  Out: flows.  Raises
`TooDeep` for groups in groups as no program writes them, `TooMuch` for more text or cells than a report has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from parsing.readers.edges import Content, Counts
from parsing.readers.refusals import LONGEST_TEXT, MOST_CELLS
from parsing.readers.rtf.charsets import CHARSETS, DEFAULT, SYMBOL, WESTERN, decode
from parsing.readers.rtf.flows import Flow

# A character above the code page: `\\u`, its number, then what programs that do not know it should show.
UNICODE = re.compile(rb"\\u(-?\d{1,10}) ?((?:\\'[0-9a-fA-F]{2}|\?)*)")
STAND_IN = re.compile(rb"\\'..|\?")
DEEPEST_GROUP = 5000


class TooDeep(Exception):
    """Groups in groups beyond what any program writes."""


class TooMuch(Exception):
    """More than a report has; the text of the error says how much, and what is the most."""


class State(NamedTuple):
    """What a group takes back when it closes: font, characters to skip after `\\u`, out of sight, place in tables."""

    font: int
    skip: int
    is_hidden: bool
    is_deleted: bool
    is_in_table: bool
    depth: int


class Gatherer:
    """Gathers text into flows; what a group changes it takes back when it closes."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.flow = Flow(self.counts)
        self.behind: list[Flow] = []
        self.state = State(0, 1, False, False, False, 1)
        self.groups: list[State] = []
        self.closers: dict[int, Callable[[], None]] = {}
        self.codecs: dict[int, str] = {}
        self.default_font, self.default_codec = 0, WESTERN
        self.table_font: int | None = None
        self.pending = bytearray()
        self.to_skip = 0
        self.text_count = self.end_count = 0

    def content(self) -> Content:
        return [item for flow in (self.flow, *self.behind) for item in flow.stack.close()]

    def open_group(self) -> None:
        self.to_skip = 0
        if len(self.groups) >= DEEPEST_GROUP:
            raise TooDeep
        if self.pending:
            self.flush()
        self.groups.append(self.state)

    def close_group(self) -> bool:
        """Take back what the group changed; False where it was the outermost."""
        if self.pending:
            self.flush()
        self.to_skip = 0
        depth = len(self.groups)
        if depth in self.closers:
            self.closers.pop(depth)()
        if self.groups:
            self.state = self.groups.pop()
        return bool(self.groups)

    def take_bytes(self, raw: bytes) -> None:
        """Text, of which the characters that stand in for a Unicode character are skipped."""
        if self.to_skip:
            raw, self.to_skip = raw[self.to_skip :], max(0, self.to_skip - len(raw))
        if not (self.state.is_hidden or self.state.is_deleted or self.table_font is not None):
            self.pending += raw

    def take_unicode(self, run: bytes) -> None:
        """Characters by their numbers, without as many characters behind each as the group says to skip."""
        skip, chars = self.state.skip, []
        for number, stand_in in UNICODE.findall(run):
            chars.append(chr(int(number) & 0xFFFF))
            count = len(stand_in) - 3 * stand_in.count(b"'")
            self.to_skip = max(0, skip - count)
            if count > skip:
                self.emit("".join(chars))
                chars = []
                self.take_bytes(b"".join(map(plain, STAND_IN.findall(stand_in)[skip:])))
        self.emit("".join(chars))

    def emit(self, words: str) -> None:
        if self.pending:
            self.flush()
        if not (self.state.is_hidden or self.state.is_deleted or self.table_font is not None):
            self.count(len(words))
            self.flow.words.append(words)

    def flush(self) -> None:
        """Decode the bytes gathered so far in the font that they stand in."""
        codec = self.codecs.get(self.state.font, self.default_codec)
        words = decode(bytes(self.pending), codec)
        self.pending.clear()
        self.count(len(words))
        self.flow.words.append(words)

    def count(self, length: int) -> None:
        self.text_count += length
        if self.text_count > LONGEST_TEXT:
            raise TooMuch(f"超过 {LONGEST_TEXT:,} 个字符")

    def count_end(self) -> None:
        """One more end of a paragraph, cell or row."""
        self.end_count += 1
        if self.end_count > MOST_CELLS:
            raise TooMuch(f"超过 {MOST_CELLS:,} 个段落和单元格")

    @property
    def depth(self) -> int:
        """How many tables the paragraph stands in."""
        return self.state.depth if self.state.is_in_table else 0

    def end_paragraph(self) -> None:
        """The end of a paragraph; one that is hidden or deleted joins its paragraph with the next."""
        self.flush()
        self.count_end()
        if not (self.state.is_hidden or self.state.is_deleted):
            self.flow.end_paragraph(self.depth)

    def end_page(self) -> None:
        self.flush()
        if self.flow.has_words():
            self.flow.end_paragraph(self.depth)

    def end_cell(self, depth: int) -> None:
        self.flush()
        self.count_end()
        self.flow.end_cell(depth)

    def end_row(self, depth: int) -> None:
        self.flush()
        self.count_end()
        self.flow.end_row(depth, self.state.is_deleted)

    def set_font(self, number: int) -> None:
        if self.table_font is not None:
            self.table_font = number
            return
        if self.pending:
            self.flush()
        self.state = self.state._replace(font=number)

    def set_charset(self, charset: int) -> None:
        if self.table_font is not None and charset != DEFAULT:
            codec = "symbol" if charset == SYMBOL else CHARSETS.get(charset, WESTERN)
            self.codecs.setdefault(self.table_font, codec)

    def change(self, **changes: object) -> None:
        """Change the state of the group, with the bytes before it still in the old one."""
        if self.pending:
            self.flush()
        self.state = self.state._replace(**changes)  # type: ignore[arg-type]

    def at_close(self, closer: Callable[[], None]) -> None:
        """What is done when the group closes that is open now."""
        self.closers[len(self.groups)] = closer


def plain(stand_in: bytes) -> bytes:
    """The byte that `\\'hh` stands for, or the character itself."""
    return bytes((int(stand_in[2:], 16),)) if len(stand_in) > 1 else stand_in

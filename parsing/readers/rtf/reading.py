"""RTF word by word: control words, groups, text.

In: the bytes of a file.  Out: its content, and whether the file ends before its time.  Raises `TooDeep` for groups in
groups as no program writes them, `TooMuch` for more text or cells than a report has.  Nothing calls itself: groups
that are open lie on a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from parsing.readers.edges import Content, Counts, Merge
from parsing.readers.refusals import LONGEST_TEXT, MOST_CELLS
from parsing.readers.rtf.charsets import CHARSETS, DEFAULT, SYMBOL, WESTERN, decode, page_codec
from parsing.readers.rtf.flows import Flow, RowDefinition
from parsing.readers.rtf.groups import KNOWN_ALL_THE_SAME, PASSED_OVER, binary_length, find_end

# Runs of characters are one token each: in them lies most of a Chinese file.  A character above the code page is \\u with
# its number, then what programs that do not know it should show.
UNICODE = re.compile(rb"\\u(-?\d{1,10}) ?((?:\\'[0-9a-fA-F]{2}|\?)*)")
STAND_IN = re.compile(rb"\\'..|\?")
TOKEN = re.compile(
    rb"((?:\\u-?\d{1,10} ?(?:\\'[0-9a-fA-F]{2}|\?)*)+)|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"
    rb"|((?:\\'[0-9a-fA-F]{2})+)|([^\\{}\r\n\0]+)|([{}])|\\([^a-zA-Z])",
    re.DOTALL,
)
# What follows the last brace is nothing, or the rest of a text whose braces are damaged.
MORE_TEXT = re.compile(rb"\\(?:par|cell|row)(?![a-z])")
DEEPEST_GROUP = 5000
MOST_SKIPPED = 100

CHARACTERS = {
    b"tab": "\t", b"line": "\v", b"lbr": "\v", b"column": " ", b"emdash": "—", b"endash": "–", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": "\u2003", b"enspace": "\u2002",
    b"qmspace": "\u2005",
}  # fmt: skip
SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}


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


class RtfReader:
    """Walks through a file and fills flows."""

    def __init__(self, data: bytes) -> None:
        self.data = data
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
        self.is_optional = False
        self.is_cut_off = False
        self.text_count = self.cell_count = 0

    def read(self) -> None:
        """Read the whole file; of one that ends before its time, what is not whole is forgotten."""
        at: int | None = 0
        while at is not None:
            at = self.scan(at)
        if not self.is_cut_off:
            if self.flow.has_words():
                self.flow.end_paragraph(0)
            return
        for flow in (self.flow, *self.behind):
            flow.drop_unfinished()

    def content(self) -> Content:
        return [item for flow in (self.flow, *self.behind) for item in flow.stack.close()]

    def scan(self, at: int) -> int | None:
        """Read on from a place until the end (None), or until a stretch that is passed over (the place behind it)."""
        for match in TOKEN.finditer(self.data, at):
            kind = match.lastindex
            if kind == 2 or kind == 3:
                word = match[2]
                if self.is_optional or word in MEANT:
                    behind = self.take_word(word, match[3], match.end())
                    if behind is not None:
                        return behind
            elif kind == 1:
                self.take_unicode(match[1])
            elif kind == 4:
                self.take_bytes(bytes.fromhex(match[4].replace(b"\\'", b"").decode("ascii")))
            elif kind == 5:
                self.take_bytes(match[5])
            elif kind == 7:
                self.take_symbol(match[7])
            elif match[6] == b"{":
                self.open_group()
            elif not self.close_group():
                self.is_cut_off = bool(MORE_TEXT.search(self.data, match.end()))
                return None
        self.is_cut_off = True
        return None

    def open_group(self) -> None:
        self.is_optional, self.to_skip = False, 0
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

    def take_symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.is_optional = True
        elif self.to_skip:
            self.to_skip -= 1
        elif symbol in SYMBOLS:
            self.emit(SYMBOLS[symbol])
        elif symbol in b"\r\n":
            self.end_paragraph()

    def take_word(self, word: bytes, digits: bytes | None, behind: int) -> int | None:
        """A control word; the place where reading goes on, if not behind it."""
        is_optional, self.is_optional = self.is_optional, False
        if word in PASSED_OVER or (is_optional and word not in KNOWN_ALL_THE_SAME):
            return find_end(self.data, behind)
        if word == b"bin":
            return behind + binary_length(digits or b"0")
        if word == b"upr":
            # The same text twice; the second time in Unicode.
            return find_end(self.data, self.data.find(b"{", behind) + 1) + 1
        if word in CHARACTERS:
            if self.to_skip:
                self.to_skip -= 1
            else:
                self.emit(CHARACTERS[word])
        elif word in ACTIONS:
            self.to_skip = 0
            ACTIONS[word](self, int(digits) if digits else None)
        return None

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

    @property
    def depth(self) -> int:
        """How many tables the paragraph stands in."""
        return self.state.depth if self.state.is_in_table else 0

    def end_paragraph(self) -> None:
        """The end of a paragraph; one that is hidden or deleted joins its paragraph with the next."""
        self.flush()
        if not (self.state.is_hidden or self.state.is_deleted):
            self.flow.end_paragraph(self.depth)

    def end_page(self) -> None:
        self.flush()
        if self.flow.has_words():
            self.flow.end_paragraph(self.depth)

    def end_cell(self, depth: int) -> None:
        self.flush()
        self.cell_count += 1
        if self.cell_count > MOST_CELLS:
            raise TooMuch(f"超过 {MOST_CELLS:,} 个单元格")
        self.flow.end_cell(depth)

    def end_row(self, depth: int) -> None:
        self.flush()
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

    def take_unicode(self, run: bytes) -> None:
        """Characters by their numbers, without as many characters behind each as the group says to skip."""
        self.is_optional = False
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

    def at_close(self, closer: Callable[[], None]) -> None:
        """What is done when the group closes that is open now."""
        self.closers[len(self.groups)] = closer

    def begin_font_table(self) -> None:
        self.table_font = 0

        def end() -> None:
            self.table_font = None

        self.at_close(end)

    def begin_flow(self) -> None:
        """A note or a text box: a story of its own, behind the report."""
        outer, self.flow = self.flow, Flow(self.counts)
        inner = self.flow
        self.behind.append(inner)
        self.state = self.state._replace(is_in_table=False, depth=1)

        def end() -> None:
            if inner.has_words():
                inner.end_paragraph(self.depth)
            self.flow = outer

        self.at_close(end)

    def begin_number(self) -> None:
        """The number of a paragraph as it is printed; bullets are no numbers."""
        outer = self.flow.words
        inner: list[str] = []
        self.flow.words = inner

        def end() -> None:
            number = "".join(inner).strip()
            self.flow.words = outer
            self.flow.number = number if any(map(str.isalnum, number)) else ""

        self.at_close(end)

    def begin_nested_row(self) -> None:
        """The definition of a row of a table in a cell, which the outer row must not take for its own."""
        flow, outer = self.flow, self.flow.row

        def end() -> None:
            flow.row = outer

        self.at_close(end)


def plain(stand_in: bytes) -> bytes:
    """The byte that `\\'hh` stands for, or the character itself."""
    return bytes((int(stand_in[2:], 16),)) if len(stand_in) > 1 else stand_in


def is_on(number: int | None) -> bool:
    """A toggle is on unless its number is 0."""
    return number != 0


def join_above(reader: RtfReader, merge: Merge) -> None:
    reader.flow.row.merge = merge


def set_covered(reader: RtfReader) -> None:
    reader.flow.row.is_covered = True


def begin_row(reader: RtfReader) -> None:
    reader.flow.row = RowDefinition()


def set_left(reader: RtfReader, left: int) -> None:
    reader.flow.row.left = left


def set_default_font(reader: RtfReader, number: int) -> None:
    reader.default_font = number
    reader.change(font=number)


def set_page(reader: RtfReader, page: int) -> None:
    reader.default_codec = page_codec(page)


def set_font_page(reader: RtfReader, page: int) -> None:
    if reader.table_font is not None:
        reader.codecs[reader.table_font] = page_codec(page)


ACTIONS: dict[bytes, Callable[[RtfReader, int | None], None]] = {
    b"par": lambda reader, _: reader.end_paragraph(),
    b"sect": lambda reader, _: reader.end_page(),
    b"page": lambda reader, _: reader.end_page(),
    b"cell": lambda reader, _: reader.end_cell(1),
    b"nestcell": lambda reader, _: reader.end_cell(max(2, reader.state.depth)),
    b"row": lambda reader, _: reader.end_row(1),
    b"nestrow": lambda reader, _: reader.end_row(max(2, reader.state.depth)),
    b"pard": lambda reader, _: reader.change(is_in_table=False, depth=1),
    b"plain": lambda reader, _: reader.change(font=reader.default_font, is_hidden=False, is_deleted=False),
    b"intbl": lambda reader, _: reader.change(is_in_table=True),
    b"itap": lambda reader, number: reader.change(is_in_table=number != 0, depth=max(1, number or 1)),
    b"v": lambda reader, number: reader.change(is_hidden=is_on(number)),
    b"deleted": lambda reader, number: reader.change(is_deleted=is_on(number)),
    b"f": lambda reader, number: reader.set_font(number or 0),
    b"uc": lambda reader, number: reader.change(skip=max(0, min(number if number is not None else 1, MOST_SKIPPED))),
    b"trowd": lambda reader, _: begin_row(reader),
    b"trleft": lambda reader, number: set_left(reader, number or 0),
    b"cellx": lambda reader, number: reader.flow.row.end_cell(number or 0),
    b"clvmgf": lambda reader, _: join_above(reader, Merge.FIRST),
    b"clvmrg": lambda reader, _: join_above(reader, Merge.COVERED),
    b"clmrg": lambda reader, _: set_covered(reader),
    b"ansicpg": lambda reader, number: set_page(reader, number or 0),
    b"mac": lambda reader, _: set_page(reader, 10000),
    b"pc": lambda reader, _: set_page(reader, 437),
    b"pca": lambda reader, _: set_page(reader, 850),
    b"deff": lambda reader, number: set_default_font(reader, number or 0),
    b"fonttbl": lambda reader, _: reader.begin_font_table(),
    b"fcharset": lambda reader, number: reader.set_charset(number or 0),
    b"cpg": lambda reader, number: set_font_page(reader, number or 0),
    b"shptxt": lambda reader, _: reader.begin_flow(),
    b"dptxbxtext": lambda reader, _: reader.begin_flow(),
    b"footnote": lambda reader, _: reader.begin_flow(),
    b"listtext": lambda reader, _: reader.begin_number(),
    b"pntext": lambda reader, _: reader.begin_number(),
    b"nesttableprops": lambda reader, _: reader.begin_nested_row(),
}
MEANT = frozenset((*ACTIONS, *CHARACTERS, *PASSED_OVER, b"bin", b"upr"))

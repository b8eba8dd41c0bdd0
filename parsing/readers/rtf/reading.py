"""RTF word by word: control words, groups, text.

In: the bytes of a file.  Out: its content, and whether the file ends before its time.  Raises `TooDeep` and `TooMuch`
from what it gathers.  Nothing calls itself: groups that are open lie on a list.
"""

from __future__ import annotations

import re

from parsing.readers.rtf.actions import ACTIONS, CHARACTERS
from parsing.readers.rtf.gathering import Gatherer
from parsing.readers.rtf.groups import KNOWN_ALL_THE_SAME, PASSED_OVER, binary_length, find_end

# Runs of characters are one token each: most of a Chinese file lies in them.
TOKEN = re.compile(
    rb"((?:\\u-?\d{1,10} ?(?:\\'[0-9a-fA-F]{2}|\?)*)+)|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"
    rb"|((?:\\'[0-9a-fA-F]{2})+)|([^\\{}\r\n\0]+)|([{}])|\\([^a-zA-Z])",
    re.DOTALL,
)
# What follows the last brace is nothing, or the rest of a text whose braces are damaged.
MORE_TEXT = re.compile(rb"\\(?:par|cell|row)(?![a-z])")
SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}

MEANT = frozenset((*ACTIONS, *CHARACTERS, *PASSED_OVER, b"bin", b"upr"))


class RtfReader(Gatherer):
    """Walks through a file; `is_cut_off` once it has ended before its time.

    `is_optional` between the mark of a group that may be passed over and its name.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data
        self.is_optional = False
        self.is_cut_off = False

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
                self.is_optional = False
                self.take_unicode(match[1])
            elif kind == 4:
                self.take_bytes(bytes.fromhex(match[4].replace(b"\\'", b"").decode("ascii")))
            elif kind == 5:
                self.take_bytes(match[5])
            elif kind == 7:
                self.take_symbol(match[7])
            elif match[6] == b"{":
                self.is_optional = False
                self.open_group()
            elif not self.close_group():
                self.is_cut_off = bool(MORE_TEXT.search(self.data, match.end()))
                return None
        self.is_cut_off = True
        return None

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
        # A name that damage put into the text itself must not take the rest of it away.
        is_group = word in PASSED_OVER and len(self.groups) > 1
        if is_group or (is_optional and word not in KNOWN_ALL_THE_SAME):
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

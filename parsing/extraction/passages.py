"""Prose as it is meant: lines that a page break tore apart joined again, folded, with every place kept.

In: the paragraphs of a document.  Out: `Passage` objects in reading order, whose folded text the
claims are read from, and from which every character leads back to the original.  Nothing is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsing.extraction.folding import squash
from parsing.model import Locator, Text

HEADING = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．)](?!\d)|第[一二三四五六七八九十]+部分")
# Lines that a page prints above the report: dates, sources, sizes of type.
PAGE_LINE = re.compile(r"(?:日期|时间|時間|来源|來源|字体|字體|作者|点击|浏览)\s*[:：]")
# Lines from one half of a torn sentence to the other: empty lines and a page mark between them.
WIDEST_GAP = 4
ENDS = "。！？!?:：;；"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of prose.

    `text` is folded: simplified characters, half-width punctuation (but 。 and 、), no white space except
    one space between two digits.  `starts[k]` is the index in `text` where `pieces[k]` begins, `places`
    the index in that piece's clean text of every character.  `section` is the code of the part that the
    passage stands in, `is_heading` says that it is nothing but a heading.  A row of a table that is none of the
    forms' is a passage too (`is_row`): its cells stand with | between them, its section is "meta" before the first
    heading of the report and "table" behind it.
    """

    text: str
    pieces: tuple[Text, ...]
    starts: tuple[int, ...]
    places: Sequence[int]
    section: str | None = None
    is_heading: bool = False
    is_row: bool = False

    def placed(self, section: str | None, is_heading: bool = False) -> Passage:
        """The same passage, its part of the report filled in."""
        return Passage(self.text, self.pieces, self.starts, self.places, section, is_heading, self.is_row)

    def raw_place(self, index: int) -> tuple[Text, int]:
        """The piece of the original that holds the `index`-th character, and its index there."""
        piece = self.pieces[bisect_right(self.starts, index) - 1]
        place = self.places[index]
        return piece, place if piece.origin is None else piece.origin[place]

    def where(self, index: int) -> Locator:
        """The place in the original of the `index`-th character of `text`."""
        piece, offset = self.raw_place(index)
        where = piece.where
        return where if where.column is None else Locator(where.line, where.column + offset, *where[2:])

    def quote(self, start: int, end: int) -> str:
        """What the original prints from `start` to `end`, to the end of its line where the line breaks in between."""
        piece, first = self.raw_place(start)
        last_piece, last = self.raw_place(end - 1)
        return piece.raw[first : last + 1] if last_piece is piece else piece.raw[first:].rstrip()


def goes_on(before: str, after: str) -> bool:
    """Whether a line was torn from the one before it: no sentence ended, and no new paragraph begins.

    "…并" / "及时更新信息公开年报" goes on; a short line, a heading or an indented line does not.
    """
    done = before.rstrip()
    if len(done) < 16 or done[-1] in ENDS or done.endswith(("报告", "報告", "年报", "年報")):
        return False
    if PAGE_LINE.search(done[:80]):
        return False
    if HEADING.match(done.lstrip()) and len(done) < 40 and "，" not in done:
        return False
    return bool(after) and not after[0].isspace() and not HEADING.match(after)


def make_passage(pieces: Sequence[Text], separator: str = "") -> Passage:
    """Fold the pieces of one paragraph, or the cells of one row, into one text."""
    if len(pieces) == 1:
        text, kept = squash(pieces[0].clean)
        return Passage(text, tuple(pieces), (0,), kept[:-1], is_row=bool(separator))
    texts: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for piece in pieces:
        text, kept = squash(piece.clean)
        if separator and texts:
            texts.append(separator)
            places.append(len(pieces[len(starts) - 1].clean))
            length += len(separator)
        starts.append(length)
        texts.append(text)
        places.extend(kept[:-1])
        length += len(text)
    return Passage("".join(texts), tuple(pieces), tuple(starts), places, is_row=bool(separator))


def join_passages(texts: Iterable[Text]) -> tuple[Passage, ...]:
    """Passages of a run of lines; an empty line does not end a sentence that a page break cut."""
    groups: list[list[Text]] = []
    last_line = 0
    for text in texts:
        if not text.clean.strip():
            continue
        line = text.where.line or 0
        if groups and line - last_line <= WIDEST_GAP and goes_on(groups[-1][-1].clean, text.clean):
            groups[-1].append(text)
        else:
            groups.append([text])
        last_line = line
    return tuple(make_passage(group) for group in groups)

"""From the text and the properties of a Word file to paragraphs and tables.

In: the streams.  Out: the content of the report, its notes and its text boxes, in this order.  Left out: what is
deleted or hidden, the instructions of fields, pictures and marks.  Raises `Damaged` from what it reads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from parsing.readers.doc.container import Damaged, Streams
from parsing.readers.doc.numbering import Numbering, read_lists, read_uses
from parsing.readers.doc.pieces import (
    LIST_USES,
    LISTS,
    STYLES,
    Piece,
    cut_table,
    place_of,
    read_pieces,
)
from parsing.readers.doc.runs import character_runs, expand, paragraph_runs
from parsing.readers.doc.sprms import ParagraphProperties, read_paragraph, read_row, read_run
from parsing.readers.doc.styles import StyleSheet
from parsing.readers.edges import Content, Counts, Edge, TableStack, join_number

# The ends of a paragraph, of a cell or row, of a page or section.
END = re.compile("[\r\x07\x0c]")
PICTURE = re.compile("[\x01\x08]")
FIELD_MARK = re.compile("[\x13\x14\x15]")
# Pictures, automatic note numbers, comments, optional hyphens and the like; column breaks are white space, hyphens and
# spaces that do not break are what they look like ([MS-DOC] 2.4.1).
SHOWN = str.maketrans({**dict.fromkeys(map(chr, (*range(9), 0x1F)), ""), "\x0e": " ", "\x1e": "-"})
OUT_OF_SIGHT = "\0"
# Runs do not overlap; those of a style, of a run and of a piece may say the same of one place.
MOST_OVERLAP = 4


class WordReader:
    """Walks through the stories paragraph by paragraph."""

    def __init__(self, streams: Streams) -> None:
        self.streams = streams
        self.source = read_pieces(streams)
        self.styles = StyleSheet(cut_table(streams, STYLES))
        self.paragraphs = paragraph_runs(streams)
        self.ends = [end for end, _, _ in self.paragraphs]
        self.text, self.deleted = self.hide()
        self.known: dict[tuple[int, bytes], ParagraphProperties] = {}
        self.rows: dict[bytes, list[Edge]] = {}
        lists, uses = place_of(streams.word, LISTS), place_of(streams.word, LIST_USES)
        self.numbering = Numbering(read_lists(streams.table, *lists), read_uses(streams.table, *uses))
        self.stack = TableStack(Counts())
        self.fields: list[bool] = []

    def properties_at(self, position: int) -> tuple[int, bytes]:
        """Style and modifiers of the paragraph whose mark stands at a position."""
        piece = self.source.piece_at(position)
        offset = piece.offset + (position - piece.start) * piece.width
        index = bisect_right(self.ends, offset)
        if index == len(self.ends):
            return 0, piece.properties
        _, style, modifiers = self.paragraphs[index]
        return style, modifiers + piece.properties

    def hidden_stretches(self) -> Iterator[tuple[int, int, str]]:
        """Stretches of the text with what is shown in their place: nothing, or a symbol."""
        hidden_styles = self.styles.hidden_styles()
        if hidden_styles:
            yield from self.stretches_of_styles(hidden_styles)
        known: dict[bytes, str | None] = {}
        for first, limit, modifiers in character_runs(self.streams):
            if modifiers not in known:
                run = read_run(modifiers)
                is_hidden = run.is_deleted or run.is_hidden(run.style in hidden_styles)
                known[modifiers] = OUT_OF_SIGHT if is_hidden else run.symbol
            shown = known[modifiers]
            if shown is not None:
                for start, end in self.source.positions(first, limit):
                    yield start, end, shown
        for piece in self.source.pieces:
            if piece.properties and self.is_out_of_sight(piece):
                yield piece.start, piece.end, OUT_OF_SIGHT

    def is_out_of_sight(self, piece: Piece) -> bool:
        run = read_run(piece.properties)
        return run.is_deleted or run.is_hidden(is_style_hidden=False)

    def stretches_of_styles(self, hidden_styles: frozenset[int]) -> Iterator[tuple[int, int, str]]:
        """Paragraphs whose very style is hidden: the frames of web forms, when a page was pasted into Word."""
        first = 0
        for end, style, _ in self.paragraphs:
            if style in hidden_styles:
                for start, limit in self.source.positions(first, end):
                    yield start, limit, OUT_OF_SIGHT
            first = end

    def hide(self) -> tuple[str, frozenset[int]]:
        """The text without what is out of sight; marks that end something stay, and are listed where hidden."""
        text = self.source.text
        stretches, room = [], MOST_OVERLAP * len(text)
        for stretch in self.hidden_stretches():
            room -= stretch[1] - stretch[0]
            if room < 0:
                raise Damaged
            stretches.append(stretch)
        if not stretches:
            return text, frozenset()
        chars, marks = list(text), set()
        for start, end, shown in stretches:
            for position in range(start, min(end, len(chars))):
                if text[position] not in "\r\x07\x0c":
                    chars[position] = shown
                elif shown == OUT_OF_SIGHT:
                    marks.add(position)
        return "".join(chars), frozenset(marks)

    def read_story(self, start: int, end: int) -> None:
        """The paragraphs of one story; a mark that is hidden joins its paragraph with the next."""
        carried, place = "", start
        self.fields = []
        while place < end:
            match = END.search(self.text, place, end)
            mark = match.start() if match else end
            words = carried + self.shown(self.text[place:mark])
            carried, place = "", mark + 1
            if not match:
                self.stack.move_to(0)
                self.stack.add_line(words)
                break
            found = self.read_properties(mark)
            is_end = match.group() == "\x07" or found.ends_inner_cell or found.ends_row
            if mark in self.deleted and not is_end and place < end:
                carried = words
            else:
                self.end_paragraph(words, mark, match.group(), found)
        self.stack.move_to(0)

    def read_properties(self, mark: int) -> ParagraphProperties:
        key = self.properties_at(mark)
        if key not in self.known:
            self.known[key] = read_paragraph(key[0], expand(key[1], self.streams))
        return self.known[key]

    def read_edges(self, mark: int) -> list[Edge]:
        """The cells of the row that ends at a mark; most rows of a table are defined alike."""
        key = self.properties_at(mark)[1]
        if key not in self.rows:
            self.rows[key] = read_row(expand(key, self.streams))
        return self.rows[key]

    def end_paragraph(self, words: str, mark: int, sign: str, found: ParagraphProperties) -> None:
        depth = found.depth or int(sign == "\x07")
        self.stack.move_to(depth)
        if found.ends_row:
            self.stack.end_row(self.read_edges(mark), is_deleted=mark in self.deleted)
            return
        # A page break is no paragraph of its own to be numbered.
        is_break = sign == "\x0c" and not words.strip()
        number = "" if is_break else self.number_of(found)
        self.stack.add_line(join_number(number, words) if number else words)
        if found.ends_inner_cell or sign == "\x07":
            self.stack.end_cell()

    def number_of(self, found: ParagraphProperties) -> str:
        use, level = self.styles.list_of(found.style)
        use = found.list_use if found.list_use is not None else use
        level = found.list_level if found.list_level is not None else level
        return self.numbering.number(use, level) if use else ""

    def shown(self, text: str) -> str:
        """What a person sees: of a field its result, of special characters what they stand for."""
        # Field marks and what `SHOWN` replaces are control characters.
        if text.isprintable() and not self.fields:
            return text
        if self.fields or FIELD_MARK.search(text):
            text = "".join(self.outside_instructions(text))
        return text.translate(SHOWN)

    def outside_instructions(self, text: str) -> Iterator[str]:
        """The stretches that are not in the instruction of a field; fields go on over paragraphs.

        `fields` has for each field that is open whether its result has begun.
        """
        place = 0
        for match in FIELD_MARK.finditer(text):
            if all(self.fields):
                yield text[place : match.start()]
            place = match.end()
            if match.group() == "\x13":
                self.fields.append(False)
            elif self.fields:
                if match.group() == "\x14":
                    self.fields[-1] = True
                else:
                    self.fields.pop()
        if all(self.fields):
            yield text[place:]


def read_content(streams: Streams) -> tuple[Content, bool]:
    """Everything of the file that belongs to the report, in reading order, and whether it holds pictures."""
    reader = WordReader(streams)
    stories = reader.source.stories
    for start, end in (stories.main, stories.footnotes, stories.endnotes, stories.boxes):
        reader.read_story(start, end)
    has_pictures = PICTURE.search(reader.text, *stories.main) is not None
    return reader.stack.close(), has_pictures

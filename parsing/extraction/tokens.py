"""A document as one stream of cells and lines, each with the form fields its words could mean.

In: a mended Document.  Out: `Token` objects in reading order; the tables of the forms are found in this
stream whatever drew them: cells of a table, lines of one cell each, or a label and its figures on one line.
Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from parsing.extraction.labels import CORNERS, FURNITURE, FieldMatch, label_book, label_key, title_key, title_keys
from parsing.extraction.values import looks_like_value
from parsing.model import Document, Locator, Paragraph, Text

# The longest official label has some 50 characters; agencies add explanations in brackets.
LONGEST_LABEL = 160
WORD = re.compile(r"\S+")
GAP = re.compile(r"\S\s+\S")
PART = re.compile(r"\S+(?: \S+)*")
KNOWN_HEADINGS = FURNITURE | CORNERS
SENTENCE = re.compile(r"[。；;！？]")


@dataclass(slots=True)
class Token:
    """One cell or line.

    `row` numbers the physical rows through the document; `is_cell` says that the file draws the row, so
    that what stands behind a label in it belongs to it.  `span` has the first and last grid column where the
    file tells them.  `is_torn` marks what stands on a last line that nothing ends.
    """

    text: Text
    row: int
    is_cell: bool
    is_value: bool = False
    is_prose: bool = False
    key: str = ""
    matches: tuple[FieldMatch, ...] = ()
    is_title: bool = False
    is_frame: bool = False
    is_blank: bool = False
    span: tuple[int, int] | None = None
    is_torn: bool = False


class Words(NamedTuple):
    """What the words of a short text can be, wherever it stands: the fields of `Token` of the same names."""

    is_value: bool = False
    key: str = ""
    matches: tuple[FieldMatch, ...] = ()
    is_title: bool = False
    is_frame: bool = False
    is_blank: bool = False


@lru_cache(maxsize=65536)
def look_up(clean: str) -> Words:
    """The meaning of a text: reports print the same labels and small figures again and again."""
    is_blank = not clean or clean.isspace()
    if is_blank or looks_like_value(clean):
        return Words(is_value=True, is_blank=is_blank)
    key = label_key(clean)
    is_title = title_key(clean) in title_keys()
    return Words(False, key, label_book().get(key, ()), is_title, key in FURNITURE)


def make_token(text: Text, row: int, is_cell: bool, span: tuple[int, int] | None = None) -> Token:
    clean = text.clean
    is_prose = len(clean) > LONGEST_LABEL or (not is_cell and bool(SENTENCE.search(clean)))
    if is_prose and not looks_like_value(clean):
        return Token(text, row, is_cell, is_prose=True, span=span)
    words = look_up(clean)
    return Token(
        text, row, is_cell, words.is_value, False, words.key, words.matches, words.is_title, words.is_frame,
        words.is_blank, span,
    )  # fmt: skip


def piece(text: Text, start: int, end: int) -> Text:
    """A stretch of an untouched line as a text of its own."""
    where = text.where
    return Text.untouched(text.clean[start:end], Locator(where.line, (where.column or 1) + start, *where[2:]))


def split_line(text: Text) -> list[Text]:
    """A line `label 0 0 1` or `0 0 1` as its cells; one text for any other line.

    Only a known label is cut from its figures, and only at white space, so that no sentence is taken apart.
    """
    if text.origin is not None or len(text.clean) > LONGEST_LABEL or not GAP.search(text.clean):
        return [text]
    words = [(match.start(), match.end()) for match in WORD.finditer(text.clean)]
    first = len(words)
    while first and looks_like_value(text.clean[slice(*words[first - 1])]):
        first -= 1
    values = [piece(text, *span) for span in words[first:]]
    if not first:
        return values if len(values) > 1 else [text]
    label = piece(text, words[0][0], words[first - 1][1])
    is_row = any(match.is_row for match in label_book().get(label_key(label.clean), ()))
    return [label, *values] if values and is_row else split_headings(text)


def split_headings(text: Text) -> list[Text]:
    """A line of headings with wide gaps between them as its cells; one text for any other line."""
    spans = [match.span() for match in PART.finditer(text.clean)]
    is_header = len(spans) > 1 and all(is_heading(text.clean[slice(*span)]) for span in spans)
    return [piece(text, *span) for span in spans] if is_header else [text]


def is_heading(words: str) -> bool:
    key = label_key(words)
    return key in KNOWN_HEADINGS or any(not match.is_row for match in label_book().get(key, ()))


def lines_and_cells(document: Document) -> Iterator[tuple[list[Text], bool, Sequence[tuple[int, int] | None]]]:
    """Each physical row: its texts, whether the file draws it, and the grid columns of its cells."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text.clean.strip():
                parts = split_line(block.text)
                yield parts, len(parts) > 1, (None,) * len(parts)
        else:
            for row in block.rows:
                yield list(row.cells), True, row.spans or (None,) * len(row.cells)


def tokenise(document: Document) -> list[Token]:
    """The stream of a document; labels broken over several lines or cells become one label."""
    tokens: list[Token] = []
    for row, (texts, is_cell, spans) in enumerate(lines_and_cells(document)):
        for text, span in zip(texts, spans, strict=True):
            tokens.append(make_token(text, row, is_cell, span))
    for token in reversed(tokens if document.open_line else ()):
        if token.text.where.line != document.open_line:
            break
        token.is_torn = True
    for index, token in enumerate(tokens):
        if is_fragment(token):
            join_broken_label(tokens, index)
    return tokens


def is_fragment(token: Token) -> bool:
    return not (token.is_value or token.is_prose or token.matches or token.is_title or token.is_frame)


def join_broken_label(tokens: list[Token], index: int) -> None:
    """`本年新` and `制作数量` on two lines are one label: the last fragment takes the fields, the others none.

    Fragments in one row are cells beside each other and are never joined.
    """
    parts = [tokens[index]]
    for token in tokens[index + 1 : index + 8]:
        if token.is_blank:
            continue
        if token.row == parts[-1].row or token.is_value or token.is_prose or len(token.text.clean) > 40:
            return
        parts.append(token)
        key = label_key("".join(part.text.clean for part in parts))
        if key in label_book() and not (token.matches and token.key == key):
            token.key, token.matches = key, label_book()[key]
            for part in parts[:-1]:
                part.is_frame = True
            return
        if token.matches or len(parts) == 3:
            return

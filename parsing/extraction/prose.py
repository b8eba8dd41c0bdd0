"""What is left of a document when the tables of the forms are taken out: its prose.

In: the document, its tokens and which of them the tables used.  Out: passages in reading order, with the rows
of other tables (particulars of a page, signatures under a table) among them, and their lines as they are printed.
Nothing is refused or lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from parsing.extraction.passages import Passage, join_passages, make_passage
from parsing.extraction.tokens import Token
from parsing.model import ProseKind, ProseLine, Text

PROSE_IN_CELL = re.compile(r"[。；]|^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])")


def read_prose(tokens: Sequence[Token], used: Set[int]) -> tuple[Passage, ...]:
    """Passages of everything that the tables of the forms left over: no cell or label of a form, no empty cell."""
    passages: list[Passage] = []
    lines: list[Text] = []
    row: list[Text] = []

    def end_lines() -> None:
        passages.extend(join_passages(lines))
        lines.clear()

    def end_row() -> None:
        if row:
            end_lines()
            passages.append(make_passage(row, "|"))
            row.clear()

    row_number = -1
    for index, token in enumerate(tokens):
        if token.row != row_number:
            if row:
                end_row()
            row_number = token.row
        if index in used or token.is_blank or token.is_frame or token.is_title:
            continue
        if token.is_cell and not PROSE_IN_CELL.search(token.text.clean):
            row.append(token.text)
        else:
            end_row()
            lines.append(token.text)
    end_row()
    end_lines()
    # A line of nothing but marks without width has no words.
    return tuple(passage for passage in passages if passage.text)


def list_lines(passages: Iterable[Passage]) -> Iterator[ProseLine]:
    """The prose as it is printed, line by line; a heading that its text follows on the same line is text."""
    for number, passage in enumerate(passages, 1):
        kind: ProseKind = "row" if passage.is_row else "heading" if passage.is_heading else "text"
        for piece in passage.pieces:
            yield ProseLine(number, kind, passage.section, piece.raw, piece.where)

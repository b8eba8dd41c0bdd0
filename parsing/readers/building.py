"""What readers of files without lines share: blocks in the making, and the text that shows them.

In: paragraphs and rows of cells in reading order, each with its own place in the file.  Out: a `Document` whose
every piece has a line and a column in the text that is shown, beside its own place.  A paragraph is a line; a row
is a line with a bar between its cells.  Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parsing.model import Block, Document, Locator, Paragraph, Problem, Row, Table, Text

BETWEEN_CELLS = " | "
# What would begin a new line in the text that is shown, made a space of the same length.
LINE_BREAKS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class DrawnCell(NamedTuple):
    """One cell where it begins: its words, its place in the file, the grid columns that it lies in, from 0."""

    raw: str
    where: Locator
    first: int
    last: int


def on_one_line(raw: str) -> str:
    """The words without the white space around them; nothing in them begins a new line."""
    # Nearly every text is printable throughout, which is checked ten times faster than it is translated.
    return raw.strip() if raw.isprintable() else raw.translate(LINE_BREAKS).strip()


class DocumentBuilder:
    """Gathers blocks; every text is put on a line of its own in what is shown."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self.problems: list[Problem] = []

    def add_paragraph(self, raw: str, where: Locator) -> None:
        """A paragraph outside tables; one without words is left out."""
        line = on_one_line(raw)
        if line:
            self.lines.append(line)
            # As `_replace` of the line, the column and the text, which come first, at a tenth of its cost.
            place = Locator(len(self.lines), 1, line, *where[3:])
            self.blocks.append(Paragraph(Text(line, place, line)))

    def add_table(self, rows: Iterable[Sequence[DrawnCell]]) -> None:
        """A table with the cells of each row that begin in it, blank ones included; rows without cells are left out."""
        drawn = tuple(self.draw_row(row) for row in rows if row)
        if drawn:
            self.blocks.append(Table(drawn))

    def draw_row(self, row: Sequence[DrawnCell]) -> Row:
        words = [on_one_line(raw) for raw, _, _, _ in row]
        shown = BETWEEN_CELLS.join(words)
        self.lines.append(shown)
        line, column = len(self.lines), 1
        cells: list[Text] = []
        for (_, where, _, _), raw in zip(row, words, strict=True):
            here = line, column, shown
            cells.append(Text(raw, Locator._make(here + where[3:]), raw))
            column += len(raw) + len(BETWEEN_CELLS)
        return Row(tuple(cells), tuple([(first, last) for _, _, first, last in row]))

    def document(self, format_name: str, encoding: str | None = None, is_guessed: bool = False) -> Document:
        return Document(
            tuple(self.blocks), format_name, encoding, tuple(self.problems), "\n".join(self.lines), is_guessed
        )

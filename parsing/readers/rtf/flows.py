"""Paragraphs, cells and rows of RTF in the making.

In: words, ends of paragraphs, cells and rows, the definition of rows, in the order of the file.  Out: a `TableStack`.
The text of the report is one flow; each note and each text box is another, put behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsing.readers.edges import Counts, Edge, Merge, TableStack, join_number

# Word draws no more columns than this.
MOST_COLUMNS = 64


@dataclass(slots=True)
class RowDefinition:
    """The cells that `\\trowd … \\cellx` describe; it holds for all rows until the next one."""

    left: int = 0
    edges: list[Edge] = field(default_factory=list)
    merge: Merge = Merge.NONE
    is_covered: bool = False

    def end_cell(self, right: int) -> None:
        """The right edge of the next cell, with what was said of it before."""
        left = self.edges[-1].right if self.edges else self.left
        if len(self.edges) < MOST_COLUMNS:
            self.edges.append(Edge(left, right, self.merge, self.is_covered))
        self.merge, self.is_covered = Merge.NONE, False

    def cells(self) -> list[Edge]:
        return [Edge(edge.left, edge.right, edge.merge, edge.is_covered) for edge in self.edges]


class Flow:
    """One story: its tables, the paragraph in the making, the definition of rows that holds."""

    def __init__(self, counts: Counts) -> None:
        self.stack = TableStack(counts)
        self.words: list[str] = []
        self.number = ""
        self.row = RowDefinition()
        self.words_before_row = 0

    def begin_row(self) -> None:
        self.row = RowDefinition()
        self.words_before_row = len(self.words)

    def end_defined_cell(self, right: int) -> None:
        """The edge of a cell; words amid a definition are what damage left of a control word, and no figures."""
        del self.words[self.words_before_row :]
        self.row.end_cell(right)

    def take_words(self) -> str:
        words = "".join(self.words)
        if self.number:
            words = join_number(self.number, words)
        self.words, self.number = [], ""
        return words

    def end_paragraph(self, depth: int) -> None:
        """A paragraph; one amid a row belongs to its cell even where it does not say so."""
        is_amid_row = bool(self.stack.open and self.stack.open[0].cells)
        self.stack.move_to(max(depth, int(is_amid_row)))
        self.stack.add_line(self.take_words())

    def end_cell(self, depth: int) -> None:
        self.stack.move_to(depth)
        self.stack.add_line(self.take_words())
        self.stack.end_cell()

    def end_row(self, depth: int, is_deleted: bool) -> None:
        """The end of a row; words behind its last cell belong to none and are kept as a cell."""
        self.stack.move_to(depth)
        words = self.take_words()
        if words.strip():
            self.stack.add_line(words)
        self.stack.end_row(self.row.cells(), is_deleted)

    def drop_unfinished(self) -> None:
        """Forget the paragraph and the rows that have not ended."""
        self.words, self.number = [], ""
        self.stack.drop_open_rows()

    def has_words(self) -> bool:
        return any(words.strip() for words in self.words)

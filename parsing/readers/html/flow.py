"""Pieces of markup → blocks of text and tables in reading order.

In: the tags of `markup`.  Out: `Flow.blocks`: text blocks and tables whose cells hold blocks again.  Rows and cells
that stand outside a table make one of their own; what is never closed ends with what holds it.  Refused (`TooLarge`):
tables nested deeper, and more cells, than any report has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape

from parsing.readers.html.markup import HIDDEN_CELL, HIDDEN_TABLE, SEAM, Markup, TooLarge, read_markup
from parsing.readers.refusals import MOST_CELLS

DEEPEST = 60
# A report of 200,000 characters has some 5,000 paragraphs.
MOST_BLOCKS = 100_000
# What begins a line of its own; every other tag that has no step below stands inside a line.
LINES = (
    "p", "div", "br", "hr", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center",
    "blockquote", "section", "article", "main", "header", "footer", "aside", "form", "fieldset", "legend", "address",
    "figure", "figcaption", "details", "summary", "option", "title", "body", "thead", "tbody", "tfoot", "xmp",
)  # fmt: skip
SET_APART = ("sup", "sub", "s", "strike", "del", "ins")
SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
HREF = re.compile(r"\bhref\b", re.IGNORECASE)
VALUE = re.compile(r"\bvalue\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
UNTYPED = re.compile(r"\btype\s*=\s*[\"']?(?!text|number)\w", re.IGNORECASE)
LAST_FIGURE = re.compile(r"[\d０-９][\d０-９.,，\s]*$")
SEAM_OF_FIGURES = re.compile(rf"(?<=\d){SEAM}+(?=\d)")


@dataclass(slots=True)
class Block:
    """One block of text; how many of its characters are links, how many links it holds, if it is an item of a list."""

    text: str
    linked: int = 0
    links: int = 0
    is_item: bool = False


@dataclass(slots=True)
class TableCell:
    """A cell: its number in the row from 1, the rows and columns that it covers, what it holds."""

    number: int
    rows: int
    columns: int
    content: list[Block | DrawnTable]


@dataclass(slots=True)
class DrawnTable:
    """A table: its number in the file from 1 (None for rows that stand in none), its rows with their numbers.

    `outside` is what holds the table; text between its cells stands there.
    """

    number: int | None
    rows: list[tuple[int, list[TableCell]]] = field(default_factory=list)
    row_count: int = 0
    cell_count: int = 0
    row: list[TableCell] | None = None
    cell: TableCell | None = None
    outside: list[Block | DrawnTable] = field(default_factory=list)


def with_ends(names: Iterable[str]) -> list[str]:
    return [tag for name in names for tag in (name, f"/{name}")]


class Flow:
    """Follows the tags of a page; `blocks` is what it shows, `metas` and `titles` are what its head tells.

    `is_cut` says that the file breaks off inside a cell.
    """

    def __init__(self) -> None:
        self.blocks: list[Block | DrawnTable] = []
        self.content = self.blocks
        self.open_tables: list[DrawnTable] = []
        self.table: DrawnTable | None = None
        self.words: list[str] = []
        self.is_link = self.is_preformatted = self.is_item = self.is_cut = False
        self.linked = self.links = 0
        self.table_count = self.cell_count = self.block_count = 0
        self.metas: list[str] = []
        self.titles: list[str] = []
        self.steps: dict[str, Callable[[str], None] | None] = {
            **dict.fromkeys(with_ends(LINES)),
            **dict.fromkeys(with_ends(SET_APART), self.add_seam),
            "table": self.begin_table, "/table": self.end_table, "tr": self.begin_row, "/tr": self.end_row,
            "td": self.begin_cell, "/td": self.end_cell, "th": self.begin_cell, "/th": self.end_cell,
            "li": self.begin_item, "/li": self.end_item, **dict.fromkeys(with_ends(("ul", "ol")), self.end_item),
            "a": self.begin_link, "/a": self.end_link, "input": self.show_input,
            "pre": self.begin_preformatted, "/pre": self.end_preformatted,
            "meta": self.metas.append, "/title": self.take_title,
            HIDDEN_CELL: self.skip_cell, HIDDEN_TABLE: self.skip_table,
        }  # fmt: skip

    def read(self, page: str) -> None:
        """Add a page; tables are numbered on."""
        markup = read_markup(page)
        self.words.append(markup.first)
        self.follow(markup)
        if not {"/body", "/html", "/table"}.intersection(markup.names[-4:]):
            self.leave_out_cut()
        while self.table:
            self.end_table("")
        self.end_block()

    def leave_out_cut(self) -> None:
        """Where the file breaks off inside a cell its last figure may have had more digits: it is not shown."""
        self.end_block()
        cell = self.table.cell if self.table else None
        if not self.table or not cell or not self.table.row:
            return
        self.is_cut = True
        last = cell.content[-1] if cell.content else None
        if isinstance(last, Block):
            last.text = LAST_FIGURE.sub("", last.text)
            if not last.text:
                cell.content.pop()
        if not cell.content:
            self.table.row.pop()

    def follow(self, markup: Markup) -> None:
        steps = self.steps
        for name, attributes, text in zip(markup.names, markup.attributes, markup.texts, strict=True):
            if name in steps:
                step = steps[name]
                if step:
                    step(attributes)
                elif self.words:
                    self.end_block()
            if text:
                if self.is_link:
                    self.linked += len(text.strip())
                if self.is_preformatted:
                    self.add_lines(text)
                else:
                    self.words.append(text)

    def add_lines(self, text: str) -> None:
        for line in text.splitlines():
            self.words.append(line)
            self.end_block()

    def end_block(self) -> None:
        """Put the words gathered so far where they stand; outside a cell they stand before the table."""
        if not self.words:
            return
        words = self.words
        text = words[0] if len(words) == 1 else "".join(words)
        words.clear()
        if "&" in text:
            text = unescape(text)
        if SEAM in text:
            text = SEAM_OF_FIGURES.sub(" ", text).replace(SEAM, "")
        text = " ".join(text.split())
        if text:
            if self.table and self.table.number is None and not self.table.cell:
                self.end_table("")
            self.block_count += 1
            if self.block_count > MOST_BLOCKS:
                raise TooLarge(f"有 {MOST_BLOCKS:,} 段以上的文字")
            self.content.append(Block(text, self.linked, self.links, self.is_item))
        self.linked = self.links = 0

    def begin_table(self, attributes: str) -> None:
        self.end_block()
        if self.table and not self.table.cell:
            self.end_table("")
        self.table_count += 1
        self.count_cell()
        self.open_table(DrawnTable(self.table_count))

    def open_table(self, table: DrawnTable) -> None:
        if len(self.open_tables) >= DEEPEST:
            raise TooLarge(f"表格套表格超过 {DEEPEST} 层")
        table.outside = self.content
        self.open_tables.append(table)
        self.table = table
        self.is_link = self.is_preformatted = False

    def end_table(self, attributes: str) -> None:
        self.end_row("")
        if not self.table:
            return
        table = self.open_tables.pop()
        self.table = self.open_tables[-1] if self.open_tables else None
        self.content = table.outside
        self.content.append(table)

    def begin_row(self, attributes: str) -> None:
        self.end_row("")
        if not self.table:
            self.open_table(DrawnTable(None))
        table = self.open_tables[-1]
        self.count_cell()
        table.row_count += 1
        table.cell_count = 0
        table.row = []
        table.rows.append((table.row_count, table.row))

    def count_cell(self) -> None:
        """Tables and rows without cells cost as much as cells."""
        self.cell_count += 1
        if self.cell_count > MOST_CELLS:
            raise TooLarge(f"有 {MOST_CELLS:,} 个以上的单元格")

    def end_row(self, attributes: str) -> None:
        self.end_cell("")
        if self.table:
            self.table.row = None

    def begin_cell(self, attributes: str) -> None:
        if self.words or (self.table and self.table.cell):
            self.end_cell("")
        if not self.table or self.table.row is None:
            self.begin_row("")
        table = self.open_tables[-1]
        rows = columns = 1
        if "pan" in attributes or "PAN" in attributes:
            spans = {side.lower(): int(count) for side, count in SPAN.findall(attributes)}
            rows, columns = spans.get("row") or 1, spans.get("col") or 1
        table.cell_count += 1
        self.count_cell()
        table.cell = TableCell(table.cell_count, rows, columns, [])
        if table.row is not None:
            table.row.append(table.cell)
        self.content = table.cell.content

    def end_cell(self, attributes: str) -> None:
        if self.words:
            self.end_block()
        table = self.table
        if table and table.cell:
            table.cell = None
            self.content = table.outside
            self.is_link = self.is_preformatted = False

    def skip_cell(self, attributes: str) -> None:
        self.end_cell("")
        if self.table:
            self.table.cell_count += 1

    def skip_table(self, attributes: str) -> None:
        self.table_count += 1

    def begin_item(self, attributes: str) -> None:
        self.end_block()
        self.is_item = True

    def end_item(self, attributes: str) -> None:
        self.end_block()
        self.is_item = False

    def begin_link(self, attributes: str) -> None:
        self.is_link = bool(HREF.search(attributes))
        self.links += self.is_link

    def end_link(self, attributes: str) -> None:
        """Two links beside each other are two things: 2019 and 2020 are not 20192020."""
        if self.is_link:
            self.words.append(SEAM)
            self.is_link = False

    def take_title(self, attributes: str) -> None:
        """The title of the page is none of its blocks."""
        self.titles.append(" ".join(unescape("".join(self.words)).split()))
        self.words.clear()

    def add_seam(self, attributes: str) -> None:
        self.words.append(SEAM)

    def show_input(self, attributes: str) -> None:
        """The value of a text field in a cell is seen as any figure; other controls are no text."""
        value = VALUE.search(attributes)
        if self.table and self.table.cell and value and not UNTYPED.search(attributes):
            self.words += [" ", value[1] or value[2] or value[3] or "", " "]

    def begin_preformatted(self, attributes: str) -> None:
        self.end_block()
        self.is_preformatted = True

    def end_preformatted(self, attributes: str) -> None:
        self.end_block()
        self.is_preformatted = False

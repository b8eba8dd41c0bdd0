"""OpenDocument texts (odt, ott), as LibreOffice and WPS write them.

In: the bytes of such a file.  Out: paragraphs and tables in reading order, text boxes and notes behind the paragraph
that they hang on; changes that were tracked are read as accepted.  A row whose cells hold whole paragraphs or other
tables is layout.  Refused: what is damaged, locked or larger than any report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsing.model import Document, Locator
from parsing.readers.building import DocumentBuilder, DrawnCell
from parsing.readers.docx.markup import Element
from parsing.readers.opendocument import (
    BLOCKS,
    DRAW,
    OFFICE,
    TABLE,
    TEXT,
    NotReadable,
    Spread,
    cells_of,
    count,
    kind_of,
    open_content,
    rows_of,
    text_of,
)
from parsing.readers.refusals import MOST_CELLS, refuse_damaged, refuse_large
from parsing.readers.sheets import FIGURE, TooManyCells, is_prose

FORMAT = "odt"
WORDS = "OpenDocument 文本文件"
# What hangs on a paragraph and is read behind it, and what only wraps other blocks.
HANGING = (f"{DRAW}text-box", f"{DRAW}custom-shape", f"{TEXT}note-body")
WRAPPERS = frozenset(
    f"{TEXT}{name}" for name in ("section", "list", "list-item", "list-header", "index-body", "numbered-paragraph")
) | {f"{DRAW}frame", f"{DRAW}text-box", f"{DRAW}custom-shape", f"{DRAW}g"}


class Held(NamedTuple):
    """A cell where it begins, its first column, its paragraphs and the tables in it."""

    cell: Spread
    first: int
    lines: list[str]
    has_tables: bool


def hold(cell: Spread, first: int) -> Held:
    lines = [text_of(paragraph) for paragraph in cell.element.iter(*BLOCKS)]
    return Held(
        cell, first, [line for line in lines if line.strip()], cell.element.find(f".//{TABLE}table") is not None
    )


def is_layout(row: list[Held]) -> bool:
    """Whether a row arranges paragraphs on the page and holds no figures of its own."""
    if any(held.has_tables for held in row):
        return True
    texts = ["".join(held.lines) for held in row]
    return any(is_prose(text) for text in texts) and not any(FIGURE.match(text) for text in texts if text)


class BodyReader:
    """Walks the body; every paragraph and table has its number in the file."""

    def __init__(self, body: Element) -> None:
        self.builder = DocumentBuilder()
        self.paragraphs = {element: number for number, element in enumerate(body.iter(*BLOCKS), 1)}
        self.tables = {element: number for number, element in enumerate(body.iter(f"{TABLE}table"), 1)}
        self.cells = 0

    def read(self, parent: Element) -> None:
        for child in parent:
            if child.tag in BLOCKS:
                self.read_paragraph(child)
            elif child.tag == f"{TABLE}table":
                self.read_table(child)
            elif child.tag in WRAPPERS:
                self.read(child)

    def read_paragraph(self, paragraph: Element) -> None:
        where = Locator(path=f"p[{self.paragraphs[paragraph]}]")
        for line in text_of(paragraph).split("\n"):
            self.builder.add_paragraph(line, where)
        for hanging in outermost(paragraph):
            self.read(hanging)

    def read_table(self, table: Element) -> None:
        number = self.tables[table]
        drawn: list[list[DrawnCell]] = []
        for position, row in enumerate(self.held_rows(table), 1):
            if is_layout(row):
                self.builder.add_table(drawn)
                drawn = []
                for held in row:
                    self.read(held.cell.element)
                continue
            drawn.append([draw(held, number, position, place) for place, held in enumerate(row, 1)])
        self.builder.add_table(drawn)

    def held_rows(self, table: Element) -> Iterator[list[Held]]:
        """The cells that begin in each row; repeated rows and cells are as many as they say."""
        for row in rows_of(table):
            held: list[Held] = []
            column = 0
            for cell in cells_of(row):
                for _ in range(cell.repeated):
                    self.cells += 1
                    if self.cells > MOST_CELLS:
                        raise TooManyCells
                    if not cell.is_covered:
                        held.append(hold(cell, column))
                    column += 1
            for _ in range(count(row, "number-rows-repeated")):
                self.cells += len(held)
                if self.cells > MOST_CELLS:
                    raise TooManyCells
                yield held


def outermost(paragraph: Element) -> Iterator[Element]:
    """Text boxes and notes that hang on a paragraph, those inside them left to them."""
    for child in paragraph:
        if child.tag in HANGING:
            yield child
        elif child.tag not in BLOCKS:
            yield from outermost(child)


def draw(held: Held, table: int, row: int, place: int) -> DrawnCell:
    where = Locator(table=table, row=row, cell=place, path=f"table[{table}]/row[{row}]/cell[{place}]")
    last = held.first + held.cell.columns - 1
    return DrawnCell(" ".join(" ".join(held.lines).split()), where, held.first, last)


def sniff(data: bytes) -> bool:
    return kind_of(data) == "text"


def read(data: bytes) -> Document:
    """The document, or why there is none."""
    try:
        body = open_content(data, FORMAT, WORDS).find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            return refuse_damaged(FORMAT, WORDS)
        reader = BodyReader(body)
        reader.read(body)
        return reader.builder.document(FORMAT)
    except NotReadable as error:
        return error.document
    except TooManyCells:
        return refuse_large(FORMAT, WORDS, f"单元格多于 {MOST_CELLS:,} 个")

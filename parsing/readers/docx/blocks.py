"""The body of a Word document as blocks: paragraphs, tables, and tables that only lay out a page.

In: a container (w:body, a text box, a note) and what counts its numbers.  Out: a `DocumentBuilder` filled in reading
order.  A row whose cells hold whole paragraphs or other tables is layout: its content becomes paragraphs and tables;
the rows around it stay a table.  What is embedded and cannot be read is named in a problem.  Refused, as
`TooManyCells` and `TooMuchText`: what is larger than any report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parsing.model import Locator, Problem
from parsing.readers.building import DocumentBuilder, DrawnCell
from parsing.readers.docx.grids import TableCell, TooManyCells, read_grid
from parsing.readers.docx.markup import Element, R, W, w
from parsing.readers.docx.numbering import Numbering
from parsing.readers.docx.words import ALTERNATE, BREAK, PPR, P, Words, choose, read_words
from parsing.readers.refusals import LONGEST_TEXT, MOST_CELLS

TABLE, CELL, CHUNK, PART = W + "tbl", W + "tc", W + "altChunk", W + "subDoc"
WRAPPERS = w("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
DROPPED = w("del", "moveFrom", "sdtPr", "sdtEndPr", "sectPr")

SENTENCE = re.compile(r"[。；！？]")
FIGURE = re.compile(r"[\d\s.,，％%/—\-+]*$")
# A label of the forms has some fifty characters; explanations in brackets make it longer and can be sentences.
LONGEST_LABEL = 160
SENTENCE_LENGTH = 80
SHORTEST_PROSE = 20
# A table this small inside a cell is a frame around a word or a figure.
FRAME_CELLS = 3


class TooMuchText(ValueError):
    """More characters than a report has."""


@dataclass(slots=True)
class Content:
    """What a cell holds, in order: paragraphs as their words, tables as elements.

    `lines` are the paragraphs that have words, each on one line; `length` counts their characters.
    """

    cell: TableCell
    where: Locator
    items: list[Words | Element]
    lines: list[str]
    tables: list[Element]
    length: int = 0

    def add_words(self, words: Words) -> None:
        self.items.append(words)
        line = " ".join(words.text.split())
        if line:
            self.lines.append(line)
            self.length += len(line)

    def add_table(self, table: Element) -> None:
        self.items.append(table)
        self.tables.append(table)

    @property
    def is_prose(self) -> bool:
        """Whether whole sentences stand here, not a label that was broken over lines."""
        if self.length < SHORTEST_PROSE:
            return False
        sentences = [line for line in self.lines if SENTENCE.search(line)]
        is_long = self.length > LONGEST_LABEL or any(len(line) > SENTENCE_LENGTH for line in sentences)
        return bool(sentences) and (is_long or len(sentences) > 1)


def is_frame(table: Element) -> bool:
    """Whether a table in a cell has so few cells that it only frames a word or a figure."""
    return sum(1 for _, _ in zip(range(FRAME_CELLS + 1), table.iter(CELL), strict=False)) <= FRAME_CELLS


def is_layout(row: list[Content]) -> bool:
    """Whether a row arranges paragraphs and tables on the page, and holds no figures of its own."""
    prose = [content for content in row if content.is_prose]
    if not prose:
        return any(not is_frame(table) for content in row for table in content.tables)
    if any(not is_frame(table) for content in row for table in content.tables):
        return True
    others = ["".join(content.lines) for content in row if content not in prose]
    # In a row of several cells an empty one is a figure that was left blank.
    return not any(FIGURE.match(text) and (text or len(row) > 2) for text in others)


class BodyReader:
    """Reads containers one after the other; paragraphs outside tables and tables are counted through the document."""

    def __init__(
        self, builder: DocumentBuilder, numbering: Numbering | None, read_chunk: Callable[[str], bool]
    ) -> None:
        self.builder = builder
        self.numbering = numbering
        self.read_chunk = read_chunk
        self.paragraphs = 0
        self.tables = 0
        self.length = 0
        self.cells = 0

    def read_body(self, container: Element) -> None:
        """Everything in the body, or in a text box."""
        carried = ""
        for node in blocks_in(container):
            if node.tag == P:
                self.paragraphs += 1
                carried = self.add_words(self.numbered(node), Locator(path=f"p[{self.paragraphs}]"), carried)
            elif node.tag == TABLE:
                self.add_table(node)
            else:
                self.add_embedded(node)

    def read_notes(self, root: Element, name: str) -> None:
        """The paragraphs of all notes; those with a type are the lines that part them from the text."""
        notes = [note for note in root.iterchildren(W + name) if note.get(W + "type") in (None, "normal")]
        for place, note in enumerate(notes, 1):
            for number, paragraph in enumerate(note.iter(P), 1):
                self.add_words(read_words(paragraph), Locator(path=f"{name}[{place}]/p[{number}]"))

    def numbered(self, paragraph: Element) -> Words:
        """The words of a paragraph with the number that Word puts before them."""
        return self.with_number(paragraph, read_words(paragraph))

    def with_number(self, paragraph: Element, words: Words) -> Words:
        if self.numbering is None or (words.runs_on and not words.text.strip()):
            return words
        number = self.numbering.number(paragraph.find(PPR)).strip()
        return words._replace(text=join_number(number, words.text)) if number else words

    def add_words(self, words: Words, where: Locator, carried: str = "") -> str:
        """A paragraph, a line each, then its text boxes; what runs on into the next paragraph is handed back."""
        text = carried + words.text
        if words.runs_on:
            self.read_boxes(words)
            return text
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise TooMuchText
        for line in text.split(BREAK):
            self.builder.add_paragraph(line, where)
        self.read_boxes(words)
        return ""

    def read_boxes(self, words: Words) -> None:
        for box in words.boxes:
            self.read_body(box)

    def add_table(self, table: Element) -> None:
        """A table: runs of data rows as tables, layout rows as what they hold."""
        self.tables += 1
        rows = read_grid(table)
        is_column = all(len(row) <= 1 for row in rows)
        number = self.tables
        drawn: list[list[DrawnCell]] = []
        boxes: list[Words] = []
        for index, row in enumerate(rows, 1):
            contents = [self.read_cell(cell, number, index, place) for place, cell in enumerate(row, 1)]
            self.cells += len(contents)
            if self.cells > MOST_CELLS:
                raise TooManyCells
            if is_column or is_layout(contents):
                self.builder.add_table(drawn)
                drawn = []
                self.add_layout(contents)
            else:
                drawn.append([self.draw(content, boxes) for content in contents])
        self.builder.add_table(drawn)
        for words in boxes:
            self.read_boxes(words)

    def read_cell(self, cell: TableCell, table: int, row: int, place: int) -> Content:
        where = Locator(None, None, None, table, row, place, f"tbl[{table}]/tr[{row}]/tc[{place}]")
        content = Content(cell, where, [], [], [])
        if cell.texts is not None:
            for paragraph, texts in zip(cell.paragraphs, cell.texts, strict=True):
                words = Words("".join(texts))
                content.add_words(words if self.numbering is None else self.with_number(paragraph, words))
            return content
        for node in blocks_in(cell.node):
            if node.tag == P:
                content.add_words(self.numbered(node))
            elif node.tag == TABLE:
                content.add_table(node)
            else:
                self.add_embedded(node)
        return content

    def add_layout(self, row: list[Content]) -> None:
        for content in row:
            carried, number = "", 0
            for item in content.items:
                if isinstance(item, Words):
                    number += 1
                    where = content.where._replace(path=f"{content.where.path}/p[{number}]")
                    carried = self.add_words(item, where, carried)
                else:
                    self.add_table(item)

    def draw(self, content: Content, boxes: list[Words]) -> DrawnCell:
        """A cell of data as one text; a frame or a text box in a cell that is empty otherwise is its text."""
        pieces = content.lines
        if content.cell.texts is None:
            pieces = self.with_frames(content, boxes)
        text = " ".join(pieces)
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise TooMuchText
        if content.cell.covered:
            self.note_covered(content, text)
        return DrawnCell(text, content.where, content.cell.first, content.cell.last)

    def with_frames(self, content: Content, boxes: list[Words]) -> list[str]:
        """The lines of a cell and of the frames in it; other text boxes are put aside until the table ends."""
        pieces = [*content.lines, *(words for table in content.tables for words in words_within(table))]
        boxed = [item for item in content.items if isinstance(item, Words) and item.boxes]
        if boxed and not pieces:
            return [words for item in boxed for box in item.boxes for words in words_within(box)]
        boxes += boxed
        return pieces

    def note_covered(self, content: Content, text: str) -> None:
        """Words in cells that a merged cell covers are not seen in Word; other programs may show them."""
        unseen = [words for words in content.cell.covered if words not in text]
        if unseen:
            message = (
                f"表格的合并单元格下面还藏有文字（“{unseen[0][:20]}”等 {len(unseen)} 处），在 Word 里看不见，没有读取。"
                "请取消合并后核对。"
            )
            self.builder.problems.append(Problem("text_under_merged_cell", message, content.where))

    def add_embedded(self, node: Element) -> None:
        """A w:altChunk or w:subDoc: another file inside or beside this one."""
        if not self.read_chunk(node.get(R + "id") or ""):
            message = "文中嵌入了另一份文件，这一部分没有读取。请用 Word 打开后另存为新的 docx 文件，再重新提交。"
            where = Locator(path=f"p[{self.paragraphs}]")
            self.builder.problems.append(Problem("embedded_file", message, where))


def blocks_in(container: Element) -> Iterator[Element]:
    """Paragraphs, tables and embedded files in a container, whatever wraps them."""
    for node in container:
        tag = node.tag
        if tag in (P, TABLE, CHUNK, PART):
            yield node
        elif tag in WRAPPERS:
            yield from blocks_in(node)
        elif tag == ALTERNATE:
            yield from blocks_in(choose(node))


def words_within(container: Element) -> Iterator[str]:
    """The words of every paragraph in a container, each on one line."""
    for paragraph in container.iter(P):
        text = " ".join(read_words(paragraph).text.split())
        if text:
            yield text


def join_number(number: str, text: str) -> str:
    """一、总体情况 as it is seen; a figure is never run together with a number before it."""
    is_open = number[-1].isalnum() or text.lstrip()[:1].isdigit()
    return f"{number} {text.lstrip()}" if is_open else number + text.lstrip()

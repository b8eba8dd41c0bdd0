"""Content with tables drawn by edges as the blocks of a document.

In: paragraphs and tables as they lie in one another, and a `DocumentBuilder`.  Out: its blocks, in reading order.  A
row whose cells hold whole paragraphs or other tables is layout: its content becomes paragraphs and tables, the rows
around it stay a table.  Words under merged cells are named in a problem.  Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing.model import Locator, Problem
from parsing.readers.building import DocumentBuilder, DrawnCell
from parsing.readers.edges import Content, EdgeTable, Line, Placed, lines_of, place_rows

SENTENCE = re.compile(r"[。；！？]")
FIGURE = re.compile(r"[\d\s.,，％%/—\-+]*")
# A label of the forms has some fifty characters and no full stop; explanations in brackets make it longer.
LONGEST_LABEL = 160
SENTENCE_LENGTH = 40
# A table this small inside a cell is a frame around a word or a figure.
FRAME_CELLS = 3


def is_prose(lines: Sequence[str]) -> bool:
    """Whether whole sentences stand here, not a label that was broken over lines."""
    sentences = [line for line in lines if SENTENCE.search(line)]
    is_long = sum(map(len, lines)) > LONGEST_LABEL or any(len(line) > SENTENCE_LENGTH for line in sentences)
    return bool(sentences) and (is_long or len(sentences) > 1)


def is_layout(row: Sequence[Placed]) -> bool:
    """Whether a row arranges paragraphs and tables on the page, and holds no figures of its own."""
    if any(sum(len(line.cells) for line in table.rows) > FRAME_CELLS for cell in row for table in cell.tables):
        return True
    if not any(SENTENCE.search(line) for cell in row for line in cell.lines):
        return False
    prose = [is_prose(cell.lines) for cell in row]
    if not any(prose):
        return False
    others = ["".join(cell.lines) for cell, is_text in zip(row, prose, strict=True) if not is_text]
    # In a row of several cells an empty one is a figure that was left blank.
    return not any(FIGURE.fullmatch(text) and (text or len(row) > 2) for text in others)


def words_of(content: Content) -> list[str]:
    """The lines of a cell and of the frames in it."""
    tables = [item for item in content if isinstance(item, EdgeTable)]
    return [*lines_of(content), *(words for table in tables for words in words_in(table))]


def words_in(table: EdgeTable) -> list[str]:
    return [words for row in table.rows for cell in row.cells for words in words_of(cell)]


def add_paragraph(builder: DocumentBuilder, line: Line, cell: Locator | None) -> None:
    """A paragraph; a line break within it begins a new one at the same place."""
    path = f"p[{line.number}]"
    where = cell._replace(path=f"{cell.path}/{path}") if cell else Locator(path=path)
    for raw in line.raw.split("\v"):
        builder.add_paragraph(raw, where)


def add_table(builder: DocumentBuilder, table: EdgeTable) -> None:
    """A table; rows that are layout come out as paragraphs and tables between the rows that are data."""
    rows = place_rows(table.rows)
    is_column = all(len(row) <= 1 for row in rows)
    data: list[list[DrawnCell]] = []
    for row_number, row in enumerate(rows, 1):
        places = [locate(table.number, row_number, number) for number in range(1, len(row) + 1)]
        if is_column or is_layout(row):
            builder.add_table(data)
            data = []
            for cell, where in zip(row, places, strict=True):
                add_content(builder, cell.content, where)
            continue
        drawn = []
        for cell, where in zip(row, places, strict=True):
            words = " ".join((*cell.lines, *(words for inner in cell.tables for words in words_in(inner))))
            if cell.covered:
                note_covered(builder, cell, words, where)
            drawn.append(DrawnCell(words, where, cell.first, cell.last))
        data.append(drawn)
    builder.add_table(data)


def locate(table: int, row: int, cell: int) -> Locator:
    return Locator(None, None, None, table, row, cell, f"tbl[{table}]/tr[{row}]/tc[{cell}]")


def note_covered(builder: DocumentBuilder, cell: Placed, words: str, where: Locator) -> None:
    """Words in cells that a merged cell covers are not seen in Word; other programs may show them."""
    unseen = [line for line in lines_of(cell.covered) if line not in words]
    if unseen:
        message = (
            f"表格的合并单元格下面还藏有文字（“{unseen[0][:20]}”等 {len(unseen)} 处），在 Word 里看不见，没有读取。"
            "请取消合并后核对。"
        )
        builder.problems.append(Problem("text_under_merged_cell", message, where))


def add_content(builder: DocumentBuilder, content: Content, cell: Locator | None = None) -> None:
    """Paragraphs and tables in reading order, those of the file or of one cell."""
    for item in content:
        if isinstance(item, Line):
            add_paragraph(builder, item, cell)
        else:
            add_table(builder, item)

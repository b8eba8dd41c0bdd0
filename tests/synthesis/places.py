"""Where a value stands in its file, looked up again by another library than the reader's.

In: the bytes of a file and the place that a cell gives.  Out: the text that stands there.  Refused (`LookupError`): a
place that the file does not have.
"""

from __future__ import annotations

import email
import io
import re
from collections.abc import Callable
from functools import lru_cache

import docx
import lxml.html
import openpyxl
import pypdfium2
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.html import HtmlElement

from parsing.model import Locator

CHARSET = re.compile(r"charset=[\"']?[\w-]+")
# How far the box of a figure may miss the figure, in points.
SLACK = 1.0


def decode(data: bytes) -> str:
    """Made-up files are UTF-8 or GB 18030, whatever they say."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def page_of(data: bytes) -> HtmlElement:
    """A page as lxml reads it; the charset that it names no longer holds for decoded text."""
    return lxml.html.document_fromstring(CHARSET.sub("", decode(data)))


def page_in_mhtml(data: bytes) -> bytes:
    """The web page in a file that holds it with its parts."""
    part = next(one for one in email.message_from_bytes(data).walk() if one.get_content_type() == "text/html")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@lru_cache(maxsize=4)
def tables_of_page(data: bytes) -> list[list[list[str]]]:
    """The texts of all cells: tables in document order, nested ones too, rows and cells of their own."""
    tables = []
    for table in page_of(data).iter("table"):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        tables.append([[str(cell.text_content()) for cell in row if cell.tag in ("td", "th")] for row in rows])
    return tables


def begins(cell: BaseOxmlElement) -> bool:
    """Whether a cell is drawn here; one that goes on from the row above is not."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is None or merge.get(qn("w:val")) == "restart"


@lru_cache(maxsize=4)
def tables_of_docx(data: bytes) -> list[list[list[str]]]:
    tables = []
    for table in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:tbl")):
        rows = [filter(begins, row.iterchildren(qn("w:tc"))) for row in table.iterchildren(qn("w:tr"))]
        tables.append([["".join(node.text or "" for node in cell.iter(qn("w:t"))) for cell in row] for row in rows])
    return tables


@lru_cache(maxsize=4)
def sheets_of(data: bytes) -> list[list[list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    ]


def text_in_table(tables: list[list[list[str]]], where: Locator) -> str:
    """The cell that table, row and cell, all counted from 1, point at."""
    if not (where.table and where.row and where.cell):
        raise LookupError(f"no table, row and cell in {where}")
    return tables[where.table - 1][where.row - 1][where.cell - 1]


@lru_cache(maxsize=4)
def printed_pages(data: bytes) -> list[tuple[float, pypdfium2.PdfTextPage]]:
    """The height of each page, and its text."""
    return [(page.get_height(), page.get_textpage()) for page in pypdfium2.PdfDocument(data)]


def text_in_box(data: bytes, where: Locator) -> str:
    """What is printed inside the box of a place on a page."""
    if not (where.page and where.box):
        raise LookupError(f"no page and box in {where}")
    height, text = printed_pages(data)[where.page - 1]
    left, top, right, bottom = where.box
    sides = {"left": left - SLACK, "right": right + SLACK, "top": height - top + SLACK}
    return str(text.get_text_bounded(**sides, bottom=height - bottom - SLACK))


LOOK_UP: dict[str, Callable[[bytes, Locator], str]] = {
    "html": lambda data, where: text_in_table(tables_of_page(data), where),
    "mhtml": lambda data, where: text_in_table(tables_of_page(page_in_mhtml(data)), where),
    "docx": lambda data, where: text_in_table(tables_of_docx(data), where),
    "xlsx": lambda data, where: text_in_table(sheets_of(data), where),
    "pdf": text_in_box,
}

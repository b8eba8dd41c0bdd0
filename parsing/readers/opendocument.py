"""What the OpenDocument formats share: the archive, text with its spaces, rows and cells with their repetitions.

In: the bytes of a file of LibreOffice, OpenOffice or WPS.  Out: its kind, its content as a tree, words and cells of it.
Refused, as `NotReadable` with the Document that says why: damaged, locked and overlarge files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsing.model import Document
from parsing.readers.docx.markup import BrokenMarkup, Element, parse
from parsing.readers.refusals import MOST_CELLS, refuse_damaged, refuse_encrypted
from parsing.readers.zipped import UnreadablePart, open_archive, refuse_part

NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, STYLE, DRAW = (f"{NAMES}{name}:1.0}}" for name in ("text", "table", "office", "style", "drawing"))
FORMATTING = f"{NAMES}xsl-fo-compatible:1.0}}"
KIND = "application/vnd.oasis.opendocument."
# The content of the longest reports takes some 5 MB.
LARGEST_CONTENT = 40_000_000
# What is no part of the line that it stands in.
ASIDE = frozenset(
    (
        f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}note", f"{TEXT}ruby-text",
        f"{DRAW}frame", f"{DRAW}custom-shape",
    )
)  # fmt: skip
BLOCKS = f"{TEXT}p", f"{TEXT}h"
LINES = ("border-left", "border-right", "border-top", "border-bottom")
MOST_BLANKS = 200


class NotReadable(ValueError):
    """Carries the Document that says why the file is not read."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.format)
        self.document = document


class Spread(NamedTuple):
    """A cell and how many grid columns and rows it lies in; `is_covered` for one under a merged cell."""

    element: Element
    columns: int
    rows: int
    is_covered: bool
    repeated: int


def kind_of(data: bytes) -> str:
    """`text`, `spreadsheet` … of an OpenDocument file; nothing for any other."""
    archive = open_archive(data)
    if archive is None or "mimetype" not in archive.members or "content.xml" not in archive.members:
        return ""
    try:
        kind = archive.read("mimetype", 200).decode("ascii", "replace").strip()
    except UnreadablePart:
        return ""
    return kind.removeprefix(KIND).removesuffix("-template") if kind.startswith(KIND) else ""


def open_content(data: bytes, format_name: str, words: str) -> Element:
    """The root of the content; NotReadable where there is none to be had."""
    archive = open_archive(data)
    if archive is None:
        raise NotReadable(refuse_damaged(format_name, words))
    try:
        manifest = archive.read("meta-inf/manifest.xml") if "meta-inf/manifest.xml" in archive.members else b""
        if b"encryption-data" in manifest:
            raise NotReadable(refuse_encrypted(format_name, words))
        return parse(archive.read("content.xml", LARGEST_CONTENT))
    except UnreadablePart as error:
        raise NotReadable(refuse_part(error, format_name, words)) from error
    except BrokenMarkup as error:
        raise NotReadable(refuse_damaged(format_name, words)) from error


def count(element: Element, name: str, most: int = MOST_CELLS) -> int:
    """An attribute that counts (repetitions, columns spanned), at least 1."""
    return read_count(element.get(f"{TABLE}{name}", "1"), most)


def read_count(value: str, most: int) -> int:
    """A number from 1 to `most`; 1 for what is none."""
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 10 else 1


def text_of(element: Element) -> str:
    """The text of a paragraph as a person sees it: spaces, tabs and line breaks are elements."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * read_count(child.get(f"{TEXT}c", "1"), MOST_BLANKS))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag not in ASIDE:
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, those in groups and in the heading among them, without those of tables inside its cells."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-row-group", f"{TABLE}table-header-rows", f"{TABLE}table-rows"):
            yield from rows_of(child)


def columns_of(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{TABLE}table-column":
            yield child
        elif child.tag in (
            f"{TABLE}table-column-group", f"{TABLE}table-header-columns", f"{TABLE}table-columns",
        ):  # fmt: skip
            yield from columns_of(child)


def cells_of(row: Element) -> Iterator[Spread]:
    """The cells of a row, covered ones among them."""
    for child in row:
        is_covered = child.tag == f"{TABLE}covered-table-cell"
        if is_covered or child.tag == f"{TABLE}table-cell":
            columns, rows = count(child, "number-columns-spanned"), count(child, "number-rows-spanned")
            yield Spread(child, columns, rows, is_covered, count(child, "number-columns-repeated"))


def paragraphs_of(cell: Element) -> Sequence[Element]:
    """The paragraphs directly in a cell."""
    return [child for child in cell if child.tag in BLOCKS]


def automatic_styles(content: Element) -> dict[str, Element]:
    """The styles that the content itself holds, by name."""
    return {
        style.get(f"{STYLE}name", ""): style for style in content.iterfind(f"{OFFICE}automatic-styles/{STYLE}style")
    }


def is_ruled(style: Element) -> bool:
    """Whether a style of a cell draws a border on two sides at least."""
    properties = style.find(f"{STYLE}table-cell-properties")
    if properties is None:
        return False
    whole = properties.get(f"{FORMATTING}border", "none")
    lines = [properties.get(f"{FORMATTING}{side}", whole) for side in LINES]
    return sum(line not in ("none", "hidden", "") for line in lines) >= 2

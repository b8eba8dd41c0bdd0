"""The control words of RTF that decide what a report says.

In: a `Gatherer` and the number of the word (None where it has none).  Out: its state and flows changed.  All other
words change how text looks, and nothing is done for them.
"""

from __future__ import annotations

from collections.abc import Callable

from parsing.readers.edges import Merge
from parsing.readers.rtf.charsets import page_codec
from parsing.readers.rtf.flows import Flow
from parsing.readers.rtf.gathering import Gatherer

MOST_SKIPPED = 100
CHARACTERS = {
    b"tab": "\t", b"line": "\v", b"lbr": "\v", b"column": " ", b"emdash": "—", b"endash": "–", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": "\u2003", b"enspace": "\u2002",
    b"qmspace": "\u2005",
}  # fmt: skip


def begin_font_table(reader: Gatherer) -> None:
    reader.table_font = 0

    def end() -> None:
        reader.table_font = None

    reader.at_close(end)


def begin_flow(reader: Gatherer) -> None:
    """A note or a text box: a story of its own, behind the report."""
    outer, reader.flow = reader.flow, Flow(reader.counts)
    inner = reader.flow
    reader.behind.append(inner)
    reader.state = reader.state._replace(is_in_table=False, depth=1)

    def end() -> None:
        if inner.has_words():
            inner.end_paragraph(reader.depth)
        reader.flow = outer

    reader.at_close(end)


def begin_number(reader: Gatherer) -> None:
    """The number of a paragraph as it is printed; bullets are no numbers."""
    outer = reader.flow.words
    inner: list[str] = []
    reader.flow.words = inner

    def end() -> None:
        number = "".join(inner).strip()
        reader.flow.words = outer
        reader.flow.number = number if any(map(str.isalnum, number)) else ""

    reader.at_close(end)


def begin_nested_row(reader: Gatherer) -> None:
    """The definition of a row of a table in a cell, which the outer row must not take for its own."""
    flow, outer = reader.flow, reader.flow.row

    def end() -> None:
        flow.row = outer

    reader.at_close(end)


def is_on(number: int | None) -> bool:
    """A toggle is on unless its number is 0."""
    return number != 0


def join_above(reader: Gatherer, merge: Merge) -> None:
    reader.flow.row.merge = merge


def set_covered(reader: Gatherer) -> None:
    reader.flow.row.is_covered = True


def begin_row(reader: Gatherer) -> None:
    reader.flush()
    reader.flow.begin_row()


def end_defined_cell(reader: Gatherer, right: int) -> None:
    reader.flush()
    reader.flow.end_defined_cell(right)


def set_left(reader: Gatherer, left: int) -> None:
    reader.flow.row.left = left


def set_default_font(reader: Gatherer, number: int) -> None:
    reader.default_font = number
    reader.change(font=number)


def set_page(reader: Gatherer, page: int) -> None:
    reader.default_codec = page_codec(page)


def set_font_page(reader: Gatherer, page: int) -> None:
    if reader.table_font is not None:
        reader.codecs[reader.table_font] = page_codec(page)


ACTIONS: dict[bytes, Callable[[Gatherer, int | None], None]] = {
    b"par": lambda reader, _: reader.end_paragraph(),
    b"sect": lambda reader, _: reader.end_page(),
    b"page": lambda reader, _: reader.end_page(),
    b"cell": lambda reader, _: reader.end_cell(1),
    b"nestcell": lambda reader, _: reader.end_cell(max(2, reader.state.depth)),
    b"row": lambda reader, _: reader.end_row(1),
    b"nestrow": lambda reader, _: reader.end_row(max(2, reader.state.depth)),
    b"pard": lambda reader, _: reader.change(is_in_table=False, depth=1),
    b"plain": lambda reader, _: reader.change(font=reader.default_font, is_hidden=False, is_deleted=False),
    b"intbl": lambda reader, _: reader.change(is_in_table=True),
    b"itap": lambda reader, number: reader.change(is_in_table=number != 0, depth=max(1, number or 1)),
    b"v": lambda reader, number: reader.change(is_hidden=is_on(number)),
    b"deleted": lambda reader, number: reader.change(is_deleted=is_on(number)),
    # Text that was moved away stands where it was, until the change is accepted.
    b"mvf": lambda reader, number: reader.change(is_deleted=is_on(number)),
    b"f": lambda reader, number: reader.set_font(number or 0),
    b"uc": lambda reader, number: reader.change(skip=max(0, min(number if number is not None else 1, MOST_SKIPPED))),
    b"trowd": lambda reader, _: begin_row(reader),
    b"trleft": lambda reader, number: set_left(reader, number or 0),
    b"cellx": lambda reader, number: end_defined_cell(reader, number or 0),
    b"clvmgf": lambda reader, _: join_above(reader, Merge.FIRST),
    b"clvmrg": lambda reader, _: join_above(reader, Merge.COVERED),
    b"clmrg": lambda reader, _: set_covered(reader),
    b"ansicpg": lambda reader, number: set_page(reader, number or 0),
    b"mac": lambda reader, _: set_page(reader, 10000),
    b"pc": lambda reader, _: set_page(reader, 437),
    b"pca": lambda reader, _: set_page(reader, 850),
    b"deff": lambda reader, number: set_default_font(reader, number or 0),
    b"fonttbl": lambda reader, _: begin_font_table(reader),
    b"fcharset": lambda reader, number: reader.set_charset(number or 0),
    b"cpg": lambda reader, number: set_font_page(reader, number or 0),
    b"shptxt": lambda reader, _: begin_flow(reader),
    b"dptxbxtext": lambda reader, _: begin_flow(reader),
    b"footnote": lambda reader, _: begin_flow(reader),
    b"listtext": lambda reader, _: begin_number(reader),
    b"pntext": lambda reader, _: begin_number(reader),
    b"nesttableprops": lambda reader, _: begin_nested_row(reader),
}

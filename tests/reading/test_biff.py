"""Records of old Excel workbooks, written here byte by byte."""

from __future__ import annotations

from struct import pack

import pytest

from parsing.model import Paragraph
from parsing.readers import xls
from parsing.readers.biff import BrokenRecords, Locked, Record, Strings, read_all_strings, read_globals

BEGIN, END = pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0), pack("<HH", 10, 0)


def record(kind: int, body: bytes) -> bytes:
    return pack("<HH", kind, len(body)) + body


def stream(shared: bytes, cells: bytes) -> bytes:
    """A workbook with one sheet named A."""
    length = len(BEGIN) + len(shared) + 4 + 9 + len(END)
    return BEGIN + shared + record(0x85, pack("<IBBBB", length, 0, 0, 1, 0) + b"A") + END + BEGIN + cells + END


def rows(cells: bytes, shared: bytes = b"") -> list[list[str]]:
    """The rows of the sheet; a lone cell makes a row of its own."""
    document = xls.read_book(stream(shared, cells))
    return [
        [block.text.raw] if isinstance(block, Paragraph) else [cell.raw for cell in row.cells]
        for block in document.blocks
        for row in ((block,) if isinstance(block, Paragraph) else block.rows)
    ]


def label(column: int, text: str) -> bytes:
    return record(0x204, pack("<HHHHB", 0, column, 0, len(text), 1) + text.encode("utf-16-le"))


def test_numbers_in_each_of_their_forms() -> None:
    short = pack("<HHHI", 0, 1, 0, 11 << 2 | 2)
    several = pack("<HHHIHIH", 0, 2, 0, 1150 << 2 | 3, 0, 0x40260000, 3)
    whole = pack("<HHHd", 0, 4, 0, 2060387.04)
    cells = label(0, "规章") + record(0x27E, short) + record(0xBD, several) + record(0x203, whole)
    assert rows(cells) == [["规章", "11", "11.5", "11", "2060387.04"]]


def test_errors_and_results_of_formulas() -> None:
    own = record(0x205, pack("<HHHBB", 0, 1, 0, 23, 1))
    failed = record(0x06, pack("<HHH", 0, 2, 0) + bytes((2, 0, 7, 0, 0, 0, 255, 255)) + bytes(8))
    number = record(0x06, pack("<HHHd", 0, 3, 0, 3.0) + bytes(8))
    text = record(0x06, pack("<HHH", 0, 4, 0) + bytes((0, 0, 0, 0, 0, 0, 255, 255)) + bytes(8))
    text += record(0x207, pack("<HB", 1, 1) + "无".encode("utf-16-le"))
    assert rows(label(0, "规章") + own + failed + number + text) == [["规章", "#REF!", "#DIV/0!", "3", "无"]]


def test_a_string_that_runs_over_records_changes_its_width_there() -> None:
    """Half of it in two bytes a character, the rest in one; fonts and pronunciation behind it are no text."""
    first = pack("<IIHBHI", 2, 2, 4, 1 | 4 | 8, 1, 3) + "规章".encode("utf-16-le")
    second = b"\x00" + b"12" + bytes(4) + b"abc" + pack("<HB", 1, 0) + b"7"
    assert read_all_strings(Record(0xFC, first, (second,))) == ["规章12", "7"]


def test_a_string_that_breaks_off_is_no_string() -> None:
    with pytest.raises(BrokenRecords):
        Strings(Record(0xFC, pack("<HB", 9, 0) + b"abc")).string()


def test_a_workbook_under_a_password_is_known() -> None:
    with pytest.raises(Locked):
        read_globals(stream(record(0x2F, bytes(6)), b""))


def test_a_sheet_without_end_is_broken() -> None:
    whole = stream(b"", label(0, "规章"))
    with pytest.raises(BrokenRecords):
        xls.read_book(whole[: -len(END)])


def test_blank_cells_of_a_ruled_row_are_there() -> None:
    style = record(0xE0, bytes(10) + pack("<H", 0x1111) + bytes(8))
    blanks = record(0xBE, pack("<HHHHH", 0, 1, 0, 0, 2))
    assert rows(label(0, "规章") + blanks, style) == [["规章", "", ""]]


def test_hidden_columns_are_left_out() -> None:
    hidden = record(0x7D, pack("<HHHHHH", 1, 1, 0, 0, 1, 0))
    cells = hidden + label(0, "规章") + label(1, "去年") + label(2, "今年")
    assert rows(cells) == [["规章", "今年"]]

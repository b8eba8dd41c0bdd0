"""Separated values: reports that Excel saved as csv read back, prose with commas is left alone."""

from __future__ import annotations

import csv
import io
from random import Random

import pytest

from parsing import parse_report
from parsing.model import Paragraph, Table
from parsing.readers import read_document, separated
from tests.reading.reading_back import FORMS, assert_reads_back, facts_of
from tests.synthesis import LAYOUTS, build_report, write_text
from tests.synthesis.grids import Grid, GridCell


def write(form: str, has_blanks: bool, separator: str, is_padded: bool, has_gaps: bool) -> str:
    """A sheet saved as separated values: what a merged cell covers is empty; Excel pads each line to one width."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    report = build_report(facts_of(form, has_blanks))
    width = max(block.width for block in report.blocks if isinstance(block, Grid)) if is_padded else 1

    def put(cells: list[str]) -> None:
        lines.writerow([*cells, *[""] * (width - len(cells))])

    for text in (*report.metadata, *report.title):
        put([text])
    for block in report.blocks:
        if has_gaps:
            put([])
        if isinstance(block, Grid):
            for row in block.spread():
                put([cell.text if isinstance(cell, GridCell) else "" for cell in row])
        else:
            put([block.text])
    return out.getvalue()


@pytest.mark.parametrize("has_gaps", [False, True], ids=["close", "gaps"])
@pytest.mark.parametrize("is_padded", [False, True], ids=["ragged", "padded"])
@pytest.mark.parametrize(("separator", "encoding"), [(",", "gb18030"), (";", "utf-8-sig")])
@pytest.mark.parametrize("has_blanks", [False, True], ids=["full", "blanks"])
@pytest.mark.parametrize("form", FORMS)
def test_a_report_reads_back_to_its_facts(
    form: str, has_blanks: bool, separator: str, encoding: str, is_padded: bool, has_gaps: bool
) -> None:
    data = write(form, has_blanks, separator, is_padded, has_gaps).encode(encoding)
    assert_reads_back(data, "csv", form, has_blanks)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_plain_text_is_no_table_of_this_kind_even_with_commas_of_ascii(form: str, layout: str) -> None:
    text = write_text(facts_of(form), layout)
    for variant in (text, text.replace("，", ","), text.replace("，", ",").replace("；", ";").replace("。", ".")):
        assert not separated.sniff(variant.encode())


@pytest.mark.parametrize(
    "text",
    [
        "全年受理申请12件,其中网络8件,信函4件,全部办结\n全年公开30条,其中政策9条,财政21条\n收费0元,减免0元,共0元\n",
        "| a | 1,2,3 |\n| b | 4,5,6 |\n| c | 7,8,9 |\n",
        "a,b,1\nc,d,2\n",
        "<table>\na,1,2\nb,3,4\nc,5,6\n</table>",
        "规章\t1,000\t2,000,000\n许可\t1,000,000\t3\n处罚\t5,000,000\t1,000,000\n",
    ],
)
def test_few_or_worded_commas_are_no_separators(text: str) -> None:
    assert not separated.sniff(text.encode())


TABLE = '"项目","数量","说明"\r\n"规章,废止",1,\r\n"第一行\r\n第二行",  2 ,"说""明"""\r\n许可,3,无\r\n'


def test_quoted_cells_hold_separators_line_ends_and_marks() -> None:
    (table,) = read_document(TABLE.encode()).blocks
    assert isinstance(table, Table)
    assert [[cell.raw for cell in row.cells] for row in table.rows] == [
        ["项目", "数量", "说明"],
        ["规章,废止", "1", ""],
        ["第一行\r\n第二行", "2", '说""明""'],
        ["许可", "3", "无"],
    ]


def test_every_cell_is_printed_at_its_place() -> None:
    document = read_document(TABLE.encode())
    lines = TABLE.split("\r\n")
    (table,) = document.blocks
    assert isinstance(table, Table)
    for cell in (cell for row in table.rows for cell in row.cells):
        line, column = cell.where.line or 0, cell.where.column or 0
        assert lines[line - 1][column - 1 :].startswith(cell.raw.split("\r\n")[0])
        assert cell.where.text == lines[line - 1]


def test_the_line_that_names_the_separator_is_no_row() -> None:
    document = read_document("sep=;\r\n项目;数量;说明\r\n规章;1;\r\n".encode())
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [cell.raw for cell in table.rows[0].cells] == ["项目", "数量", "说明"]


def test_lines_of_a_prose_cell_are_paragraphs_with_places_of_their_own() -> None:
    text = '"一、总体情况\n全年公开3条。",,\n项目,a,b\n规章,1,2\n许可,3,4\n'
    first, second, _ = read_document(text.encode()).blocks
    assert isinstance(first, Paragraph) and isinstance(second, Paragraph)
    assert [(one.text.raw, one.text.where.line, one.text.where.column) for one in (first, second)] == [
        ("一、总体情况", 1, 2),
        ("全年公开3条。", 2, 1),
    ]


def test_a_mark_that_is_never_closed_loses_nothing() -> None:
    text = '项目,a,b\n"规章,1,2\n许可,3,4\n处罚,5,6\n'
    raws = [cell.raw for block in read_document(text.encode()).blocks if isinstance(block, Table)
            for row in block.rows for cell in row.cells]  # fmt: skip
    assert raws[3:] == ['"规章', "1", "2", "许可", "3", "4", "处罚", "5", "6"]


def test_a_file_cut_off_anywhere_gives_no_number_that_was_not_there() -> None:
    data, expected, chance = (
        write("D", True, ",", True, False).encode("gb18030"),
        facts_of("D", True).expected(),
        Random(3),
    )
    for _ in range(60):
        cut = chance.randrange(len(data))
        # A figure at the very end may have lost digits; what stands before the last separator may not.
        report = parse_report(data[: data.rfind(b",", 0, cut) + 1], "made-up")
        values = {cell.address: cell.value for cell in report.cells if cell.value is not None}
        assert values == {address: expected[address] for address in values}


def test_a_last_row_that_lost_its_end_is_named_and_not_read() -> None:
    document = read_document("项目,a,b\n规章,1,2\n许可,3,4\n处罚,5".encode())
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [row.cells[0].raw for row in table.rows] == ["项目", "规章", "许可"]
    assert [(one.kind, one.where.line) for one in document.problems if one.where] == [("text_cut_off", 4)]


def test_more_cells_than_a_report_has_are_refused() -> None:
    document = read_document(("项目,a,b\n规章,1,2\n许可,3,4\n" + "1,2,3\n" * 150_000).encode())
    assert document.blocks == () and [one.kind for one in document.problems] == ["file_too_large"]

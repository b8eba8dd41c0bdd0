"""What is seen in a sheet and what is not: values, formats, errors, formulas, hidden parts, places."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from parsing import parse_report
from parsing.model import CellStatus, Document, Paragraph, Table
from parsing.readers import read_document, xlsx
from tests.reading.workbook_making import RULES, save

HEAD = ["统计指标", "单位", "统计数"]


def sheet_of(rows: list[list[object]]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    return book, sheet


def drawn(document: Document) -> list[list[str] | str]:
    """Paragraphs as strings, rows of tables as lists."""
    found: list[list[str] | str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text.raw)
        else:
            found += [[cell.raw for cell in row.cells] for row in block.rows]
    return found


def shown(value: object, number_format: str = "General") -> str:
    """How one value shows in its cell."""
    book, sheet = sheet_of([["收到申请数", value]])
    sheet["B1"].number_format = number_format
    ((_, text),) = drawn(read_document(save(book)))
    return text


def changed(book: Workbook, part: str, before: bytes, after: bytes) -> bytes:
    """The file with something written otherwise in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(save(book))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or before in content
            target.writestr(name, content.replace(before, after) if name == part else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (11, "General", "11"),
        (11.0, "0", "11"),
        (2060387.04, "#,##0.00", "2060387.04"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "100000000000000000000"),
        (-3, "General", "-3"),
        ("11 ", "General", "11"),
        ("011", "@", "011"),
        (0.985, "0.0%", "98.5%"),
        (11, '0"件"', "11"),
        (11, "G/通用格式", "11"),
        (11, "0_ ;[Red]\\-0\\ ", "11"),
        (11, 'yyyy"年"m"月"d"日"', "1900-01-11"),
        (date(2022, 3, 4), "yyyy-mm-dd", "2022-03-04"),
        (datetime(2022, 3, 4, 5, 6), "yyyy-mm-dd hh:mm", "2022-03-04 05:06:00"),
        (True, "General", "TRUE"),
        ("#REF!", "General", "#REF!"),
    ],
)
def test_a_value_shows_as_a_person_sees_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_an_error_is_unread_and_no_blank() -> None:
    rows = [HEAD, ["收到申请数", "件", 3], ["主动公开政府信息数", "件", "#REF!"], ["回应事件数", "次", None]]
    book, sheet = sheet_of([*rows, ["举办新闻发布会总次数", "次", 1]])
    for row in sheet["A1:C5"]:
        for cell in row:
            cell.border = RULES
    cells = {cell.raw: cell.status for cell in parse_report(save(book), "made-up").cells if cell.where is not None}
    assert cells["#REF!"] is CellStatus.UNREADABLE
    assert cells["3"] is CellStatus.NUMBER


def test_a_formula_is_read_by_its_result_and_without_one_not_at_all() -> None:
    book, _ = sheet_of([["收到申请数", "=1+2", "=SUM(B1:B1)"]])
    part = "xl/worksheets/sheet1.xml"
    document = read_document(changed(book, part, b"<f>1+2</f>", b"<f>1+2</f><v>3</v>"))
    assert drawn(document) == [["收到申请数", "3", "=SUM(B1:B1)"]]
    assert [(problem.kind, problem.where.path) for problem in document.problems if problem.where] == [
        ("formula_not_calculated", "Sheet!C1")
    ]


def test_a_number_in_several_fonts_is_one_number() -> None:
    text = CellRichText("1", TextBlock(InlineFont(b=True), "2"))
    assert shown(text) == "12"


def test_hidden_rows_and_columns_are_left_out_and_named() -> None:
    book, sheet = sheet_of([["项目", "去年", "今年"], ["规章", 1, 2], ["规范性文件", 3, 4], ["行政许可", 5, 6]])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    document = read_document(save(book))
    assert drawn(document) == [["项目", "今年"], ["规章", "2"], ["行政许可", "6"]]
    assert [(one.kind, one.where.path) for one in document.problems if one.where] == [("hidden_content", "Sheet!B1")]


def test_hidden_sheets_are_left_out_and_named_if_they_hold_something() -> None:
    book, _ = sheet_of([["规章", 1]])
    for name, value in (("底稿", 7), ("空", None)):
        other = book.create_sheet(name)
        other["A1"] = value
        other.sheet_state = "hidden"
    document = read_document(save(book))
    assert drawn(document) == [["规章", "1"]]
    assert [problem.message for problem in document.problems] == [
        "工作表“底稿”被隐藏，没有读取。如其中有应报内容，请取消隐藏后重新提交。"
    ]


def test_every_piece_has_its_sheet_row_and_column() -> None:
    book, sheet = sheet_of([["总体情况"], ["规章", None, 2]])
    sheet.title = "年报"
    book.create_sheet("表2")["C5"] = "说明"
    document = read_document(save(book))
    table = next(block for block in document.blocks if isinstance(block, Table))
    places = [(cell.where.table, cell.where.row, cell.where.cell, cell.where.path) for cell in table.rows[0].cells]
    assert places == [(1, 2, 1, "年报!A2"), (1, 2, 2, "年报!B2"), (1, 2, 3, "年报!C2")]
    last = document.blocks[-1]
    assert isinstance(last, Paragraph) and last.text.where.path == "表2!C5"


def test_a_merged_cell_is_there_once_with_the_columns_that_it_lies_in() -> None:
    book, sheet = sheet_of([["项目", None, "数量"], ["规章", None, 2], [None, None, 3]])
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A2:B3")
    (table,) = read_document(save(book)).blocks
    assert isinstance(table, Table)
    assert [([cell.raw for cell in row.cells], row.spans) for row in table.rows] == [
        (["项目", "数量"], ((0, 1), (2, 2))),
        (["规章", "2"], ((0, 1), (2, 2))),
        (["3"], ((2, 2),)),
    ]


def test_lines_of_a_prose_cell_are_paragraphs_and_those_of_a_label_are_one() -> None:
    book, sheet = sheet_of([["一、总体情况\n全年公开3条。"], ["本年新\n制作数量", 3]])
    sheet.merge_cells("A1:B1")
    assert drawn(read_document(save(book))) == ["一、总体情况", "全年公开3条。", ["本年新 制作数量", "3"]]


def test_prose_beside_its_title_is_no_table() -> None:
    prose = "我局严格落实政府信息公开工作要求，全年主动公开政府信息120条，其中政策文件30条，财政信息90条。" * 2
    book, _ = sheet_of([["总体情况", prose]])
    assert drawn(read_document(save(book))) == ["总体情况", prose]


def test_the_number_of_a_control_character_is_that_character() -> None:
    assert shown("本年新_x000D_\n制作数量") == "本年新  制作数量"


def test_a_file_that_declares_entities_is_refused() -> None:
    book, _ = sheet_of([["规章", 1]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "1">]><worksheet '
    document = read_document(changed(book, "xl/worksheets/sheet1.xml", b"<worksheet ", bomb))
    assert document.blocks == () and [problem.kind for problem in document.problems] == ["damaged_file"]


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    book, _ = sheet_of([["规章", 1]])
    filling = b"<sheetData>" + b"<row/>" * 5_000_000
    document = read_document(changed(book, "xl/worksheets/sheet1.xml", b"<sheetData>", filling))
    assert document.blocks == () and [problem.kind for problem in document.problems] == ["file_too_large"]


def test_more_cells_than_a_report_has_are_refused() -> None:
    book, sheet = sheet_of([["规章", 1]])
    for row in range(1, 20):
        sheet.cell(row, 1).value = 1
        sheet.cell(row, 16_000).value = 1
    assert [problem.kind for problem in read_document(save(book)).problems] == ["file_too_large"]


def test_a_range_merged_over_the_whole_sheet_is_harmless() -> None:
    book, sheet = sheet_of([["总体情况"], ["规章", 2]])
    sheet.merge_cells("A1:XFD1")
    assert drawn(read_document(save(book))) == ["总体情况", ["规章", "2"]]


def test_the_binary_form_is_refused_with_a_way_out() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
    (problem,) = xlsx.read(out.getvalue()).problems
    assert problem.kind == "unsupported_format" and "另存为 xlsx" in problem.message

"""How plain text is cut into paragraphs and tables, whatever draws the table."""

from parsing.model import Document, Paragraph, Table
from parsing.readers import read_document


def read(text: str) -> Document:
    return read_document(text.encode("utf-8"))


def rows(text: str) -> list[list[str]]:
    tables = [block for block in read(text).blocks if isinstance(block, Table)]
    return [[cell.raw for cell in row.cells] for table in tables for row in table.rows]


def test_bars_draw_a_row_a_line_and_the_last_bar_is_the_border() -> None:
    assert rows("规章 | 0 | 1 | 2 |\n行政许可 | ||\n") == [["规章", "0", "1", "2"], ["行政许可", "", ""]]


def test_an_empty_cell_between_bars_is_kept() -> None:
    assert rows("| 涉及商业秘密 | 件 | |\n") == [["涉及商业秘密", "件", ""]]


def test_the_ruler_of_a_markdown_table_is_no_row() -> None:
    assert rows("| 指标 | 数量 |\n|---|:---:|\n| 收到申请数 | 3 |\n") == [["指标", "数量"], ["收到申请数", "3"]]


def test_one_cell_a_line_behind_a_tab_and_an_empty_line_after_each_row() -> None:
    text = "\t规章\n\t0\n\t\n\t2\n\n\t规范性文件\n\t1\n\t1\n\t1\n"
    assert rows(text) == [["规章", "0", "", "2"], ["规范性文件", "1", "1", "1"]]


def test_a_label_broken_over_lines_stays_one_cell() -> None:
    text = "\t\n\t（三）不予\n\n公开\n\t1.属于国家秘密\n\t0\n\n\t本年新\n公开数量\n\t3\n"
    assert rows(text) == [["", "（三）不予\n\n公开", "1.属于国家秘密", "0"], ["本年新\n公开数量", "3"]]


def test_a_heading_behind_a_table_ends_it() -> None:
    document = read("\t规章\n\t0\n\n\n三、收到和处理政府信息公开申请情况\n\n\t申请人情况\n")
    kinds = [type(block) for block in document.blocks]
    assert kinds == [Table, Paragraph, Table]


def test_a_word_under_a_figure_is_no_part_of_it() -> None:
    document = read("\t规章\n\t0\n\n备注\n\t规范性文件\n\t1\n")
    assert [block.text.raw for block in document.blocks if isinstance(block, Paragraph)] == ["备注"]


def test_tabs_within_a_line_draw_a_row_with_its_empty_cells() -> None:
    assert rows("\t\t0\t0\n(七) 总计\t\t1\t\n") == [["", "", "0", "0"], ["(七) 总计", "", "1", ""]]


def test_every_cell_is_printed_at_its_place() -> None:
    text = "总体情况\r\n一、\t本年新收\t 11 \r\n规章 |  3 | |\r\n"
    lines = text.split("\r\n")
    for block in read(text).blocks:
        if isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells):
                line, column = cell.where.line or 0, cell.where.column or 0
                assert lines[line - 1][column - 1 :].startswith(cell.raw)


def test_bad_input_is_a_problem_that_says_what_to_do() -> None:
    kinds = {
        b"": "empty_file",
        b"\x00\x00\n ": "empty_file",
        b"Rar!\x1a\x07...": "unsupported_format",
        bytes(range(256)) * 20: "not_text",
        "政府信息公开".encode() * 400_000: "file_too_large",
    }
    for data, kind in kinds.items():
        document = read_document(data)
        assert [problem.kind for problem in document.problems] == [kind]
        assert document.blocks == () and "请" in document.problems[0].message

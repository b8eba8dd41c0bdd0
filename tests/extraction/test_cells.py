"""Cells out of tables drawn in every way met in reports: the right figure, or none."""

import pytest

from parsing.extraction.cells import CellReading, extract_cells
from parsing.extraction.tokens import tokenise
from parsing.model import Cell, CellStatus
from parsing.readers import read_document
from parsing.repairs import mend_document
from parsing.templates import find_table

T3_LABELS = [row.label for row in find_table("D", "t3").rows]
HEADER = (
    "申请人情况\n | 自然人 | 法人或其他组织 | 总计 |\n"
    " | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |\n"
)
TRIAL_HEADER = "第二十条第（一）项\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"


def read(text: str) -> CellReading:
    document, _ = mend_document(read_document(text.encode("utf-8")))
    return extract_cells(tokenise(document))


def cells(text: str) -> dict[str, Cell]:
    return {cell.address: cell for cell in read(text).cells}


def values(text: str) -> dict[str, object]:
    return {address: cell.value for address, cell in cells(text).items() if cell.status is not CellStatus.ABSENT}


def test_padding_of_merged_label_cells_on_either_side_moves_no_figure() -> None:
    rows = [f"{label} | {index} | 0 | 0 | 0 | 0 | 0 | {index} | | |\n" for index, label in enumerate(T3_LABELS)]
    rows[-1] = "四、结转下年度继续办理 | | | 7 | 0 | 0 | 0 | 0 | 0 | 7 |\n"
    found = values(HEADER + "".join(rows))
    assert found["t3.new_received.natural_person"] == 0 and found["t3.partial.total"] == 3
    assert (found["t3.carried_out.natural_person"], found["t3.carried_out.total"]) == (7, 7)


def test_a_row_that_could_be_read_in_two_ways_is_not_read() -> None:
    rows = [
        "一、本年新收政府信息公开申请数量 | | 3 | 0 | 0 | 0 | 0 | 1 | |",
        "二、上年结转政府信息公开申请数量" + " | 0" * 7 + " |",
    ]
    reading = read(HEADER + "\n".join(rows) + "\n")
    row = [cell for cell in reading.cells if cell.address.startswith("t3.new_received")]
    assert {cell.status for cell in row} == {CellStatus.UNREADABLE}
    assert "row_unreadable" in {problem.kind for problem in reading.problems}


def test_blank_is_not_zero_and_every_sign_keeps_its_meaning() -> None:
    header = "第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
    text = header + "规章 | | — | / |\n行政规范性文件 | 无 | 0 | 1,234件 |\n"
    found = cells(text)
    status = [found[f"t2_art20_1.rules.{column}"].status for column in ("issued", "repealed", "in_force")]
    assert status == [CellStatus.BLANK, CellStatus.BLANK, CellStatus.NOT_APPLICABLE]
    assert found["t2_art20_1.normative_docs.issued"].status is CellStatus.ZERO_WORD
    assert found["t2_art20_1.normative_docs.in_force"].value == 1234


def test_the_number_of_a_list_before_a_figure_is_no_part_of_it() -> None:
    header = "第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
    found = cells(header + "规章 | 1. 5 | 2.　0 | 3.5 |\n")
    row = [found[f"t2_art20_1.rules.{column}"] for column in ("issued", "repealed", "in_force")]
    assert [cell.value for cell in row] == [None, None, 3.5]
    assert [cell.status for cell in row[:2]] == [CellStatus.UNREADABLE] * 2


def test_labels_and_figures_on_lines_of_their_own() -> None:
    header = ["第二十条第(一)项", "信息内容", "本年新", "制作数量", "本年新", "公开数量", "对外公开总数量"]
    found = values("\n\n".join([*header, "规章", " 0", "1", " 2", "规范性文件", "3", "4", "5"]))
    columns = ("made", "newly_disclosed", "disclosed_total")
    assert [found[f"t2_art20_1.normative_docs.{name}"] for name in columns] == [3, 4, 5]


def test_a_label_and_its_figures_separated_by_spaces() -> None:
    text = "第二十条第（六）项\n信息内容  本年处理决定数量\n行政处罚   12\n行政强制   3\n"
    assert values(text) == {"t2_art20_6.admin_penalty.decisions": 12, "t2_art20_6.admin_coercion.decisions": 3}


def test_lines_lost_to_deduplication_leave_unread_cells_and_shift_nothing() -> None:
    header = "第二十条第(一)项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n"
    text = header + "规章\n0\n规范性文件\n第二十条第(五)项\n"
    found = cells(text)
    assert {cell.status for cell in found.values()} == {CellStatus.UNREADABLE}


def test_columns_taken_away_from_the_form_are_read_by_their_headings() -> None:
    text = "第二十条第（五）项 | |\n信息内容 | 项目数量 | 处理决定数量 | |\n行政许可 | 4 | 142 | |\n"
    found = values(text)
    assert found["t2_art20_5.admin_license.decisions"] == 142
    assert "t2_art20_5.admin_license.net_change" not in found
    assert found["extra.t2_art20_5.行政许可.项目数量"] == 4


def test_a_row_that_the_form_does_not_know_keeps_its_label() -> None:
    text = TRIAL_HEADER + "规章 | 0 | 0 | 0 |\n规范性文件 | 1 | 1 | 9 |\n其他主动公开文件 | 6 | 6 | 6 |\n"
    found = values(text)
    assert found["extra.t2_art20_1.其他主动公开文件.本年新制作数量"] == 6
    assert found["t2_art20_1.normative_docs.disclosed_total"] == 9


def test_headings_in_another_order_decide_the_columns() -> None:
    header = "第二十条第（一）项\n信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数 |\n"
    text = header + "规章 | 0 | 0 | 0 |\n行政规范性文件 | 9 | 2 | 1 |\n"
    found = values(text)
    assert (found["t2_art20_1.normative_docs.in_force"], found["t2_art20_1.normative_docs.repealed"]) == (9, 1)


def test_a_row_whose_label_also_heads_a_column_is_no_heading() -> None:
    """Out of a pdf without lines: blank cells leave no trace, so that no row is full and nothing says the columns."""
    text = "（五）  3.要求提供公开出版物  0  0  0  0\n3.其他  3  0  0  0  3\n四、结转下年度继续办理  2  0  0  0  0  2\n"
    assert {value for value in values(text).values() if value is not None} == set()


def test_rows_out_of_the_order_of_the_form_are_not_known_by_their_place() -> None:
    """Labels broken around their figures: what is left of three rows of one version fits three places of another."""
    lines = (
        "（五）  3.要求提供公开出版物" + "  0" * 7,
        *("5.要求行政机关确认或重", "0  0  0  0  0  0  0"),
        *("不补正、行政机关不再", "2  0  0  0  0  0  2"),
        *("理  知要求缴纳费用、行政", "0  0  0  0  0  0  0"),
        "（七）总计  56  7  0  2  5  0  70",
    )
    found = values("\n".join(lines) + "\n")
    assert found["t3.result_total.total"] == 70
    assert found.get("t3.notproc_excessive.total") is None
    assert "t3.other_handling.total" not in {address for address, value in found.items() if value is not None}


def indicator_rows(changes: dict[str, str]) -> str:
    rows = find_table("B", "b").rows
    lines = [f"{row.label} | {row.unit} | {'——' if row.is_heading else index} |" for index, row in enumerate(rows)]
    body = [changes.get(row.code, line) for row, line in zip(rows, lines, strict=True)]
    return "\n".join(["政府信息公开情况统计表 | | |", "统 计 指 标 | 单位 | 统计数 |", *body, ""])


def test_labels_that_occur_twice_on_the_form_are_told_apart_by_order() -> None:
    found = values(indicator_rows({}))
    codes = [row.code for row in find_table("B", "b").rows]
    assert found["b.reviews_corrected"] == codes.index("reviews_corrected")
    assert found["b.litigations_corrected"] == codes.index("litigations_corrected")
    assert len(found) == 58


def test_one_ruined_label_between_certain_ones_is_known_by_its_place() -> None:
    reading = read(indicator_rows({"denied_state_secret": "字 | 件 | 3 |"}))
    cell = next(cell for cell in reading.cells if cell.address == "b.denied_state_secret")
    assert (cell.value, cell.matched_by, cell.confidence) == (3, "position", "doubtful")
    assert [(repair.before, repair.after) for repair in reading.repairs] == [("字", "涉及国家秘密")]


def test_two_ruined_labels_for_one_row_are_not_guessed() -> None:
    reading = read(indicator_rows({"denied_state_secret": "字 | 件 | 3 |\n丶 | 件 | 4 |"}))
    cell = next(cell for cell in reading.cells if cell.address == "b.denied_state_secret")
    assert (cell.value, cell.status) == (None, CellStatus.ABSENT)
    assert {cell.value for cell in reading.cells if cell.address.startswith("extra.")} == {3, 4}


def test_the_year_to_date_is_taken_where_a_period_stands_beside_it() -> None:
    rows = find_table("A3", "a").rows
    lines = [f"{row.label} | {row.unit or ''} | {at:02d} | {at} | {at + 100} |" for at, row in enumerate(rows)]
    found = values("指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |\n" + "\n".join(lines) + "\n")
    assert found["a.a_disclosed_total"] == 100


@pytest.mark.parametrize(("heads", "row", "expected"), [
    ("上年数 | 本年数", "9 | 5", 5),
    ("本年数 | 上年数", "5 | 9", 5),
    ("上年同期 | 本年累计 | 增减", "9 | 5 | -4", 5),
    # The year before must not stand in for the year.
    ("上年数 | 本年数", "9 |", None),
    ("本年数 | 上年数", "| 9", None),
])  # fmt: skip
def test_the_year_is_told_from_the_year_before(heads: str, row: str, expected: int | None) -> None:
    rows = find_table("B", "b").rows
    lines = [f"{one.label} | {one.unit or ''} | {row} |" for one in rows]
    found = cells(f"统计指标 | 单位 | {heads} |\n" + "\n".join(lines) + "\n")
    assert (found["b.disclosed_total"].value, found["b.trainees"].value) == (expected, expected)


def test_disputes_with_a_blank_group_keep_the_others_in_place() -> None:
    heads = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
    first = "行政复议\t\t\t\t\t行政诉讼" + "\t" * 9
    second = f"{heads}\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t"
    figures = "\t\t\t\t\t1\t0\t0\t2\t3\t0\t0\t0\t0\t0"
    text = "\n".join([first, second, f"\t\t\t\t\t{heads}\t{heads}", figures, ""])
    found = cells(text)
    assert found["t4.review_total"].status is CellStatus.BLANK
    assert (found["t4.lit_direct_upheld"].value, found["t4.lit_direct_total"].value) == (1, 3)


def test_a_figure_with_a_gap_in_it_is_no_figure() -> None:
    text = "第二十条第（六）项\n信息内容 | 本年处理决定数量 |\n行政处罚 | 1 2 |\n行政强制 | 3 |\n"
    assert values(text) == {"t2_art20_6.admin_penalty.decisions": None, "t2_art20_6.admin_coercion.decisions": 3}


def test_a_subtotal_that_an_agency_added_is_not_the_total_of_the_form() -> None:
    rows = [f"{label} | {index} | 0 | 0 | 0 | 0 | 0 | {index} |\n" for index, label in enumerate(T3_LABELS)]
    rows.insert(6, "小计 | 77 | 0 | 0 | 0 | 0 | 0 | 77 |\n")
    found = values(HEADER + "".join(rows))
    total = [row.code for row in find_table("D", "t3").rows].index("result_total")
    assert found["t3.result_total.total"] == total
    assert 77 in [value for address, value in found.items() if address.startswith("extra.t3.小计")]


def test_a_figure_broken_over_two_lines_is_not_read() -> None:
    text = "第二十条第（六）项\n信息内容 | 本年处理决定数量 |\n行政处罚 | 20\n36 |\n行政强制 | 3 |\n"
    assert values(text) == {"t2_art20_6.admin_penalty.decisions": None, "t2_art20_6.admin_coercion.decisions": 3}


def test_a_second_table_of_the_same_kind_is_named_and_not_mixed_in() -> None:
    table = "第二十条第（六）项\n信息内容 | 本年处理决定数量 |\n行政处罚 | 12 |\n行政强制 | 3 |\n"
    reading = read(table + table.replace("12", "13"))
    assert [cell.value for cell in reading.cells] == [12, 3]
    assert [problem.kind for problem in reading.problems if problem.kind == "row_repeated"] == ["row_repeated"]

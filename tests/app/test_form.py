"""The official form re-drawn: every cell once, groups merged as printed, statuses in words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pages.ui.form import Filled, lay_indicators, lay_matrix, lay_row, name_address, tables_of
from parsing.templates import TableTemplate, find_table, load_templates

TABLES = list({(table.code, table.layout): table for one in load_templates() for table in one.tables}.values())
LAYERS = {"matrix": lay_matrix, "single_row": lay_row, "indicators": lay_indicators}


def name_of(table: TableTemplate) -> str:
    return f"{table.code}-{table.layout}"


def filled(table: TableTemplate, status: str = "number", raw: str = "7") -> Filled:
    """A report in which every cell of the table holds the same."""
    cells = pd.DataFrame({"address": table.addresses()})
    cells = cells.assign(status=status, raw=raw, confidence="sure", place="第 1 行第 1 列", table=table.code)
    return Filled(cells.set_index("address"), frozenset())


def grid(rows: list[list[dict[str, Any]]]) -> list[list[str]]:
    """The drawn rows with merged cells spread out, so that a hole or an overlap shows."""
    spread: dict[tuple[int, int], str] = {}
    for down, row in enumerate(rows):
        across = 0
        for box in row:
            while (down, across) in spread:
                across += 1
            for lower in range(box.get("down", 1)):
                for right in range(box.get("across", 1)):
                    assert (down + lower, across + right) not in spread, "two cells overlap"
                    spread[down + lower, across + right] = box["text"]
    width = max(column for _, column in spread) + 1
    return [[spread[row, column] for column in range(width)] for row in range(len(rows))]


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_every_cell_is_drawn_once_and_in_order(table: TableTemplate) -> None:
    _, body = LAYERS[table.kind](table, filled(table))
    assert [box["address"] for row in body for box in row if "address" in box] == list(table.addresses())


@pytest.mark.parametrize("table", TABLES, ids=name_of)
def test_merged_cells_leave_no_hole(table: TableTemplate) -> None:
    head, body = LAYERS[table.kind](table, filled(table))
    assert {len(row) for row in grid(head)} == {len(row) for row in grid(body)}


def test_rows_stand_in_the_groups_of_the_form() -> None:
    newest = load_templates()[-1].tables_of("t3")[0]
    _, body = lay_matrix(newest, filled(newest))
    rows = {row[2]: row[:2] for row in grid(body)}
    assert rows["1.属于国家秘密"] == ["三、本年度办理结果", "（三）不予公开"]
    assert rows["2.重复申请"] == ["三、本年度办理结果", "（五）不予处理"]
    assert rows["（一）予以公开"] == ["三、本年度办理结果", "（一）予以公开"]
    assert rows["一、本年新收政府信息公开申请数量"][0] == "一、本年新收政府信息公开申请数量"


def test_headings_stand_over_their_columns() -> None:
    table = load_templates()[-1].tables_of("t4")[0]
    head, _ = lay_row(table, filled(table))
    assert [list(pair) for pair in zip(*grid(head), strict=True)][5] == ["未经复议直接起诉", "结果维持"]


@pytest.mark.parametrize(
    ("status", "raw", "shown"),
    [
        ("number", " 1,204 ", "1,204"),
        ("zero_word", "无", "无"),
        ("blank", "", "空白"),
        ("not_applicable", "/", "不适用"),
        ("unreadable", "1?", "未读"),
    ],
)
def test_a_cell_shows_the_figure_or_the_word_for_why_there_is_none(status: str, raw: str, shown: str) -> None:
    table = load_templates()[-1].tables_of("t4")[0]
    _, (row,) = lay_row(table, filled(table, status, raw))
    assert {(box["text"], box["status"]) for box in row} == {(shown, status)}


def test_a_cell_that_the_report_lacks_is_named_and_cannot_be_chosen() -> None:
    table = load_templates()[-1].tables_of("t4")[0]
    nothing = Filled(filled(table).cells.iloc[:0], frozenset())
    _, (row,) = lay_row(table, nothing)
    assert {(box["text"], "address" in box) for box in row} == {("缺行", False)}


def test_a_flagged_cell_is_marked() -> None:
    table = load_templates()[-1].tables_of("t4")[0]
    accused = Filled(filled(table).cells, frozenset({"t4.review_total"}))
    _, (row,) = lay_row(table, accused)
    assert [box["address"] for box in row if box["flagged"]] == ["t4.review_total"]


def test_tables_come_in_the_order_of_the_form() -> None:
    template = load_templates()[-1]
    layouts = [table.layout for table in template.tables]
    cells = pd.DataFrame({"table": [table.code for table in reversed(template.tables)]})
    assert [table.code for table in tables_of(layouts, cells)] == [table.code for table in template.tables]


def test_an_address_is_named_in_the_words_of_its_form() -> None:
    layout = load_templates()[-1].tables_of("t3")[0].layout
    assert find_table(layout, "t3").layout == layout
    assert name_address("t3.granted.legal_research", [layout]) == "表三 · 予以公开 · 法人或其他组织 科研机构"
    assert name_address("extra.t3.其他申请.总计", [layout]) == "t3 · 其他申请 · 总计"

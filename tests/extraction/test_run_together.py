"""Labels first, figures behind: read where only one reading is possible, and unread otherwise."""

from __future__ import annotations

from random import Random

import pytest

from parsing import parse_report
from parsing.model import Cell, Report
from tests.synthesis import Agency, Facts, clean_facts
from tests.synthesis.grids import Grid, GridCell, draw_group

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
YEARS = {"C": 2020, "D": 2022}
HEAD = "云溪市青岚区档案局{}年政府信息公开工作年度报告\n{}\n"
TITLES = {"t2": "二、主动公开政府信息情况", "t3": "三、收到和处理政府信息公开申请情况"}


def facts_of(form: str, seed: int = 11) -> Facts:
    return clean_facts(OFFICE, YEARS[form], seed)


def parts_of(grid: Grid) -> tuple[list[str], list[list[str]]]:
    """All words of the table one by one, and the figures of each row."""
    rows = [[place for place in row if isinstance(place, GridCell)] for row in grid.spread()]
    words = [cell.text for row in rows for cell in row if not cell.address]
    figures = [[cell.text for cell in row if cell.address] for row in rows]
    return words, [row for row in figures if row]


def copied(facts: Facts, style: str) -> list[str]:
    """The lines of table 3 as a viewer copies them."""
    grid = draw_group(facts, "t3")
    assert grid is not None
    words, figures = parts_of(grid)
    lines = {
        "row a line": [" ".join(row) for row in figures],
        "by row": [figure for row in figures for figure in row],
        "by column": [figure for column in zip(*figures, strict=True) for figure in column],
    }[style]
    return [*words, *lines]


def read(facts: Facts, lines: list[str]) -> Report:
    tail = "\n\n四、其他需要报告的事项\n无其他需要报告的事项。\n"
    text = HEAD.format(facts.year, TITLES["t3"]) + "\n".join(lines) + tail
    return parse_report(text.encode(), "made-up")


def read_cells(facts: Facts, lines: list[str]) -> dict[str, Cell]:
    return {cell.address: cell for cell in read(facts, lines).cells}


def expected(facts: Facts) -> dict[str, float | int | None]:
    return {address: value for address, value in facts.expected().items() if address.startswith("t3.")}


@pytest.mark.parametrize("style", ["row a line", "by row", "by column"])
@pytest.mark.parametrize("form", YEARS)
def test_figures_behind_all_labels_are_read_and_doubtful(form: str, style: str) -> None:
    facts = facts_of(form)
    cells = read_cells(facts, copied(facts, style))
    assert {address: cell.value for address, cell in cells.items()} == expected(facts)
    assert {(cell.confidence, cell.matched_by) for cell in cells.values()} == {("doubtful", "position")}
    assert all(cell.where and cell.where.text and cell.raw in cell.where.text for cell in cells.values())


@pytest.mark.parametrize("style", ["row a line", "by row", "by column"])
@pytest.mark.parametrize("form", YEARS)
def test_a_figure_too_few_or_too_many_leaves_all_unread(form: str, style: str) -> None:
    facts = facts_of(form)
    lines = copied(facts, style)
    first = next(at for at, line in enumerate(lines) if line.replace(" ", "").isdigit())
    shorter = lines[first + 1].rpartition(" ")[0]
    for damaged in ([*lines[: first + 1], *([shorter] if shorter else []), *lines[first + 2 :]], [*lines, "0"]):
        report = read(facts, damaged)
        assert {cell.value for cell in report.cells} <= {None}
        assert "row_unreadable" in {problem.kind for problem in report.problems}


@pytest.mark.parametrize("form", YEARS)
def test_the_first_row_of_figures_is_not_that_of_the_last_label(form: str) -> None:
    facts = facts_of(form)
    lines = copied(facts, "row a line")
    first = next(at for at, line in enumerate(lines) if line.replace(" ", "").isdigit())
    broken = [*lines[: first + 1], "（续表）", *lines[first + 1 :]]
    assert {cell.value for cell in read_cells(facts, broken).values()} == {None}


def test_figures_that_add_up_in_neither_order_are_unread() -> None:
    facts = facts_of("C").with_cells({"t3.granted.total": 9000})
    assert {cell.value for cell in read_cells(facts, copied(facts, "by row")).values()} == {None}
    by_line = read_cells(facts, copied(facts, "row a line"))
    assert by_line["t3.granted.total"].value == 9000


def test_a_label_of_another_form_among_the_labels_leaves_all_unread() -> None:
    """Three labels too many for the older form and three rows of figures gone would fit it exactly."""
    facts = facts_of("D")
    lines = copied(facts, "row a line")
    del lines[-6:-3]
    assert {cell.value for cell in read_cells(facts, lines).values()} == {None}


def test_a_missing_label_leaves_all_unread() -> None:
    facts = facts_of("D")
    lines = [line for line in copied(facts, "row a line") if "重复申请" not in line]
    assert {cell.value for cell in read_cells(facts, lines).values()} == {None}


def test_a_block_of_table_2_is_read_by_its_lines() -> None:
    words = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "行政规范性文件"]
    text = HEAD.format(2022, TITLES["t2"]) + "\n".join([*words, "1 2 3", "4 5 6"]) + "\n"
    cells = {cell.address: cell.value for cell in parse_report(text.encode(), "made-up").cells}
    assert cells["t2_art20_1.rules.in_force"] == 3 and cells["t2_art20_1.normative_docs.issued"] == 4
    singles = HEAD.format(2022, TITLES["t2"]) + "\n".join([*words, *"123456"]) + "\n"
    assert {cell.value for cell in parse_report(singles.encode(), "made-up").cells} == {None}


@pytest.mark.parametrize("style", ["row a line", "by row", "by column"])
def test_no_damage_to_such_text_yields_a_wrong_number(style: str) -> None:
    facts, chance = facts_of("D"), Random(style)
    truth, lines = expected(facts), copied(facts, style)
    for _ in range(60):
        damaged = list(lines)
        at = chance.randrange(len(damaged) - 2)
        kind = chance.choice(("drop", "double", "insert", "empty"))
        if kind == "drop":
            del damaged[at : at + chance.randint(1, 3)]
        elif kind == "double":
            damaged.insert(at, damaged[at])
        elif kind == "insert":
            damaged.insert(at, chance.choice(("12", "- 3 -", "（续表）")))
        else:
            damaged[at] = "".join(char for char in damaged[at] if not char.isdecimal())
        found = {cell.address: cell.value for cell in read(facts, damaged).cells if cell.value is not None}
        assert {address: truth.get(address) for address in found} == found, (kind, at)

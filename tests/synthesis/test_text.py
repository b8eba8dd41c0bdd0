"""Every form in every layout: labels from the templates, figures from the facts, each in its row.

In: clean facts.  Out: nothing; the texts are read back here by the simplest means that each layout allows.
"""

from __future__ import annotations

import re

import pytest

from parsing.templates import find_table, load_sections
from tests.synthesis import LAYOUTS, Agency, Facts, build_report, clean_facts, print_report, write_text
from tests.synthesis.grids import Grid, draw_group, print_label, print_value

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
FORMS = {"A1": 2011, "A2": 2012, "A3": 2013, "B": 2016, "C": 2020, "D": 2022}


def facts_of(form: str) -> Facts:
    return clean_facts(OFFICE, FORMS[form], 5, form if form.startswith("A") else None)


def bare(text: str) -> str:
    return re.sub(r"[\s|]", "", text)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_every_label_and_every_figure_is_printed_in_the_order_of_the_form(form: str, layout: str) -> None:
    facts = facts_of(form)
    text = bare(write_text(facts, layout))
    for table in facts.tables():
        # A page break cuts a label of these rows in two, and drops the group column behind it.
        at = text.index(bare(table.title)) if table.group == "t2" else 0
        for row in table.rows:
            label = bare(print_label(row))
            values = "".join(print_value(facts.cells[f"{table.code}.{row.code}.{column.code}"])
                             for column in table.columns) if table.kind == "matrix" else ""  # fmt: skip
            at = text.index(label + values, at) + len(label)


@pytest.mark.parametrize("form", ["C", "D"])
def test_a_piped_table_has_the_width_of_the_form_in_every_row(form: str) -> None:
    lines = write_text(facts_of(form), "pipes").splitlines()
    first = next(number for number, line in enumerate(lines) if "申请人情况" in line)
    rows = lines[first : first + 3 + len(find_table(form, "t3").rows)]
    assert {line.count("|") for line in rows} == {10}


@pytest.mark.parametrize("form", ["C", "D"])
def test_pasted_rows_hold_the_gaps_of_merged_cells(form: str) -> None:
    text = write_text(facts_of(form), "word_paste")
    second = text.split("\t（二）部分公开")[0].rsplit("\n\n", 1)[1]
    assert second == "\t\n"
    body = text.split("\t2.其他法律行政法规禁止公开")[0].rsplit("\n\n", 1)[1]
    assert body == "\t\n\t\n"


def test_a_page_break_cuts_a_label_and_drops_the_first_column() -> None:
    lines = write_text(facts_of("D"), "broken_rows").split("\n")
    start = next(number for number, line in enumerate(lines) if "申请人情况" in line)
    cut = next(number for number in range(start, len(lines)) if lines[number] == "")
    assert [line.count("\t") for line in lines[start:cut]] == [9] * (cut - start)
    assert len(lines[cut + 1].split("\t")[0]) == 1
    end = next(number for number in range(cut + 1, len(lines)) if lines[number] == "")
    assert {line.count("\t") for line in lines[cut + 1 : end]} == {8}
    assert end - start - 1 == 3 + len(find_table("D", "t3").rows)


@pytest.mark.parametrize("form", FORMS)
def test_all_parts_of_the_report_are_there_in_order(form: str) -> None:
    facts = facts_of(form)
    lines = [line.strip() for line in write_text(facts).splitlines()]
    headings = [line for line in lines if re.match(r"[一二三四五六七]、[^，。\d]{2,}$", line)]
    titles = {title: section.code for section in load_sections() for title in (section.title, *section.aliases)}
    codes = [titles[heading[2:]] for heading in headings if heading[2:] in titles]
    old = ["s1", "s2", "s3", "s3_fee", "s4", "s5", "s6"]
    assert codes[:7] == (old if "indicators" in facts.layouts else [code for code in old if code != "s3_fee"])


def test_a_year_without_a_form_is_text_only() -> None:
    facts = clean_facts(OFFICE, 2010, 5)
    assert facts.tables() == ()
    assert not any(isinstance(block, Grid) for block in build_report(facts).blocks)
    assert f"{facts.narrative.disclosed_total}条" in write_text(facts, "pipes")


def test_merged_cells_cover_the_whole_grid() -> None:
    grid = draw_group(facts_of("D"), "t3")
    assert grid is not None
    places = grid.spread()
    assert {len(row) for row in places} == {10}
    values = [place.address for row in places for place in row if not isinstance(place, str) and place.address]
    assert values == list(find_table("D", "t3").addresses())


def test_a_layout_that_cannot_show_a_blank_refuses_it() -> None:
    facts = facts_of("C").with_cells({"t3.granted.total": None})
    with pytest.raises(ValueError, match=r"t3\.granted\.total"):
        write_text(facts, "cell_lines")
    assert "\n | |" not in write_text(facts, "pipes")


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="no layout columns"):
        print_report(build_report(facts_of("D")), "columns", "")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_is_the_same_every_time(layout: str) -> None:
    assert write_text(facts_of("D"), layout) == write_text(facts_of("D"), layout)

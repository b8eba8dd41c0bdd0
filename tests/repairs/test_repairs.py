"""Each repair on damaged text as met in reports, on text that only looks damaged, and on figures."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.model import Locator, Table, Text
from parsing.readers import read_document
from parsing.repairs import REPAIRS, mend, mend_document
from parsing.repairs.edits import Edit, apply_edits

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text("utf-8"))
NEGATIVES = json.loads((HERE / "negatives.json").read_text("utf-8"))


def text_of(raw: str) -> Text:
    return Text.untouched(raw, Locator(line=7, column=3, text="  " + raw))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_damage_is_undone(case: dict[str, str]) -> None:
    mended, repairs = mend(text_of(case["before"]))
    assert mended.clean == case["after"]
    assert case["kind"] in {repair.kind for repair in repairs}


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_every_repair_names_its_place(case: dict[str, str]) -> None:
    text = text_of(case["before"])
    mended, repairs = mend(text)
    for repair in repairs:
        start = (repair.where.column or 0) - 3
        assert text.raw[start : start + len(repair.before)] == repair.before or repair is not repairs[0]
    assert mended.origin is not None and len(mended.origin) == len(mended.clean) + 1
    assert list(mended.origin) == sorted(mended.origin)


@pytest.mark.parametrize("case", [*CASES], ids=[case["label"] for case in CASES])
def test_repairs_are_idempotent(case: dict[str, str]) -> None:
    mended, _ = mend(text_of(case["before"]))
    again, repairs = mend(text_of(mended.clean))
    assert (again.clean, repairs) == (mended.clean, [])


@pytest.mark.parametrize("case", NEGATIVES, ids=[case["label"] for case in NEGATIVES])
def test_sound_text_is_left_alone(case: dict[str, str]) -> None:
    assert mend(text_of(case["text"]))[1] == []


@given(st.text(alphabet="?&;<>/()一二三年度收到申请数發據現將F,。ㄒ唬┦盏缴暾垟0123456789 ", max_size=30))
def test_no_digit_ever_changes(raw: str) -> None:
    mended, _ = mend(text_of(raw))
    assert [char for char in mended.clean if char.isdecimal()] == [char for char in raw if char.isdecimal()]


def test_an_edit_that_changes_a_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="changes a figure"):
        apply_edits(text_of("共11件"), [Edit(1, 3, "12")], "any")


def test_every_kind_has_a_case_and_a_message() -> None:
    kinds = {module.KIND for module in REPAIRS}
    assert kinds == {case["kind"] for case in CASES}
    assert len(kinds) == len(REPAIRS)
    assert all(module.MESSAGE for module in REPAIRS)


def test_a_page_mark_inside_a_row_is_taken_out_and_the_row_is_whole() -> None:
    text = "\t二、上年结转\n\t1\n\t0\n第2页\n\t7\n\n\t四、结转下年度继续办理\n\t0\n\t0\n- 3 -\n\n\t（七）总计\n\t5\n"
    document, repairs = mend_document(read_document(text.encode()))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [[cell.raw for cell in row.cells] for row in table.rows] == [
        ["二、上年结转", "1", "0", "7"],
        ["四、结转下年度继续办理", "0", "0"],
        ["（七）总计", "5"],
    ]
    assert [(repair.kind, repair.before) for repair in repairs] == [("page_mark", "第2页"), ("page_mark", "- 3 -")]


def test_a_bare_number_on_a_line_is_no_page_mark() -> None:
    document, repairs = mend_document(read_document("规章\n12\n规范性文件\n3\n".encode()))
    assert len(document.blocks) == 4 and repairs == ()

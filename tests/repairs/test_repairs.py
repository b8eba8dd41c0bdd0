"""Each repair on damaged text as met in reports, on text that only looks damaged, and on figures."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.model import Locator, Text
from parsing.repairs import REPAIRS, mend
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

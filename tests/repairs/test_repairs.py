"""Each repair on damaged text as met in reports, on text that only looks damaged, and on figures."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing import parse_report
from parsing.model import Locator, Table, Text
from parsing.readers import read_document
from parsing.repairs import REPAIRS, mend, mend_document
from parsing.repairs.edits import Edit, apply_edits
from parsing.repairs.scripts import variants

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


ODD_LETTERS = (
    "æ”¿åºœõþ¸®ðåï¢鏀垮簻淇℃伅鍏紑锛銆?\ufffd*時時彩时时彩QQ群加微信www.a.com局镇(（)）畔⒗丛矗旱蛋妇帧》⒉际奔洌１２3 4"
    "&#160;<td>"
)


@given(st.text(alphabet=ODD_LETTERS, max_size=40))
def test_no_text_is_too_odd_to_mend_and_figures_outside_spam_stay(raw: str) -> None:
    mended, repairs = mend(text_of(raw))
    gone = "".join(repair.before for repair in repairs if repair.kind in ("spam", "leftover"))
    kept = [char for char in mended.clean if char.isdecimal()]
    assert sorted([*kept, *filter(str.isdecimal, gone)]) == sorted(filter(str.isdecimal, raw))


@pytest.mark.parametrize(("edit", "words"), [(Edit(1, 3, "12"), "11"), (Edit(1, 3, "一", is_foreign=True), "11")])
def test_an_edit_that_changes_a_figure_is_refused(edit: Edit, words: str) -> None:
    with pytest.raises(ValueError, match="changes a figure"):
        apply_edits(text_of(f"共{words}件"), [edit], "any")


def test_an_edit_that_makes_one_figure_of_two_is_refused() -> None:
    with pytest.raises(ValueError, match="changes a figure"):
        apply_edits(text_of("共1?2件"), [Edit(2, 3, "")], "any")


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_repair_amid_a_line_says_the_exact_column(case: dict[str, str]) -> None:
    """The same damage behind other words of its line: line and column move with it."""
    lead = "附注：\n  说明，" if case["kind"] not in ("spam", "leftover") else ""
    raw = lead + case["before"]
    _, repairs = mend(Text.untouched(raw, Locator(line=7, column=3, text=raw)))
    lines = ("  " + raw).split("\n")
    first = next(repair for repair in repairs if repair.kind == case["kind"])
    line, column = first.where.line or 0, first.where.column or 0
    if first is repairs[0]:
        assert lines[line - 7][column - 1 :].startswith(first.before)
    assert line == 7 + lead.count("\n")


def test_spam_is_gone_from_the_name_of_the_agency_and_kept_in_what_is_quoted() -> None:
    title = "墨坪镇加微信abc12345领红包人民政府2020年政府信息公开工作年度报告"
    report = parse_report(f"{title}\n一、总体情况\n2020年，我镇主动公开政府信息47条。\n".encode(), "made-up")
    assert report.particulars.agency == "墨坪镇人民政府"
    assert [(repair.kind, repair.before) for repair in report.repairs] == [("spam", "加微信abc12345领红包")]
    assert report.repairs[0].where.column == 4 and report.repairs[0].where.text == title


def test_variants_are_matched_and_the_original_is_quoted() -> None:
    text = "墨坪鎮2020年政府資訊公開工作年度報告\n一、總體情況\n公開政府資訊12條，其中入口網站發佈5條。\n"
    report = parse_report(text.encode(), "made-up")
    assert {(claim.metric, claim.value): claim.quote for claim in report.claims} == {
        ("disclosed_total", 12): "公開政府資訊12條",
        ("disclosed_channel", 5): "入口網站發佈5條",
    }
    assert report.particulars.agency == "墨坪镇"


@pytest.mark.parametrize("kind", ["characters", "words", "radicals"])
def test_every_variant_keeps_its_length(kind: str) -> None:
    assert all(len(wrong) == len(right) and wrong != right for wrong, right in variants(kind).items())


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

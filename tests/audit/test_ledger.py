"""What becomes of a check that cannot be decided: it says so and why, and never takes a blank for a zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from parsing.audit import CHECKS, audit_reports
from parsing.audit.registry import Check
from parsing.audit.results import Verdict
from parsing.audit.runner import audit_view
from parsing.audit.views import ReportView
from parsing.findings import AuditedReport, LedgerEntry
from parsing.model import Report
from tests.audit.building import ABSENT, BLANK, NONE_WORD, SLASH, UNREAD, Value, doubtful, make_report, say


def audit(report: Report) -> AuditedReport:
    return audit_reports([report])[0]


def entry(audited: AuditedReport, check_id: str) -> LedgerEntry:
    return next(one for one in audited.ledger if one.check == check_id)


REVIEWS = ("t4.review_upheld", "t4.review_corrected", "t4.review_other", "t4.review_pending")
Cells = Mapping[str, Value]

STATES: dict[str, tuple[Cells, str, str]] = {
    "all numbers": ({"t4.review_upheld": 2, "t4.review_total": 2}, "pass", ""),
    "the word for none": ({**dict.fromkeys(REVIEWS, NONE_WORD), "t4.review_total": 0}, "pass", ""),
    "blank addend, balanced": (
        {"t4.review_upheld": 2, "t4.review_other": BLANK, "t4.review_total": 2}, "pass_assumed_zero", "空白按 0 计",
    ),
    "blank addend, short of the total": (
        {"t4.review_upheld": 2, "t4.review_other": BLANK, "t4.review_total": 3}, "undecidable",
        "“行政复议·其他结果”空白，按 0 计则相差 1",
    ),
    "blank addend, over the total": (
        {"t4.review_upheld": 4, "t4.review_other": BLANK, "t4.review_total": 3}, "fail", "",
    ),
    "slash for none": (
        {**dict.fromkeys(REVIEWS, SLASH), "t4.review_total": 0}, "pass_assumed_zero", "空白按 0 计",
    ),
    "blank group": ({**dict.fromkeys(REVIEWS, BLANK), "t4.review_total": BLANK}, "undecidable", "全部空白"),
    "blank total": ({"t4.review_upheld": 2, "t4.review_total": BLANK}, "undecidable", "“行政复议·总计”空白"),
    "blank parts": ({**dict.fromkeys(REVIEWS, BLANK), "t4.review_total": 2}, "undecidable", "四种结果之和空白"),
    "unread addend": ({"t4.review_other": UNREAD, "t4.review_total": 2}, "undecidable", "没有读出"),
    "absent addend": ({"t4.review_other": ABSENT, "t4.review_total": 2}, "undecidable", "没有读出"),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_a_sum_with_cells_that_are_no_numbers(state: str) -> None:
    cells, outcome, reason = STATES[state]
    found = entry(audit(make_report(2022, cells)), "T4.SUM.REVIEW")
    assert found.outcome == outcome
    assert reason in found.reason


def test_a_blank_is_named_where_it_counts_as_zero() -> None:
    audited = audit(make_report(2022, {"t4.review_upheld": 4, "t4.review_other": BLANK, "t4.review_total": 3}))
    flag = next(flag for flag in audited.flags if flag.check == "T4.SUM.REVIEW")
    assert "“行政复议·其他结果”空白，按 0 计" in flag.message
    assert flag.formula.endswith("= 4 ≠ 行政复议·总计 3")
    assert "行政复议·其他结果 空白" in flag.formula


AMOUNTS = ("t3.new_received.total", "t3.carried_in.total", "t3.carried_out.total")


@pytest.mark.parametrize(
    ("values", "outcome"),
    [((1, 1, 2), "pass"), ((1, 1, 3), "fail"), ((1, BLANK, 3), "undecidable"), ((3, BLANK, 3), "pass_assumed_zero")],
    ids=str,
)
def test_a_bound_with_a_blank_holds_nobody_to_it(values: tuple[Value, ...], outcome: str) -> None:
    cells = {**dict(zip(AMOUNTS, values, strict=True)), "t3.result_total.total": UNREAD}
    assert entry(audit(make_report(2022, cells)), "T3.CARRY_PLAUSIBLE").outcome == outcome


def test_the_sum_is_written_out_with_its_labels() -> None:
    cells = {
        "t3.new_received.total": 11, "t3.new_received.natural_person": 11,
        "t3.result_total.total": 10, "t3.result_total.natural_person": 10, "t3.granted.natural_person": 10,
        "t3.granted.total": 10, "t3.carried_out.total": 2, "t3.carried_out.natural_person": 2,
    }  # fmt: skip
    flags = [flag for flag in audit(make_report(2022, cells)).flags if flag.check == "T3.BALANCE"]
    assert flags[-1].formula == (
        "一、本年新收政府信息公开申请数量 11 + 二、上年结转政府信息公开申请数量 0 = 11"
        " ≠ （七）总计 10 + 四、结转下年度继续办理 2 = 12"
    )
    assert [one.role for one in flags[-1].evidence] == ["left", "left", "right", "right"]
    assert (flags[-1].expected, flags[-1].actual, flags[-1].difference) == (11, 12, 1)


def test_many_zero_addends_are_counted_not_listed() -> None:
    flags = audit(make_report(2022, {"t3.granted.natural_person": 3, "t3.granted.total": 3})).flags
    formulas = [flag.formula for flag in flags if flag.check == "T3.RESULT_SUM.D"]
    assert formulas[0] == "（一）予以公开 3 + 其余 20 项 0 = 3 ≠ （七）总计 0"


def test_a_finding_on_an_inferred_place_asks_to_look_first() -> None:
    sure = audit(make_report(2022, {"t4.review_total": 3, "t3.new_received.total": 1, "t3.granted.total": 1}))
    unsure = audit(make_report(2022, {"t4.review_total": doubtful(3)}))
    one, other = (
        next(flag for flag in audited.flags if flag.check == "T4.SUM.REVIEW") for audited in (sure, unsure)
    )
    assert (one.doubtful, other.doubtful) == (False, True)
    assert "核对原文" in other.message and "更正" not in other.message
    assert "更正" in one.message


def test_a_shortfall_of_the_old_table_may_be_pending_cases() -> None:
    short, over = (
        next(flag for flag in audit(make_report(2016, cells)).flags if flag.check == "B.REVIEWS")
        for cells in (
            {"b.reviews_total": 3, "b.reviews_upheld": 2, "b.replies_total": 1},
            {"b.reviews_total": 1, "b.reviews_upheld": 2, "b.replies_total": 1},
        )
    )
    assert (short.severity, short.consequence) == ("warning", "explain")
    assert (over.severity, over.consequence) == ("error", "correct")


def test_a_missing_table_is_one_finding_and_mutes_what_needs_it() -> None:
    layouts = {"t2": "D", "t3": None, "t4": "CD", "indicators": None}
    audited = audit(make_report(2022, layouts=layouts))
    assert [flag.check for flag in audited.flags] == ["X.SECTIONS_PRESENT"]
    assert audited.flags[0].doubtful and "表三" in audited.flags[0].message
    for check_id in ("T3.BALANCE", "T3.ROW_SUM", "T3.RESULT_SUM.D", "X.CLOSED_COUNT"):
        assert entry(audited, check_id).outcome == "undecidable"
        assert entry(audited, check_id).reason == "因没有找到表三（X.SECTIONS_PRESENT）未检"
    assert entry(audited, "T3.RESULT_SUM.C").outcome == "not_applicable"
    assert entry(audited, "T4.SUM.REVIEW").outcome == "pass"


def test_a_wrong_form_is_one_finding_and_mutes_what_only_the_right_one_has() -> None:
    audited = audit(make_report(2022, layouts={"t2": "C", "t3": "C", "t4": "CD", "indicators": None}))
    assert [flag.check for flag in audited.flags] == ["X.TEMPLATE_YEAR"]
    assert "表二、表三" in audited.flags[0].message
    assert entry(audited, "T2D.STOCK_NONNEG").reason == "因表二的格式与年度不符（X.TEMPLATE_YEAR）未检"
    assert entry(audited, "T3.BALANCE").outcome == entry(audited, "T3.RESULT_SUM.C").outcome == "pass"


def test_a_table_that_breaks_off_where_the_forms_agree_is_not_called_wrong() -> None:
    layouts = {"t2": "C", "t3": "D", "t4": "CD", "indicators": None}
    rest = [cell.address for cell in make_report(2022).cells if cell.address.startswith(("t3.other_", "t3.unable_"))]
    whole = audit(make_report(2020, layouts=layouts))
    broken_off = audit(make_report(2020, dict.fromkeys(rest, ABSENT), layouts=layouts))
    assert [flag.check for flag in whole.flags] == ["X.TEMPLATE_YEAR"]
    assert broken_off.flags == ()
    assert "两种格式里相同" in entry(broken_off, "X.TEMPLATE_YEAR").reason


def test_the_old_table_in_a_later_year_is_a_wrong_form() -> None:
    audited = audit(make_report(2020, layouts={"t2": None, "t3": None, "t4": None, "indicators": "B"}))
    assert [flag.check for flag in audited.flags] == ["X.TEMPLATE_YEAR"]
    assert "统计表" in audited.flags[0].message


def test_of_several_forms_that_were_due_the_others_do_not_apply() -> None:
    """Before there was a national table each province had its own; nothing was muted by using one of them."""
    audited = audit(make_report(2011, layouts={"t2": None, "t3": None, "t4": None, "indicators": "A2"}))
    assert entry(audited, "A.REPLIES.A2").outcome == "pass"
    assert entry(audited, "A.REPLIES.A1").outcome == entry(audited, "A.METHODS.A3").outcome == "not_applicable"
    assert "另一种格式" in entry(audited, "A.REPLIES.A1").reason


def test_a_report_without_a_year_is_not_held_to_the_forms_of_a_year() -> None:
    audited = audit(make_report(None, {"t4.review_total": 1}, layouts=make_report(2022).layouts))
    assert [flag.check for flag in audited.flags] == ["T4.SUM.REVIEW", "T4.WITHOUT_APPLICATIONS"]
    assert entry(audited, "X.TEMPLATE_YEAR").outcome == "not_applicable"


def test_a_file_that_could_not_be_read_accuses_nobody() -> None:
    unread = replace(make_report(None, agency=None, level=None, layouts={}), sections=(), cells=())
    audited = audit(unread)
    assert audited.flags == ()
    assert {one.outcome for one in audited.ledger} <= {"not_applicable", "undecidable"}


def test_every_check_has_one_entry_in_the_order_of_the_catalogue() -> None:
    for year in (2010, 2016, 2020, 2023):
        audited = audit(make_report(year))
        assert [one.check for one in audited.ledger] == [check.id for check in CHECKS]
        assert all(one.reason for one in audited.ledger if one.outcome in ("undecidable", "not_applicable"))
        assert not [one for one in audited.ledger if one.outcome == "crashed"]


def break_down(view: ReportView) -> Iterator[Verdict]:
    """A check that is broken."""
    yield Verdict("pass")
    raise ZeroDivisionError("no applicants")


def test_a_check_that_crashes_is_shown_and_hides_nothing() -> None:
    broken = Check("X.BROKEN", "坏", "error", "correct", ("R2019-6",), "-", "-", (), 0, break_down)
    view = ReportView(make_report(2022, {"t4.review_total": 1, "t3.new_received.total": 1}))
    audited = audit_view(view, [broken, *CHECKS])
    assert audited.ledger[0] == LedgerEntry("X.BROKEN", "crashed", "ZeroDivisionError: no applicants")
    assert "T4.SUM.REVIEW" in {flag.check for flag in audited.flags}
    assert len(audited.ledger) == len(CHECKS) + 1


def test_blank_cells_are_counted_and_the_cap_is_said() -> None:
    cells: dict[str, Value] = {f"t3.granted.{column}": BLANK for column in ("natural_person", "legal_other")}
    few, many = audit(make_report(2022, cells)), audit(make_report(2022, {**cells, **dict.fromkeys(REVIEWS, BLANK)}))
    assert "2 格空白（表三 2 格）" in few.flags[0].message and "证据列出" not in few.flags[0].message
    assert many.flags[0].actual == 6
    every = audit(make_report(2022, dict.fromkeys((cell.address for cell in make_report(2022).cells), BLANK)))
    assert [flag.check for flag in every.flags] == ["X.BLANK_CELLS"]
    assert "证据列出前 10 格" in every.flags[0].message and len(every.flags[0].evidence) == 10


def test_what_is_said_of_another_year_is_not_held_against_this_years_table() -> None:
    claims = [say("applications_received", 0, negated=True, year=2021), say("reviews_total", 5, year=2020)]
    audited = audit(make_report(2022, {"t3.new_received.total": 3, "t4.review_total": 1}, claims))
    assert not {flag.check for flag in audited.flags if flag.check.startswith("X.")}

"""What a report must speak of: which words are enough, and where nothing may be said."""

from __future__ import annotations

from typing import Any

import pytest

from parsing.audit import audit_reports
from parsing.findings import AuditedReport
from tests.audit.building import UNREAD, Value, make_report
from tests.audit.example import LOAD
from tests.audit.examples_of_contents import COUNTY, OVERVIEW, WHOLE


def audit(prose: dict[str, str], cells: dict[str, Value] | None = None, **more: Any) -> AuditedReport:
    return audit_reports([make_report(2022, cells, prose=prose, **more)])[0]


def found(audited: AuditedReport) -> set[str]:
    return {flag.check for flag in audited.flags}


def entry(audited: AuditedReport, check_id: str) -> tuple[str, str]:
    return next((one.outcome, one.reason) for one in audited.ledger if one.check == check_id)


def test_a_first_part_that_is_hardly_read_decides_nothing() -> None:
    audited = audit({**WHOLE, "s1": OVERVIEW[:60], "s6": "无。"}, dict(LOAD))
    assert found(audited) == set()
    for check_id in ("X.SECTION1_SUBITEMS", "X.GOV_EVALUATION", "X.FEE_REPORTED"):
        assert entry(audited, check_id)[0] == "undecidable"


def test_a_subject_is_told_in_either_script_and_across_lines() -> None:
    traditional = OVERVIEW.replace("信息管理", "信息管\n理").replace("审核", "").replace("两个平台", "兩個平\n臺")
    assert found(audit({**WHOLE, "s1": traditional.replace("网站和公众号", "")})) == set()


EVALUATION = [
    ("a town that tells one of three", "township", "青山镇人民政府", ("评议", "追究"), set()),
    ("a town that tells none", "township", "青山镇人民政府", ("评议", "追究", "考核"), {"X.GOV_EVALUATION"}),
    ("the office of a street", "township", "青山街道办事处", ("评议", "追究", "考核"), set()),
    ("a county that tells two", "county", "示例县人民政府", ("追究",), {"X.GOV_EVALUATION"}),
    ("a department", "department", "示例县财政局", ("评议", "追究", "考核"), set()),
    ("nobody knows who", None, None, ("评议", "追究", "考核"), set()),
]


@pytest.mark.parametrize(
    ("level", "agency", "left_out", "checks"), [c[1:] for c in EVALUATION], ids=[c[0] for c in EVALUATION]
)
def test_who_must_report_the_results_of_evaluation(
    level: str | None, agency: str | None, left_out: tuple[str, ...], checks: set[str]
) -> None:
    text = OVERVIEW
    for word in left_out:
        text = text.replace(word, "改进")
    # The overview is that of a town, which the others would have copied.
    assert found(audit({**WHOLE, "s1": text}, level=level, agency=agency)) - {"X.OTHER_NAME"} == checks


def test_the_results_that_are_missing_are_named() -> None:
    text = OVERVIEW.replace("责任追究", "意外").replace("评议", "宣传")
    flag = audit_reports([make_report(prose={**WHOLE, "s1": text}, **COUNTY)])[0].flags[0]
    assert "没有写到社会评议、责任追究。" in flag.message
    assert (flag.consequence, flag.legal_basis) == ("note", ("R2019-50-4", "R2019-46"))


PROBLEMS = [
    ("thirty letters", "一" * 30, False, False),
    ("twenty-nine letters and marks", "一" * 29 + "。，；！", True, False),
    ("nothing at all", "", True, True),
]


@pytest.mark.parametrize(("text", "is_loud", "is_doubtful"), [c[1:] for c in PROBLEMS], ids=[c[0] for c in PROBLEMS])
def test_how_much_must_be_said_of_problems(text: str, is_loud: bool, is_doubtful: bool) -> None:
    flags = [one for one in audit({**WHOLE, "s5": text}).flags if one.check == "X.SECTION5_SUBSTANCE"]
    assert [flag.doubtful for flag in flags] == ([is_doubtful] if is_loud else [])


FEES = [
    ("said with other words", {"s6": "全年没有发生收费。"}, dict(LOAD), "pass"),
    ("said in another part", {"s6": "无。", "s3": "未发出信息处理费的通知。"}, dict(LOAD), "pass"),
    ("no applications, no fee", {"s6": "无。"}, {}, "not_applicable"),
    ("the load was not read", {"s6": "无。"}, {**LOAD, "t3.carried_in.total": UNREAD}, "undecidable"),
    ("nothing said", {"s6": "无。"}, dict(LOAD), "fail"),
]


@pytest.mark.parametrize(("parts", "cells", "outcome"), [c[1:] for c in FEES], ids=[c[0] for c in FEES])
def test_where_the_fee_must_be_told(parts: dict[str, str], cells: dict[str, Value], outcome: str) -> None:
    assert entry(audit({**WHOLE, **parts}, cells), "X.FEE_REPORTED")[0] == outcome


@pytest.mark.parametrize(("year", "outcome"), [(2023, "not_applicable"), (2024, "fail")])
def test_review_comes_first_only_since_the_law_says_so(year: int, outcome: str) -> None:
    audited = audit_reports([make_report(year, {"t4.lit_direct_total": 1, "t4.lit_direct_other": 1})])[0]
    assert entry(audited, "T4.DIRECT_AFTER_2024")[0] == outcome


@pytest.mark.parametrize(
    ("before", "now", "is_loud"),
    [(0, 49, False), (0, 50, True), (50, 0, True), (5, 50, False), (501, 50, True), (4, 41, False)],
)
def test_what_is_a_jump(before: int, now: int, is_loud: bool) -> None:
    address = "t2_art20_5.admin_license.decisions"
    audited = audit_reports([make_report(2021, {address: before}), make_report(2022, {address: now})])[1]
    assert ("T2.YOY_JUMP" in found(audited)) is is_loud

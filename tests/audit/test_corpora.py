"""Which report is that of the year before, and what is compared with it."""

from __future__ import annotations

from typing import Any

import pytest

from parsing.audit import audit_reports
from parsing.audit.corpora import join_years
from parsing.extraction.identity import agency_id, may_be_same
from parsing.model import Report
from tests.audit.building import BLANK, make_report, say

NAMES = [
    ("样本市示例县青山镇人民政府", "青山镇", True),
    ("於潛鎮人民政府", "於潜镇", True),
    ("临安市青山镇人民政府", "杭州市临安区青山镇", True),
    ("甲区财政局", "乙区财政局", False),
    ("青山镇", "青山乡", False),
    ("样本市人民政府", "样本市", True),
    ("甲市乙区财政局", "甲市财政局", False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES, ids=[f"{one} {other}" for one, other, _ in NAMES])
def test_two_names_of_one_agency(one: str, other: str, same: bool) -> None:
    assert may_be_same(one, other) is may_be_same(other, one) is same


def test_the_id_of_an_agency_is_its_own_name() -> None:
    assert agency_id("样本市 示例县 青山鎮人民政府") == agency_id("青山镇") == "青山镇"


def report(agency: str | None, year: int | None, **more: Any) -> Report:
    return make_report(year, agency=agency, layouts=make_report(2022).layouts, **more)


def previous(*reports: Report) -> str | None:
    """The id of the report of the year before that the last report is given."""
    found = join_years(reports)[-1].previous
    return found.report.report_id if found else None


def test_the_same_agency_of_the_year_before() -> None:
    before = report("示例县青山镇人民政府", 2021)
    assert previous(before, report("青山镇", 2020), report("青山镇", 2022)) == before.report_id
    assert previous(report("青山镇", 2020), report("青山镇", 2022)) is None
    assert previous(before, report("绿水镇", 2022)) is None
    assert previous(before, report(None, 2022)) is None


def test_the_region_decides_between_agencies_of_one_name() -> None:
    one, other = report("甲区财政局", 2021), report("乙区财政局", 2021)
    assert previous(one, other, report("乙区财政局", 2022)) == other.report_id
    assert previous(one, other, report("丙区财政局", 2022)) is None
    assert previous(one, other, report("财政局", 2022)) is None
    assert "同名机关" in join_years([one, other, report("财政局", 2022)])[-1].why_no_previous


def test_of_several_versions_the_one_published_last_counts() -> None:
    first = report("青山镇", 2021, published="2022-01-20")
    corrected = report("青山镇", 2021, published="2022-03-01")
    assert previous(corrected, first, report("青山镇", 2022)) == corrected.report_id


def test_findings_across_years_stand_with_the_later_year_and_show_both() -> None:
    before = make_report(2021, {"t3.carried_out.total": 2, "t3.carried_out.legal_other": BLANK})
    later = make_report(2022, {"t3.carried_in.total": 1})
    first, second = audit_reports([before, later])
    across = [flag for flag in second.flags if flag.check == "T3.CARRY_CROSS_YEAR"]
    assert not [flag for flag in first.flags if flag.check == "T3.CARRY_CROSS_YEAR"]
    assert [(flag.expected, flag.actual, flag.difference) for flag in across] == [(2, 1, -1)]
    assert [one.report_id for one in across[0].evidence] == [before.report_id, later.report_id]
    assert "上一年度" in across[0].message and "表三“总计”列" in across[0].message
    entry = next(one for one in second.ledger if one.check == "T3.CARRY_CROSS_YEAR")
    assert entry.outcome == "fail"


def test_a_year_that_is_missing_is_not_zero() -> None:
    audited = audit_reports([make_report(2020), make_report(2022, {"t3.carried_in.total": 4})])[-1]
    entry = next(one for one in audited.ledger if one.check == "T3.CARRY_CROSS_YEAR")
    assert (entry.outcome, entry.reason) == ("not_applicable", "这一批报告里没有该机关上一年度的报告")


def test_a_form_without_the_column_is_not_compared() -> None:
    audited = audit_reports([make_report(2020), make_report(2021, {"t2_art20_1.rules.in_force": 4}, level="city")])[-1]
    entry = next(one for one in audited.ledger if one.check == "T2D.STOCK_CROSS_YEAR")
    assert (entry.outcome, entry.reason) == ("not_applicable", "上一年度的报告没有这种格式的表")


def test_a_quoted_figure_may_be_any_that_the_earlier_report_gives() -> None:
    before = make_report(2016, {"b.disclosed_total": 98, "b.channel_website": 98}, [say("disclosed_total", 100)])
    for stated, loud in ((98, False), (100, False), (90, True)):
        later = make_report(2017, None, [say("disclosed_prev_total", stated, year=2016)])
        flags = audit_reports([before, later])[1].flags
        assert any(flag.check == "X.PREV_YEAR_TEXT" for flag in flags) is loud


def test_growth_is_taken_from_the_earlier_report_where_the_later_does_not_quote_it() -> None:
    before = make_report(2021, None, [say("disclosed_total", 516)])
    for stated, loud in ((6.2, False), (-6.2, True)):
        later = make_report(2022, None, [say("disclosed_total", 548), say("disclosed_growth_pct", stated)])
        flags = audit_reports([before, later])[1].flags
        assert any(flag.check == "X.GROWTH_TEXT" for flag in flags) is loud

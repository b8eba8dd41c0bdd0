"""The plan of a form says of every check what deciding it alone on such a report says, and is made once a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest

from parsing.audit import CHECKS
from parsing.audit.plans import plan_checks
from parsing.audit.runner import audit_view
from parsing.audit.views import ReportView
from parsing.templates import load_templates
from tests.audit.building import BLANK, make_report, say

YEARS = (2007, 2010, 2016, 2020, 2023)
GROUPS = ("t2", "t3", "t4", "indicators")
LAYOUTS = {
    group: (None, *sorted({table.layout for form in load_templates() for table in form.tables_of(group)}))
    for group in GROUPS
}
COMBINATIONS = [dict(zip(GROUPS, chosen, strict=True)) for chosen in product(*LAYOUTS.values())]


def view_of(year: int, layouts: Mapping[str, str | None]) -> ReportView:
    return ReportView(make_report(year, layouts=layouts))


def unmet(view: ReportView, needs: tuple[str, ...]) -> bool:
    """Whether the tables of the report lack every cell of one of the needs."""
    printed = {address for table in view.tables.values() for address in table.addresses()}
    return any(printed.isdisjoint(need.split("|")) for need in needs)


def test_there_are_combinations_of_all_forms() -> None:
    assert len(COMBINATIONS) == 3 * 3 * 2 * 5


@pytest.mark.parametrize("year", YEARS)
def test_a_plan_mutes_the_checks_whose_cells_no_table_has_and_no_others(year: int) -> None:
    for layouts in COMBINATIONS:
        view = view_of(year, layouts)
        steps = plan_checks(CHECKS, view.layouts, view.due, view.is_read)
        assert [step.check for step in steps] == list(CHECKS)
        assert [bool(step.muted) for step in steps] == [unmet(view, check.needs) for check in CHECKS]


@pytest.mark.parametrize("year", YEARS)
def test_a_planned_entry_is_the_one_of_the_check_alone(year: int) -> None:
    for layouts in COMBINATIONS:
        view = view_of(year, layouts)
        whole = audit_view(view, CHECKS)
        for step, entry in zip(plan_checks(CHECKS, view.layouts, view.due, view.is_read), whole.ledger, strict=True):
            if step.muted:
                assert step.muted == entry == audit_view(view, [step.check]).ledger[0]
            assert (step.passed.check, step.passed.outcome, step.passed.reason) == (step.check.id, "pass", "")


def test_reports_of_one_form_share_one_plan() -> None:
    one, other = make_report(2022), make_report(2023, {"t3.granted.total": BLANK}, [say("reviews_total", 5)])
    older, unread = replace(one.particulars, year=2020), replace(one, cells=(), sections=())
    views = [ReportView(report) for report in (one, other, replace(one, particulars=older), unread)]
    plans = [plan_checks(CHECKS, view.layouts, view.due, view.is_read) for view in views]
    assert plans[0] is plans[1]
    assert len({id(plan) for plan in plans}) == 3


def test_what_a_muted_check_says_hangs_on_the_form_due_and_on_what_was_read() -> None:
    layouts = {"t2": "C", "t3": None, "t4": "CD", "indicators": None}
    view = view_of(2022, layouts)
    read, unread = (
        {step.check.id: step.muted for step in plan_checks(CHECKS, view.layouts, view.due, is_read)}
        for is_read in (True, False)
    )
    reasons = {key: entry.reason for key, entry in read.items() if entry}
    assert reasons["T3.BALANCE"] == "因没有找到表三（X.SECTIONS_PRESENT）未检"
    assert reasons["T2D.STOCK_NONNEG"] == "因表二的格式与年度不符（X.TEMPLATE_YEAR）未检"
    assert reasons["B.METHODS"] == "报告里没有这种格式的表，该年度也不要求"
    assert "T4.SUM.REVIEW" not in reasons
    assert {entry.outcome for entry in unread.values() if entry} == {"not_applicable"}

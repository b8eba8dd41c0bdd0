"""Which checks look beyond their report: those alone may be decided later, when the other reports are known.

In: the samples.  Out: nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from parsing import parse_folder
from parsing.audit import CHECKS, Check
from parsing.audit.plans import plan_checks
from parsing.audit.results import Verdict
from parsing.audit.runner import audit_view
from parsing.audit.views import ReportView
from parsing.model import Report
from tests.audit.examples import EXAMPLES

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
JOINED_FAMILIES = {"years", "quotations", "peers", "rollup"}
JOINED_COPIES = {"X.COPY_FORWARD", "X.COPY_OTHER"}
# A growth can be worked out from the figure that the report itself quotes for the year before.
DECIDED_ALONE_TOO = {"X.GROWTH_TEXT"}
BESIDE = ("previous", "why_no_previous", "company", "companions")


class LookedBeyond(BaseException):
    """No `Exception`, so that nothing takes it for a check that crashed."""


class LonelyView(ReportView):
    """A report of which nothing may be asked that is not its own."""

    def __getattribute__(self, name: str) -> object:
        if name in BESIDE:
            raise LookedBeyond(name)
        return super().__getattribute__(name)


@cache
def reports() -> tuple[Report, ...]:
    return parse_folder(SAMPLES)


def verdicts_of(view: ReportView) -> dict[str, list[Verdict]]:
    """What every check says of a report that its form lets run."""
    steps = plan_checks(CHECKS, view.layouts, view.due, view.is_read)
    return {
        step.check.id: [demand.decide(step.check.tolerance) for demand in step.check.body(view)]
        for step in steps
        if not step.muted
    }


def test_the_families_that_compare_reports_are_joined_and_no_others() -> None:
    expected = {check.id for check in CHECKS if check.family in JOINED_FAMILIES} | JOINED_COPIES
    assert {check.id for check in CHECKS if check.joined} == expected


def test_a_check_that_is_not_joined_looks_at_its_report_alone() -> None:
    alone = tuple(check for check in CHECKS if not check.joined)
    entries = [entry for report in reports() for entry in audit_view(LonelyView(report), alone).ledger]
    assert len(entries) == len(alone) * len(reports())
    assert {entry.outcome for entry in entries} >= {"pass", "fail", "undecidable", "not_applicable"}


@pytest.mark.parametrize("check", [one for one in CHECKS if one.joined], ids=lambda one: one.id)
def test_a_joined_check_does_look_beyond(check: Check) -> None:
    view = LonelyView(EXAMPLES[check.id].loud_reports()[-1])
    with pytest.raises(LookedBeyond):
        list(check.body(view))


def test_a_joined_check_of_a_report_alone_does_not_apply_and_says_why() -> None:
    joined = {check.id for check in CHECKS if check.joined} - DECIDED_ALONE_TOO
    seen = set()
    for report in reports():
        for check_id, verdicts in verdicts_of(ReportView(report)).items():
            if check_id in joined:
                seen.add(check_id)
                assert {verdict.outcome for verdict in verdicts} == {"not_applicable"}, check_id
                assert all(verdict.reason for verdict in verdicts)
    assert seen == joined

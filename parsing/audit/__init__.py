"""The audit: where reports contradict their form, their tables, their prose and their own past.

In: the reports of one corpus.  Out: audited reports, with flags, a ledger of every check, and the cells
that each claim can mean.  Refused: nothing; what could not be decided stands in the ledger with its reason.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from parsing.audit import (
    articulation,
    breakdowns,
    contents,
    copying,
    dates,
    denials,
    disclosure,
    disputes,
    documents,
    form,
    indicator_limits,
    indicators,
    law,
    narrative,
    peers,
    personal,
    provincial,
    quotations,
    rollup,
    statements,
    years,
)
from parsing.audit.comparisons import bind_claims
from parsing.audit.corpora import join_years
from parsing.audit.registry import FAMILIES, Check, registered
from parsing.audit.runner import audit_view
from parsing.audit.views import ReportView
from parsing.findings import AuditedReport
from parsing.model import Report

# Importing a family registers its checks.
MODULES = (
    articulation,
    disputes,
    documents,
    disclosure,
    indicators,
    indicator_limits,
    provincial,
    denials,
    narrative,
    breakdowns,
    statements,
    form,
    contents,
    dates,
    personal,
    years,
    quotations,
    copying,
    peers,
    rollup,
)
CHECKS: tuple[Check, ...] = registered()
# What looks at nothing but its report, and what looks at the years before, at peers, units and copies besides.
ALONE = tuple(check for check in CHECKS if not check.joined)
JOINED = tuple(check for check in CHECKS if check.joined)

__all__ = ["ALONE", "CHECKS", "FAMILIES", "JOINED", "MODULES", "Check", "audit_alone", "audit_reports", "law"]


def audit_alone(report: Report) -> AuditedReport:
    """What can be said of a report without any other: the checks that are not joined, and what its claims can mean."""
    view = ReportView(report)
    return replace(audit_view(view, ALONE), bindings=bind_claims(view))


def audit_reports(reports: Sequence[Report]) -> tuple[AuditedReport, ...]:
    """The findings of every check on every report, and what its claims can mean, in the order of the reports.

    One call is one corpus: a report is compared with the same agency's report of the year before, and what does not
    follow from it stands with the later one.
    """
    # A view is let go, with all that it indexed, once it is audited and no later one is compared with it.
    views = deque(join_years(reports))
    audited = []
    while views:
        view = views.popleft()
        audited.append(replace(audit_view(view, CHECKS), bindings=bind_claims(view)))
        view.previous = None
    return tuple(audited)

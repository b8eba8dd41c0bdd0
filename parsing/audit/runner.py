"""Runs every check on every report and keeps the ledger.

In: views of the reports of one corpus.  Out: `AuditedReport` objects.  Refused: silence.  A check that crashes is an
entry of its own, a check that could not be run says why, and what hangs on a missing table or a wrong form is listed
under its cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from parsing.audit.evaluators import Relation
from parsing.audit.hints import FEWEST_BROKEN, find_hint, table_of
from parsing.audit.law import cite, form_of
from parsing.audit.plans import Step, plan_checks
from parsing.audit.registry import Check, Demand
from parsing.audit.results import PASSED, Decision, Finding, Verdict
from parsing.audit.views import ReportView
from parsing.findings import AuditedReport, Flag, LedgerEntry

Tested = tuple[Demand, Verdict]
# Of several places of one check the worst decides what the ledger says.
WORST_FIRST: tuple[Decision, ...] = ("fail", "undecidable", "pass_assumed_zero", "pass", "not_applicable")
HOLDS: tuple[Decision, ...] = ("pass", "pass_assumed_zero")
REMEDIES = {
    "correct": "请核对原件并更正。",
    "explain": "请核对；确实无误的，请说明原因。",
    "note": "请留意。",
}
LOOK_FIRST = "读取有推断之处，请先核对原文，再作判断。"


def make_flag(check: Check, view: ReportView, finding: Finding) -> Flag:
    """A finding with what its check says of it."""
    severity, consequence = finding.weight or (check.severity, check.consequence)
    return Flag(
        check=check.id,
        severity=severity,
        consequence=consequence,
        message=finding.message + (LOOK_FIRST if finding.is_doubtful else REMEDIES[consequence]),
        expected=finding.expected,
        actual=finding.actual,
        difference=finding.difference,
        evidence=finding.evidence,
        legal_basis=cite(check.legal, view.regime, form_of(view.due)),
        doubtful=finding.is_doubtful,
        formula=finding.formula,
        family=check.family,
    )


def summarise(step: Step, verdicts: Sequence[Verdict]) -> LedgerEntry:
    """The ledger's entry: the worst outcome, its first reason, and at how many places it came about."""
    if not verdicts:
        return LedgerEntry(step.check.id, "not_applicable", "没有可以核对的内容")
    if verdicts.count(PASSED) == len(verdicts):
        return step.passed
    outcomes = [verdict.outcome for verdict in verdicts]
    outcome = min(outcomes, key=WORST_FIRST.index)
    reason = "" if outcome == "fail" else verdicts[outcomes.index(outcome)].reason
    count = outcomes.count(outcome)
    if reason and count > 1 and outcome == "undecidable":
        reason = f"{reason}（这样的共 {count} 处）"
    return LedgerEntry(step.check.id, outcome, reason)


def sums_kept(table: str, tested: Iterable[Tested]) -> list[Relation]:
    """The equations between cells of a table that hold."""
    kept = [demand for demand, verdict in tested if isinstance(demand, Relation) and verdict.outcome in HOLDS]
    return [relation for relation in kept if table_of(relation) == table]


def add_hints(flags: Sequence[Flag], tested: Sequence[Tested]) -> list[Flag]:
    """The flags, those on the sums of a table with the one cell that would make all of them hold.

    `tested` are all demands that were made of the report; those that failed are the flags, in the same order.
    """
    hinted = list(flags)
    failures = [demand for demand, verdict in tested if verdict.finding]
    broken: dict[str, dict[int, Relation]] = {}
    for place, demand in enumerate(failures):
        if isinstance(demand, Relation) and (table := table_of(demand)):
            broken.setdefault(table, {})[place] = demand
    for table, relations in broken.items():
        # One broken sum never tells which cell is wrong, so the others need not be looked at.
        is_telling = len(relations) >= FEWEST_BROKEN
        if is_telling and (hint := find_hint(list(relations.values()), sums_kept(table, tested))):
            for place in relations:
                hinted[place] = replace(flags[place], message=flags[place].message + hint.words())
    return hinted


def audit_view(view: ReportView, checks: Sequence[Check]) -> AuditedReport:
    """One report: the flags of all checks in their order, and one ledger entry a check."""
    flags: list[Flag] = []
    ledger: list[LedgerEntry] = []
    tested: list[Iterable[Tested]] = []
    for step in plan_checks(tuple(checks), view.layouts, view.due, view.is_read):
        if step.muted:
            ledger.append(step.muted)
            continue
        check = step.check
        try:
            demands = list(check.body(view))
            verdicts = [demand.decide(check.tolerance) for demand in demands]
            found = [make_flag(check, view, verdict.finding) for verdict in verdicts if verdict.finding]
        except Exception as error:  # a broken check must not hide what the others found
            ledger.append(LedgerEntry(check.id, "crashed", f"{type(error).__name__}: {error}"))
            continue
        tested.append(zip(demands, verdicts, strict=True))
        flags += found
        ledger.append(summarise(step, verdicts))
    return AuditedReport(view.report, tuple(add_hints(flags, list(chain(*tested))) if flags else ()), tuple(ledger))

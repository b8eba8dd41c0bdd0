"""Runs every check on every report and keeps the ledger.

In: views of the reports of one corpus.  Out: `AuditedReport` objects.  Refused: silence.  A check that crashes is an
entry of its own, a check that could not be run says why, and what hangs on a missing table or a wrong form is listed
under its cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from parsing.audit.evaluators import Relation
from parsing.audit.hints import find_hint, table_of
from parsing.audit.law import cite, form_of
from parsing.audit.registry import Check
from parsing.audit.results import Decision, Finding, Verdict, not_applicable, undecidable
from parsing.audit.views import TABLE_NAMES, Layouts, ReportView, addresses_of
from parsing.findings import AuditedReport, Flag, LedgerEntry
from parsing.templates import TableTemplate, Template, template_due

Tested = tuple[Relation | None, Verdict]
# Of several places of one check the worst decides what the ledger says.
WORST_FIRST: tuple[Decision, ...] = ("fail", "undecidable", "pass_assumed_zero", "pass", "not_applicable")
REMEDIES = {
    "correct": "请核对原件并更正。",
    "explain": "请核对；数字无误的，请说明原因。",
    "note": "请留意。",
}
LOOK_FIRST = "读取有推断之处，请先核对原文，再作判断。"


def find_in_due_form(due: Template | None, addresses: Sequence[str]) -> TableTemplate | None:
    """The table of the form due for the year that has one of these cells."""
    tables = due.tables if due else ()
    return next((table for table in tables if set(addresses) & set(table.addresses())), None)


@lru_cache(maxsize=16384)
def why_not(check: Check, layouts: Layouts, year: int | None, is_read: bool) -> Verdict | None:
    """Why a check cannot run on a report: its table is missing, has another form, or was never due.

    `is_read` says that something of the report was read at all; the answer is the same for all reports that are
    alike in these respects.
    """
    present = addresses_of(layouts)
    for addresses in check.alternatives:
        if any(address in present for address in addresses):
            continue
        table = find_in_due_form(template_due(year) if year else None, addresses)
        if table is None or not is_read:
            return not_applicable("报告里没有这种格式的表，该年度也不要求")
        name = TABLE_NAMES[table.group]
        if table.group in dict(layouts):
            return undecidable(f"因{name}的格式与年度不符（X.TEMPLATE_YEAR）未检")
        return undecidable(f"因没有找到{name}（X.SECTIONS_PRESENT）未检")
    return None


def run_check(check: Check, view: ReportView) -> Iterator[Tested]:
    """The verdicts of one check, place by place, each with the equation that it is on, if it is on one."""
    muted = why_not(check, view.layouts, view.year, bool(view.report.cells or view.report.sections))
    if muted:
        yield None, muted
        return
    for demand in check.body(view):
        if isinstance(demand, Verdict):
            yield None, demand
        else:
            yield demand if isinstance(demand, Relation) else None, demand.decide(check.tolerance)


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


def summarise(check: Check, verdicts: Sequence[Verdict]) -> LedgerEntry:
    """The ledger's entry: the worst outcome, its first reason, and at how many places it came about."""
    if not verdicts:
        return LedgerEntry(check.id, "not_applicable", "没有可以核对的内容")
    outcomes = {verdict.outcome for verdict in verdicts}
    outcome = next(one for one in WORST_FIRST if one in outcomes)
    same = [verdict for verdict in verdicts if verdict.outcome == outcome]
    reason = "" if outcome == "fail" else same[0].reason
    if reason and len(same) > 1 and outcome == "undecidable":
        reason = f"{reason}（这样的共 {len(same)} 处）"
    return LedgerEntry(check.id, outcome, reason)


def add_hints(flags: Sequence[Flag], tested: Sequence[tuple[int | None, Tested]]) -> list[Flag]:
    """The flags, those on the sums of a table with the one cell that would make all of them hold."""
    if not any(index is not None and relation for index, (relation, _) in tested):
        return list(flags)
    tables: dict[str, list[tuple[int | None, Relation]]] = {}
    for index, (relation, verdict) in tested:
        table = table_of(relation) if relation and verdict.outcome != "undecidable" else None
        if relation and table:
            tables.setdefault(table, []).append((index, relation))
    hinted = list(flags)
    for relations in tables.values():
        broken = [(index, relation) for index, relation in relations if index is not None]
        kept = [relation for index, relation in relations if index is None]
        hint = find_hint([relation for _, relation in broken], kept)
        for index, _ in broken if hint else ():
            hinted[index] = replace(flags[index], message=flags[index].message + (hint.words() if hint else ""))
    return hinted


def audit_view(view: ReportView, checks: Sequence[Check]) -> AuditedReport:
    """One report: the flags of all checks in their order, and one ledger entry a check."""
    flags: list[Flag] = []
    ledger: list[LedgerEntry] = []
    tested: list[tuple[int | None, Tested]] = []
    for check in checks:
        try:
            results = list(run_check(check, view))
            found = [make_flag(check, view, verdict.finding) if verdict.finding else None for _, verdict in results]
        except Exception as error:  # a broken check must not hide what the others found
            ledger.append(LedgerEntry(check.id, "crashed", f"{type(error).__name__}: {error}"))
            continue
        for result, flag in zip(results, found, strict=True):
            tested.append((len(flags) if flag else None, result))
            flags += [flag] if flag else []
        ledger.append(summarise(check, [verdict for _, verdict in results]))
    return AuditedReport(view.report, tuple(add_hints(flags, tested)), tuple(ledger))

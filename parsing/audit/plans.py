"""Which checks can run on a form: worked out once for all reports that are alike in their tables and their year.

In: the checks, the layouts that were found, the form that was due.  Out: one step a check, in their order, with the
ledger's entry for those that cannot run.  Refused: nothing; a check that cannot run says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parsing.audit.registry import Check
from parsing.audit.results import Verdict, not_applicable, undecidable
from parsing.audit.views import TABLE_NAMES, Layouts, addresses_of
from parsing.findings import LedgerEntry
from parsing.templates import TableTemplate, Template

# The reason that `why_not` gives for a check that hangs on a finding of another one.
MUTED = re.compile(r"因(?P<cause>.+)（(?P<root>[A-Z][\w.]*)）未检")


def root_of(reason: str) -> tuple[str, str] | None:
    """What muted a check and which check found it, from the ledger's reason; None for any other reason.

    >>> root_of("因没有找到表三（X.SECTIONS_PRESENT）未检")
    ('没有找到表三', 'X.SECTIONS_PRESENT')
    """
    match = MUTED.fullmatch(reason)
    return (match["cause"], match["root"]) if match else None


@dataclass(frozen=True, slots=True)
class Step:
    """One check on one form: its entry in the ledger if it cannot run (`muted`), and if all that it asks holds."""

    check: Check
    muted: LedgerEntry | None
    passed: LedgerEntry


@cache
def plan_checks(checks: tuple[Check, ...], layouts: Layouts, due: Template | None, is_read: bool) -> tuple[Step, ...]:
    """The steps for every report with these tables in a year for which this form was due.

    `is_read` says that something of the report was read at all.  There are few combinations of forms, so all plans
    are kept: a corpus pays for them once, whatever the number of its reports and of the checks.
    """
    return tuple(plan_check(check, why_not(check, layouts, due, is_read)) for check in checks)


def plan_check(check: Check, reason: Verdict | None) -> Step:
    muted = LedgerEntry(check.id, reason.outcome, reason.reason) if reason else None
    return Step(check, muted, LedgerEntry(check.id, "pass"))


def why_not(check: Check, layouts: Layouts, due: Template | None, is_read: bool) -> Verdict | None:
    """Why a check cannot run on a report: its table is missing, has another form, or was never due."""
    present = addresses_of(layouts)
    for addresses in check.alternatives:
        if not present.isdisjoint(addresses):
            continue
        table = find_in_due_form(due, addresses)
        if table is None or not is_read:
            return not_applicable("报告里没有这种格式的表，该年度也不要求")
        name, used = TABLE_NAMES[table.group], dict(layouts).get(table.group)
        # Several forms were due at one time before there was a national one; whoever used one of them used a right one.
        if due and used in {one.layout for one in due.tables_of(table.group)}:
            return not_applicable("报告用的是该年度另一种格式的表")
        if used:
            return undecidable(f"因{name}的格式与年度不符（X.TEMPLATE_YEAR）未检")
        return undecidable(f"因没有找到{name}（X.SECTIONS_PRESENT）未检")
    return None


def find_in_due_form(due: Template | None, addresses: Sequence[str]) -> TableTemplate | None:
    """The table of the form due for the year that has one of these cells."""
    tables = due.tables if due else ()
    return next((table for table in tables if not set(addresses).isdisjoint(table.addresses())), None)

"""What the audit finds in reports: flags with both sides, and the ledger of every check.

In: nothing but the model.  Out: frozen dataclasses.  Nothing is refused here: the audit fills these classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parsing.model import Locator, Report

Severity = Literal["error", "warning", "info"]
Consequence = Literal["correct", "explain", "note"]
Outcome = Literal["pass", "pass_assumed_zero", "fail", "undecidable", "not_applicable", "crashed"]
# How a claim and the cells that it may mean compare.
Likeness = Literal["same", "together", "differs", "blank", "unread"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One operand of a finding: a cell (`address`) or a claim (`metric`), its value, place and snippet."""

    where: Locator | None
    address: str | None = None
    metric: str | None = None
    value: float | int | str | None = None
    snippet: str = ""
    role: Literal["left", "right", "context"] = "left"
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding of the audit, both sides with their places.

    `expected` and `actual` are what the rule demands and what the report has; `formula` is the sum written out with
    its addends; `doubtful` says that an operand's place was inferred: look at the original before accusing.
    """

    check: str
    severity: Severity
    consequence: Consequence
    message: str
    expected: float | int | str | None
    actual: float | int | str | None
    difference: float | int | None
    evidence: tuple[Evidence, ...]
    legal_basis: tuple[str, ...]
    doubtful: bool
    formula: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one check on one report, and why it could not be decided."""

    check: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """One sense (`reading`) in which a claim can be taken, and what the tables say then.

    `claim` is the claim's index in the report.  `cells` are the addresses that are added up, one after `-` taken away;
    with `per` the claim is a share of the sum of those, in per cent.  `value` is what they come to, None where one that
    is blank or unread leaves it open.  `outcome` is that of this claim alone, or with others that are parts
    ("together").  `report_id` names the report whose cells they are, where that is the one of the year before.
    """

    claim: int
    reading: str
    cells: tuple[str, ...]
    per: tuple[str, ...]
    value: float | int | None
    outcome: Likeness
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class AuditedReport:
    """A report with its findings, the ledger of every check that was run on it, and what its claims can mean."""

    report: Report
    flags: tuple[Flag, ...]
    ledger: tuple[LedgerEntry, ...]
    bindings: tuple[Binding, ...] = field(default=(), repr=False)

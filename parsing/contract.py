"""A report as the machine-readable contract has it: one JSON object.

In: audited reports of one file.  Out: a dict ready for `json.dumps`, keys in a fixed order.  Nothing is refused; a
second report in the same file stands under `further_reports`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from parsing.findings import AuditedReport, Binding, Evidence, Flag
from parsing.model import Cell, Claim, Json, Locator, Report, Section

FATES = ("claimed", "ignored", "unclassified")
OUTCOMES = ("pass", "pass_assumed_zero", "fail", "undecidable", "not_applicable", "crashed")


def where_json(where: Locator | None) -> Json | None:
    return where.to_json() if where else None


def source_json(report: Report) -> Json:
    source = report.source
    return {
        "file": source.file, "format": source.format, "encoding": source.encoding,
        "sha256": source.sha256, "bytes": source.bytes,
    }  # fmt: skip


def report_json(report: Report) -> Json:
    facts = report.particulars
    return {
        "agency": facts.agency, "level": facts.level, "region": facts.region, "year": facts.year,
        "published_date": facts.published_date,
        "evidence": {name: where.to_json() for name, where in sorted(facts.evidence.items())},
    }  # fmt: skip


def cell_json(cell: Cell) -> Json:
    return {
        "address": cell.address, "value": cell.value, "status": cell.status.value, "unit": cell.unit,
        "unit_source": cell.unit_source, "raw": cell.raw, "matched_by": cell.matched_by,
        "confidence": cell.confidence, "where": where_json(cell.where),
    }  # fmt: skip


def claim_json(claim: Claim, bindings: Sequence[Binding]) -> Json:
    """A claim with the cells that it can mean; `readings` is empty where the forms have no cell for it."""
    return {
        "metric": claim.metric, "dim": claim.dim, "label": claim.label, "value": claim.value, "unit": claim.unit,
        "year": claim.year, "approx": claim.approx, "negated": claim.negated, "quote": claim.quote,
        "section": claim.section, "where": claim.where.to_json(),
        "readings": [binding_json(one) for one in bindings],
    }  # fmt: skip


def binding_json(binding: Binding) -> Json:
    return {
        "reading": binding.reading, "cells": list(binding.cells), "per": list(binding.per), "value": binding.value,
        "outcome": binding.outcome, "report_id": binding.report_id,
    }  # fmt: skip


def claims_json(audited: AuditedReport) -> list[Json]:
    bound: dict[int, list[Binding]] = {}
    for binding in audited.bindings:
        bound.setdefault(binding.claim, []).append(binding)
    return [claim_json(claim, bound.get(index, ())) for index, claim in enumerate(audited.report.claims)]


def evidence_json(evidence: Evidence) -> Json:
    operand = {"address": evidence.address} if evidence.address else {"metric": evidence.metric}
    return {
        **operand, "value": evidence.value, "snippet": evidence.snippet, "role": evidence.role,
        "report_id": evidence.report_id, "where": where_json(evidence.where),
    }  # fmt: skip


def flag_json(flag: Flag) -> Json:
    return {
        "check": flag.check, "severity": flag.severity, "consequence": flag.consequence, "message": flag.message,
        "expected": flag.expected, "actual": flag.actual, "difference": flag.difference, "formula": flag.formula,
        "evidence": [evidence_json(one) for one in flag.evidence],
        "legal_basis": list(flag.legal_basis), "doubtful": flag.doubtful,
    }  # fmt: skip


def section_json(section: Section) -> Json:
    return {"code": section.code, "title": section.title, "where": section.where.to_json()}


def audited_json(audited: AuditedReport) -> Json:
    """The contract's object for one report."""
    report = audited.report
    figures = Counter(str(figure.outcome) for figure in report.figures)
    outcomes = Counter(str(entry.outcome) for entry in audited.ledger)
    return {
        "source": source_json(report),
        "report": report_json(report),
        "layouts": dict(report.layouts),
        "sections": [section_json(one) for one in report.sections if one.is_top],
        "cells": [cell_json(cell) for cell in report.cells],
        "claims": claims_json(audited),
        "figures": {"total": len(report.figures), **{name: figures[name] for name in FATES}},
        "problems": [
            {"kind": one.kind, "message": one.message, "where": where_json(one.where)} for one in report.problems
        ],
        "repairs": [
            {"kind": one.kind, "before": one.before, "after": one.after, "where": one.where.to_json()}
            for one in report.repairs
        ],
        "flags": [flag_json(flag) for flag in audited.flags],
        "checks": {name: outcomes[name] for name in OUTCOMES},
    }


def file_line(reports: Sequence[AuditedReport]) -> str:
    """The line that the command prints for one file: its first report, and the others under it."""
    first = audited_json(reports[0])
    if len(reports) > 1:
        first["further_reports"] = [audited_json(one) for one in reports[1:]]
    return json.dumps(first, ensure_ascii=False)

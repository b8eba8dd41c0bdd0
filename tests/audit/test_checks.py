"""Every check has a reason, a legal basis, an example on which it is quiet and one on which it is loud."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsing.audit import CHECKS, FAMILIES, MODULES, Check, audit_reports
from parsing.audit.law import find_article, load_law
from parsing.findings import AuditedReport, Flag
from parsing.model import CellStatus, Report
from parsing.templates import load_templates
from tests.audit.examples import EXAMPLES

BY_ID = {check.id: check for check in CHECKS}
# These look at the form alone: blank cells are what the first one is about.
ABOUT_THE_FORM = {"X.BLANK_CELLS", "X.TEMPLATE_YEAR", "X.SECTIONS_PRESENT"}

each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)


def last(reports: list[Report]) -> AuditedReport:
    """The audited report that the example is about: the later one."""
    return audit_reports(reports)[-1]


def flags_of(audited: AuditedReport, check_id: str) -> list[Flag]:
    return [flag for flag in audited.flags if flag.check == check_id]


def outcome(audited: AuditedReport, check_id: str) -> str:
    return next(entry.outcome for entry in audited.ledger if entry.check == check_id)


def test_every_check_has_an_example_and_every_example_a_check() -> None:
    assert EXAMPLES.keys() == BY_ID.keys()


def test_every_family_is_a_module_with_checks() -> None:
    assert [module.__name__.rpartition(".")[2] for module in MODULES] == list(FAMILIES)
    assert {check.family for check in CHECKS} == FAMILIES.keys()


@each_check
def test_a_check_says_why_and_where_it_may_err(check: Check) -> None:
    assert len(check.why) > 10 and len(check.limits) > 6 and len(check.formula) > 6 and len(check.title) > 4
    assert check.id not in check.title
    assert all(find_article(key).gist for key in check.legal)


@each_check
def test_a_check_needs_cells_that_a_form_has(check: Check) -> None:
    known = {address for template in load_templates() for table in template.tables for address in table.addresses()}
    assert {address for group in check.alternatives for address in group} <= known
    assert bool(check.layouts) == bool(check.needs)


@each_check
def test_a_check_is_quiet_where_nothing_is_wrong(check: Check) -> None:
    audited = last(EXAMPLES[check.id].quiet_reports())
    assert flags_of(audited, check.id) == []
    assert outcome(audited, check.id) in ("pass", "pass_assumed_zero", "not_applicable")


@each_check
def test_a_check_is_loud_where_something_is(check: Check) -> None:
    example = EXAMPLES[check.id]
    audited = last(example.loud_reports())
    flags = flags_of(audited, check.id)
    assert len(flags) == example.flags
    assert (flags[0].expected, flags[0].actual) == (example.expected, example.actual)
    assert outcome(audited, check.id) == "fail"


@each_check
def test_a_finding_shows_both_sides_and_what_it_rests_on(check: Check) -> None:
    reports = EXAMPLES[check.id].loud_reports()
    year = reports[-1].particulars.year
    regime = next(one.regime for one in load_templates() if year and one.years[0] <= year <= one.years[1])
    foreign = {one.regime for one in load_templates()} - {regime}
    for flag in flags_of(last(reports), check.id):
        assert flag.evidence and flag.family == check.family and flag.message.endswith("。")
        assert {one.report_id for one in flag.evidence} <= {report.report_id for report in reports}
        assert flag.legal_basis and set(flag.legal_basis) <= set(check.legal)
        assert not {key.partition("-")[0] for key in flag.legal_basis} & foreign
        if isinstance(flag.expected, int | float) and isinstance(flag.actual, int | float):
            assert flag.difference == pytest.approx(flag.actual - flag.expected)


def blanked(report: Report) -> Report:
    """The report with nothing in its cells."""
    cells = [cell._replace(value=None, status=CellStatus.BLANK, raw="") for cell in report.cells]
    return replace(report, cells=tuple(cells))


@each_check
def test_blank_cells_accuse_nobody(check: Check) -> None:
    *before, report = EXAMPLES[check.id].loud_reports()
    audited = last([*before, blanked(report)])
    speaks_of_cells = any(one.address for flag in flags_of(last([*before, report]), check.id) for one in flag.evidence)
    if speaks_of_cells and check.id not in ABOUT_THE_FORM:
        assert flags_of(audited, check.id) == []
        assert outcome(audited, check.id) in ("undecidable", "pass_assumed_zero", "not_applicable", "pass")


@each_check
def test_unread_cells_accuse_nobody(check: Check) -> None:
    *before, report = EXAMPLES[check.id].loud_reports()
    flags = flags_of(last([*before, report]), check.id)
    operands = {one.address for flag in flags for one in flag.evidence if one.address}
    cells = [
        cell._replace(value=None, status=CellStatus.UNREADABLE) if cell.address in operands else cell
        for cell in report.cells
    ]
    audited = last([*before, replace(report, cells=tuple(cells))])
    if operands and check.id not in ABOUT_THE_FORM:
        assert flags_of(audited, check.id) == []


def test_the_law_holds_what_is_cited_and_nothing_else() -> None:
    cited = {key for check in CHECKS for key in check.legal}
    for template in load_templates():
        for table in template.tables:
            cited |= {key for one in (*table.rows, *table.columns) for key in one.legal}
    assert load_law().keys() == cited


def test_an_unknown_article_is_named_in_the_error() -> None:
    with pytest.raises(KeyError, match="R2030-1"):
        find_article("R2030-1")

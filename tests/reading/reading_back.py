"""What a made-up report must read back to, whatever the file it was written into.

In: the bytes of a file and the facts it was made from.  Out: nothing; an assertion fails where a cell, a blank, a claim
or a problem differs from what the facts, or the same report as plain text, say.
"""

from __future__ import annotations

from functools import cache

from parsing import parse_report
from parsing.model import CellStatus, Report
from tests.synthesis import Agency, Facts, clean_facts, write_text

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
FORMS = {"A1": 2011, "A2": 2012, "A3": 2013, "B": 2016, "C": 2020, "D": 2022}


@cache
def facts_of(form: str, has_blanks: bool = False) -> Facts:
    """Facts of a form; with every third zero left blank if so wished."""
    facts = clean_facts(OFFICE, FORMS[form], 11, form if form.startswith("A") else None)
    zeros = [address for address, value in facts.expected().items() if value == 0][::3]
    return facts.with_cells(dict.fromkeys(zeros)) if has_blanks else facts


def statements(report: Report) -> set[tuple[str, str | None, float | int | str]]:
    return {(claim.metric, claim.dim, claim.value) for claim in report.claims}


@cache
def told_by_text(form: str, has_blanks: bool) -> set[tuple[str, str | None, float | int | str]]:
    return statements(parse_report(write_text(facts_of(form, has_blanks), "pipes").encode(), "made-up"))


def assert_reads_back(data: bytes, format_name: str, form: str, has_blanks: bool) -> None:
    """Every cell is what the facts say, blanks are blank, nothing is doubtful, the prose says what the text says."""
    report = parse_report(data, "made-up")
    expected = facts_of(form, has_blanks).expected()
    assert report.source.format == format_name
    assert {cell.address: cell.value for cell in report.cells} == expected
    assert {cell.status for cell in report.cells if cell.value is None} <= {CellStatus.BLANK}
    assert [cell.address for cell in report.cells if cell.confidence != "sure"] == []
    assert [problem.message for problem in report.problems] == []
    assert statements(report) == told_by_text(form, has_blanks)

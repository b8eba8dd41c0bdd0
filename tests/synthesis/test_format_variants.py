"""Reports that depart from the form are read alike out of every format: what is known is right, the rest kept or named.

In: the departures, as files.  Out: nothing.
"""

from __future__ import annotations

import pytest

from parsing import parse_report
from tests.synthesis.variants import cases
from tests.synthesis.writers import KINDS
from tests.synthesis.writers.shelf import departures, files_of

# One writer of each program is enough here.
# Where what a merged cell covers is an empty cell like any other, one figure behind two of them is in no known column.
UNPROVEN = {("totals_only", name) for name in ("csv", "md", "md_broken", "pdf_aligned")}
UNPROVEN.add(("year_before", "pdf_aligned"))
CHOSEN = [name for name, kind in KINDS.items() if kind.needs is None or name in ("doc", "pdf_browser")]


@pytest.mark.parametrize("name", CHOSEN)
@pytest.mark.parametrize("key", cases())
def test_a_departure_from_the_form_is_read_or_named(key: str, name: str) -> None:
    case = departures()[key]
    report = parse_report(files_of(name, departs=True)[key], "made-up")
    own = {cell.address: cell for cell in report.cells if not cell.address.startswith("extra.")}
    if case.may_be_unread or (key, name) in UNPROVEN:
        read = {address: cell.value for address, cell in own.items() if cell.value is not None}
        assert read == {address: case.expected.get(address) for address in read}
        assert read or report.problems
    else:
        assert {address: cell.value for address, cell in own.items()} == case.expected
        assert {problem.kind for problem in report.problems} == case.problems
    kept = {cell.value for cell in report.cells if cell.address.startswith("extra.")}
    assert kept >= case.kept


@pytest.mark.parametrize("name", CHOSEN)
def test_a_cell_that_prints_its_unit_has_it(name: str) -> None:
    report = parse_report(files_of(name, departs=True)["units_in_cells"], "made-up")
    units = {cell.address: (cell.unit, cell.unit_source) for cell in report.cells}
    assert units["t2_art20_9.gov_procurement.amount_total"] == ("元", "cell")
    assert units["t3.granted.total"] == ("件", "cell")

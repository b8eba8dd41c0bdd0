"""A sum over cells knows what stands in them without making operands, and says what a sum over the operands says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.audit.articulation import balance, current_outcomes, reviews, row_sums
from parsing.audit.lines import applicant_rows, dispute_group, outcome_columns
from parsing.audit.operands import Operand, Sum
from parsing.audit.results import PASSED
from parsing.audit.views import ReportView
from parsing.model import CellStatus
from parsing.templates import TableTemplate, load_templates
from tests.audit.building import (
    ABSENT,
    BLANK,
    NONE_WORD,
    SLASH,
    UNREAD,
    Value,
    doubtful,
    make_report,
    table_three,
)

ADDENDS = ("t4.review_upheld", "t4.review_corrected", "t4.review_other", "t4.review_pending")
numbers = st.integers(-3, 10**6) | st.sampled_from([0.1, 0.2, 0.7, 12.345678])
odd = st.sampled_from([BLANK, SLASH, UNREAD, ABSENT, NONE_WORD])
values = st.lists(numbers | numbers.map(doubtful) | odd, min_size=len(ADDENDS), max_size=len(ADDENDS))


def what_it_says(total: Sum) -> dict[str, Any]:
    return {
        "value": total.value,
        "bounds": total.bounds,
        "is": (total.is_plain, total.is_blank, total.is_doubtful),
        "has": (total.has_blanks, total.has_unread),
        "blanks": total.blanks,
        "unread": total.unread,
        "terms": total.terms,
        "written": total.written_out("column"),
        "title": total.title("full"),
        "evidence": total.evidence("left"),
    }


@given(values, st.integers(1, len(ADDENDS)))
@settings(deadline=None)
def test_a_sum_of_cells_says_what_the_sum_of_their_operands_says(found: list[Value], added: int) -> None:
    view = ReportView(make_report(2022, dict(zip(ADDENDS, found, strict=True))))
    less = ADDENDS[added:]
    of_operands = Sum(tuple(map(view.operand, ADDENDS)), signs=(1,) * added + (-1,) * len(less))
    of_cells = view.sum(*ADDENDS[:added], less=less)
    assert what_it_says(of_cells) == what_it_says(of_operands)


@pytest.mark.parametrize(
    ("found", "value", "plain", "blank", "unread"),
    [
        ((1, 2, 3, 4), 10, True, False, False),
        ((1, doubtful(2), 3, 4), 10, True, False, False),
        ((1, 2, 3, NONE_WORD), 6, False, False, False),
        ((1, BLANK, 3, 4), 8, False, True, False),
        ((1, SLASH, 3, UNREAD), 4, False, True, True),
        ((ABSENT, 2, 3, 4), 9, False, False, True),
    ],
    ids=["numbers", "an inferred place", "a word for none", "a blank", "a slash and an unread cell", "an absent cell"],
)
def test_what_stands_in_the_cells(found: tuple[Value, ...], value: int, plain: bool, blank: bool, unread: bool) -> None:
    total = ReportView(make_report(2022, dict(zip(ADDENDS, found, strict=True)))).sum(*ADDENDS)
    assert (total.value, total.is_plain, total.has_blanks, total.has_unread) == (value, plain, blank, unread)


def test_a_cell_that_the_report_lacks_is_absent_and_one_that_no_form_has_is_an_error() -> None:
    report = make_report(2022)
    view = ReportView(report)
    assert view.sum("t4.review_total", "t4.review_nowhere").unread[0].status is CellStatus.ABSENT
    with pytest.raises(KeyError):
        assert view.sum("b.reviews_total").terms


class WithoutOperands(ReportView):
    """A view of which nobody may ask what a cell is called and where it stands."""

    def operand(self, address: str) -> Operand:
        raise AssertionError(address)


def test_sums_that_hold_make_no_operands() -> None:
    cells = table_three({"new_received": {"natural_person": 3}, "granted": {"natural_person": 3}})
    cells |= {address.replace("granted", "result_total"): 3 for address in cells if "granted" in address}
    view = WithoutOperands(make_report(2022, cells))
    demands = [*balance(view), *current_outcomes(view), *row_sums(view), *reviews(view)]
    assert [demand.decide(0) for demand in demands] == [PASSED] * (7 + 7 + 25 + 1)


def tables(code: str) -> list[TableTemplate]:
    return [table for form in load_templates() for table in form.tables if table.code == code]


def test_the_lines_of_table_three_hold_every_cell_that_the_form_adds_up() -> None:
    for table, outcomes in zip(tables("t3"), (19, 21), strict=True):
        columns, rows = outcome_columns(table), applicant_rows(table)
        assert {len(column.parts) for column in columns} == {outcomes}
        assert {len(row.parts) for row in rows} == {6}
        cells = [cell for row in rows for cell in (*row.parts, row.total)]
        assert cells == list(table.addresses())
        assert {cell for column in columns for cell in (*column.parts, column.total)} < set(cells)
        assert (columns[-1].place, columns[-1].total) == ("表三“总计”列", "t3.result_total.total")
        assert rows[-1].place == "表三“四、结转下年度继续办理”行"


def test_the_groups_of_table_four_are_its_cells() -> None:
    for table in tables("t4"):
        groups = [dispute_group(table, group) for group in ("review", "lit_direct", "lit_after")]
        assert [cell for group in groups for cell in (*group.parts, group.total)] == list(table.addresses())
        assert groups[0].place == "表四“行政复议”"

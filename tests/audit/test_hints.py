"""The one cell that would make every sum of a table hold is named, and only where there is one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from parsing.audit import audit_reports
from tests.audit.building import Value, doubtful, make_report
from tests.audit.example import LOAD

CASES: list[tuple[str, Mapping[str, Value], str]] = [
    ("a cell of the middle", {"t3.granted.natural_person": 6}, "“（一）予以公开·自然人”由 6 改为 5"),
    ("a total", {"t3.result_total.total": 17}, "“（七）总计·总计”由 17 改为 11"),
    ("digits in another order",
     {"t3.new_received.natural_person": 21, "t3.new_received.total": 14, "t3.granted.natural_person": 7,
      "t3.granted.total": 8, "t3.result_total.natural_person": 11, "t3.result_total.total": 13},
     "由 21 改为 12，该表各项合计就都成立，像是数字颠倒"),
    ("a zero too many", {"t3.new_received.natural_person": 100},
     "由 100 改为 10，该表各项合计就都成立，像是多写或少写一个 0"),
    ("one sum alone", {"t4.review_total": 1}, ""),
    ("two cells", {"t3.granted.natural_person": 6, "t3.partial.legal_other": 4}, ""),
    ("a place that was inferred", {"t3.granted.natural_person": doubtful(6)}, "由 6 改为 5"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_cell_to_look_at_first(cells: Mapping[str, Value], words: str) -> None:
    flags = audit_reports([make_report(2022, {**LOAD, **cells})])[0].flags
    sums = [flag for flag in flags if flag.check.startswith(("T3.", "T4.SUM"))]
    assert sums
    for flag in sums:
        assert ("供核对" in flag.message) is bool(words)
        assert words in flag.message


def test_what_the_report_says_is_not_changed() -> None:
    report = make_report(2022, {**LOAD, "t3.granted.natural_person": 6})
    assert audit_reports([report])[0].report is report

"""What is known of the other reports of a corpus, and what may be concluded from it."""

from __future__ import annotations

from typing import Any

import pytest

from parsing.audit import CHECKS, audit_reports
from parsing.audit.companions import Companions
from parsing.audit.corpora import join_years
from parsing.audit.members import Column, Row, compared_cells, row_of
from parsing.audit.runner import audit_view
from parsing.findings import AuditedReport
from parsing.model import Cell, Particulars, Report
from tests.audit.building import BLANK, UNREAD, doubtful, make_report, say
from tests.audit.examples_of_corpora import (
    APPLICATIONS,
    COUNTS,
    COUNTY,
    DECIDED,
    LICENCES,
    REGION,
    UNITS,
    WHOLE,
    bureau,
    town,
    towns,
)


def made(*reports: dict[str, Any]) -> list[Report]:
    return [make_report(**one) for one in reports]


def audit(*reports: dict[str, Any]) -> AuditedReport:
    """The audit of the last report."""
    return audit_reports(made(*reports))[-1]


def found(audited: AuditedReport) -> set[str]:
    return {flag.check for flag in audited.flags if flag.check.startswith(("P.", "R."))}


def entry(audited: AuditedReport, check_id: str) -> tuple[str, str]:
    return next((one.outcome, one.reason) for one in audited.ledger if one.check == check_id)


LOUD = town(11, {APPLICATIONS: 400})


def test_ten_peers_are_needed_and_each_agency_counts_once() -> None:
    nine = towns(APPLICATIONS, COUNTS[:8])
    assert found(audit(*nine, LOUD)) == set()
    versions = [{**nine[0], "published": f"2023-01-{day:02}"} for day in range(1, 9)]
    assert found(audit(*nine, *versions, LOUD)) == set()
    assert found(audit(*nine, town(9, {APPLICATIONS: 9}), LOUD)) == {"P.APPLICATIONS"}


def test_a_peer_whose_figure_is_blank_unread_or_of_another_year_or_level_does_not_count() -> None:
    nine = towns(APPLICATIONS, COUNTS[:8])
    others = (
        town(8, {APPLICATIONS: BLANK}), town(9, {APPLICATIONS: UNREAD}), town(10, {APPLICATIONS: 9}, 2021),
        bureau("财政局", {APPLICATIONS: 9}),
    )  # fmt: skip
    audited = audit(*nine, *others, LOUD)
    assert found(audited) == set()
    assert entry(audited, "P.APPLICATIONS") == ("not_applicable", "这一批里同级机关该年度的数不到 10 个")


def test_a_small_count_is_never_far_from_the_others() -> None:
    """Zero peers agree to the last figure; five applications are still chance."""
    zeros = towns(APPLICATIONS, [0] * 10)
    assert found(audit(*zeros, town(11, {APPLICATIONS: 5}))) == set()
    assert found(audit(*zeros, town(11, {APPLICATIONS: 40}))) == {"P.APPLICATIONS"}


def test_few_decisions_say_nothing_of_their_share() -> None:
    peers = [town(number, {DECIDED: 40, "t3.denied_third_party.total": 4}) for number in range(10)]
    small, large = ({DECIDED: count, "t3.denied_third_party.total": count} for count in (19, 20))
    assert entry(audit(*peers, town(11, small)), "P.DENIED_SHARE")[0] == "not_applicable"
    assert found(audit(*peers, town(11, large))) == {"P.DENIED_SHARE"}


def test_what_peers_report_is_only_ever_a_note() -> None:
    flag = next(one for one in audit(*towns(APPLICATIONS, COUNTS), LOUD).flags if one.check == "P.APPLICATIONS")
    assert (flag.severity, flag.consequence, flag.expected, flag.actual) == ("info", "note", 11, 400)
    assert "11 个同级机关该年度的中位数是 11" in flag.message
    assert [(one.role, one.value) for one in flag.evidence] == [("left", 400), ("context", 11)]


def county(cells: dict[str, Any], *claims: Any, **more: Any) -> dict[str, Any]:
    return {**COUNTY, "cells": cells, "claims": claims, **more}


SCOPES = [
    ("nothing said of the whole", county({APPLICATIONS: 45, LICENCES: 940}), set()),
    ("the whole", county({APPLICATIONS: 45, LICENCES: 940}, WHOLE), {"R.SUM_LE_WHOLE"}),
    ("more than the units that are known", county({APPLICATIONS: 60, LICENCES: 999},
     say("applications_received", 60, quote="全县共收到政府信息公开申请60件")), set()),
    ("the whole, said of another figure", county({APPLICATIONS: 45, LICENCES: 940},
     say("applications_received", 99, quote="全县共收到政府信息公开申请99件")), set()),
    ("less than one unit", county({APPLICATIONS: 29, LICENCES: 940}), {"R.UNIT_LE_WHOLE"}),
    ("as many as one unit", county({APPLICATIONS: 30, LICENCES: 900}), set()),
    ("its own office alone", county({APPLICATIONS: 3}, prose={"s1": "本报告数据不含乡镇和部门。"}), set()),
    ("what was sent to its office",
     county({APPLICATIONS: 3}, prose={"s1": "受理向县人民政府和县政府办公室提交的申请3件。"}), set()),
    ("only its own level", county({APPLICATIONS: 3}, prose={"s1": "以上数据仅统计本级。"}), set()),
    ("blank", county({APPLICATIONS: BLANK, LICENCES: 900}), set()),
    ("unread", county({APPLICATIONS: UNREAD, LICENCES: BLANK}, WHOLE), set()),
    ("not a government", bureau("公安局", {APPLICATIONS: 3}), set()),
    ("a county of another name", county({APPLICATIONS: 3}, agency="样本市范例县人民政府"), set()),
    ("another city's county of that name", county({APPLICATIONS: 3}, agency="别样市示例县人民政府"), set()),
    ("the county without its city", county({APPLICATIONS: 3, LICENCES: 900}, agency="示例县人民政府"),
     {"R.UNIT_LE_WHOLE"}),
    ("another year", county({APPLICATIONS: 3}, year=2023), set()),
]  # fmt: skip


@pytest.mark.parametrize(("report", "checks"), [case[1:] for case in SCOPES], ids=[case[0] for case in SCOPES])
def test_a_government_and_its_units(report: dict[str, Any], checks: set[str]) -> None:
    assert found(audit(*UNITS, report)) == checks


def test_a_unit_with_several_versions_is_added_up_once() -> None:
    again = {**UNITS[1], "published": "2023-03-01", "cells": {APPLICATIONS: 20, LICENCES: 900}}
    whole = county({APPLICATIONS: 36, LICENCES: 940}, say("applications_received", 36, quote="全县收到申请36件"))
    shorter = {**UNITS[1], "agency": "示例县自然资源局"}
    assert found(audit(*UNITS, again, whole)) == set()
    assert found(audit(UNITS[1], shorter, county({APPLICATIONS: 45, LICENCES: 940}, WHOLE))) == set()
    assert found(audit(*UNITS, whole)) == {"R.SUM_LE_WHOLE"}


def test_the_units_are_named_with_their_places() -> None:
    audited = audit(*UNITS, county({APPLICATIONS: 45, LICENCES: 940}, WHOLE))
    (flag,) = (one for one in audited.flags if one.check == "R.SUM_LE_WHOLE")
    units = made(*UNITS)
    assert flag.formula.startswith(f"{REGION}自然资源局 30 + {REGION}财政局 12 + ")
    assert (flag.expected, flag.actual, flag.difference, flag.consequence) == (46, 45, -1, "explain")
    assert [one.report_id for one in flag.evidence[1:]] == [units[n].report_id for n in (1, 0, 2)]
    assert all(one.where and one.where.line and one.address == APPLICATIONS for one in flag.evidence)


def test_an_inferred_place_in_the_report_of_a_unit_asks_to_look_first() -> None:
    unsure = bureau("审计局", {APPLICATIONS: doubtful(70)})
    (flag,) = (one for one in audit(unsure, county({APPLICATIONS: 60})).flags if one.check == "R.UNIT_LE_WHOLE")
    assert flag.doubtful and flag.message.endswith("请先核对原文，再作判断。")


def test_two_governments_of_one_name_have_no_units() -> None:
    both = Companions(made(*UNITS, COUNTY, {**COUNTY, "agency": "别样市示例县人民政府"}))
    alone = Companions(made(*UNITS, COUNTY))
    particulars = make_report(**COUNTY).particulars
    assert both.units(particulars) == []
    assert sorted(one.core for one in alone.units(particulars)) == ["自然资源局", "财政局", "青水镇"]


def test_one_report_has_no_companions() -> None:
    report = make_report(**COUNTY)
    alone = Companions([report])
    assert (alone.peers(report.particulars), alone.units(report.particulars)) == (None, [])


def test_a_corpus_of_one_row_has_no_companions() -> None:
    report = make_report(**COUNTY)
    alone = Companions.from_rows([row_of(report)], lambda report_id, address: report.cells[0])
    assert (alone.peers(report.particulars), alone.units(report.particulars)) == (None, [])


CORPORA = {
    "peers": (*towns(APPLICATIONS, COUNTS), LOUD),
    "units": (*UNITS, county({APPLICATIONS: 29, LICENCES: 940}, WHOLE)),
    "inferred": (bureau("审计局", {APPLICATIONS: doubtful(70)}), county({APPLICATIONS: 60})),
    "quiet": (*UNITS, county({APPLICATIONS: 60, LICENCES: 999})),
}


@pytest.mark.parametrize("corpus", CORPORA.values(), ids=CORPORA)
def test_rows_say_what_reports_say_and_cells_are_opened_for_findings_alone(corpus: tuple[dict[str, Any], ...]) -> None:
    reports = made(*corpus)
    opened = []

    def open_cell(report_id: str, address: str) -> Cell:
        opened.append(report_id)
        return next(compared_cells(one)[address] for one in reports if one.report_id == report_id)

    companions = Companions.from_rows((row_of(one) for one in reports), open_cell)
    joined = [check for check in CHECKS if check.family in ("peers", "rollup")]
    for view, expected in zip(join_years(reports), audit_reports(reports), strict=True):
        opened.clear()
        view.companions = companions
        audited = audit_view(view, joined)
        shown = [flag for flag in expected.flags if flag.check.startswith(("P.", "R."))]
        assert list(audited.flags) == shown
        assert bool(opened) is bool(shown)


def test_numbers_come_back_as_they_were_and_what_is_missing_is_no_zero() -> None:
    numbers = (5, 2.5, 1 << 70, 0, -3)
    whole, mixed = Column(), Column()
    whole.put(1, 5)
    whole.put(4, 0)
    for slot, value in enumerate(numbers):
        mixed.put(2 * slot, value)
    assert [whole.at(slot) for slot in range(6)] == [None, 5, None, None, 0, None]
    assert [(mixed.at(2 * slot), mixed.at(2 * slot + 1)) for slot in range(5)] == [(one, None) for one in numbers]
    assert isinstance(whole.at(1), int) and isinstance(mixed.at(2), float)


def test_the_middle_is_that_of_the_ranks_and_the_totals_are_exact() -> None:
    counts = (7, 1 << 60, 3, 0.5, 3)
    rows = [Row(f"r{at}", f"示例县{at}镇", "township", 2022, None, {DECIDED: value}) for at, value in enumerate(counts)]
    peers = Companions.from_rows(rows, lambda report_id, address: make_report().cells[0]).peers(
        Particulars(None, "township", None, 2022, None, {})
    )
    assert peers is not None and peers.ranked(DECIDED).values == [0.5, 3, 3, 7, 1 << 60]
    assert (peers.ranked(DECIDED).middle().report_id, peers.ranked(DECIDED).middle().value) == ("r4", 3)
    assert peers.total((DECIDED,)) == 0.5 + 3 + 3 + 7 + (1 << 60)
    assert len(peers.ranked("t3.granted.total")) == 0
    with pytest.raises(ValueError, match=r"t3\.granted\.total"):
        peers.ranked("t3.granted.total").middle()


def test_units_are_found_among_all_regions_in_the_order_of_their_reports() -> None:
    names = ("乙市丙县甲镇", "丙县乙镇", "丁县丙镇", "甲市丙县丁镇", "乙市丙县戊局", "乙市丙县己镇", "新丙县庚镇")
    levels = {"局": "department"}
    rows = [
        Row(name, name, levels.get(name[-1], "township"), 2022, f"2023-01-{20 - at}", {DECIDED: at})
        for at, name in enumerate(names)
    ]
    companions = Companions.from_rows(rows, lambda report_id, address: make_report().cells[0])
    for agency, expected in (
        ("乙市丙县人民政府", ["乙市丙县己镇", "丙县乙镇", "乙市丙县甲镇", "乙市丙县戊局"]),
        ("丁县人民政府", ["丁县丙镇"]),
        ("戊县人民政府", []),
    ):
        units = companions.units(Particulars(agency, "county", None, 2022, None, {}))
        assert [one.report_id for one in units] == expected

"""What is known of the other reports of a corpus, and what may be concluded from it."""

from __future__ import annotations

from typing import Any

import pytest

from parsing.audit import audit_reports
from parsing.audit.companions import Companions
from parsing.findings import AuditedReport
from parsing.model import Report
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

"""What is left over of another text: instructions of a template, another agency's word for itself, another name."""

from __future__ import annotations

from typing import Any

import pytest

from parsing.audit import audit_reports
from parsing.audit.shingles import load_words
from parsing.findings import AuditedReport, Flag
from parsing.model import Report
from tests.audit.building import make_report

CHECKS = ("X.OTHER_NAME", "X.TEMPLATE_TEXT")


def report(*prose: str, **more: Any) -> Report:
    return make_report(prose=prose, **more)


def last(one: Report) -> AuditedReport:
    return audit_reports([one])[-1]


def flags(audited: AuditedReport) -> list[Flag]:
    return [flag for flag in audited.flags if flag.check in CHECKS]


def reason(audited: AuditedReport, check: str) -> str:
    return next(entry.reason for entry in audited.ledger if entry.check == check)


WORDINGS = [(entry["name"], text) for entry in load_words()["template"] for text in entry["loud"]]
INNOCENT = [(entry["name"], text) for entry in load_words()["template"] for text in entry["quiet"]]


@pytest.mark.parametrize(("name", "text"), WORDINGS)
def test_a_wording_of_a_template_is_found_at_its_place(name: str, text: str) -> None:
    audited = last(report("我镇的工作如下。", text))
    (flag,) = flags(audited)
    assert flag.check == "X.TEMPLATE_TEXT" and name in flag.message
    where = flag.evidence[0].where
    assert where is not None and where.line == 32 and where.column is not None
    assert text[where.column - 1 :].startswith(flag.evidence[0].snippet)


@pytest.mark.parametrize(("name", "text"), INNOCENT)
def test_what_looks_like_a_wording_of_a_template_is_not(name: str, text: str) -> None:
    assert flags(last(report(text))) == []


def test_a_wording_in_traditional_characters_is_found() -> None:
    (flag,) = flags(last(report("（此處填寫本單位公開情況）")))
    assert flag.actual == "此处填写" and flag.evidence[0].snippet.startswith("此處填寫")


TOWN, STREET, BUREAU, COUNTY = "示例县青山镇人民政府", "示例区河滨街道办事处", "示例县财政局", "示例县人民政府"
ELSEWHERE = [
    (TOWN, "township", "按照要求，我乡成立了领导小组。", "我乡"),
    (TOWN, "township", "我局高度重视，专题研究。", "我局"),
    (TOWN, "township", "按照要求，我鄉成立了公開領導小組。", "我乡"),
    (STREET, "township", "全年我镇共收到申请3件。", "我镇"),
    (BUREAU, "department", "我街道把公开列入考核。", "我街道"),
    (BUREAU, "department", "我委负责价格监测。", "我委"),
    (COUNTY, "county", "我局完成了全部任务。", "我局"),
    (TOWN, "township", "2022年，绿水镇主动公开政府信息30条。", "绿水镇"),
    (TOWN, "township", "（一）主动公开情况。绿水镇严格按照《条例》办事。", "绿水镇"),
    (TOWN, "township", "如有疑问，请与示例县绿水镇人民政府党政办联系。", "示例县绿水镇"),
    (STREET, "township", "现将绿水镇2022年政府信息公开工作报告如下。", "绿水镇"),
    (TOWN, "township", "绿水镇人民政府\n2023年1月10日", "绿水镇人民政府"),
]
AT_HOME = [
    (TOWN, "township", "我镇成立了领导小组。青山镇主动公开信息。"),
    (TOWN, "township", "在我县的统一部署下，我市、我区各部门支持我镇。"),
    (TOWN, "township", "与绿水镇联合举办培训，县财政局到场指导。"),
    (TOWN, "township", "来信写道：“我局门口没有公开栏。”"),
    (TOWN, "township", "工作人员自我镇定，我局部调整了栏目。"),
    (TOWN, "township", "各村镇严格按照要求公开，全镇坚持先审后发，乡镇认真落实。"),
    (TOWN, "township", "现就做好城乡环境整治公开如下，现将辖区街道2022年工作公布如下。"),
    (TOWN, "township", "我镇党政办牵头。如有疑问，请与所在乡镇联系。"),
    (TOWN, "township", "今年以来青山镇围绕中心工作推进公开。示例县青山镇坚持公开。"),
    ("青山镇人民政府", "township", "请与示例县青山镇人民政府联系。"),
    (STREET, "township", "我街道认真落实，河滨街道持续推进。"),
    (BUREAU, "department", "我局指导绿水镇。绿水镇主动公开信息由镇政府负责，绿水镇坚持公开。"),
    (BUREAU, "department", "我委托第三方评估，我委派专人负责。"),
    ("示例县发展和改革委员会", "department", "我委负责价格监测。"),
    ("示例县城乡建设局", "department", "我局负责城乡建设。"),
    (COUNTY, "county", "我县各乡镇落实责任。绿水镇主动公开信息，河滨街道坚持公开。"),
    (TOWN, "township", "青山镇人民政府\n2023年1月10日"),
]


@pytest.mark.parametrize(("agency", "level", "text", "words"), ELSEWHERE)
def test_what_belongs_to_another_agency_is_found(agency: str, level: str, text: str, words: str) -> None:
    (flag,) = flags(last(report(*text.split("\n"), agency=agency, level=level)))
    assert (flag.check, flag.expected, flag.actual) == ("X.OTHER_NAME", agency, words)
    assert flag.evidence[0].where is not None and flag.consequence == "explain"


@pytest.mark.parametrize(("agency", "level", "text"), AT_HOME)
def test_naming_others_is_legitimate(agency: str, level: str, text: str) -> None:
    assert flags(last(report(*text.split("\n"), agency=agency, level=level))) == []


def test_a_report_without_an_agency_is_not_held_to_a_name() -> None:
    audited = last(report("我乡和我局都很努力。", agency=None, level=None))
    assert flags(audited) == [] and reason(audited, "X.OTHER_NAME") == "报告没有写明机关"


def test_many_traces_are_counted_and_the_cap_is_said() -> None:
    (flag,) = flags(last(report(*["下一年我乡继续改进。"] * 12)))
    assert "“我乡”12 处。证据列出前 10 处。" in flag.message and len(flag.evidence) == 10

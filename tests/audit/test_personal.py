"""Personal data: what is one and what only looks like it, at its exact place and never in full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsing.audit import audit_reports
from parsing.audit.personal import mask
from parsing.contract import flag_json
from parsing.findings import Flag
from parsing.model import Locator, ProseLine, Report
from tests.audit.building import make_report
from tests.audit.examples_of_personal import CARD, IDENTITY, MOBILE, PERSONAL


def flags_of(report: Report) -> list[Flag]:
    return [flag for flag in audit_reports([report])[0].flags if flag.check.startswith("X.PERSONAL.")]


def flags_in(text: str) -> list[Flag]:
    return flags_of(make_report(2022, prose={"s6": text}))


def found(text: str) -> list[tuple[str, str]]:
    return [(flag.check.rpartition(".")[2], flag.consequence) for flag in flags_in(text)]


CASES = [
    ("with hyphens", "王某138-0013-8000", [("MOBILE", "explain")]),
    ("with spaces, as a number to call", "联系人手机：138 0013 8000", [("MOBILE", "note")]),
    ("spaced figures", "各年分别为138 2019 2020件，", []),
    ("with the country's prefix", "王某+86 13800138000", [("MOBILE", "explain")]),
    ("full-width", "王某１３８００１３８０００", [("MOBILE", "explain")]),
    ("the office's contact", f"监督举报电话：{MOBILE}", [("MOBILE", "note")]),
    ("beside a fixed line", f"电话：86668888/{MOBILE}", [("MOBILE", "note")]),
    ("one of each", f"咨询电话：{MOBILE}。" + "王某于年内三次来信要求公开征地补偿安置材料，信中留有13900139000",
     [("MOBILE", "note"), ("MOBILE", "explain")]),
    ("in the middle of a longer number", "项目20213800138000123", []),
    ("a code", "备案编号13800138000", []),
    ("a credit code", "统一社会信用代码91330110MA13800138", []),
    ("an amount", "全年收入13800138000元", []),
    ("a decimal", "面积13800138000.5", []),
    ("an address on the net", "http://www.example.cn/a/13800138000.html", []),
    ("ten digits", "王某1380013800", []),
    ("no such prefix", "王某12800138000", []),
    ("a fixed line with its area", "电话0571-88138105，传真0571-88133828", []),
    ("identity", f"身份证{IDENTITY}", [("IDENTITY", "correct")]),
    ("identity in small letters and without a word", f"王某{IDENTITY.lower()}", [("IDENTITY", "correct")]),
    ("identity with gaps", "王某110105 19491231 002X", [("IDENTITY", "correct")]),
    ("wrong check digit", f"身份证{IDENTITY[:-1]}9", []),
    ("no such day", "身份证110105194913310026", []),
    ("masked already", "身份证110105********002X", []),
    ("fifteen digits, said to be one", "身份证号110105491231002", [("IDENTITY", "explain")]),
    ("fifteen digits of a licence", "营业执照110105491231002", []),
    ("a card", f"开户行某银行，账号{CARD}", [("BANK_CARD", "note")]),
    ("a card in groups", "卡号6222 0210 0000 0013", [("BANK_CARD", "note")]),
    ("no word says card", f"流水{CARD}", []),
    ("an account that is no card", "对公账号1202021709900012345", []),
    ("a mailbox of the office", "E-mail：qsz2022@163.com", []),
    ("a mailbox on the office's own host", "王某qsz@example.gov.cn", []),
    ("a private mailbox", "王某 qsz2022@163.com 来函", [("MAILBOX", "note")]),
    ("an address without a number", "填写姓名、家庭住址：必填", []),
    ("fields of a form", "须填写家庭住址、联系电话等1号表所列事项", []),
    ("an address under another word", "户籍地址为样本市示例县青山镇桂花路5号", [("ADDRESS", "note")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "checks"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_personal_data(text: str, checks: list[tuple[str, str]]) -> None:
    assert found(text) == checks


@pytest.mark.parametrize("check_id", PERSONAL)
def test_no_finding_repeats_what_it_found(check_id: str) -> None:
    report = PERSONAL[check_id].loud_reports()[0]
    text = report.prose[0].raw
    (flag,) = flags_of(report)
    assert "*" in flag.message and "*" in str(flag.evidence[0].value)
    written = str(flag_json(flag)) + repr(flag)
    for secret in (MOBILE, IDENTITY, CARD, "wangxm", "桂花村3组"):
        assert secret not in written
    where = flag.evidence[0].where
    assert where is not None and where.text is not None and where.column is not None
    assert len(where.text) == len(text)
    shown, value = text[where.column - 1 :], str(flag.evidence[0].value)
    assert all(mark in ("*", char) for mark, char in zip(value, shown, strict=False))


def test_a_number_stands_at_its_place_in_its_line() -> None:
    text = f"王某（{MOBILE}）"
    line = ProseLine(1, "text", "s6", text, Locator(line=30, column=9, text="六、其他。" + "　　　" + text))
    (flag,) = flags_of(replace(make_report(2022), prose=(line,)))
    where = flag.evidence[0].where
    assert where is not None and (where.line, where.column) == (30, 12)
    assert flag.evidence[0].snippet == "六、其他。　　　王某（138****8000）"


def test_the_cell_before_says_what_a_number_is() -> None:
    def cell(paragraph: int, text: str, line: int) -> ProseLine:
        return ProseLine(paragraph, "row", "table", text, Locator(line=line, column=1, text=text))

    same_row = (cell(1, "联系电话", 30), cell(1, MOBILE, 30))
    next_row = (cell(1, "联系电话", 30), cell(2, MOBILE, 31))
    weights = [flags_of(replace(make_report(2022), prose=lines))[0].consequence for lines in (same_row, next_row)]
    assert weights == ["note", "explain"]


def test_many_numbers_are_one_finding_that_says_how_many_it_lists() -> None:
    (flag,) = flags_in("\n".join(f"王某139001390{number:02}" for number in range(12)))
    assert (flag.actual, len(flag.evidence)) == (12, 10)
    assert flag.message.startswith(
        "正文有 12 处手机号码：139****9000、139****9001、139****9002 等（证据列出前 10 处）。"
    )


def test_a_masked_line_is_as_long_as_it_was() -> None:
    line = f"王某{MOBILE}，{IDENTITY}，wangxm@qq.com，家庭住址：样本市示例县青山镇桂花村3组12号。"
    assert mask(line) == ("王某138****8000，110***********002X，w*****@qq.com，家庭住址：样本市**************。")
    assert len(mask(line)) == len(line)

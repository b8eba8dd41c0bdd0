"""A government's tables against those of its towns and departments.

In: the view of the report of a county or a city, and the reports of its units that the corpus has for the year.  Out:
verdicts.  A corpus seldom has all units, so only too little is a finding, never too much; and a government may report
for its own office alone, so the sum counts only where the text says that the figures are those of the whole region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.audit.companions import GOVERNMENTS
from parsing.audit.evaluators import both_known
from parsing.audit.members import Figure, Member
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, plain, show
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold

# What adds up over agencies.  Reviews and suits do not: a government is also the one that reviews.
COUNTED = (
    "t3.new_received.total",
    "t3.result_total.total",
    "t2_art20_5.admin_license.decisions",
    "t2_art20_6.admin_penalty.decisions",
    "t2_art20_6.admin_coercion.decisions",
    "b.disclosed_total",
    "b.applications_received",
    "b.applications_closed",
)
NEEDED = ("t3.new_received.total|b.applications_received",)
# 仅统计本级, 不含乡镇和部门, 向县政府办公室提交的申请.
OWN_OFFICE = re.compile(
    r"(?:仅|只)[^,，。;；]{0,10}本级|不(?:含|包括|包含)[^,，。;；]{0,12}(?:乡镇|镇街|街道|部门|各镇|各乡|下属)"
    r"|向[^,，。;；]{1,16}政府办(?:公室)?[^,，。;；]{0,6}提[交出]"
)
WHOLE_REGION = re.compile(r"全[县区市旗州]")
# How far before a figure the words stand that say whose it is.
REACH = 30
FEWEST_UNITS = 2
UNITS_LISTED = 10


def why_not(view: ReportView) -> str:
    """Why a government is not compared with its units; "" where it is."""
    if view.report.particulars.level not in GOVERNMENTS:
        return "不是县、市政府的报告"
    if OWN_OFFICE.search("".join([line.raw for line in view.report.prose])):
        return "报告说明只统计本级"
    return ""


def units_at(units: list[Member], address: str) -> list[Figure]:
    """The numbers of the units at an address, the greatest first."""
    found = [figure for one in units if (figure := one.figure(address))]
    return sorted(found, key=lambda figure: -figure.value)


@check(
    "R.UNIT_LE_WHOLE",
    "政府的数小于其下属一个机关的数",
    severity="info",
    consequence="note",
    legal=("R2019-49-2", "R2019-50", "R2007-32"),
    formula="政府的申请件数、处理决定数、公开信息数 ≥ 下属每个乡镇、街道、部门的同一个数",
    limits="政府的报告只统计政府办公室而没有说明的，会报出；只与同一批里同一年度、名称写明所属地区的机关对照。",
    needs=NEEDED,
    joined=True,
)
def each_unit(view: ReportView) -> Iterator[Verdict]:
    """政府的年度报告一般汇总所属部门和乡镇的数，总数不会小于其中一个机关的数。"""
    if reason := why_not(view):
        yield not_applicable(reason)
        return
    yield not_applicable("这一批里没有下属机关同一年度的报告")
    members = view.companions.units(view.report.particulars)
    for address in filter(view.has, COUNTED):
        units, own = units_at(members, address), view.sum(address)
        if not units:
            continue
        if unknown := both_known(own):
            yield unknown
        elif units[0].value <= own.value:
            yield PASSED
        else:
            yield failed(too_little(view, address, units[:1], len(units)))


def too_little(view: ReportView, address: str, figures: list[Figure], count: int) -> Finding:
    """The government's figure is less than that of these units together; `count` are known."""
    own, table = view.operand(address), view.tables[address.partition(".")[0]]
    units = [figure.operand(table) for figure in figures]
    total, stated = plain(sum(unit.value or 0 for unit in units)), own.value or 0
    spelled = " + ".join(f"{unit.origin.removesuffix('的')} {show(unit.value or 0)}" for unit in units[:UNITS_LISTED])
    rest = units[UNITS_LISTED:]
    if rest:
        spelled += f" + 其余 {len(rest)} 个机关 {show(plain(sum(unit.value or 0 for unit in rest)))}"
    whose = f"下属 {len(units)} 个机关之和" if len(units) > 1 else units[0].origin.removesuffix("的")
    message = (
        f"“{own.label('full')}”：政府的报告为 {show(stated)}，{whose}为 {show(total)}"
        f"（这一批里有 {count} 个下属机关该年度的数），相差 {show(plain(total - stated))}。"
    )
    evidence = (own.evidence("right"), *(unit.evidence("left") for unit in units[:UNITS_LISTED]))
    formula = f"{spelled}{f' = {show(total)}' if len(units) > 1 else ''} > {show(stated)}"
    return Finding(message, evidence, total, stated, formula, own.is_doubtful or any(one.is_doubtful for one in units))


@check(
    "R.SUM_LE_WHOLE",
    "全区域口径的数小于下属机关之和",
    severity="warning",
    consequence="explain",
    legal=("R2019-49-2", "R2019-50", "R2007-32"),
    formula="正文说明是全县（区、市）的数时：政府的数 ≥ 同一批里下属各机关的数之和",
    limits="转办的申请由几个机关各计一次的，下属之和会大于总数；没有取得全部下属机关的报告，所以总数较大时不判断。",
    needs=NEEDED,
    joined=True,
)
def all_units(view: ReportView) -> Iterator[Verdict]:
    """正文说是全县的数，表里就应当包括所有下属机关的数。"""
    if reason := why_not(view):
        yield not_applicable(reason)
        return
    if not covers_region(view):
        yield not_applicable("正文没有说表中的数是全县（区、市）的")
        return
    yield not_applicable("这一批里下属机关同一年度的报告不到两份")
    members = view.companions.units(view.report.particulars)
    for address in filter(view.has, COUNTED):
        units, own = units_at(members, address), view.sum(address)
        if len(units) < FEWEST_UNITS:
            continue
        if unknown := both_known(own):
            yield unknown
        elif sum(unit.value for unit in units) <= own.value:
            yield PASSED
        else:
            yield failed(too_little(view, address, units, len(units)))


def covers_region(view: ReportView) -> bool:
    """Whether the text says of the very figure of the table that it is that of the whole region."""
    loads = [view.sum(one) for one in ("t3.new_received.total", "b.applications_received") if view.has(one)]
    counts = {load.value for load in loads if not both_known(load)}
    for one in view.said("applications_received"):
        if one.claim and one.value in counts:
            text, at = one.claim.where.text or one.claim.quote, one.claim.where.column or 1
            if WHOLE_REGION.search(fold(text[max(at - 1 - REACH, 0) : at - 1 + len(one.claim.quote)])):
                return True
    return False

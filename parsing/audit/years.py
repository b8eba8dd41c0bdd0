"""Tables across years: what one year leaves is what the next one begins with.

In: the view of a report and of the same agency's report of the year before.  Out: what must hold.  A year that is
missing from the corpus is never zero: nothing is said then.  Findings stand with the later year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parsing.audit.disclosure import rows_of
from parsing.audit.documents import DOCUMENTS
from parsing.audit.evaluators import Relation, both_known
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, show
from parsing.audit.views import ReportView

CROSSED = "同名机关合并、分立或者改变统计范围时，可能误报；只与同一批里的上一年度报告对照。"
Compared = Iterator[Relation | Verdict]
DECISIONS = ("t2_art20_5", "t2_art20_6")
# Tenfold, and enough decisions on one side that a few more or less would not do it.
JUMP, FEWEST_TO_JUMP = 10, 50


def of_last_year(operand: Operand) -> Operand:
    """An operand of the earlier report, called so."""
    return operand._replace(origin="上一年度报告的")


def earlier(before: ReportView, *addresses: str) -> Sum:
    return Sum(tuple(of_last_year(before.operand(address)) for address in addresses))


def across(view: ReportView, needed: str, compare: Callable[[ReportView], Compared]) -> Compared:
    """Compare with the year before, if there is such a report and its tables have what is needed."""
    before = view.previous
    if before is None:
        yield not_applicable(view.why_no_previous)
    elif not before.has(needed):
        yield not_applicable("上一年度的报告没有这种格式的表")
    else:
        yield from compare(before)


def known(relation: Relation) -> Relation | Verdict:
    """The relation, unless one of its operands is blank: between years a blank is no zero."""
    return both_known(relation.left, relation.right) or relation


@check(
    "T3.CARRY_CROSS_YEAR",
    "上年结转与上一年度报告的结转下年度不同",
    severity="error",
    consequence="correct",
    legal=("R2019-50-2", "R2019-6"),
    formula="本年上年结转 = 上一年度结转下年度，逐列相等",
    limits=CROSSED,
    needs=("t3.carried_in.total",),
    joined=True,
)
def carry_over(view: ReportView) -> Compared:
    """上一年度没有办完的申请就是这一年结转来的申请，两份报告说的是同一批案件。"""

    def compare(before: ReportView) -> Compared:
        for column in view.table("t3").columns:
            left = earlier(before, f"t3.carried_out.{column.code}")
            right = view.sum(f"t3.carried_in.{column.code}")
            yield known(Relation(left, "==", right, f"表三“{column.label}”列", "row"))

    yield from across(view, "t3.carried_out.total", compare)


@check(
    "T4.AFTER_LE_REVIEW",
    "复议后起诉多于两年的复议案件",
    severity="info",
    consequence="note",
    legal=("R2019-51",),
    formula="复议后起诉总计 ≤ 本年行政复议总计 + 上一年度行政复议总计",
    limits="起诉针对的复议早于上一年度时，可以更多。",
    needs=("t4.lit_after_total",),
    joined=True,
)
def suits_after_reviews(view: ReportView) -> Compared:
    """复议后起诉的案件都经过复议，而复议决定作出后起诉的期限很短，多数在当年或下一年起诉。"""

    def compare(before: ReportView) -> Compared:
        reviews = Sum((view.operand("t4.review_total"), *earlier(before, "t4.review_total").terms))
        yield known(Relation(view.sum("t4.lit_after_total"), "<=", reviews, "表四"))

    yield from across(view, "t4.review_total", compare)


@check(
    "T4.PENDING_CROSS_YEAR",
    "案件总计少于上一年度尚未审结的案件",
    severity="info",
    consequence="note",
    legal=("R2019-50-3",),
    formula="本年总计 ≥ 上一年度尚未审结（复议、直接起诉、复议后起诉各自）",
    limits="上一年度未审结的案件在审结年度是否再计一次，各地做法不一。",
    needs=("t4.review_total",),
    joined=True,
)
def pending_cases(view: ReportView) -> Compared:
    """上一年度没有审结的案件在这一年继续审理，一般会再次出现在这一年的表里。"""

    def compare(before: ReportView) -> Compared:
        for group in ("review", "lit_direct", "lit_after"):
            pending = earlier(before, f"t4.{group}_pending")
            yield known(Relation(view.sum(f"t4.{group}_total"), ">=", pending, "表四"))

    yield from across(view, "t4.review_pending", compare)


def items_follow(view: ReportView, code: str) -> Compared:
    """上一年项目数量 of one block of table 2 against last year's items and their change."""
    first = view.table(code).rows[0].code

    def compare(before: ReportView) -> Compared:
        for stem, place in rows_of(view, code):
            left = earlier(before, f"{stem}.prev_year_items", f"{stem}.net_change")
            yield known(Relation(left, "==", view.sum(f"{stem}.prev_year_items"), place, "column"))

    yield from across(view, f"{code}.{first}.prev_year_items", compare)


@check(
    "T2C.ITEMS_CROSS_YEAR.5",
    "表二第（五）项：上一年项目数量与上一年度报告不衔接",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-5", "N2019-60"),
    formula="本年“上一年项目数量” = 上一年度（上一年项目数量 + 本年增/减）",
    limits=f"权力清单重新梳理后可以不衔接。{CROSSED}",
    needs=("t2_art20_5.admin_license.prev_year_items",),
    joined=True,
)
def licences_follow(view: ReportView) -> Compared:
    """上一年底的事项数就是上一年度报告中原有的加上增减的，换一年来填不会变。"""
    yield from items_follow(view, "t2_art20_5")


@check(
    "T2C.ITEMS_CROSS_YEAR.6",
    "表二第（六）项：上一年项目数量与上一年度报告不衔接",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-6", "N2019-60"),
    formula="本年“上一年项目数量” = 上一年度（上一年项目数量 + 本年增/减）",
    limits=f"权力清单重新梳理后可以不衔接。{CROSSED}",
    needs=("t2_art20_6.admin_penalty.prev_year_items",),
    joined=True,
)
def penalties_follow(view: ReportView) -> Compared:
    """处罚、强制的事项数同样逐年相接。"""
    yield from items_follow(view, "t2_art20_6")


@check(
    "T2C.ITEMS_CROSS_YEAR.8",
    "表二第（八）项：上一年项目数量与上一年度报告不衔接",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-8", "N2019-60"),
    formula="本年“上一年项目数量” = 上一年度（上一年项目数量 + 本年增/减）",
    limits=f"收费目录清理后可以不衔接。{CROSSED}",
    needs=("t2_art20_8.admin_fees.prev_year_items",),
    joined=True,
)
def fee_items_follow(view: ReportView) -> Compared:
    """收费项目的数目也是上一年底的存量加减当年的变化。"""
    yield from items_follow(view, "t2_art20_8")


@check(
    "T2C.DISCLOSED_CROSS_YEAR",
    "表二第（一）项：对外公开总数超过上一年度总数加本年新公开数",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-1", "R2019-6"),
    formula="对外公开总数量 ≤ 上一年度对外公开总数量 + 本年新公开数量",
    limits=CROSSED,
    needs=(f"{DOCUMENTS}.normative_docs.newly_disclosed",),
    joined=True,
)
def disclosed_stock(view: ReportView) -> Compared:
    """公开的文件只会因为新公开而增加，年底总数不会多于年初总数加当年新公开的。"""

    def compare(before: ReportView) -> Compared:
        for stem, place in rows_of(view, DOCUMENTS):
            stock = Sum((*earlier(before, f"{stem}.disclosed_total").terms, view.operand(f"{stem}.newly_disclosed")))
            yield known(Relation(view.sum(f"{stem}.disclosed_total"), "<=", stock, place, "column"))

    yield from across(view, f"{DOCUMENTS}.normative_docs.disclosed_total", compare)


@check(
    "T2D.STOCK_CROSS_YEAR",
    "表二第（一）项：现行有效件数与上一年度不衔接",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-1", "R2019-6"),
    formula="现行有效件数 = 上一年度现行有效件数 + 本年制发件数 - 本年废止件数",
    limits=f"到期自动失效、集中清理而没有计入废止的，可以不衔接。{CROSSED}",
    needs=(f"{DOCUMENTS}.normative_docs.in_force",),
    joined=True,
)
def stock_of_documents(view: ReportView) -> Compared:
    """有效文件的存量只因制发而增、因废止而减，年初数就是上一年度报告的现行有效件数。"""

    def compare(before: ReportView) -> Compared:
        for stem, place in rows_of(view, DOCUMENTS):
            stock = earlier(before, f"{stem}.in_force").terms
            flow = (view.operand(f"{stem}.issued"), view.operand(f"{stem}.repealed"))
            left = Sum((*stock, *flow), "按上一年度推算的现行有效件数", (1, 1, -1))
            yield known(Relation(left, "==", view.sum(f"{stem}.in_force"), place, "column"))

    yield from across(view, f"{DOCUMENTS}.normative_docs.in_force", compare)


@check(
    "T2.YOY_JUMP",
    "表二：处理决定数量与上一年度相差十倍以上",
    severity="info",
    consequence="note",
    legal=("R2019-20-5", "R2019-20-6", "R2019-6"),
    formula=f"处理决定数量与上一年度相差不到 {JUMP} 倍（两年都不到 {FEWEST_TO_JUMP} 件的不比）",
    limits=f"权限下放、上收和专项整治会使决定数量陡增陡减。{CROSSED}",
    needs=("t2_art20_5.admin_license.decisions",),
    joined=True,
)
def decisions_jump(view: ReportView) -> Compared:
    """一个机关的许可、处罚和强制各年相差不会太大，相差十倍往往是换了口径，或者多写、少写了一位。"""

    def compare(before: ReportView) -> Compared:
        for stem, place in (row for code in DECISIONS for row in rows_of(view, code)):
            address = f"{stem}.decisions"
            if before.has(address):
                left, right = earlier(before, address), view.sum(address)
                yield both_known(left, right) or jump(left, right, place)

    yield from across(view, "t2_art20_5.admin_license.decisions", compare)


def jump(before: Sum, now: Sum, place: str) -> Verdict:
    """Two counts of two years that differ by an order of magnitude."""
    least, greatest = sorted((before.value, now.value))
    if greatest < FEWEST_TO_JUMP or greatest <= JUMP * least:
        return PASSED
    message = f"{place}：处理决定数量上一年度为 {show(before.value)}，本年为 {show(now.value)}，相差十倍以上。"
    evidence = (*before.evidence("left"), *now.evidence("right"))
    formula = f"{show(greatest)} > {JUMP} × {show(least)}"
    return failed(Finding(message, evidence, before.value, now.value, formula, before.is_doubtful or now.is_doubtful))

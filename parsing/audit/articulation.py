"""Tables 3 and 4: the sums that the form itself prescribes.

In: the view of a report whose tables 3 or 4 were found.  Out: what must hold, column by column and row by row.
Rows and columns come from the form of the layout found.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.evaluators import NothingFromNothing, Relation, both_known, why_unread
from parsing.audit.lines import TOTAL, applicant_rows, column_place, dispute_group, outcome_columns
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, show, undecidable
from parsing.audit.views import ReportView
from parsing.templates import TableTemplate

LOAD = ("t3.new_received.total", "t3.carried_in.total")
DISPUTES = ("t4.review_total", "t4.lit_direct_total", "t4.lit_after_total")
# Twenty working days and twenty more: few applications can still be open on 31 December.
SHARE_OPEN = 0.5
SMALLEST_LOAD = 10


@check(
    "T3.BALANCE",
    "表三各列：新收加结转等于办理加结转下年",
    severity="error",
    consequence="correct",
    legal=("R2019-50-2", "R2019-50-F", "N2019-60", "N2021-30"),
    formula="本年新收 + 上年结转 = 办理结果总计 + 结转下年度",
    limits="一列中有空白的，只有空白处填上什么数都不能相等时才报，差额按 0 计算。",
    needs=("t3.new_received.total",),
)
def balance(view: ReportView) -> Iterator[Relation]:
    """表头自己印着这一关系：一年里要处理的申请，不是办结了，就是转到下一年，没有第三个去处。"""
    for column in view.table("t3").columns:
        left = view.sum(f"t3.new_received.{column.code}", f"t3.carried_in.{column.code}")
        right = view.sum(f"t3.{TOTAL}.{column.code}", f"t3.carried_out.{column.code}")
        yield Relation(left, "==", right, column_place(column.label), "row")


def outcome_sums(view: ReportView) -> Iterator[Relation]:
    """The outcomes of every column against its （七）总计."""
    for column in outcome_columns(view.table("t3")):
        parts = view.sum(*column.parts, name="各项办理结果之和")
        yield Relation(parts, "==", view.sum(column.total), column.place, "row")


@check(
    "T3.RESULT_SUM.C",
    "表三各列：各项办理结果之和等于总计（试行格式）",
    severity="error",
    consequence="correct",
    legal=("R2019-36", "R2019-50-2", "N2019-60"),
    formula="予以公开 + 部分公开 + 不予公开 8 项 + 无法提供 3 项 + 不予处理 5 项 + 其他处理 = 总计",
    limits="同一申请被计入两项结果的，会报为不符；这正是格式不允许的填法。",
    needs=("t3.other_handling.total",),
)
def trial_outcomes(view: ReportView) -> Iterator[Relation]:
    """每件申请只能有一种办理结果，区分处理的也只计在部分公开一项，所以各项相加就是办理总数。"""
    yield from outcome_sums(view)


@check(
    "T3.RESULT_SUM.D",
    "表三各列：各项办理结果之和等于总计",
    severity="error",
    consequence="correct",
    legal=("R2019-36", "R2019-50-2", "N2021-30"),
    formula="予以公开 + 部分公开 + 不予公开 8 项 + 无法提供 3 项 + 不予处理 5 项 + 其他处理 3 项 = 总计",
    limits="同一申请被计入两项结果的，会报为不符；这正是格式不允许的填法。",
    needs=("t3.other_misc.total",),
)
def current_outcomes(view: ReportView) -> Iterator[Relation]:
    """现行格式把其他处理分成三行，其余与试行格式相同：每件申请计一种结果，合起来是办理总数。"""
    yield from outcome_sums(view)


@check(
    "T3.ROW_SUM",
    "表三各行：各类申请人之和等于总计",
    severity="error",
    consequence="correct",
    legal=("R2019-50-2", "R2019-50-F"),
    formula="自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计",
    limits="总计栏留空而分项有数的，不判断；分项留空按 0 计算。",
    needs=("t3.new_received.total",),
)
def row_sums(view: ReportView) -> Iterator[Relation]:
    """申请人不是自然人就是五类组织之一，每一行按申请人分开的件数相加就是这一行的总数。"""
    for row in applicant_rows(view.table("t3")):
        parts = view.sum(*row.parts, name="六类申请人之和")
        yield Relation(parts, "==", view.sum(row.total), row.place, "column")


@check(
    "T3.NONNEG",
    "表三：件数不能是负数或小数",
    severity="error",
    consequence="correct",
    legal=("R2019-50-F",),
    formula="每一格都是大于或等于 0 的整数",
    limits="没有读出的格不判断。",
    needs=("t3.new_received.total",),
)
def counts(view: ReportView) -> Iterator[Verdict]:
    """表三填的是申请的件数，件数没有半件，也没有负数。"""
    yield from whole_numbers(view, view.table("t3"), "表三")


def whole_numbers(view: ReportView, table: TableTemplate, name: str) -> Iterator[Verdict]:
    """A failure for every cell that is below zero, or has a fraction though it counts things."""
    money = {row.code for row in table.rows if row.is_money or row.unit == "万元"}
    every = view.sum(*table.addresses())
    yield undecidable(f"{name}：{why_unread(every.unread)}") if every.has_unread else PASSED
    for cell in view.report.cells:
        value = cell.value
        if value is None or (value >= 0 and value == int(value)) or not cell.address.startswith(f"{table.code}."):
            continue
        if value < 0 or cell.address.split(".")[1] not in money:
            operand = view.operand(cell.address)
            wrong = "不能为负数" if value < 0 else "应为整数"
            message = f"{name}“{operand.label('full')}”填的是 {show(value)}，{wrong}。"
            yield failed(Finding(message, (operand.evidence("left"),), actual=value, is_doubtful=operand.is_doubtful))


@check(
    "T3.PART_LE_TOTAL",
    "表三各列：任何一项办理结果不大于总计",
    severity="info",
    consequence="explain",
    legal=("R2019-50-2",),
    formula="每一项办理结果 ≤ 总计",
    limits="只在这一列有没读出的格、无法求和时使用；能求和时由求和检查判断。",
    needs=("t3.new_received.total",),
)
def parts_within_total(view: ReportView) -> Iterator[Relation | Verdict]:
    """部分不会大于全部：即使同列有格子没有读出，单独一项已经超过总计也一定有错。"""
    yield not_applicable("各列都能求和，由求和检查判断")
    for column in outcome_columns(view.table("t3")):
        rows, total = view.sum(*column.parts), view.sum(column.total)
        if rows.has_unread:
            for part in rows.terms:
                if part.value and part.address:
                    yield Relation(view.sum(part.address), "<=", total, column.place, "row")


@check(
    "T3.CARRY_PLAUSIBLE",
    "表三：结转下年度不大于全年应办件数",
    severity="info",
    consequence="explain",
    legal=("R2019-33",),
    formula="结转下年度 ≤ 本年新收 + 上年结转",
    limits="只在办理结果总计没有读出或留空时使用；否则由勾稽关系判断。",
    needs=("t3.new_received.total",),
)
def carry_within_load(view: ReportView) -> Iterator[Relation | Verdict]:
    """转到下一年的申请只能来自本年要处理的申请；办理总数读不出来时，这一关系仍然可以核对。"""
    if view.operand(f"t3.{TOTAL}.total").value is not None:
        yield not_applicable("总计可以核对，由勾稽关系判断")
        return
    yield Relation(view.sum("t3.carried_out.total"), "<=", view.sum(*LOAD), column_place("总计"), "row")


@check(
    "T3.CARRY_SHARE",
    "表三：结转下年度不超过全年应办件数的一半",
    severity="info",
    consequence="note",
    legal=("R2019-33",),
    formula="结转下年度 ≤（本年新收 + 上年结转）÷ 2，应办件数在 10 件以上时",
    limits="年底集中收到大量申请，或者第三方意见征求期较长时，比例可以更高。",
    needs=("t3.new_received.total",),
)
def carry_share(view: ReportView) -> Iterator[Verdict]:
    """答复期限是二十个工作日，可再延长二十个工作日，年底还没有办完的通常只是最后两个月收到的申请。"""
    load, open_ones = view.sum(*LOAD), view.sum("t3.carried_out.total")
    if unknown := both_known(load, open_ones):
        yield unknown
    elif load.value < SMALLEST_LOAD:
        yield not_applicable("应办件数不足 10 件")
    elif open_ones.value <= SHARE_OPEN * load.value:
        yield PASSED
    else:
        yield failed(
            Finding(
                f"表三：结转下年度 {show(open_ones.value)} 件，超过全年应办 {show(load.value)} 件的一半。",
                (*load.evidence("left"), *open_ones.evidence("right")),
                expected=SHARE_OPEN * load.value,
                actual=open_ones.value,
                formula=f"{open_ones.written('row')} > （{load.written_out('row')}）÷ 2",
                is_doubtful=load.is_doubtful or open_ones.is_doubtful,
            )
        )


def dispute_sum(view: ReportView, group: str) -> Relation:
    """The four results of one group of table 4 against its 总计."""
    line = dispute_group(view.table("t4"), group)
    parts = view.sum(*line.parts, name="四种结果之和")
    return Relation(parts, "==", view.sum(line.total), line.place)


@check(
    "T4.SUM.REVIEW",
    "表四：行政复议各结果之和等于总计",
    severity="error",
    consequence="correct",
    legal=("R2019-50-3", "R2019-50-F"),
    formula="结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计",
    limits="总计留空而分项有数的，不判断。",
    needs=("t4.review_total",),
)
def reviews(view: ReportView) -> Iterator[Relation]:
    """一件复议案件要么已有三种结果之一，要么尚未审结，四项合起来就是全部案件。"""
    yield dispute_sum(view, "review")


@check(
    "T4.SUM.LIT_DIRECT",
    "表四：未经复议直接起诉各结果之和等于总计",
    severity="error",
    consequence="correct",
    legal=("R2019-50-3", "R2019-50-F"),
    formula="结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计",
    limits="总计留空而分项有数的，不判断。",
    needs=("t4.lit_direct_total",),
)
def direct_lawsuits(view: ReportView) -> Iterator[Relation]:
    """直接起诉的案件与复议后起诉的案件分开计数，各自的四种结果合起来是各自的总数。"""
    yield dispute_sum(view, "lit_direct")


@check(
    "T4.SUM.LIT_AFTER",
    "表四：复议后起诉各结果之和等于总计",
    severity="error",
    consequence="correct",
    legal=("R2019-50-3", "R2019-50-F"),
    formula="结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计",
    limits="总计留空而分项有数的，不判断。",
    needs=("t4.lit_after_total",),
)
def lawsuits_after_review(view: ReportView) -> Iterator[Relation]:
    """复议后起诉的案件也只有四种状态，合起来就是这一组的总数。"""
    yield dispute_sum(view, "lit_after")


@check(
    "T4.WITHOUT_APPLICATIONS",
    "没有申请却有复议或诉讼",
    severity="warning",
    consequence="explain",
    legal=("R2019-50-3",),
    formula="本年新收 + 上年结转 = 0 时，复议和诉讼总计 = 0",
    limits="案件源于更早年度的申请，或者针对主动公开的，可以有案件而没有申请。",
    needs=("t3.new_received.total", "t4.review_total"),
)
def disputes_without_applications(view: ReportView) -> Iterator[NothingFromNothing]:
    """公开方面的复议和诉讼一般由答复申请引起，当年没有任何申请在办却有案件，需要说明案件从何而来。"""
    cases = view.sum(*DISPUTES, name="复议和诉讼案件")
    yield NothingFromNothing(view.sum(*LOAD), cases, "表三、表四")

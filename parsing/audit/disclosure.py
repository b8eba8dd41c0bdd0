"""Table 2: power lists, decisions, fees, procurement.

In: the view of a report whose table 2 was found.  Out: what must hold, row by row.  Which of the two forms is meant
follows from the columns that a check needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.evaluators import Relation, both_known, why_unread
from parsing.audit.operands import UNREAD, Sum
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, show, undecidable
from parsing.audit.views import ReportView

# A small agency that charged a billion yuan has more likely written yuan into a column of 万元.
GREATEST_FEES_WAN = 100_000
SMALL = frozenset(("township", "department"))


def rows_of(view: ReportView, code: str) -> Iterator[tuple[str, str]]:
    """Address stem and place of every row of one block of table 2."""
    for row in view.table(code).rows:
        yield f"{code}.{row.code}", f"表二“{row.label}”"


def zero() -> Sum:
    return Sum((), "0")


def items_not_negative(view: ReportView, code: str) -> Iterator[Relation | Verdict]:
    """Items at the end of the year: those of last year and this year's change."""
    for stem, place in rows_of(view, code):
        items = view.sum(f"{stem}.prev_year_items", f"{stem}.net_change", name="年末项目数")
        yield both_known(items) or Relation(items, ">=", zero(), place, "column")


@check(
    "T2C.ITEMS_NONNEG.5",
    "表二第（五）项：年末项目数不能为负",
    severity="error",
    consequence="correct",
    legal=("R2019-20-5",),
    formula="上一年项目数量 + 本年增/减 ≥ 0",
    limits="增减数写成“3/0”一类的，按增 3 减 0 理解；写法有歧义时可能误报。",
    needs=("t2_art20_5.admin_license.prev_year_items",),
)
def licences_not_negative(view: ReportView) -> Iterator[Relation | Verdict]:
    """目录里减少的事项不会比原有的还多。"""
    yield from items_not_negative(view, "t2_art20_5")


@check(
    "T2C.ITEMS_NONNEG.6",
    "表二第（六）项：年末项目数不能为负",
    severity="error",
    consequence="correct",
    legal=("R2019-20-6",),
    formula="上一年项目数量 + 本年增/减 ≥ 0",
    limits="增减数写成“3/0”一类的，按增 3 减 0 理解；写法有歧义时可能误报。",
    needs=("t2_art20_6.admin_penalty.prev_year_items",),
)
def penalties_not_negative(view: ReportView) -> Iterator[Relation | Verdict]:
    """处罚和强制事项的目录同样不可能减到零以下。"""
    yield from items_not_negative(view, "t2_art20_6")


@check(
    "T2C.ITEMS_NONNEG.8",
    "表二第（八）项：年末项目数不能为负",
    severity="error",
    consequence="correct",
    legal=("R2019-20-8",),
    formula="上一年项目数量 + 本年增/减 ≥ 0",
    limits="增减数写成“3/0”一类的，按增 3 减 0 理解；写法有歧义时可能误报。",
    needs=("t2_art20_8.admin_fees.prev_year_items",),
)
def fee_items_not_negative(view: ReportView) -> Iterator[Relation | Verdict]:
    """收费项目取消得再多，也不会多过上一年已有的项目。"""
    yield from items_not_negative(view, "t2_art20_8")


def decisions_look_like_items(view: ReportView, code: str) -> Iterator[Verdict]:
    """Decisions that equal the items at the end of the year to the unit, where the list has changed."""
    for stem, place in rows_of(view, code):
        items = view.sum(f"{stem}.prev_year_items", f"{stem}.net_change", name="年末项目数")
        decisions = view.sum(f"{stem}.decisions")
        if unknown := both_known(items, decisions):
            yield unknown
        elif items.terms[0].value and items.terms[1].value and decisions.value == items.value:
            yield failed(
                Finding(
                    f"{place}：处理决定数量 {show(decisions.value)} 恰好等于上一年项目数量加本年增减，"
                    "可能把年末项目数填进了处理决定数量。",
                    (*items.evidence("left"), *decisions.evidence("right")),
                    actual=decisions.value,
                    formula=f"{items.written_out('column')} = {decisions.written('column')}",
                    is_doubtful=items.is_doubtful or decisions.is_doubtful,
                )
            )
        else:
            yield PASSED


@check(
    "T2C.DECISIONS_MISREAD.5",
    "表二第（五）项：处理决定数量疑似填成项目数",
    severity="info",
    consequence="note",
    legal=("R2019-20-5",),
    formula="上一年项目数量、本年增/减都不为 0 时，处理决定数量 ≠ 两者之和",
    limits="两个数碰巧相等时会误报。",
    needs=("t2_art20_5.admin_license.prev_year_items",),
)
def licence_decisions(view: ReportView) -> Iterator[Verdict]:
    """项目数是目录里的事项，处理决定数是一年作出的决定，两者没有加减关系；恰好相等往往是看错了栏目。"""
    yield from decisions_look_like_items(view, "t2_art20_5")


@check(
    "T2C.DECISIONS_MISREAD.6",
    "表二第（六）项：处理决定数量疑似填成项目数",
    severity="info",
    consequence="note",
    legal=("R2019-20-6",),
    formula="上一年项目数量、本年增/减都不为 0 时，处理决定数量 ≠ 两者之和",
    limits="两个数碰巧相等时会误报。",
    needs=("t2_art20_6.admin_penalty.prev_year_items",),
)
def penalty_decisions(view: ReportView) -> Iterator[Verdict]:
    """处罚、强制的事项数与决定数是两回事，把三栏当成一道加法填写是常见的误解。"""
    yield from decisions_look_like_items(view, "t2_art20_6")


@check(
    "T2C.PROCUREMENT_PAIR",
    "表二第（九）项：采购项目数与采购金额同有同无",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-9",),
    formula="采购项目数量 = 0 与 采购总金额 = 0 同时成立或同时不成立",
    limits="项目当年实施、下年付款的，可能有项目而没有金额。",
    needs=("t2_art20_9.gov_procurement.project_count",),
)
def procurement(view: ReportView) -> Iterator[Verdict]:
    """有采购项目就有金额，有金额就有项目，一个为零一个不为零说明有一格漏填或错填。"""
    number, amount = (view.sum(f"t2_art20_9.gov_procurement.{code}") for code in ("project_count", "amount_total"))
    if unknown := both_known(number, amount):
        yield unknown
    elif (number.value == 0) == (amount.value == 0):
        yield PASSED
    else:
        message = f"表二“政府集中采购”：采购项目数量为 {show(number.value)}，采购总金额为 {show(amount.value)}。"
        evidence = (*number.evidence("left"), *amount.evidence("right"))
        formula = f"{number.written('column')}；{amount.written('column')}"
        yield failed(Finding(message, evidence, formula=formula, is_doubtful=number.is_doubtful or amount.is_doubtful))


@check(
    "T2D.FEES_UNIT",
    "表二第（八）项：收费金额疑似以元填报",
    severity="info",
    consequence="note",
    legal=("R2019-20-8",),
    formula=f"乡镇、街道和部门：本年收费金额 ≤ {GREATEST_FEES_WAN} 万元",
    limits="收费特别多的部门可能确有此数。",
    needs=("t2_art20_8.admin_fees.amount_wan",),
)
def fees_unit(view: ReportView) -> Iterator[Verdict]:
    """这一栏的单位是万元，一个乡镇或部门一年收费十亿元以上极少见，更可能是按元填写。"""
    fees = view.operand("t2_art20_8.admin_fees.amount_wan")
    if view.report.particulars.level not in SMALL:
        yield not_applicable("不是乡镇、街道和部门的报告")
    elif fees.status in UNREAD:
        yield undecidable(why_unread([fees]))
    elif fees.value is None:
        yield not_applicable("金额空白")
    elif fees.value <= GREATEST_FEES_WAN:
        yield PASSED
    else:
        message = f"表二“行政事业性收费”：{show(fees.value)} 万元，可能把元当作了万元。"
        evidence = (fees.evidence("left"),)
        yield failed(Finding(message, evidence, actual=fees.value, is_doubtful=fees.is_doubtful))

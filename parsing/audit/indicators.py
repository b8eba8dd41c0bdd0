"""The national indicator table of the years under the former regulations (统计表): its sums.

In: the view of a report with that table.  Out: what must hold.  The addends are the rows that the form puts under a
total; a row that the form only prints there, though it counts something else, is no addend.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.evaluators import Relation, Weight
from parsing.audit.registry import check
from parsing.audit.views import ReportView, numbers_below

PLACE = "统计表"
# The table has no row for cases still pending: results that fall short of the cases may be those.
PENDING: Weight = ("warning", "explain")


def parts_of(view: ReportView, total: str, name: str, shortfall: bool = False) -> Relation:
    """The rows under a total add up to it."""
    parts = view.sum(*numbers_below(view.table("b"), total), name=name)
    return Relation(parts, "==", view.sum(f"b.{total}"), PLACE, shortfall=PENDING if shortfall else None)


@check(
    "B.METHODS",
    "统计表：各种申请方式之和等于收到申请数",
    severity="error",
    consequence="correct",
    legal=("R2007-20", "N2014-32"),
    formula="当面 + 传真 + 网络 + 信函 = 收到申请数",
    limits="用表中没有列出的方式（如电话）申请而没有归入四项的，会报为不符。",
    needs=("b.applications_received",),
)
def methods(view: ReportView) -> Iterator[Relation]:
    """每件申请只以一种方式提出，四种方式的件数相加就是收到的申请。"""
    yield parts_of(view, "applications_received", "四种申请方式之和")


@check(
    "B.CLOSED",
    "统计表：按时与延期办结之和等于申请办结数",
    severity="error",
    consequence="correct",
    legal=("R2007-24", "N2014-32"),
    formula="按时办结数 + 延期办结数 = 申请办结数",
    limits="超过延长期限才办结、两项都没有计入的，会报为不符。",
    needs=("b.applications_closed",),
)
def closed(view: ReportView) -> Iterator[Relation]:
    """办结的申请要么在十五个工作日内办结，要么延期办结。"""
    yield parts_of(view, "applications_closed", "按时与延期办结之和")


@check(
    "B.REPLIES",
    "统计表：各类答复之和等于申请答复数",
    severity="error",
    consequence="correct",
    legal=("R2007-21", "N2014-32"),
    formula="八类答复之和 = 申请答复数",
    limits="一件申请分别作出几种答复、逐项计数的，会报为不符。",
    needs=("b.replies_total",),
)
def replies(view: ReportView) -> Iterator[Relation]:
    """表中列出的八类答复涵盖了条例规定的全部答复情形。"""
    yield parts_of(view, "replies_total", "八类答复之和")


@check(
    "B.DENIED",
    "统计表：各项不同意公开理由之和等于不同意公开答复数",
    severity="error",
    consequence="correct",
    legal=("R2007-14", "R2007-8", "R2007-21"),
    formula="六项理由之和 = 不同意公开答复数",
    limits="一件申请以两项理由拒绝并重复计数的，各项之和会大于总数。",
    needs=("b.reply_denied",),
)
def denied(view: ReportView) -> Iterator[Relation]:
    """每一件不同意公开的答复都应当有一项理由。"""
    yield parts_of(view, "reply_denied", "六项理由之和")


@check(
    "B.REVIEWS",
    "统计表：复议各结果之和等于行政复议数量",
    severity="error",
    consequence="correct",
    legal=("R2007-33", "N2014-32"),
    formula="维持 + 依法纠错 + 其他情形 = 行政复议数量",
    limits="表中没有尚未审结一项，未审结的案件没有归入其他情形时，各项之和会小于总数，这时只作需要说明。",
    needs=("b.reviews_total",),
)
def reviews(view: ReportView) -> Iterator[Relation]:
    """三种结果是复议案件的全部去向，合起来不会多于案件数。"""
    yield parts_of(view, "reviews_total", "三种结果之和", shortfall=True)


@check(
    "B.LITIGATIONS",
    "统计表：诉讼各结果之和等于行政诉讼数量",
    severity="error",
    consequence="correct",
    legal=("R2007-33", "N2014-32"),
    formula="维持或驳回 + 依法纠错 + 其他情形 = 行政诉讼数量",
    limits="表中没有尚未审结一项，未审结的案件没有归入其他情形时，各项之和会小于总数，这时只作需要说明。",
    needs=("b.litigations_total",),
)
def litigations(view: ReportView) -> Iterator[Relation]:
    """三种结果是诉讼案件的全部去向，合起来不会多于案件数。"""
    yield parts_of(view, "litigations_total", "三种结果之和", shortfall=True)


@check(
    "B.STAFF",
    "统计表：专职与兼职人员之和等于工作人员数",
    severity="error",
    consequence="correct",
    legal=("N2014-32",),
    formula="专职人员数 + 兼职人员数 = 工作人员数",
    limits="政府公报、网站工作人员不计入专职人员数，却计入总数的，会报为不符。",
    needs=("b.staff_total",),
)
def staff(view: ReportView) -> Iterator[Relation]:
    """从事这项工作的人员不是专职就是兼职。"""
    yield parts_of(view, "staff_total", "专职与兼职人员之和")

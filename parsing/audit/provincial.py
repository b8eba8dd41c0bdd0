"""The tables of single provinces before there was a national one.

In: the view of a report with such a table; its family follows from the rows that a check needs.  Out: what must
hold.  Nothing is demanded of rows that a family does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.evaluators import Relation
from parsing.audit.registry import check
from parsing.audit.views import ReportView, numbers_below

PLACE = "统计表"


def parts_of(view: ReportView, total: str, name: str) -> Relation:
    """The rows under a total add up to it."""
    return Relation(view.sum(*numbers_below(view.table("a"), total), name=name), "==", view.sum(f"a.{total}"), PLACE)


@check(
    "A.METHODS",
    "地方统计表：各种申请方式之和等于申请总数",
    severity="error",
    consequence="correct",
    legal=("R2007-32",),
    formula="当面 + 传真 + 电子邮件 + 网上 + 信函 + 其他形式 = 申请总数",
    limits="申请总数按人次、分项按件数填写的，会报为不符。",
    needs=("a.a_apply_fax",),
)
def methods(view: ReportView) -> Iterator[Relation]:
    """六种方式包含其他形式一项，因此穷尽了全部申请。"""
    yield parts_of(view, "a_applications", "六种申请方式之和")


@check(
    "A.METHODS.A3",
    "地方统计表（短表）：三种申请方式之和等于申请总数",
    severity="error",
    consequence="correct",
    legal=("R2007-32",),
    formula="当面 + 网上填表及电子邮件 + 信函及传真 = 申请总数",
    limits="申请总数按人次、分项按件数填写的，会报为不符。",
    needs=("a.a_apply_web_email",),
)
def methods_of_the_short_form(view: ReportView) -> Iterator[Relation]:
    """短表把申请方式并成三行，没有其他形式一项，因此穷尽了全部申请。"""
    yield parts_of(view, "a_applications", "三种申请方式之和")


@check(
    "A.REPLIES.A1",
    "地方统计表：各类答复之和等于答复总数",
    severity="error",
    consequence="correct",
    legal=("R2007-21",),
    formula="同意公开 + 同意部分公开 + 否决公开 = 答复总数",
    limits="撤回、转办等没有归入三类的答复，会报为不符。",
    needs=("a.a_reply_denied",),
)
def replies(view: ReportView) -> Iterator[Relation]:
    """答复不外乎同意、部分同意和否决，其余情形都列在否决的理由里。"""
    yield parts_of(view, "a_replies", "三类答复之和")


@check(
    "A.REPLIES.A2",
    "地方统计表：八类答复之和等于答复总数",
    severity="error",
    consequence="correct",
    legal=("R2007-21",),
    formula="同意公开 + 同意部分公开 + 五类告知 + 不予公开 = 答复总数",
    limits="撤回、转办等没有归入八类的答复，会报为不符。",
    needs=("a.a_refused_state_secret",),
)
def replies_of_eight_kinds(view: ReportView) -> Iterator[Relation]:
    """后来的表把信息不存在等五类告知与不予公开并列，八类合起来是全部答复。"""
    yield parts_of(view, "a_replies", "八类答复之和")


@check(
    "A.REFUSED.A2",
    "地方统计表：各项不予公开理由之和等于不予公开答复总数",
    severity="error",
    consequence="correct",
    legal=("R2007-14", "R2007-8"),
    formula="六项理由之和 = 不予公开答复总数",
    limits="一件申请以两项理由拒绝并重复计数的，各项之和会大于总数。",
    needs=("a.a_refused_state_secret",),
)
def refused(view: ReportView) -> Iterator[Relation]:
    """每一件不予公开的答复都应当有一项理由，最后一项包括法律法规规定的其他情形。"""
    yield parts_of(view, "a_reply_refused", "六项理由之和")


@check(
    "A.FEES",
    "地方统计表：主动公开与依申请收费之和等于收费总数",
    severity="warning",
    consequence="explain",
    legal=("R2007-27",),
    formula="主动公开收费 + 依申请提供信息收费 = 收取费用总数",
    limits="总数另含其他收费的，会报为不符；差额在一分钱以内不计。",
    needs=("a.a_fees_total",),
    tolerance=0.01,
)
def fees(view: ReportView) -> Iterator[Relation]:
    """收费只有主动公开和依申请提供两个来源。"""
    yield parts_of(view, "a_fees_total", "两项收费之和")


@check(
    "A.STAFF",
    "地方统计表：全职与兼职人员之和等于指定人员数",
    severity="warning",
    consequence="explain",
    legal=("R2007-32",),
    formula="全职人员 + 兼职人员 = 指定专职人员数",
    limits="把指定专职人员理解为只有全职人员的，会报为不符。",
    needs=("a.a_staff",),
)
def staff(view: ReportView) -> Iterator[Relation]:
    """两个分项把指定的人员分成全职和兼职。"""
    yield parts_of(view, "a_staff", "全职与兼职人员之和")


@check(
    "A.SUBSETS",
    "地方统计表：其中项不多于主动公开信息数",
    severity="error",
    consequence="correct",
    legal=("R2007-32",),
    formula="每个其中项 ≤ 主动公开信息数",
    limits="总数只填当年、其中项填历年累计的，会报为不符。",
    needs=("a.a_disclosed_fulltext",),
)
def subsets(view: ReportView) -> Iterator[Relation]:
    """全文电子化的信息、公文类信息和新增规范性文件都是主动公开信息的一部分。"""
    for address in numbers_below(view.table("a"), "a_disclosed_total"):
        yield Relation(view.sum(address), "<=", view.sum("a.a_disclosed_total"), PLACE)

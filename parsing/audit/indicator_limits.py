"""The national indicator table: what may not exceed what, and what cannot be without something else.

In: the view of a report with that table.  Out: what must hold.  Where one item may be counted in several rows only
an inequality is demanded.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.articulation import whole_numbers
from parsing.audit.evaluators import NothingFromNothing, Relation, both_known
from parsing.audit.indicators import PLACE
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, show
from parsing.audit.views import ReportView, numbers_below


@check(
    "B.CHANNEL_SUM_GE_TOTAL",
    "统计表：各渠道公开数之和不少于主动公开总数",
    severity="warning",
    consequence="explain",
    legal=("R2007-15", "N2014-32"),
    formula="五种渠道之和 ≥ 主动公开政府信息数",
    limits="只要求不少于：同一条信息经几个渠道公开，总数计一次，各渠道各计一次。",
    needs=("b.disclosed_total",),
)
def channel_sum(view: ReportView) -> Iterator[Relation]:
    """每条主动公开的信息至少经过一个渠道，所以各渠道相加不会少于总数。"""
    parts = view.sum(*numbers_below(view.table("b"), "channel_head"), name="各渠道公开数之和")
    yield Relation(parts, ">=", view.sum("b.disclosed_total"), PLACE)


@check(
    "B.CHANNEL_LE_TOTAL",
    "统计表：任一渠道公开数不多于主动公开总数",
    severity="warning",
    consequence="explain",
    legal=("N2014-32",),
    formula="每一渠道公开数 ≤ 主动公开政府信息数",
    limits="微博、微信按发布篇次而不是按信息条数统计的，常会超过总数。",
    needs=("b.disclosed_total",),
)
def each_channel(view: ReportView) -> Iterator[Relation]:
    """经某一渠道公开的信息是全部公开信息的一部分。"""
    for address in numbers_below(view.table("b"), "channel_head"):
        yield Relation(view.sum(address), "<=", view.sum("b.disclosed_total"), PLACE)


@check(
    "B.NORMATIVE_LE_TOTAL",
    "统计表：公开的规范性文件数不多于主动公开总数",
    severity="error",
    consequence="correct",
    legal=("R2007-10",),
    formula="主动公开规范性文件数 ≤ 主动公开政府信息数",
    limits="总数漏填或只填了一个渠道时，也会报出。",
    needs=("b.disclosed_total",),
)
def normative_within_total(view: ReportView) -> Iterator[Relation]:
    """规范性文件列在其中一栏，是主动公开信息的一部分。"""
    yield Relation(view.sum("b.disclosed_normative_docs"), "<=", view.sum("b.disclosed_total"), PLACE)


@check(
    "B.NORMATIVE_LE_MADE",
    "统计表：公开的规范性文件数不多于制发数",
    severity="info",
    consequence="note",
    legal=("R2007-10", "R2007-18"),
    formula="主动公开规范性文件数 ≤ 制发规范性文件总数",
    limits="公开以前年度或上级机关的文件时，公开数可以多于制发数。",
    needs=("b.disclosed_total",),
)
def normative_made(view: ReportView) -> Iterator[Relation]:
    """当年公开的规范性文件一般是当年制发的。"""
    yield Relation(view.sum("b.disclosed_normative_docs"), "<=", view.sum("b.normative_docs_made"), PLACE)


@check(
    "B.CHIEF_PRESS",
    "统计表：主要负责同志参加发布会次数不多于发布会总次数",
    severity="error",
    consequence="correct",
    legal=("N2014-32",),
    formula="主要负责同志参加次数 ≤ 新闻发布会总次数",
    limits="按人次填写主要负责同志参加次数的，会报为不符。",
    needs=("b.press_conferences",),
)
def chief_at_conferences(view: ReportView) -> Iterator[Relation]:
    """参加的发布会包含在举办或参加的发布会总数之内。"""
    yield Relation(view.sum("b.press_conferences_chief"), "<=", view.sum("b.press_conferences"), PLACE)


@check(
    "B.CHIEF_WEB",
    "统计表：主要负责同志参加在线访谈次数不多于访谈总次数",
    severity="error",
    consequence="correct",
    legal=("N2014-32",),
    formula="主要负责同志参加次数 ≤ 在线访谈次数",
    limits="按人次填写主要负责同志参加次数的，会报为不符。",
    needs=("b.web_interviews",),
)
def chief_at_interviews(view: ReportView) -> Iterator[Relation]:
    """参加的在线访谈包含在访谈总数之内。"""
    yield Relation(view.sum("b.web_interviews_chief"), "<=", view.sum("b.web_interviews"), PLACE)


@check(
    "B.RESPONSES_CHANNELS",
    "统计表：各种方式回应次数之和不少于回应总数",
    severity="warning",
    consequence="explain",
    legal=("N2014-32",),
    formula="发布会 + 在线访谈 + 政策解读 + 微博微信回应 + 其他方式 ≥ 回应公众关注热点或重大舆情数",
    limits="各方式还包括政策解读，之和较大是正常的，只核对较小的情形。",
    needs=("b.responses_total",),
)
def responses(view: ReportView) -> Iterator[Relation]:
    """每一次回应至少用了一种方式，各种方式的次数相加不会少于回应的次数。"""
    parts = view.sum(*numbers_below(view.table("b"), "respond_head"), name="各种方式回应次数之和")
    yield Relation(parts, ">=", view.sum("b.responses_total"), PLACE)


@check(
    "B.CLOSED_VS_REPLIES",
    "统计表：申请办结数等于申请答复数",
    severity="warning",
    consequence="explain",
    legal=("R2007-24",),
    formula="申请办结数 = 申请答复数",
    limits="一件申请作出几份答复，或者申请人撤回申请的，两数可以不同。",
    needs=("b.applications_closed",),
)
def closed_by_replies(view: ReportView) -> Iterator[Relation]:
    """申请以答复办结，办结的件数与答复的件数一般相同。"""
    yield Relation(view.sum("b.applications_closed"), "==", view.sum("b.replies_total"), PLACE)


@check(
    "B.CLOSED_VS_RECEIVED",
    "统计表：申请办结数不多于收到申请数",
    severity="info",
    consequence="note",
    legal=("R2007-24",),
    formula="申请办结数 ≤ 收到申请数",
    limits="表中没有结转一栏，办结上一年收到的申请时，办结数可以较多。",
    needs=("b.applications_closed",),
)
def closed_were_received(view: ReportView) -> Iterator[Relation]:
    """办结的申请应当先收到；多出的部分只能是上一年转来的。"""
    yield Relation(view.sum("b.applications_closed"), "<=", view.sum("b.applications_received"), PLACE)


@check(
    "B.FEES_WITHOUT_APPS",
    "统计表：没有申请却收取了费用",
    severity="warning",
    consequence="explain",
    legal=("R2007-27",),
    formula="收到申请数 = 0 时，依申请公开收取的费用 = 0",
    limits="费用源于上一年收到的申请时，可以没有申请而有收费。",
    needs=("b.fees_collected_wan",),
    tolerance=0.000001,
)
def fees_without_applications(view: ReportView) -> Iterator[NothingFromNothing]:
    """检索、复制、邮寄费只能向申请人收取，没有申请就没有收费的对象。"""
    received, fees = view.sum("b.applications_received"), view.sum("b.fees_collected_wan")
    yield NothingFromNothing(received, fees, PLACE)


@check(
    "B.DISPUTES_WITHOUT_APPS",
    "统计表：没有申请也没有答复，却有复议或诉讼",
    severity="warning",
    consequence="explain",
    legal=("R2007-33",),
    formula="收到申请数 + 申请答复数 = 0 时，行政复议数量 + 行政诉讼数量 = 0",
    limits="案件源于更早年度的申请，或者针对主动公开的，可以有案件而没有申请。",
    needs=("b.reviews_total",),
)
def disputes_without_applications(view: ReportView) -> Iterator[NothingFromNothing]:
    """公开方面的案件一般由答复申请引起，既无申请也无答复而有案件，需要说明。"""
    premise = view.sum("b.applications_received", "b.replies_total")
    cases = view.sum("b.reviews_total", "b.litigations_total")
    yield NothingFromNothing(premise, cases, PLACE)


@check(
    "B.TRAINING_PAIR",
    "统计表：培训班数与培训人次同有同无",
    severity="info",
    consequence="note",
    legal=("N2014-32",),
    formula="举办培训班数 = 0 与 接受培训人员数 = 0 同时成立或同时不成立",
    limits="派人参加上级举办的培训时，可以有人次而没有办班。",
    needs=("b.training_sessions",),
)
def training(view: ReportView) -> Iterator[Verdict]:
    """办了培训班就有人参加，有人参加就有培训班。"""
    sessions, trainees = view.sum("b.training_sessions"), view.sum("b.trainees")
    if unknown := both_known(sessions, trainees):
        yield unknown
    elif (sessions.value == 0) == (trainees.value == 0):
        yield PASSED
    else:
        message = f"统计表：举办培训班 {show(sessions.value)} 次，接受培训 {show(trainees.value)} 人次，一有一无。"
        evidence = (*sessions.evidence("left"), *trainees.evidence("right"))
        formula = f"{sessions.written('full')}；{trainees.written('full')}"
        yield failed(
            Finding(message, evidence, formula=formula, is_doubtful=sessions.is_doubtful or trainees.is_doubtful)
        )


@check(
    "B.NONNEG",
    "统计表：数值不能为负，除金额外应为整数",
    severity="error",
    consequence="correct",
    legal=("N2014-32",),
    formula="每一项 ≥ 0；除两项万元金额外均为整数",
    limits="没有读出的项不判断。",
    needs=("b.disclosed_total",),
)
def whole(view: ReportView) -> Iterator[Verdict]:
    """这张表填的是条数、件数、次数和人数，只有经费和收费可以有小数。"""
    yield from whole_numbers(view, view.table("b"), PLACE)

"""The prose against the tables: the parts of what it counts.

In: the view of a report.  Out: agreements and denials for ways of applying, kinds of applicants, the outcome of
disputes, decisions, fees and supporting work, each with the readings of bindings.toml.  Where the prose gives a part in
several places, one that fits is enough, and so is their sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsing.audit.agreements import Agreement, Denial
from parsing.audit.bindings import meanings_of, sums_meant
from parsing.audit.denials import DISPUTES_IN_LAW, counts, denials
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import Verdict, not_applicable
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold

METHOD = "applications_method"
# Ways that a form counts together where it has no row for the second.
TOGETHER = {"online": "email", "letter": "fax"}
# Words for several ways at once: 线下申请, 书面申请, 信函、当面申请.
SEVERAL_WAYS = re.compile("线下|书面|[^,;。]、|[和及]")
OFF_LINE = tuple(
    tuple(f"{form}apply_{way}" for way in ways)
    for form in ("b.", "a.a_")
    for ways in (("in_person", "letter"), ("in_person", "letter", "fax"), ("letter", "fax"))
)
DECISIONS = {
    "licence_decisions": "行政许可决定数",
    "penalty_decisions": "行政处罚决定数",
    "coercion_decisions": "行政强制决定数",
}
SUPPORT = {
    "responses_total": "回应热点或舆情次数", "press_conferences": "新闻发布会次数", "meetings": "会议次数",
    "training_sessions": "培训班次数", "trainees": "培训人数", "staff_full_time": "专职人员数",
    "staff_part_time": "兼职人员数",
}  # fmt: skip
YUAN_IN_WAN = 10_000

Demands = Iterator[Agreement | Denial | Verdict]


def compare(said: Sequence[Operand], readings: Sequence[Sum], subject: str) -> Demands:
    """Figures of a part against what they may mean; where the prose only denies it, the first meaning counts none."""
    if some := counts(said):
        yield Agreement(some, readings, subject, adds_up=True)
    elif none := denials(said):
        yield Denial(none, readings[0], subject)
    else:
        yield not_applicable(f"正文没有给出{subject}")


def compare_all(view: ReportView, metric: str, subject: str) -> Demands:
    """Every dim of a metric that the tables of the report count."""
    for meaning in meanings_of(metric):
        if readings := sums_meant(view, metric, meaning.dim):
            yield from compare(view.said(metric, meaning.dim), readings, subject)


@check(
    "X.METHODS_TEXT",
    "正文的申请方式件数与统计表不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-29", "R2007-20", "R2007-32"),
    formula="正文每种申请方式的件数 = 统计表该方式的件数",
    limits="电子邮件申请在统计表里归入网络申请还是信函申请，各地不一；归入信函的可能误报。",
    needs=("b.apply_online|a.a_apply_in_person",),
)
def ways_of_applying(view: ReportView) -> Demands:
    """统计表分方式填报收到的申请，正文说到同一方式时应当一致。"""
    for meaning in meanings_of(METHOD):
        readings, dims = sums_meant(view, METHOD, meaning.dim), [meaning.dim]
        other = TOGETHER.get(meaning.dim or "")
        if other and not sums_meant(view, METHOD, other):
            dims.append(other)
        said = [one for dim in dims for one in view.said(METHOD, dim)]
        if any(one.claim and SEVERAL_WAYS.search(fold(one.claim.quote)) for one in said):
            readings += [view.sum(*ways) for ways in OFF_LINE if all(view.has(address) for address in ways)]
        if readings:
            yield from compare(said, readings, "该方式的申请件数")


@check(
    "X.APPLICANTS_TEXT",
    "正文的申请人类别件数与表三不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-50-2", "R2019-29"),
    formula="正文每类申请人的件数 = 表三该列的本年新收，或本年新收 + 上年结转",
    limits="正文的企业可以只指商业企业，也可以指全部法人，两种都试；按人数计的可能误报。",
    needs=("t3.new_received.natural_person",),
)
def applicants(view: ReportView) -> Demands:
    """表三按申请人分列，正文说到自然人、企业各多少件时应当与各列相同。"""
    yield from compare_all(view, "applications_applicant", "该类申请人的申请件数")


@check(
    "X.DISPUTE_OUTCOMES",
    "正文的复议、诉讼结果与表格不同",
    severity="warning",
    consequence="explain",
    legal=DISPUTES_IN_LAW,
    formula="正文每种结果的件数 = 表中该结果的件数（诉讼可以是两组之和，或其中一组）",
    limits="正文只说当年新发生的案件，表格还包括上年转来的，可能误报。",
    needs=("t4.review_upheld|b.reviews_upheld",),
)
def dispute_outcomes(view: ReportView) -> Demands:
    """维持、纠正各多少件是复议和诉讼的结论，正文与表格说的是同一批案件。"""
    yield from compare_all(view, "review_outcome", "行政复议该种结果的件数")
    yield from compare_all(view, "litigation_outcome", "行政诉讼该种结果的件数")


@check(
    "X.DECISIONS_TEXT",
    "正文的行政许可、处罚、强制件数与表二不同",
    severity="info",
    consequence="explain",
    legal=("R2019-20-5", "R2019-20-6"),
    formula="正文行政许可（处罚、强制）决定件数 = 表二本年处理决定数量",
    limits="正文说的是办理或者公示的件数而不是决定的件数时，可能误报。",
    needs=("t2_art20_5.admin_license.decisions",),
)
def decisions(view: ReportView) -> Demands:
    """全年作出多少决定在表二各有一栏，正文再说时应当相同。"""
    for metric, subject in DECISIONS.items():
        yield from compare_all(view, metric, subject)


@check(
    "X.FEES_TEXT",
    "正文的收费金额与表格不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-8", "R2007-27"),
    formula="正文收费金额 = 表中收费金额（元与万元折算后）",
    limits="正文只说其中一项收费的，可能误报。",
    needs=("t2_art20_8.admin_fees.amount_wan|b.fees_collected_wan|a.a_fees_total",),
    tolerance=0.00005,
)
def fees(view: ReportView) -> Demands:
    """收费是法定的报告内容，正文写明金额的，应当与表格相同。"""
    yield not_applicable("正文没有给出收费金额")
    if view.has("t2_art20_8.admin_fees.amount_wan") and (said := counts(view.said("admin_fees_wan"))):
        yield Agreement(said, sums_meant(view, "admin_fees_wan"), "行政事业性收费金额（万元）", True)
    charged = counts(view.said("fee_yuan"))
    if charged and view.has("b.fees_collected_wan"):
        yield Agreement(in_wan(view, charged), [view.sum("b.fees_collected_wan")], "收费金额（万元）", True)
    elif charged and view.has("a.a_fees_total"):
        amounts = [view.sum(address) for address in ("a.a_fees_total", "a.a_fees_request")]
        yield Agreement(charged, amounts, "收费金额（元）", True)


def in_wan(view: ReportView, said: Sequence[Operand]) -> list[Operand]:
    """The same amounts in 万元."""
    claims = [one.claim for one in said if one.claim]
    return [
        view.statement(replace(claim, value=claim.value / YUAN_IN_WAN, unit="万元"))
        for claim in claims
        if isinstance(claim.value, int | float)
    ]


@check(
    "X.SUPPORT_TEXT",
    "正文的会议、培训、人员等数与统计表不同",
    severity="info",
    consequence="note",
    legal=("N2014-32", "R2007-32"),
    formula="正文会议、培训、人员、回应等数 = 统计表对应一行",
    limits="正文说的是政务公开以外的会议、培训，或者只说其中一部分时，可能误报。",
    needs=("b.meetings|a.a_staff_full",),
)
def support(view: ReportView) -> Demands:
    """统计表填报会议、培训、人员和回应的数，正文说到同一件事时一般相同。"""
    for metric, subject in SUPPORT.items():
        yield from compare_all(view, metric, subject)

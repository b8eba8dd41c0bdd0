"""The prose against itself: parts and their total, shares, the same number said twice.

In: the view of a report.  Out: relations between claims.  Parts are held against a total only where the list says
that they are its parts; they must add up only where the list says that it is complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from parsing.audit.agreements import meets
from parsing.audit.evaluators import Relation, all_evidence, why_unread
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, plain, show, undecidable
from parsing.audit.views import ReportView
from parsing.model import Claim

DISCLOSED = frozenset(("disclosed_total", "disclosed_channel", "disclosed_category"))
RECEIVED_IN_LAW = ("R2019-29", "R2007-20")
TRUTH_IN_LAW = ("R2019-6", "R2007-6")
# A share of what was due in time (按时办结率) is no share of all that was received.
IN_TIME = re.compile(r"按时|按期|及时|期限|时限|限期|法定")
# Statements that a report makes once a year; parts, posts and results have many of the same kind.
SAID_ONCE = {
    "disclosed_total": "主动公开信息数",
    "applications_received": "收到申请件数",
    "applications_closed": "办结件数",
    "carried_in": "上年结转件数",
    "carried_out": "结转下年件数",
    "reviews_total": "行政复议件数",
    "litigations_total": "行政诉讼件数",
    "normative_issued": "制发规范性文件件数",
    "normative_in_force": "现行有效规范性文件件数",
}


def lists_of(view: ReportView) -> Iterator[tuple[Claim, list[Claim]]]:
    """Every list of the prose: its total and those of its parts that are counts."""
    grouped: dict[int, list[Claim]] = {}
    for claim in view.report.claims:
        if claim.list_id is not None and isinstance(claim.value, int | float) and claim.unit != "%":
            grouped.setdefault(claim.list_id, []).append(claim)
    for claims in grouped.values():
        totals = [claim for claim in claims if claim.list_role == "total"]
        parts = [claim for claim in claims if claim.list_role == "part"]
        if len(totals) == 1 and parts:
            yield totals[0], parts


def adds_up(view: ReportView, total: Claim, parts: list[Claim], place: str) -> Relation:
    """The parts of a list are its total, or not more than it where the list need not be complete."""
    sum_of_parts = Sum(tuple(view.statement(part) for part in parts), "各分项之和")
    is_complete = all(part.is_exhaustive for part in parts)
    return Relation(sum_of_parts, "==" if is_complete else "<=", Sum((view.statement(total),)), place)


@check(
    "X.CHANNEL_SUM_TEXT",
    "正文：主动公开各分项与总数不合",
    severity="info",
    consequence="explain",
    legal=("R2019-50-1", "R2007-32"),
    formula="列举完全的：各分项之和 = 总数；列举不完全的：各分项之和 ≤ 总数",
    limits="同一条信息经几个渠道公开而各渠道重复计数的，分项之和会大于总数。",
)
def disclosed_lists(view: ReportView) -> Iterator[Relation | Verdict]:
    """“其中”之后列出的是总数的组成部分；列举完全时应恰好相加，以“主要”“包括”引出的只要求不超过。"""
    yield not_applicable("正文没有主动公开的分项列举")
    for total, parts in lists_of(view):
        own = [part for part in parts if part.metric in DISCLOSED]
        if total.metric in DISCLOSED and own:
            yield adds_up(view, total, own, "正文主动公开的分项")


@check(
    "X.APP_METHODS_SUM",
    "正文：各种申请方式之和与申请件数不合",
    severity="warning",
    consequence="explain",
    legal=RECEIVED_IN_LAW,
    formula="列举完全的：各种方式之和 = 申请件数；列举不完全的：各种方式之和 ≤ 申请件数",
    limits="一件申请以两种方式提出并重复计数的，会报为不符。",
)
def application_methods(view: ReportView) -> Iterator[Relation | Verdict]:
    """每件申请以一种方式提出，按方式分开的件数相加就是收到的件数；没有写成列举的，只要求不超过。"""
    methods = [claim for claim in view.claims.get("applications_method", ()) if view.is_of_year(claim)]
    lists = [
        (total, own)
        for total, parts in lists_of(view)
        if total.metric == "applications_received" and (own := [part for part in parts if part in methods])
    ]
    yield from (adds_up(view, total, own, "正文的申请方式") for total, own in lists)
    if lists:
        return
    received = view.said("applications_received")
    different = {claim.dim: view.statement(claim) for claim in methods}
    if not different or not received:
        yield not_applicable("正文没有同时给出申请方式和申请件数")
        return
    greatest = max(received, key=lambda one: one.bounds[1])
    parts = Sum(tuple(different.values()), "各种申请方式之和")
    yield Relation(parts, "<=", Sum((greatest,)), "正文的申请方式")


@check(
    "X.CLOSED_RATE",
    "正文的办结率与件数不合",
    severity="info",
    consequence="note",
    legal=("R2019-50-2",),
    formula="正文办结率 ≈ 办理结果总计 ÷（本年新收 + 上年结转），按正文的小数位数四舍五入",
    limits="办结率按应在年内办结的申请计算时，可能误报；按时办结率不核对。",
    needs=("t3.result_total.total",),
    tolerance=0.1,
)
def closed_rate(view: ReportView) -> Iterator[Verdict]:
    """办结率可以从表三算出；分母可以含上年结转，也可以只是本年新收，两种算法都试。"""
    rates = [one for one in view.said("closed_rate_pct") if one.claim and not IN_TIME.search(one.claim.quote)]
    closed = view.sum("t3.result_total.total")
    loads = [view.sum("t3.new_received.total", "t3.carried_in.total"), view.sum("t3.new_received.total")]
    if not rates:
        yield not_applicable("正文没有给出办结率")
    elif missing := closed.unread + closed.blanks + loads[0].unread + loads[0].blanks:
        yield undecidable(f"{why_unread(missing)}或空白")
    elif not loads[0].value:
        yield not_applicable("表三没有申请")
    else:
        shares = [plain(100 * closed.value / load.value) for load in loads if load.value]
        yield rate_verdict(rates[0], shares, closed, loads[0])


def rounding(value: float | int) -> float:
    """Half a unit of the last printed decimal: 0.05 for 90.9.

    >>> rounding(90.9), rounding(100)
    (0.05, 0.5)
    """
    decimals = str(value).partition(".")[2] if isinstance(value, float) and value != int(value) else ""
    return float(0.5 / 10 ** len(decimals))


def rate_verdict(rate: Operand, shares: list[float | int], closed: Sum, load: Sum) -> Verdict:
    """A share of the prose against the shares that the table can give."""
    stated = rate.value or 0
    # A printed 90.9 is 90.85 to 90.95 when rounded, and up to 91 when the rest was cut off.
    if any(stated - rounding(stated) - 1e-9 <= share < stated + 2 * rounding(stated) for share in shares):
        return PASSED
    nearest = min(shares, key=lambda share: abs(share - stated))
    return failed(
        Finding(
            f"{rate.label('full')}，办结率为 {show(stated)}%；按表三计算最接近的是 {round(nearest, 2)}%。",
            (rate.evidence("left"), *closed.evidence("right"), *load.evidence("right")),
            expected=stated,
            actual=round(nearest, 2),
            formula=f"{show(closed.value)} ÷ {show(load.value)} = {round(100 * closed.value / load.value, 2)}%",
            is_doubtful=closed.is_doubtful or load.is_doubtful,
        )
    )


@check(
    "X.SAME_NUMBER_TWICE",
    "正文：同一数字前后说法不一",
    severity="warning",
    consequence="explain",
    legal=TRUTH_IN_LAW,
    formula="同一事项在不同部分给出的数相同",
    limits="两处口径不同（如是否含上年结转）而表中都能找到的，不报；口径不同而表中没有的，可能误报。",
)
def same_number(view: ReportView) -> Iterator[Verdict]:
    """全年的总数只有一个，概述里说一遍、分项里再说一遍，两遍应当相同。"""
    yield not_applicable("正文没有在两处说同一个数")
    for metric, subject in SAID_ONCE.items():
        sections: dict[str | None, list[Operand]] = {}
        for one in view.said(metric):
            if one.claim and one.value is not None:
                sections.setdefault(one.claim.section, []).append(one)
        if len(sections) > 1:
            yield said_alike(view, metric, subject, list(sections.values()))


def said_alike(view: ReportView, metric: str, subject: str, parts: list[list[Operand]]) -> Verdict:
    """The first two parts of the report that have no figure in common; a part may also speak of something else."""
    known = loads_in_table(view) if metric == "applications_received" else set()
    for before, after in combinations(parts, 2):
        pairs = [(one, other) for one in before for other in after if may_be_compared(one, other)]
        if pairs and not any(agrees(one, other, known) for one, other in pairs):
            first, second = pairs[0]
            rest = [one for part in parts for one in part if one not in (first, second)]
            return failed(twice(first, second, subject, rest))
    return PASSED


def may_be_compared(one: Operand, other: Operand) -> bool:
    """Whether two sayings go under one name, or under none."""
    labels = {operand.claim.label for operand in (one, other) if operand.claim} - {None}
    return len(labels) < 2


def agrees(one: Operand, other: Operand, known: set[float | int]) -> bool:
    """Whether two sayings can both be right, each in its sense."""
    return meets(one.bounds, other.bounds, 0) or {one.value, other.value} <= known


def loads_in_table(view: ReportView) -> set[float | int]:
    """The two counts of applications that a report may rightly give: received, and with those carried in."""
    if not view.has("t3.new_received.total"):
        return set()
    received = view.sum("t3.new_received.total")
    load = view.sum("t3.new_received.total", "t3.carried_in.total")
    return {one.value for one in (received, load) if not one.unread}


def twice(first: Operand, second: Operand, subject: str, others: list[Operand]) -> Finding:
    return Finding(
        f"{subject}：{first.label('full')}为 {show(first.value or 0)}，"
        f"{second.label('full')}为 {show(second.value or 0)}，前后不一。",
        (first.evidence("left"), second.evidence("right"), *all_evidence(others)),
        expected=first.value,
        actual=second.value,
        formula=f"{show(first.value or 0)} ≠ {show(second.value or 0)}",
    )

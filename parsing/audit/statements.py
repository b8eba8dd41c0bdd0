"""The prose against itself: parts and their total, shares, the same number said twice.

In: the view of a report.  Out: relations between claims.  Parts are held against a total only where the list says
that they are its parts; they must add up only where the list says that it is complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from parsing.audit.agreements import meets
from parsing.audit.bindings import list_meant, meanings_of, sums_meant
from parsing.audit.evaluators import Relation, Sign, all_evidence, why_unread
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, plain, show, undecidable
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold
from parsing.model import Claim

DISCLOSED = frozenset(("disclosed_total", "disclosed_channel", "disclosed_category"))
RECEIVED_IN_LAW = ("R2019-29", "R2007-20")
TRUTH_IN_LAW = ("R2019-6", "R2007-6")
# A share of what was due in time (按时办结率) is no share of all that was received.
IN_TIME = re.compile(r"按时|按期|及时|期限|时限|限期|法定")
# A list that falls short by less than this has a slip in it; by more, it is a selection.
SLIP = 0.1
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


def parts_and_total(view: ReportView, sign: Sign, total: Claim, parts: Sequence[Claim], place: str) -> Relation:
    sum_of_parts = Sum(tuple(view.statement(part) for part in parts), "各分项之和")
    return Relation(sum_of_parts, sign, Sum((view.statement(total),)), place)


def names_the_rest(part: Claim) -> bool:
    """Whether a part is what is left: 其他12条."""
    return part.dim == "other" or any(word in fold(f"{part.dim}{part.label}{part.quote}") for word in ("其他", "其它"))


def is_led_by_of_these(total: Claim, part: Claim) -> bool:
    """Whether 其中 stands between a total and its first part, in the line that both are printed in."""
    first, second = total.where, part.where
    if first.line != second.line or not first.text or first.column is None or second.column is None:
        return False
    return "其中" in fold(first.text[first.column - 1 : second.column - 1 + len("其中")])


def hold_of_disclosed(view: ReportView, total: Claim, parts: list[Claim]) -> Relation | Verdict:
    """What a list of disclosed items demands.

    A list that says it is complete must add up.  Real reports also write 其中 before a selection (193条，其中文件4件，
    解读5件): one that falls short by much and names no rest decides nothing.  An open list may only not exceed its
    total, and channels only where 其中 makes them its parts, since each may count the same items; where it is twice
    the total, the figure before it was hardly its total.
    """
    place = "正文主动公开的分项"
    relation = parts_and_total(view, "==", total, parts, place)
    low, high = relation.left.bounds
    least, greatest = relation.right.bounds
    if all(part.is_exhaustive for part in parts):
        is_selection = high < (1 - SLIP) * least and not any(names_the_rest(part) for part in parts)
        return undecidable("列举之和比总数少得多，列举可能不完全") if is_selection else relation
    has_channels = any(part.metric == "disclosed_channel" for part in parts)
    if total.metric == "disclosed_category" or (has_channels and not is_led_by_of_these(total, parts[0])):
        return not_applicable("正文没有说明这些数是总数的分项")
    if low > 2 * greatest:
        return undecidable("列举之和超过前面的数一倍以上，前面的数可能不是它的总数")
    return relation._replace(sign="<=")


def is_part_of(part: Claim, total: Claim) -> bool:
    """Whether one figure of disclosure can be part of another: a channel is no part of another channel or of a subject.

    省、市媒体307条；公众号推送900条 stand side by side, whatever the punctuation between them suggests.
    """
    if part.metric not in DISCLOSED or total.metric not in DISCLOSED:
        return False
    return part.metric != "disclosed_channel" or total.metric == "disclosed_total" or part.dim == total.dim


@check(
    "X.CHANNEL_SUM_TEXT",
    "正文：主动公开各分项与总数不合",
    severity="info",
    consequence="explain",
    legal=("R2019-50-1", "R2007-32"),
    formula="列举完全的：各分项之和 = 总数；列举不完全的：各分项之和 ≤ 总数",
    limits="同一条信息经几个渠道公开而各渠道重复计数的，分项之和会大于总数；列举只占总数一部分、又没有“其他”的，不判断。",
)
def disclosed_lists(view: ReportView) -> Iterator[Relation | Verdict]:
    """“其中”之后列出的是总数的组成部分；列举完全时应恰好相加，以“主要”“包括”引出的只要求不超过。"""
    yield not_applicable("正文没有主动公开的分项列举")
    for total, parts in view.lists:
        own = [part for part in parts if is_part_of(part, total)]
        if own:
            yield hold_of_disclosed(view, total, own)


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
        for total, parts in view.lists
        if total.metric == "applications_received" and (own := [part for part in parts if part in methods])
    ]
    for total, own in lists:
        # One way alone is an example; two or more are meant to be all that occurred.
        is_complete = len(own) > 1 and all(part.is_exhaustive for part in own)
        yield parts_and_total(view, "==" if is_complete else "<=", total, own, "正文的申请方式")
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
    legal=("R2019-50-2", "R2007-32"),
    formula="正文办结率 ≈ 办理结果总计 ÷（本年新收 + 上年结转），旧表为申请办结数 ÷ 收到申请数，按正文小数位数四舍五入",
    limits="办结率按应在年内办结的申请计算时，可能误报；按时办结率不核对。",
    needs=("t3.result_total.total|b.applications_closed",),
    tolerance=0.1,
)
def closed_rate(view: ReportView) -> Iterator[Verdict]:
    """办结率可以从表格算出；表三的分母可以含上年结转，也可以只是本年新收，两种算法都试。"""
    rates = [one for one in view.said("closed_rate_pct") if one.claim and not IN_TIME.search(one.claim.quote)]
    shares = list_meant(view, meanings_of("closed_rate_pct")[0])
    closed, loads = shares[0].counted, [one.base for one in shares if one.base]
    if not rates:
        yield not_applicable("正文没有给出办结率")
    elif missing := closed.unread + closed.blanks + loads[0].unread + loads[0].blanks:
        yield undecidable(f"{why_unread(missing)}或空白")
    elif not loads[0].value:
        yield not_applicable("表中没有申请")
    else:
        yield rate_verdict(rates[0], closed, [load for load in loads if load.value])


def rounding(value: float | int) -> float:
    """Half a unit of the last printed decimal: 0.05 for 90.9.

    >>> rounding(90.9), rounding(100)
    (0.05, 0.5)
    """
    decimals = str(value).partition(".")[2] if isinstance(value, float) and value != int(value) else ""
    return float(0.5 / 10 ** len(decimals))


def is_printed_as(share: float | int, stated: float | int) -> bool:
    """Whether a share may be printed as such: 90.85 to 90.95 as 90.9 when rounded, and up to 91 when cut off."""
    return stated - rounding(stated) - 1e-9 <= share < stated + 2 * rounding(stated)


def rate_verdict(rate: Operand, closed: Sum, loads: list[Sum]) -> Verdict:
    """A share of the prose against the shares that the table can give, by what it may be a share of."""
    stated = rate.value or 0
    shares = {plain(100 * closed.value / load.value): load for load in loads}
    if any(is_printed_as(share, stated) for share in shares):
        return PASSED
    nearest = min(shares, key=lambda share: abs(share - stated))
    return failed(
        Finding(
            f"{rate.label('full')}，办结率为 {show(stated)}%；按表格计算最接近的是 {round(nearest, 2)}%。",
            (rate.evidence("left"), *closed.evidence("right"), *loads[0].evidence("right")),
            expected=stated,
            actual=round(nearest, 2),
            formula=f"{show(closed.value)} ÷ {show(shares[nearest].value)} = {round(nearest, 2)}% ≠ {show(stated)}%",
            is_doubtful=closed.is_doubtful or loads[0].is_doubtful,
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
        if len(view.claims.get(metric, ())) < 2:
            continue
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
    return {one.value for one in sums_meant(view, "applications_received") if not one.unread}


def twice(first: Operand, second: Operand, subject: str, others: list[Operand]) -> Finding:
    return Finding(
        f"{subject}：{first.label('full')}为 {show(first.value or 0)}，"
        f"{second.label('full')}为 {show(second.value or 0)}，前后不一。",
        (first.evidence("left"), second.evidence("right"), *all_evidence(others)),
        expected=first.value,
        actual=second.value,
        formula=f"{show(first.value or 0)} ≠ {show(second.value or 0)}",
    )

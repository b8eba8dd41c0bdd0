"""The prose against the tables: what it denies.

In: the view of a report.  Out: denials.  A statement about another year, or of one kind of applicant, denies nothing
of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsing.audit.agreements import Denial
from parsing.audit.bindings import needed, sums_meant
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import Verdict, not_applicable
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold

DISPUTES_IN_LAW = ("R2019-50-3", "R2007-32")
# That there was no new case (未新增行政诉讼) says nothing of those left over from the year before.
NEW_CASES = re.compile("新增|新发生|新收")


def denials(operands: Sequence[Operand]) -> list[Operand]:
    return [one for one in operands if one.value == 0]


def counts(operands: Sequence[Operand]) -> list[Operand]:
    return [one for one in operands if one.value]


def deny(said: Sequence[Operand], counted: Sum, subject: str) -> Iterator[Denial | Verdict]:
    none = denials(said)
    yield Denial(none, counted, subject) if none else not_applicable(f"正文没有说没有{subject}")


def of_any_case(view: ReportView, metric: str) -> list[Operand]:
    """What the prose says of cases, new or not."""
    return [one for one in view.said(metric) if not (one.claim and NEW_CASES.search(fold(one.claim.quote)))]


@check(
    "X.REVIEW_NONE_VS_TABLE",
    "正文称没有行政复议，表中却有",
    severity="error",
    consequence="correct",
    legal=DISPUTES_IN_LAW,
    formula="正文称未发生行政复议时，表中行政复议总计 = 0",
    limits="正文只说本级、表格包括下属单位时，可能误报。",
    needs=(needed("reviews_total"),),
)
def no_reviews(view: ReportView) -> Iterator[Denial | Verdict]:
    """同一份报告不能一边说没有复议案件，一边在表里填出案件数。"""
    yield from deny(of_any_case(view, "reviews_total"), sums_meant(view, "reviews_total")[0], "行政复议")


@check(
    "X.LITIGATION_NONE_VS_TABLE",
    "正文称没有行政诉讼，表中却有",
    severity="error",
    consequence="correct",
    legal=DISPUTES_IN_LAW,
    formula="正文称未发生行政诉讼时，表中行政诉讼总计 = 0",
    limits="正文只说本级、表格包括下属单位时，可能误报。",
    needs=(needed("litigations_total"),),
)
def no_lawsuits(view: ReportView) -> Iterator[Denial | Verdict]:
    """同一份报告不能一边说没有诉讼案件，一边在表里填出案件数；表四的两组诉讼都要看。"""
    yield from deny(of_any_case(view, "litigations_total"), sums_meant(view, "litigations_total")[0], "行政诉讼")


@check(
    "X.APP_NONE_VS_TABLE",
    "正文称没有收到申请，表中却有",
    severity="error",
    consequence="correct",
    legal=("R2019-50-2", "R2007-32"),
    formula="正文称未收到申请时，表中本年新收申请 = 0",
    limits="正文只说某一类申请人或某一渠道没有申请、被读成全部时，可能误报。",
    needs=(needed("applications_received"),),
)
def no_applications(view: ReportView) -> Iterator[Denial | Verdict]:
    """收到多少件申请是报告的核心数据，正文与表格一有一无，必有一处是错的。"""
    yield from deny(view.said("applications_received"), sums_meant(view, "applications_received")[0], "收到申请")


@check(
    "X.FEE_NONE_VS_TABLE",
    "正文称没有收费，统计表却有",
    severity="error",
    consequence="correct",
    legal=("R2007-27", "R2007-32"),
    formula="正文称未收取费用时，统计表依申请公开收取的费用 = 0",
    limits="正文只说没有减免、被读成没有收费时，可能误报。",
    needs=("b.fees_collected_wan|a.a_fees_total",),
)
def no_fees(view: ReportView) -> Iterator[Denial | Verdict]:
    """收费情况是旧条例要求报告的内容，正文与统计表不能一有一无。"""
    yield from deny(view.said("fee_yuan"), sums_meant(view, "fee_yuan", denied=True)[0], "收费")


@check(
    "X.FEE_NONE_VS_UNPAID",
    "正文称没有收取信息处理费，表三却有逾期未缴费",
    severity="warning",
    consequence="explain",
    legal=("R2019-42", "N2020-109"),
    formula="正文称未收取信息处理费时，表三逾期未按收费通知缴纳费用的件数 = 0",
    limits="发出了收费通知而一元也没有收到的，正文可以说没有收费，应当说明发过通知。",
    needs=("t3.other_fee_unpaid.total",),
)
def no_fee_notice(view: ReportView) -> Iterator[Denial | Verdict]:
    """因逾期未缴费而不再处理，前提是发过收费通知；正文说没有收费，就需要解释。"""
    yield from deny(view.said("fee_yuan"), sums_meant(view, "fee_yuan", denied=True)[-1], "收取信息处理费")

"""Table 4 beyond its sums: suits that the law now sends to review first, and how many decisions did not stand.

In: the view of a report whose table 4 was found.  Out: verdicts.  Both checks point at something worth a look; neither
says that a figure is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.evaluators import both_known
from parsing.audit.law import find_article
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, plain, show
from parsing.audit.views import ReportView

REVIEW_FIRST = "ARL2023-23-4"
GROUPS = ("review", "lit_direct", "lit_after")
# Of fewer decided cases one more or less moves the share by a tenth and more.
FEWEST_DECIDED = 10
LARGE_SHARE = 50


@check(
    "T4.DIRECT_AFTER_2024",
    "复议前置施行后仍有直接起诉的案件",
    severity="info",
    consequence="note",
    legal=(REVIEW_FIRST,),
    formula="修订后的行政复议法施行后的年度：未经复议直接起诉总计 > 0 时，核对是否为不服不予公开",
    limits="施行以前起诉而仍未审结的、不针对不予公开决定的案件（如主动公开），可以直接起诉。",
    needs=("t4.lit_direct_total",),
)
def direct_suits(view: ReportView) -> Iterator[Verdict]:
    """不服不予公开的，现在应当先申请复议，对复议决定不服才可以起诉；直接起诉的应当是别的情形，或者填错了栏。"""
    since = find_article(REVIEW_FIRST).since
    cases = view.sum("t4.lit_direct_total")
    if view.year is None or since is None or view.year < since:
        yield not_applicable("该年度还没有施行复议前置，或者报告没有写明年度")
    elif unknown := both_known(cases):
        yield unknown
    elif cases.value > 0:
        message = f"表四：未经复议直接起诉 {show(cases.value)} 件；不服不予公开的应当先申请复议，请核对起诉的是什么。"
        formula = f"{cases.written('full')} > 0"
        evidence = cases.evidence("left")
        yield failed(Finding(message, evidence, actual=cases.value, formula=formula, is_doubtful=cases.is_doubtful))
    else:
        yield PASSED


@check(
    "T4.CORRECTED_RATE",
    "复议和诉讼中过半数结果为纠正",
    severity="info",
    consequence="note",
    legal=("R2019-50-3",),
    formula=f"审结案件不少于 {FEWEST_DECIDED} 件时：结果纠正 ÷（总计 - 尚未审结）≤ {LARGE_SHARE}%",
    limits="这是工作质量的指标，不说明数字有错；复议后又起诉的同一争议会计两次。",
    needs=("t4.review_total",),
)
def corrected_share(view: ReportView) -> Iterator[Verdict]:
    """审结的案件过半数被纠正，说明答复本身多有问题，应当分析原因；也可能是维持与纠正两栏填反了。"""
    corrected = view.sum(*(f"t4.{group}_corrected" for group in GROUPS), name="结果纠正的案件")
    totals = tuple(f"t4.{group}_total" for group in GROUPS)
    pending = tuple(f"t4.{group}_pending" for group in GROUPS)
    decided = view.sum(*totals, less=pending, name="已审结的案件")
    if unknown := both_known(corrected, decided):
        yield unknown
    elif decided.value < FEWEST_DECIDED:
        yield not_applicable(f"审结的案件不到 {FEWEST_DECIDED} 件，比例没有意义")
    elif 100 * corrected.value <= LARGE_SHARE * decided.value:
        yield PASSED
    else:
        share = plain(round(100 * corrected.value / decided.value, 1))
        message = f"表四：已审结 {show(decided.value)} 件，其中结果纠正 {show(corrected.value)} 件，占 {share}%。"
        evidence = (*corrected.evidence("left"), *decided.evidence("right"))
        formula = f"{show(corrected.value)} ÷ {show(decided.value)} = {share}% > {LARGE_SHARE}%"
        doubtful = corrected.is_doubtful or decided.is_doubtful
        yield failed(Finding(message, evidence, LARGE_SHARE, share, formula, doubtful))

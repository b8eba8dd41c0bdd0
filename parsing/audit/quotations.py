"""Figures that a report quotes for the year before, and the growth that it claims.

In: the view of a report and of the same agency's report of the year before.  Out: verdicts.  A quoted figure is held
against everything that the earlier report says or counts under that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.agreements import Agreement
from parsing.audit.bindings import first_cells
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, show, undecidable
from parsing.audit.statements import TRUTH_IN_LAW, rounding
from parsing.audit.views import ReportView
from parsing.audit.years import of_last_year

# What may be quoted: metrics of the prose (this year's, last year's) and the cells that hold the same figure.
QUOTED = {
    "主动公开信息数": (("disclosed_prev_total", "disclosed_total"), first_cells("disclosed_total")),
    "申请件数": (("applications_received",), first_cells("applications_received")),
}
# Shares are rounded, and some offices compare with a figure that was corrected later by an item or two.
GROWTH_TOLERANCE = 0.6


def quoted(view: ReportView, metrics: tuple[str, ...]) -> list[Operand]:
    """What the report says of the year before under these metrics."""
    said = [one for metric in metrics for one in view.said(metric, offsets=(-1,))]
    without_year = [one for one in view.said("disclosed_prev_total") if one.claim and one.claim.year is None]
    return said + (without_year if "disclosed_prev_total" in metrics else [])


def stated(before: ReportView, metric: str, addresses: tuple[str, ...]) -> list[Operand]:
    """What the earlier report says and counts of its own year."""
    cells = [before.operand(address) for address in addresses if before.has(address)]
    return [of_last_year(one) for one in (*before.said(metric), *cells) if one.value is not None]


@check(
    "X.PREV_YEAR_TEXT",
    "引用的上一年数字与上一年度报告不同",
    severity="warning",
    consequence="explain",
    legal=TRUTH_IN_LAW,
    formula="正文引用的上一年的数 = 上一年度报告的同一个数",
    limits="上一年度的数事后更正过、或者两年口径不同的，可能误报。",
    joined=True,
)
def quoted_figures(view: ReportView) -> Iterator[Agreement | Verdict]:
    """报告拿上一年来比较时，引用的应当是上一年度已经公布的数。"""
    if view.previous is None:
        yield not_applicable(view.why_no_previous)
        return
    for subject, (metrics, addresses) in QUOTED.items():
        said = quoted(view, metrics)
        published = stated(view.previous, metrics[-1], addresses)
        if not said:
            yield not_applicable(f"正文没有引用上一年的{subject}")
        elif not published:
            yield undecidable(f"上一年度的报告没有给出{subject}")
        else:
            yield Agreement(said, [Sum((one,)) for one in published], f"引用的上一年{subject}")


@check(
    "X.GROWTH_TEXT",
    "主动公开信息数的增幅与两年的数不合",
    severity="info",
    consequence="note",
    legal=TRUTH_IN_LAW,
    formula="正文增幅 ≈（本年总数 ÷ 上一年总数 - 1）× 100%，相差不超过 0.6 个百分点",
    limits="增幅说的是某一平台或某一类信息、被读成总数的增幅时，可能误报。",
    tolerance=GROWTH_TOLERANCE,
    joined=True,
)
def growth(view: ReportView) -> Iterator[Verdict]:
    """增幅可以由两年的总数算出；上一年的数取自本报告的引用，或者上一年度的报告。"""
    claimed = view.said("disclosed_growth_pct")
    cells = [view.operand("b.disclosed_total")] if view.has("b.disclosed_total") else []
    totals = [one for one in (*view.said("disclosed_total"), *cells) if one.value]
    metrics, addresses = QUOTED["主动公开信息数"]
    before = quoted(view, metrics)
    before += stated(view.previous, metrics[-1], addresses) if view.previous else []
    before = [one for one in before if one.value]
    if not claimed:
        yield not_applicable("正文没有给出增幅")
    elif not totals or not before:
        yield undecidable("没有本年或上一年的主动公开总数可以对照")
    else:
        yield growth_verdict(claimed[0], totals, before)


def growth_verdict(claimed: Operand, totals: list[Operand], before: list[Operand]) -> Verdict:
    """The growth that any of the totals gives against any figure of the year before."""
    stated_pct = claimed.value or 0
    slack = max(GROWTH_TOLERANCE, 2 * rounding(stated_pct))
    pairs = [(100 * ((one.value or 0) / (old.value or 1) - 1), one, old) for one in totals for old in before]
    nearest, one, old = min(pairs, key=lambda pair: abs(pair[0] - stated_pct))
    if abs(nearest - stated_pct) <= slack or any(term.claim and term.claim.approx for term in (one, old)):
        return PASSED
    return failed(
        Finding(
            f"{claimed.label('full')}，增幅为 {show(stated_pct)}%；按 {show(old.value or 0)} 到 {show(one.value or 0)} "
            f"计算是 {round(nearest, 1)}%。",
            (claimed.evidence("left"), one.evidence("right"), old.evidence("right")),
            expected=stated_pct,
            actual=round(nearest, 1),
            formula=f"{show(one.value or 0)} ÷ {show(old.value or 0)} - 1 = {round(nearest, 2)}% ≠ {show(stated_pct)}%",
            is_doubtful=one.is_doubtful or old.is_doubtful,
        )
    )

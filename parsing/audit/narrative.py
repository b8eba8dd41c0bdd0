"""The prose against the tables: what it counts.

In: the view of a report.  Out: agreements, each with every reading that the figure may have (bindings.toml).  A
statement about another year, and a figure of a part, is never held against a total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsing.audit.agreements import Agreement, Denial
from parsing.audit.bindings import list_meant, meanings_of, needed, sums_meant
from parsing.audit.denials import DISPUTES_IN_LAW, NEW_CASES, counts, denials
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import Verdict, not_applicable
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold

PARTS = ("applications_method", "applications_applicant")
# What leads up to a reason: the group is then counted for that reason only.
REASON = re.compile("因|属于|涉及|由于")
DOCUMENTS = "t2_art20_1.normative_docs"


def agree(
    said: Sequence[Operand], readings: Sequence[Sum], subject: str, adds_up: bool = False
) -> Iterator[Agreement | Verdict]:
    some = counts(said)
    yield Agreement(some, readings, subject, adds_up) if some else not_applicable(f"正文没有给出{subject}")


def of_all_cases(said: Sequence[Operand], total: Sum) -> list[Operand]:
    """What the prose says of all cases: new ones (新增1件) may be fewer than the table has."""
    return [
        one
        for one in said
        if not (one.claim and NEW_CASES.search(fold(one.claim.quote)) and (one.value or 0) <= total.value)
    ]


def of_all_ways(view: ReportView, total: Sum) -> list[Operand]:
    """What the prose says of all applications; the figure of one way or kind (收到网络申请3件) may be smaller."""
    narrow = {one.where for metric in PARTS for one in view.claims.get(metric, ())}
    said = view.said("applications_received")
    return [one for one in said if not (one.claim and one.claim.where in narrow and (one.value or 0) <= total.value)]


@check(
    "X.REVIEW_COUNT_VS_TABLE",
    "正文的行政复议件数与表格不同",
    severity="warning",
    consequence="explain",
    legal=DISPUTES_IN_LAW,
    formula="正文行政复议件数 = 表中行政复议总计（或其中已审结的件数）",
    limits="正文只说备案、败诉或新发生的案件，范围比表格窄时，可能误报。",
    needs=(needed("reviews_total"),),
)
def review_counts(view: ReportView) -> Iterator[Agreement | Verdict]:
    """正文与表格说的是同一年同一批案件；只说已经审结的案件也是合理的口径。"""
    readings = sums_meant(view, "reviews_total")
    yield from agree(of_all_cases(view.said("reviews_total"), readings[0]), readings, "行政复议件数")


@check(
    "X.LITIGATION_COUNT_VS_TABLE",
    "正文的行政诉讼件数与表格不同",
    severity="warning",
    consequence="explain",
    legal=DISPUTES_IN_LAW,
    formula="正文行政诉讼件数 = 表中两组诉讼之和，或其中一组",
    limits="正文只说败诉或新发生的案件，范围比表格窄时，可能误报。",
    needs=(needed("litigations_total"),),
)
def lawsuit_counts(view: ReportView) -> Iterator[Agreement | Verdict]:
    """表四把诉讼分成直接起诉和复议后起诉两组，正文可以说合计，也可以只说一组。"""
    readings = sums_meant(view, "litigations_total")
    yield from agree(of_all_cases(view.said("litigations_total"), readings[0]), readings, "行政诉讼件数")


@check(
    "X.APP_COUNT_VS_TABLE",
    "正文的申请件数与表格不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-50-2", "R2007-32"),
    formula="正文申请件数 = 本年新收，或本年新收 + 上年结转",
    limits="正文按人次或份数计、表格按件计时，可能误报。",
    needs=(needed("applications_received"),),
)
def application_counts(view: ReportView) -> Iterator[Agreement | Verdict]:
    """“收到”多指新收，“办理”“受理”常把上年结转也算进去，两种说法都对；都对不上才有问题。"""
    readings = sums_meant(view, "applications_received")
    yield from agree(of_all_ways(view, readings[-1]), readings, "申请件数")


@check(
    "X.CLOSED_COUNT",
    "正文的办结件数与表格不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-50-2", "R2007-32"),
    formula="正文办结（答复）件数 = 表三办理结果总计；旧表：申请办结数、按时办结数或申请答复数",
    limits="正文只说书面答复的件数、不含撤回等其他处理时，可能误报。",
    needs=(needed("applications_closed"),),
)
def closed_counts(view: ReportView) -> Iterator[Agreement | Verdict]:
    """表三第三项的总计就是全年办结的件数；不计其他处理的答复件数也是合理的口径。"""
    yield from agree(view.said("applications_closed"), sums_meant(view, "applications_closed"), "办结件数")


def is_named(name: str, quote: str) -> bool:
    """Whether a quote gives the figure of a whole group: 不予公开3件, not 因属于过程性信息不予公开3件."""
    before, found, _ = quote.partition(name)
    return bool(found) and not REASON.search(before)


@check(
    "X.OUTCOME_GROUPS",
    "正文的办理结果件数与表格不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-50-2", "R2007-21"),
    formula="正文每类结果的件数 = 表三该类各行之和（总计列），或旧统计表该类答复数",
    limits="正文按条例的旧用语归类时，可能误报；只说其中一项理由的，与该行相同即可。",
    needs=("t3.result_total.total|b.replies_total|a.a_replies",),
)
def outcome_groups(view: ReportView) -> Iterator[Agreement | Verdict]:
    """表三没有不予公开等各类的小计，须把各行加起来与正文对照；正文没有用类名的，也可能只说其中一项理由。"""
    for meaning in meanings_of("outcome"):
        said = view.said(meaning.metric, meaning.dim)
        by_name = [one for one in said if one.claim and is_named(meaning.group, fold(one.claim.quote))]
        meant = list_meant(view, meaning) if said else []
        readings = [one.counted for one in meant if not (one.reading.each and by_name)]
        if readings or not said:
            yield from agree(by_name or said, readings, f"{meaning.group}件数", meaning.adds_up and not by_name)


@check(
    "X.CARRY_TEXT",
    "正文的结转件数与表三不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-50-2",),
    formula="正文结转下年（上年结转）件数 = 表三结转下年度（上年结转）",
    limits="正文只说其中一类申请人的结转时，可能误报。",
    needs=("t3.carried_out.total",),
)
def carried(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """年底没有办结的件数决定下一年的起点，正文与表三必须一致。"""
    for meaning in (*meanings_of("carried_out"), *meanings_of("carried_in")):
        said = view.said(meaning.metric, offsets=meaning.years)
        readings = sums_meant(view, meaning.metric)
        if denials(said) and not counts(said):
            yield Denial(denials(said), readings[0], "结转")
        else:
            yield from agree(said, readings, "结转件数")


@check(
    "X.DISCLOSED_TOTAL",
    "正文的主动公开总数与统计表不同",
    severity="warning",
    consequence="explain",
    legal=("R2007-32",),
    formula="正文主动公开信息数 = 统计表主动公开政府信息数",
    limits="正文说的是某一平台的公开数、被读成总数时，或者地方统计表填的是历年累计数时，可能误报。",
    needs=(needed("disclosed_total"),),
)
def disclosed_total(view: ReportView) -> Iterator[Agreement | Verdict]:
    """全年主动公开多少条，正文和统计表说的是同一个数。"""
    yield from agree(view.said("disclosed_total"), sums_meant(view, "disclosed_total"), "主动公开信息数")


@check(
    "X.CHANNELS_TEXT",
    "正文的各渠道公开数与统计表不同",
    severity="warning",
    consequence="explain",
    legal=("R2007-32",),
    formula="正文每一渠道的公开数 = 统计表该渠道的公开数",
    limits="正文按账号或网站分别给出的，以其中之一或合计相同为准；按发布篇次计的可能误报。",
    needs=("b.channel_website",),
)
def channel_counts(view: ReportView) -> Iterator[Agreement | Verdict]:
    """统计表分渠道填报，正文说到同一渠道时应当一致；一个渠道在正文里可以分几处说。"""
    for meaning in meanings_of("disclosed_channel"):
        readings = sums_meant(view, meaning.metric, meaning.dim)
        yield from agree(view.said(meaning.metric, meaning.dim), readings, "该渠道公开数", meaning.adds_up)


@check(
    "X.DOCS_TEXT",
    "正文的规范性文件件数与表二不同",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-1", "R2019-50-1"),
    formula="正文制发（废止、现行有效）规范性文件件数 = 表二对应一栏",
    limits="正文说的是转发、印发的普通文件时，可能误报；连同规章合计的也算相符。",
    needs=(f"{DOCUMENTS}.made|{DOCUMENTS}.issued",),
)
def document_counts(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """规范性文件的制发、废止和现行有效件数在表二各有一栏，正文再说时应当相同。"""
    for metric in ("normative_issued", "normative_repealed", "normative_in_force"):
        readings = sums_meant(view, metric)
        said = view.said(metric) if readings else []
        if denials(said) and not counts(said):
            yield Denial(denials(said), readings[0], "规范性文件")
        else:
            yield from agree(said, readings, "规范性文件件数", meanings_of(metric)[0].adds_up)

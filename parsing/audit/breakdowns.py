"""The prose against the tables: the parts of what it counts.

In: the view of a report.  Out: agreements and denials for ways of applying, kinds of applicants, answers, the outcome
of disputes, decisions, fees and supporting work.  Where the prose gives a part in several places, one that fits is
enough, and so is their sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsing.audit.agreements import Agreement, Denial
from parsing.audit.denials import DISPUTES_IN_LAW, counts, denials
from parsing.audit.operands import Operand, Sum
from parsing.audit.registry import check
from parsing.audit.results import Verdict, not_applicable
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold

APPLYING_IN_LAW = ("R2019-29", "R2007-20")
# The rows of the older tables on ways of applying, and what the prose calls them; mail goes with the net where the
# form has no row for it.
WAYS = {
    "b.apply_in_person": ("in_person",),
    "b.apply_fax": ("fax",),
    "b.apply_online": ("online", "email"),
    "b.apply_letter": ("letter",),
    "a.a_apply_in_person": ("in_person",),
    "a.a_apply_fax": ("fax",),
    "a.a_apply_email": ("email",),
    "a.a_apply_web": ("online",),
    "a.a_apply_letter": ("letter",),
    "a.a_apply_other": ("other",),
    "a.a_apply_web_email": ("online", "email"),
    "a.a_apply_letter_fax": ("letter", "fax"),
}
SEVERAL_WAYS = re.compile("线下|书面|[^,;。]、|[和及]")
OFF_LINE = tuple(
    tuple(f"{form}apply_{way}" for way in ways)
    for form in ("b.", "a.a_")
    for ways in (("in_person", "letter"), ("in_person", "letter", "fax"), ("letter", "fax"))
)
LEGAL = tuple(f"legal_{kind}" for kind in ("commercial", "research", "social", "law_service", "other"))
# What the prose may mean by a kind of applicant: columns of table 3.
APPLICANTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "natural_person": (("natural_person",),),
    "organisation": (LEGAL, ("legal_other",)),
    "legal_commercial": (("legal_commercial",), LEGAL),
    "legal_research": (("legal_research",),),
    "legal_social": (("legal_social",),),
    "legal_law_service": (("legal_law_service",),),
}
# What the prose may mean by an outcome: rows of the older tables.
REPLIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "granted": (
        ("b.reply_granted",), ("b.reply_already_public",), ("b.reply_granted", "b.reply_already_public"),
        ("b.reply_granted", "b.reply_partial"), ("a.a_reply_granted",), ("a.a_reply_granted", "a.a_reply_partial"),
    ),
    "partial": (("b.reply_partial",), ("a.a_reply_partial",)),
    "denied": (
        ("b.reply_denied",), ("b.denied_state_secret",), ("b.denied_trade_secret",), ("b.denied_privacy",),
        ("b.denied_security_stability",), ("b.denied_other_legal",), ("a.a_reply_denied",), ("a.a_reply_refused",),
    ),
    "unable": (
        ("b.reply_not_this_agency", "b.reply_not_exist"), ("b.reply_not_this_agency",), ("b.reply_not_exist",),
        ("b.denied_not_gov_info",), ("b.reply_correct_supplement",),
    ),
}  # fmt: skip
OUTCOME_NAMES = {"granted": "同意公开", "partial": "部分公开", "denied": "不予公开", "unable": "无法提供"}
ENDS = {"upheld": "维持", "corrected": "纠正", "other": "其他结果", "pending": "尚未审结"}
# Metrics of the prose and the cells that hold the same figure, the first that the report has.
DECISIONS = {
    "licence_decisions": ("行政许可决定数", ("t2_art20_5.admin_license.decisions",)),
    "penalty_decisions": ("行政处罚决定数", ("t2_art20_6.admin_penalty.decisions",)),
    "coercion_decisions": ("行政强制决定数", ("t2_art20_6.admin_coercion.decisions",)),
}
SUPPORT = {
    "responses_total": ("回应热点或舆情次数", ("b.responses_total",)),
    "press_conferences": ("新闻发布会次数", ("b.press_conferences",)),
    "meetings": ("会议次数", ("b.meetings",)),
    "training_sessions": ("培训班次数", ("b.training_sessions",)),
    "trainees": ("培训人数", ("b.trainees",)),
    "staff_full_time": ("专职人员数", ("b.staff_full_time", "a.a_staff_full")),
    "staff_part_time": ("兼职人员数", ("b.staff_part_time", "a.a_staff_part")),
}
YUAN_IN_WAN = 10_000


def compare(said: Sequence[Operand], readings: Sequence[Sum], subject: str) -> Iterator[Agreement | Denial | Verdict]:
    """Figures of a part against what they may mean; where the prose only denies it, the first meaning counts none."""
    if some := counts(said):
        yield Agreement(some, readings, subject, adds_up=True)
    elif none := denials(said):
        yield Denial(none, readings[0], subject)
    else:
        yield not_applicable(f"正文没有给出{subject}")


def sums_of(view: ReportView, choices: Sequence[Sequence[str]]) -> list[Sum]:
    """Those sums of cells that the tables of the report have."""
    return [view.sum(*choice) for choice in choices if all(view.has(address) for address in choice)]


def compare_named(
    view: ReportView, metrics: Mapping[str, tuple[str, tuple[str, ...]]]
) -> Iterator[Agreement | Denial | Verdict]:
    """Metrics that have one cell each."""
    for metric, (subject, addresses) in metrics.items():
        if readings := sums_of(view, [(address,) for address in addresses]):
            yield from compare(view.said(metric), readings, subject)


@check(
    "X.METHODS_TEXT",
    "正文的申请方式件数与统计表不同",
    severity="warning",
    consequence="explain",
    legal=(*APPLYING_IN_LAW, "R2007-32"),
    formula="正文每种申请方式的件数 = 统计表该方式的件数",
    limits="电子邮件申请在统计表里归入网络申请还是信函申请，各地不一；归入信函的可能误报。",
    needs=("b.apply_online|a.a_apply_in_person",),
)
def ways_of_applying(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """统计表分方式填报收到的申请，正文说到同一方式时应当一致。"""
    for address, dims in WAYS.items():
        if view.has(address):
            said = [one for dim in dims for one in view.said("applications_method", dim)]
            with_mail = [(address, "a.a_apply_email")] if address == "a.a_apply_web" else []
            readings = [(address,), *with_mail, *(OFF_LINE if any(is_off_line(one) for one in said) else ())]
            yield from compare(said, sums_of(view, readings), "该方式的申请件数")


def is_off_line(said: Operand) -> bool:
    """Whether the words name several ways, or all that are not on the net: 线下申请, 书面申请, 信函、当面申请."""
    return bool(said.claim and SEVERAL_WAYS.search(fold(said.claim.quote)))


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
def applicants(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """表三按申请人分列，正文说到自然人、企业各多少件时应当与各列相同。"""
    for dim, choices in APPLICANTS.items():
        readings = []
        for columns in choices:
            new = [f"t3.new_received.{column}" for column in columns]
            carried = [f"t3.carried_in.{column}" for column in columns]
            readings += [view.sum(*new), view.sum(*new, *carried)]
        yield from compare(view.said("applications_applicant", dim), readings, "该类申请人的申请件数")


@check(
    "X.REPLIES_TEXT",
    "正文的答复结果件数与统计表不同",
    severity="warning",
    consequence="explain",
    legal=("R2007-21", "R2007-32"),
    formula="正文每类答复的件数 = 统计表该类答复数",
    limits="正文的用语与统计表的分类不完全对应，已把可能的归法都试过；一件申请答复几次的可能误报。",
    needs=("b.replies_total|a.a_replies",),
)
def replies(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """统计表按同意、部分同意、不同意等分列答复数，正文说到同一类时应当一致。"""
    for dim, choices in REPLIES.items():
        if readings := sums_of(view, choices):
            yield from compare(view.said("outcome", dim), readings, f"{OUTCOME_NAMES[dim]}件数")


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
def dispute_outcomes(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """维持、纠正各多少件是复议和诉讼的结论，正文与表格说的是同一批案件。"""
    for dim, name in ENDS.items():
        reviews = sums_of(view, [(f"t4.review_{dim}",), (f"b.reviews_{dim}",)])
        both = (f"t4.lit_direct_{dim}", f"t4.lit_after_{dim}")
        lawsuits = sums_of(view, [both, both[:1], both[1:], (f"b.litigations_{dim}",)])
        if reviews:
            yield from compare(view.said("review_outcome", dim), reviews, f"行政复议{name}件数")
            yield from compare(view.said("litigation_outcome", dim), lawsuits, f"行政诉讼{name}件数")


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
def decisions(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """全年作出多少决定在表二各有一栏，正文再说时应当相同。"""
    yield from compare_named(view, DECISIONS)


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
def fees(view: ReportView) -> Iterator[Agreement | Verdict]:
    """收费是法定的报告内容，正文写明金额的，应当与表格相同。"""
    yield not_applicable("正文没有给出收费金额")
    if view.has("t2_art20_8.admin_fees.amount_wan") and (said := counts(view.said("admin_fees_wan"))):
        yield Agreement(said, [view.sum("t2_art20_8.admin_fees.amount_wan")], "行政事业性收费金额（万元）", True)
    charged = counts(view.said("fee_yuan"))
    if charged and view.has("b.fees_collected_wan"):
        yield Agreement(in_wan(view, charged), [view.sum("b.fees_collected_wan")], "收费金额（万元）", True)
    elif charged and view.has("a.a_fees_total"):
        yield Agreement(charged, sums_of(view, [("a.a_fees_total",), ("a.a_fees_request",)]), "收费金额（元）", True)


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
def support(view: ReportView) -> Iterator[Agreement | Denial | Verdict]:
    """统计表填报会议、培训、人员和回应的数，正文说到同一件事时一般相同。"""
    yield from compare_named(view, SUPPORT)

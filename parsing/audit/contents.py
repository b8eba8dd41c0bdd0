"""What a report must speak of: the subjects of its first part, evaluation, problems, the fee for information.

In: the view of a report, its prose part by part.  Out: verdicts.  That something is not told is only said where the
part was read and is long enough to have told it; any usual word for the subject is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from parsing.audit.evaluators import both_known
from parsing.audit.form import heading, is_prescribed
from parsing.audit.operands import Role, around
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, show, undecidable
from parsing.audit.views import ReportView
from parsing.extraction.folding import squash
from parsing.findings import Evidence
from parsing.model import ProseLine

# Fewer characters in the first part are a remark; the rest of the prose may stand in a picture or a file of its own.
TOLD_AT_LEAST = 150
SUBSTANCE = 30
NO_LETTERS = re.compile(r"[\W_]+")
SUBJECTS = {
    "主动公开": ("主动公开", "主动发布", "公开信息", "信息公开目录", "发布信息", "公开政府信息", "公开内容"),
    "依申请公开": ("申请",),
    "政府信息管理": ("信息管理", "管理", "审核", "审查", "保密", "动态调整", "规范性文件", "规范公开", "目录"),
    "平台建设": ("平台", "网站", "公众号", "新媒体", "微信", "微博", "专栏", "公开栏", "查阅点", "载体", "渠道"),
    "监督保障": ("监督", "保障", "考核", "考评", "培训", "评议", "领导小组", "追究", "检查", "督查"),
}
RESULTS = {
    "工作考核": ("考核", "考评", "绩效"),
    "社会评议": ("评议", "社会评价", "测评", "评估", "满意度", "民意调查", "行风", "群众评价"),
    "责任追究": ("追究", "问责", "追责", "追查责任", "通报批评", "惩处", "处分"),
}
FEE_WORDS = ("处理费", "收费", "费用", "收取", "缴费")
FEE = "信息处理费"


def lines_of(view: ReportView, part: str) -> list[ProseLine]:
    """The printed lines of a part of the form, without those that are nothing but a heading."""
    return [line for line in view.report.prose if line.section == part and line.kind != "heading"]


def text_of(view: ReportView, part: str) -> str:
    """What a part says, without white space; its heading is left out where the text follows on the same line."""
    titles = {section.where: section.title for section in view.report.sections if section.is_top}
    said = (line.raw.strip().removeprefix(titles.get(line.where, "")) for line in lines_of(view, part))
    return "".join("".join(said).split())


def is_wordy(view: ReportView) -> bool:
    """Whether so much of the first part was read that it tells the year's work."""
    return len(text_of(view, "s1")) >= TOLD_AT_LEAST


def whole_text(view: ReportView) -> str:
    return "".join([line.raw for line in view.report.prose])


def is_told(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in a text, in either script."""
    wanted = tuple(words)
    if any(word in text for word in wanted):
        return True
    plain_text, _ = squash(text)
    return any(word in plain_text for word in wanted)


def untold(text: str, subjects: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [name for name, words in subjects.items() if not is_told(text, words)]


def quote(view: ReportView, line: ProseLine, role: Role) -> Evidence:
    return Evidence(line.where, snippet=around(line.where) or line.raw.strip(), role=role, report_id=view.report_id)


def headings_of(view: ReportView, part: str) -> tuple[Evidence, ...]:
    return tuple(heading(view, section) for section in view.report.sections if section.is_top and section.code == part)


@check(
    "X.SECTION1_SUBITEMS",
    "总体情况没有写全规定的五个方面",
    severity="info",
    consequence="note",
    legal=("N2021-30",),
    formula="总体情况写到主动公开、依申请公开、政府信息管理、平台建设、监督保障",
    limits=f"各方面以惯用词语认定，用语特别的可能误报；总体情况不足 {TOLD_AT_LEAST} 字的不判断。",
    needs=("t2_art20_1.normative_docs.in_force",),
)
def subjects_told(view: ReportView) -> Iterator[Verdict]:
    """现行格式要求总体情况从这五个方面概括一年的工作，少一个方面，就看不出这方面做没做。"""
    # The headings of the second rank name the subjects.
    text = "".join(line.raw for line in view.report.prose if line.section == "s1")
    if not is_wordy(view):
        yield undecidable("总体情况读出的文字太少")
    elif missing := untold(text, SUBJECTS):
        message = f"总体情况没有写到{'、'.join(missing)}。"
        yield failed(Finding(message, headings_of(view, "s1"), formula=f"没有写到：{'、'.join(missing)}"))
    else:
        yield PASSED


def is_government(view: ReportView) -> bool:
    """Whether the agency is a government: neither a department nor the office of a street."""
    particulars = view.report.particulars
    name = particulars.agency or ""
    is_office = name.endswith(("街道", "办事处", "街办"))
    return particulars.level not in (None, "department") and not is_office


@check(
    "X.GOV_EVALUATION",
    "政府的报告没有写明考核、评议和责任追究结果",
    severity="info",
    consequence="note",
    legal=("R2019-50-4", "R2019-46"),
    formula="县级以上政府：写到工作考核、社会评议、责任追究三项；乡镇政府：至少写到一项",
    limits=f"以惯用词语认定，用语特别的可能误报；提到而没有说结果的不报；总体情况不足 {TOLD_AT_LEAST} 字的不判断。",
)
def results_told(view: ReportView) -> Iterator[Verdict]:
    """条例要求各级政府的报告在部门报告的内容之外写明这三项结果；乡镇的报告写得简略，三项都没有才提示。"""
    if not is_prescribed(view) or not is_government(view):
        yield not_applicable("不是政府的报告，或者该年度没有这项要求")
        return
    if not is_wordy(view):
        yield undecidable("总体情况读出的文字太少")
        return
    missing = untold(whole_text(view), RESULTS)
    fewest = len(RESULTS) if view.report.particulars.level == "township" else 1
    if len(missing) < fewest:
        yield PASSED
    else:
        message = f"政府的报告还应当写明考核、评议和责任追究结果，正文没有写到{'、'.join(missing)}。"
        evidence = (*headings_of(view, "s1"), *headings_of(view, "s5"))
        yield failed(Finding(message, evidence, formula=f"没有写到：{'、'.join(missing)}"))


@check(
    "X.SECTION5_SUBSTANCE",
    "没有写明存在的问题和改进情况",
    severity="warning",
    consequence="explain",
    legal=("R2019-50-4",),
    formula=f"“存在的主要问题及改进情况”部分不少于 {SUBSTANCE} 字",
    limits="这一部分是图片或附件的，读出的文字会太少；完全没有读出文字的，请先核对原文。",
)
def problems_told(view: ReportView) -> Iterator[Verdict]:
    """问题和改进是法定的报告内容，只写“无”或一句话，等于没有报告。"""
    titles = headings_of(view, "s5")
    if not is_prescribed(view) or not view.report.prose or not titles:
        yield not_applicable("该年度没有这项要求，或者没有找到这一部分")
        return
    text = text_of(view, "s5")
    length = len(NO_LETTERS.sub("", text))
    if length >= SUBSTANCE:
        yield PASSED
        return
    said = f"只有 {length} 字：“{text}”" if text else "下面没有读出文字"
    evidence = (*(quote(view, line, "left") for line in lines_of(view, "s5")), *titles)
    message = f"“存在的主要问题及改进情况”{said}，没有写明问题和改进情况。"
    yield failed(Finding(message, evidence, SUBSTANCE, length, f"{length} < {SUBSTANCE}", is_doubtful=not text))


@check(
    "X.FEE_REPORTED",
    "没有报告收取信息处理费的情况",
    severity="info",
    consequence="note",
    legal=("R2019-42", "R2019-50-5", "N2020-109"),
    formula="有申请的年度：第六部分说明是否收取信息处理费",
    limits=f"没有申请的年度不报；在其他部分说明了的不报；总体情况不足 {TOLD_AT_LEAST} 字的不判断。",
    needs=("t3.other_fee_unpaid.total",),
)
def fee_told(view: ReportView) -> Iterator[Verdict]:
    """信息处理费收没收、收了多少，应当在其他需要报告的事项里说明；没有收的也说明没有收。"""
    load, lines = view.sum("t3.new_received.total", "t3.carried_in.total"), lines_of(view, "s6")
    if unknown := both_known(load):
        yield unknown
    elif not load.value:
        yield not_applicable("没有申请，不会产生信息处理费")
    elif not lines or not is_wordy(view):
        yield undecidable("没有读出第六部分的文字，或者正文读出的文字太少")
    elif is_told(text_of(view, "s6"), FEE_WORDS) or "fee_yuan" in view.claims or is_told(whole_text(view), (FEE,)):
        yield PASSED
    else:
        message = f"表三有 {show(load.value)} 件申请在办，第六部分没有说明是否收取信息处理费。"
        evidence = (quote(view, lines[0], "left"), *load.evidence("right"))
        yield failed(Finding(message, evidence, formula="第六部分没有写到信息处理费", is_doubtful=load.is_doubtful))


@check(
    "X.FEE_NOT_ADMIN_FEE",
    "信息处理费与表二行政事业性收费恰好相同",
    severity="info",
    consequence="note",
    legal=("R2019-42", "R2019-20-8"),
    formula="正文的信息处理费（元）≠ 表二行政事业性收费（万元）× 10000",
    limits="一年里只收过信息处理费并把它计入表二的机关，两数相同而没有填错。",
    needs=("t2_art20_8.admin_fees.amount_wan", "t3.other_fee_unpaid.total"),
)
def fees_apart(view: ReportView) -> Iterator[Verdict]:
    """信息处理费只向个别申请人收取，表二填的是机关依职权收取的各种行政事业性收费，两者是两回事。"""
    fees, charged = view.said("fee_yuan"), view.sum("t2_art20_8.admin_fees.amount_wan")
    stated = [one for one in fees if one.value and one.claim and is_told(one.claim.quote, (FEE,))]
    if not stated:
        yield not_applicable("正文没有给出信息处理费的金额")
    elif unknown := both_known(charged):
        yield unknown
    elif same := next((one for one in stated if round(one.value or 0, 2) == round(charged.value * 10_000, 2)), None):
        message = (
            f"{same.label('full')}，与表二“行政事业性收费” {show(charged.value)} 万元恰好是同一个数，可能填错了一处。"
        )
        formula = f"正文 {show(same.value or 0)} 元 = 表二 {show(charged.value)} 万元"
        evidence = (same.evidence("left"), *charged.evidence("right"))
        yield failed(Finding(message, evidence, actual=same.value, formula=formula, is_doubtful=charged.is_doubtful))
    else:
        yield PASSED

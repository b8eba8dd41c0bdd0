"""Copied reports: from last year, from another agency, and what a template or another author left behind.

In: the view of a report, with its company: the index over all reports of the corpus.  Out: verdicts, never an error:
equal words prove that somebody copied, not that what they say is wrong.

What counts is a report's own prose: without headings and tables, the form's sentences, those that half of the agencies
print, and everything in a sentence of fewer than 12 characters.  Figures, titles of documents and the agency's own
name are folded.  A character is copied when it stands in a stretch of 16 or more that the other report has too.

The thresholds: an office that reports every year on the same duties repeats its sentences about organisation and
procedure, a third to a half of its prose, so a note begins at 60 %; what is left to change below 10 % is little more
than a sentence or two, so an explanation is asked for from 90 %.  Two offices that write by themselves have phrases in
common, a twentieth once the form's words are away, and up to a quarter where both draw on one bank of sentences (the
made-up reports); 35 % are whole paragraphs (note), 60 % most of the report (explanation).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Literal

from parsing.audit.alignment import AlignedSpan, compare_characters, layouts_of, list_spans
from parsing.audit.leftovers import Trace, WholeText, find_foreign_names, find_foreign_selves, find_template_text
from parsing.audit.likeness import Company, Resemblance
from parsing.audit.prints import SHINGLE
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, undecidable
from parsing.audit.shingles import Layout
from parsing.audit.statements import TRUTH_IN_LAW
from parsing.audit.views import ReportView
from parsing.audit.windows import MEASURED
from parsing.audit.years import of_last_year
from parsing.findings import Consequence, Evidence, Severity
from parsing.model import Locator

COPIES_IN_LAW = (*TRUTH_IN_LAW, "N2021-30")
# From which share of the own prose on something is said, and from which an explanation is asked for.
FORWARD_NOTED, FORWARD_TO_EXPLAIN = 0.6, 0.9
OTHER_NOTED, OTHER_TO_EXPLAIN = 0.35, 0.6
# In characters: less own prose cannot be judged, fewer copied ones are no paragraph.
LEAST_OWN, LEAST_COPIED = 200, 100
# So many figures that are not zero do not all come out the same in two years.
LEAST_FIGURES = 10
# So many spans, or traces, stand in the evidence; the message says how many there are.
LISTED = 10
MEASURE = f"连续 {SHINGLE} 字以上相同才算；数字、文件名和本机关名称先折叠；标题、表格、固定用语和半数机关都有的句子不计"


def weigh(share: float, to_explain: float) -> tuple[Severity, Consequence]:
    return ("warning", "explain") if share >= to_explain else ("info", "note")


def percent(share: float) -> float:
    return round(100 * share, 1)


def same_tables(view: ReportView, before: ReportView) -> Iterator[Verdict]:
    """A finding where every figure of the tables that is not zero is last year's."""
    now, then = ({at: value for at, value in one.numbers.items() if value} for one in (view, before))
    if len(now) < LEAST_FIGURES or now != then:
        return
    shown = list(now)[:LISTED]
    evidence = [view.operand(at).evidence("left") for at in shown]
    evidence += [of_last_year(before.operand(at)).evidence("right") for at in shown]
    words = f"表格里不为零的 {len(now)} 个数与本机关上一年度报告的全部相同。证据列出其中 {len(shown)} 个。"
    is_doubtful = any(view.operand(at).is_doubtful or before.operand(at).is_doubtful for at in now)
    finding = Finding(words, tuple(evidence), is_doubtful=is_doubtful, weight=("warning", "explain"))
    yield failed(finding)


def why_alone(company: Company | None) -> Verdict | None:
    """Why the prose of a report cannot be compared with any other."""
    if company is None:
        return not_applicable("只有这一份报告，没有可以对照的")
    if company.size < LEAST_OWN:
        return not_applicable(f"除去固定用语，正文不足 {LEAST_OWN} 字")
    return None


@check(
    "X.COPY_FORWARD",
    "正文大部分或者表格全部与上一年度报告相同",
    severity="info",
    consequence="note",
    legal=COPIES_IN_LAW,
    formula="正文与本机关上一年度报告相同的字数 ÷ 正文字数 < 60%（90% 以上需要说明）；表格里不为零的数不全部相同",
    limits=f"职责和制度每年相同，写法相近不算错，所以只作提示。{MEASURE}；换词改写的，少报。"
    f"表格不为零的数不足 {LEAST_FIGURES} 个的不比。",
    joined=True,
)
def copied_forward(view: ReportView) -> Iterator[Verdict]:
    """年度报告说的是这一年的工作；整段沿用上一年的文字，说明没有按当年的实际情况编写。"""
    company, before = view.company, view.previous
    if before is not None:
        yield from same_tables(view, before)
    alone = why_alone(company)
    if alone or company is None:
        yield alone or PASSED
    elif before is None or before.company is None:
        yield not_applicable(view.why_no_previous)
    else:
        found = company.index.find_share(company.position, before.company.position, FORWARD_NOTED)
        if found is None or found.copied < LEAST_COPIED:
            yield PASSED
        else:
            yield failed(describe_copy(company, found, "本机关上一年度报告", weigh(found.share, FORWARD_TO_EXPLAIN)))


@check(
    "X.COPY_OTHER",
    "正文与其他机关的报告大段相同",
    severity="info",
    consequence="note",
    legal=COPIES_IN_LAW,
    formula="正文与其他机关同年度或上一年度报告相同的字数 ÷ 正文字数 < 35%（60% 以上需要说明）",
    limits="上级统一下发文稿、机关合并更名、上下级机关共用一段话的，会报出；同一年度的两份报告都会报出，文字本身不能说明谁抄谁。"
    f"本机关上一年度已经有的文字不计。{MEASURE}；只列最相近的一份。",
    joined=True,
)
def copied_from_others(view: ReportView) -> Iterator[Verdict]:
    """各机关的职责和工作不同，报告应当写自己的工作；大段相同的文字，至少有一份不是按自己的情况写的。"""
    company = view.company
    alone = why_alone(company)
    if alone or company is None:
        yield alone or PASSED
    elif not (view.report.particulars.agency and view.year):
        yield not_applicable("报告没有写明机关或年度")
    else:
        own_past = view.previous.company.position if view.previous and view.previous.company else None
        found = company.index.resembling(company.position, own_past, OTHER_NOTED)
        loud = [one for one in found if one.copied >= LEAST_COPIED]
        yield judge_others(company, loud, own_past) if loud else PASSED


def judge_others(company: Company, loud: Sequence[Resemblance], own_past: int | None) -> Verdict:
    """The finding on the nearest of other agencies' reports; the further ones are counted."""
    nearest = loud[0]
    facts = company.index.reports[nearest.position].particulars
    least = "至少" if len(loud) == MEASURED else ""
    more = f"另有{least} {len(loud) - 1} 份报告也有 35% 以上相同。" if len(loud) > 1 else ""
    weight = weigh(nearest.share, OTHER_TO_EXPLAIN)
    return failed(describe_copy(company, nearest, f"{facts.agency} {facts.year} 年度报告", weight, own_past, more))


def describe_copy(
    company: Company, found: Resemblance, whose: str, weight: tuple[Severity, Consequence],
    but: int | None = None, more: str = "",
) -> Finding:  # fmt: skip
    """How much was copied from whom, whether figures were changed, and the aligned spans with their places."""
    index = company.index
    paragraphs = list_spans(index, company.position, found.position, but)
    layouts = layouts_of(index, company.position, found.position)
    cap = f"证据列出最长的 {LISTED} 段。" if len(paragraphs) > LISTED else ""
    message = (
        f"除去固定用语，正文 {found.size} 字，其中 {found.copied} 字（{percent(found.share)}%）与{whose}相同，"
        f"分布在 {len(paragraphs)} 段，最长的一处连续 {paragraphs[0][0].length} 字。"
        f"{say_changes(list(chain(*paragraphs)), *layouts)}{more}{cap}"
    )
    ids = [index.reports[at].report_id for at in (company.position, found.position)]
    evidence: list[Evidence] = []
    for span, *_ in paragraphs[:LISTED]:
        evidence.append(show_stretch(layouts[0], span.first, span.length, "left", ids[0]))
        evidence.append(show_stretch(layouts[1], span.second, span.length, "right", ids[1]))
    return Finding(message, tuple(evidence), actual=percent(found.share), weight=weight)


def say_changes(spans: Sequence[AlignedSpan], one: Layout, other: Layout) -> str:
    """Whether the copied stretches are the same to the letter, or with other figures or names."""
    kinds = Counter(
        compare_characters(one, span.first + step, other, span.second + step)
        for span in spans
        for step in range(span.length)
    )
    counted = (("数字", kinds["figure"]), ("名称", kinds["name"]))
    changed = [f"{count} 处{what}" for what, count in counted if count]
    return f"相同之处只改了 {'、'.join(changed)}。" if changed else "相同之处一字未改。"


def show_stretch(layout: Layout, at: int, length: int, role: Literal["left", "right"], report_id: str) -> Evidence:
    """A stretch of the folded text as evidence: its place, and its words to the end of their line."""
    line, start = layout.lines[layout.line_of[at]], layout.starts[at]
    last = max(step for step in range(at, at + length) if layout.line_of[step] == layout.line_of[at])
    where: Locator = line.where  # type: ignore[attr-defined]
    placed = where._replace(column=where.column + start) if where.column is not None else where
    return Evidence(placed, snippet=line.raw[start : layout.ends[last]], role=role, report_id=report_id)


def show_traces(traces: Sequence[Trace], report_id: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(one.where, snippet=one.quote, report_id=report_id) for one in traces[:LISTED])


def count_words(traces: Sequence[Trace]) -> str:
    """The words of the traces with how often each occurs: “我乡”2 处、“我局”1 处."""
    return "、".join(f"“{words}”{count} 处" for words, count in Counter(one.words for one in traces).most_common(5))


def cap_of(traces: Sequence[Trace]) -> str:
    return f"证据列出前 {LISTED} 处。" if len(traces) > LISTED else ""


@check(
    "X.OTHER_NAME",
    "正文自称其他机关",
    severity="warning",
    consequence="explain",
    legal=TRUTH_IN_LAW,
    formula="正文的自称（我乡、我镇、我局……）、联系单位和落款 = 本机关",
    limits="机关改制、更名之后沿用旧称的，会报出；引号里的话不计。只认乡、镇、街道、局、厅、委几种自称；"
    "“我县”“我区”“我市”和上级、县直部门的名称都是正当的，不核对；机关名称读错时会误报。",
)
def other_names(view: ReportView) -> Iterator[Verdict]:
    """报告是本机关写的，自称、联系单位和落款都应当是本机关；出现别的乡镇或别类机关的自称，说明文字来自别处。"""
    agency = view.report.particulars.agency
    if not agency:
        yield not_applicable("报告没有写明机关")
        return
    text = WholeText(view.report.prose)
    selves = find_foreign_selves(text, agency)
    names = find_foreign_names(text, agency, view.report.particulars.level)
    if selves:
        words = f"报告机关是{agency}，正文却自称{count_words(selves)}。{cap_of(selves)}"
        yield failed(Finding(words, show_traces(selves, view.report_id), agency, selves[0].words))
    if names:
        words = f"报告机关是{agency}，正文却把{count_words(names)}当作本机关来写。{cap_of(names)}"
        yield failed(Finding(words, show_traces(names, view.report_id), agency, names[0].words))
    if not selves and not names:
        yield PASSED if text.lines else undecidable("没有读到正文")


@check(
    "X.TEMPLATE_TEXT",
    "正文留有模板的提示或占位符",
    severity="warning",
    consequence="explain",
    legal=COPIES_IN_LAW,
    formula="正文中“此处填写”“XX”“××单位”“（500字以内）”一类的字样 = 0 处",
    limits="为保护隐私而隐去的姓名、案号，句中没有写明诉讼或当事人的，会误报；表格里的说明不核对。",
)
def template_text(view: ReportView) -> Iterator[Verdict]:
    """模板里的提示是写给填报人看的，留在公布的报告里，说明该处没有填写。"""
    if not view.report.prose:
        yield undecidable("没有读到正文")
        return
    traces = find_template_text(WholeText(view.report.prose))
    if not traces:
        yield PASSED
        return
    kinds = "、".join(dict.fromkeys(one.name for one in traces))
    words = f"正文留有模板的字样 {len(traces)} 处（{kinds}）：{count_words(traces)}。{cap_of(traces)}"
    yield failed(Finding(words, show_traces(traces, view.report_id), None, traces[0].words))

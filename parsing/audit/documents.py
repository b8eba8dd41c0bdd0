"""Table 2, first block: rules and normative documents, made, disclosed, issued, repealed, in force.

In: the view of a report whose table 2 was found.  Out: what must hold, row by row; the columns that a check needs
tell the form.  Nothing is concluded from a cell that is blank or unread.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.disclosure import rows_of, zero
from parsing.audit.evaluators import Relation, Sign, both_known, why_unread
from parsing.audit.operands import BLANK, UNREAD
from parsing.audit.registry import check
from parsing.audit.results import (
    PASSED,
    PASSED_ASSUMING_ZERO,
    Finding,
    Verdict,
    failed,
    not_applicable,
    show,
    undecidable,
)
from parsing.audit.views import ReportView

DOCUMENTS = "t2_art20_1"
# 规章 are made by provinces and by cities with districts; these levels have no such power.
WITHOUT_RULES = frozenset(("county", "township", "department"))
OF_THE_STATE_COUNCIL = ("国家", "中国", "中华")


def each_document_row(view: ReportView, left: str, sign: Sign, right: str) -> Iterator[Relation | Verdict]:
    """left ≤ right (or ≥) for two columns of every row of the documents block."""
    for stem, place in rows_of(view, DOCUMENTS):
        one, bound = view.sum(f"{stem}.{left}"), view.sum(f"{stem}.{right}")
        yield both_known(one, bound) or Relation(one, sign, bound, place, "column")


@check(
    "T2C.DISCLOSED_TOTAL_MIN",
    "表二第（一）项：对外公开总数不少于本年新公开数",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-1",),
    formula="对外公开总数量 ≥ 本年新公开数量",
    limits="文件当年公开、当年又撤下的，总数可以较小。",
    needs=(f"{DOCUMENTS}.normative_docs.newly_disclosed",),
)
def total_holds_the_new(view: ReportView) -> Iterator[Relation | Verdict]:
    """总数是年底对外公开的全部文件，今年新公开的自然也在其中。"""
    yield from each_document_row(view, "disclosed_total", ">=", "newly_disclosed")


@check(
    "T2C.NEW_LE_MADE",
    "表二第（一）项：新公开数不多于新制作数",
    severity="info",
    consequence="note",
    legal=("R2019-20-1", "R2019-26"),
    formula="本年新公开数量 ≤ 本年新制作数量",
    limits="补充公开以前制作的文件时，新公开数可以多于新制作数。",
    needs=(f"{DOCUMENTS}.normative_docs.newly_disclosed",),
)
def new_ones_were_made(view: ReportView) -> Iterator[Relation | Verdict]:
    """规范性文件应在制作后二十个工作日内公开，因此一年新公开的一般就是当年新制作的。"""
    yield from each_document_row(view, "newly_disclosed", "<=", "made")


@check(
    "T2C.MADE_NOT_DISCLOSED",
    "表二第（一）项：制作了文件却没有公开",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-1", "R2019-26"),
    formula="本年新制作数量 > 0 时，本年新公开数量 > 0",
    limits="年底最后几天制作的文件可能在下一年才公开。",
    needs=(f"{DOCUMENTS}.normative_docs.newly_disclosed",),
)
def made_ones_are_disclosed(view: ReportView) -> Iterator[Verdict]:
    """规章和规范性文件属于必须主动公开的内容，一年里制作了若干件而一件都没有公开，需要说明。"""
    for stem, place in rows_of(view, DOCUMENTS):
        made, new = view.sum(f"{stem}.made"), view.sum(f"{stem}.newly_disclosed")
        if unknown := both_known(made, new):
            yield unknown
        elif made.value > 0 and not new.value:
            message = f"{place}：本年新制作 {show(made.value)} 件，本年新公开却为 0。"
            evidence = (*made.evidence("left"), *new.evidence("right"))
            formula = f"{made.written('column')} > 0；{new.written('column')}"
            doubtful = made.is_doubtful or new.is_doubtful
            yield failed(Finding(message, evidence, made.value, 0, formula, doubtful))
        else:
            yield PASSED


@check(
    "T2D.STOCK_NONNEG",
    "表二第（一）项：推算的年初有效件数不能为负",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-1", "R2019-6"),
    formula="现行有效件数 + 本年废止件数 - 本年制发件数 ≥ 0",
    limits="当年制发、当年到期失效而没有计入废止的，推算的年初数会偏小。",
    needs=(f"{DOCUMENTS}.normative_docs.in_force",),
)
def opening_stock(view: ReportView) -> Iterator[Relation | Verdict]:
    """年底有效的，加上今年废止的，减去今年新制发的，就是年初已有的文件，不可能少于零件。"""
    for stem, place in rows_of(view, DOCUMENTS):
        stock = view.sum(f"{stem}.in_force", f"{stem}.repealed", less=(f"{stem}.issued",), name="推算的年初有效件数")
        yield both_known(stock) or Relation(stock, ">=", zero(), place, "column")


@check(
    "T2D.ISSUED_IN_FORCE",
    "表二第（一）项：没有废止时，现行有效不少于本年制发",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-1",),
    formula="本年废止件数 = 0 时，现行有效件数 ≥ 本年制发件数",
    limits="文件当年制发、当年自动失效的，现行有效数可以较小。",
    needs=(f"{DOCUMENTS}.normative_docs.in_force",),
)
def issued_are_in_force(view: ReportView) -> Iterator[Relation | Verdict]:
    """今年制发的文件没有废止，到年底应当都还有效，所以现行有效件数至少有这么多。"""
    for stem, place in rows_of(view, DOCUMENTS):
        repealed, issued = view.sum(f"{stem}.repealed"), view.sum(f"{stem}.issued")
        in_force = view.sum(f"{stem}.in_force")
        if unknown := both_known(repealed, issued, in_force):
            yield unknown
        elif repealed.value == 0:
            yield Relation(in_force, ">=", issued, place, "column")
        else:
            yield PASSED


@check(
    "T2.RULES_COMPETENCE",
    "没有规章制定权的机关填报了规章",
    severity="warning",
    consequence="explain",
    legal=("LL2023-91", "LL2023-93"),
    formula="乡镇、街道、县区及各级部门：规章各栏 = 0",
    limits="汇总填报本地区全部规章的报告，可以不为零；国务院部门有规章制定权，不在此列。",
    needs=(f"{DOCUMENTS}.rules.made|{DOCUMENTS}.rules.issued",),
)
def rules_competence(view: ReportView) -> Iterator[Verdict]:
    """地方政府规章只能由省级和设区的市级政府制定，其他机关填了规章，多半是把规范性文件填错了行。"""
    level, agency = view.report.particulars.level, view.report.particulars.agency or ""
    if level not in WITHOUT_RULES or agency.startswith(OF_THE_STATE_COUNCIL):
        yield not_applicable("报告没有写明机关层级，或者该层级有规章制定权")
        return
    codes = [column.code for column in view.table(DOCUMENTS).columns]
    cells = [view.operand(f"{DOCUMENTS}.rules.{code}") for code in codes]
    filled = [cell for cell in cells if cell.value]
    if not filled:
        unread = [cell for cell in cells if cell.status in UNREAD]
        are_blank = any(cell.status in BLANK for cell in cells)
        yield undecidable(why_unread(unread)) if unread else PASSED_ASSUMING_ZERO if are_blank else PASSED
        return
    listed = "、".join(f"{cell.label('column')} {show(cell.value or 0)}" for cell in filled)
    message = f"表二“规章”：{listed}，而该机关没有规章制定权，可能是把规范性文件填错了行。"
    evidence = tuple(cell.evidence("left") for cell in cells)
    yield failed(Finding(message, evidence, 0, filled[0].value, listed, any(cell.is_doubtful for cell in cells)))

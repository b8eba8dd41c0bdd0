"""Table 2: documents, power lists, decisions, fees.

In: the view of a report whose table 2 was found.  Out: what must hold, row by row.  Which of the two forms is meant
follows from the columns that a check needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.evaluators import Relation, why_unread
from parsing.audit.operands import Sum
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, show, undecidable
from parsing.audit.views import ReportView

DOCUMENTS = "t2_art20_1"
# 规章 are made by provinces and by cities with districts; these levels have no such power.
WITHOUT_RULES = frozenset(("county", "township", "department"))
OF_THE_STATE_COUNCIL = ("国家", "中国", "中华")
# A small agency that charged a billion yuan has more likely written yuan into a column of 万元.
GREATEST_FEES_WAN = 100_000
SMALL = frozenset(("township", "department"))


def rows_of(view: ReportView, code: str) -> Iterator[tuple[str, str]]:
    """Address stem and place of every row of one block of table 2."""
    for row in view.table(code).rows:
        yield f"{code}.{row.code}", f"表二“{row.label}”"


def zero() -> Sum:
    return Sum((), "0")


def both_known(*sums: Sum) -> Verdict | None:
    """A verdict when an operand is blank or unread, so that nothing may be concluded from it."""
    missing = [term for each in sums for term in each.unread + each.blanks]
    return undecidable(f"{why_unread(missing)}或空白") if missing else None


def items_not_negative(view: ReportView, code: str) -> Iterator[Relation | Verdict]:
    """Items at the end of the year: those of last year and this year's change."""
    for stem, place in rows_of(view, code):
        items = view.sum(f"{stem}.prev_year_items", f"{stem}.net_change", name="年末项目数")
        yield both_known(items) or Relation(items, ">=", zero(), place, "column")


@check(
    "T2C.ITEMS_NONNEG.5",
    "表二第（五）项：年末项目数不能为负",
    severity="error",
    consequence="correct",
    legal=("R2019-20-5",),
    formula="上一年项目数量 + 本年增/减 ≥ 0",
    limits="增减数写成“3/0”一类的，按增 3 减 0 理解；写法有歧义时可能误报。",
    needs=("t2_art20_5.admin_license.prev_year_items",),
)
def licences_not_negative(view: ReportView) -> Iterator[Relation | Verdict]:
    """目录里减少的事项不会比原有的还多。"""
    yield from items_not_negative(view, "t2_art20_5")


@check(
    "T2C.ITEMS_NONNEG.6",
    "表二第（六）项：年末项目数不能为负",
    severity="error",
    consequence="correct",
    legal=("R2019-20-6",),
    formula="上一年项目数量 + 本年增/减 ≥ 0",
    limits="增减数写成“3/0”一类的，按增 3 减 0 理解；写法有歧义时可能误报。",
    needs=("t2_art20_6.admin_penalty.prev_year_items",),
)
def penalties_not_negative(view: ReportView) -> Iterator[Relation | Verdict]:
    """处罚和强制事项的目录同样不可能减到零以下。"""
    yield from items_not_negative(view, "t2_art20_6")


@check(
    "T2C.ITEMS_NONNEG.8",
    "表二第（八）项：年末项目数不能为负",
    severity="error",
    consequence="correct",
    legal=("R2019-20-8",),
    formula="上一年项目数量 + 本年增/减 ≥ 0",
    limits="增减数写成“3/0”一类的，按增 3 减 0 理解；写法有歧义时可能误报。",
    needs=("t2_art20_8.admin_fees.prev_year_items",),
)
def fee_items_not_negative(view: ReportView) -> Iterator[Relation | Verdict]:
    """收费项目取消得再多，也不会多过上一年已有的项目。"""
    yield from items_not_negative(view, "t2_art20_8")


def decisions_look_like_items(view: ReportView, code: str) -> Iterator[Verdict]:
    """Decisions that equal the items at the end of the year to the unit, where the list has changed."""
    for stem, place in rows_of(view, code):
        items = view.sum(f"{stem}.prev_year_items", f"{stem}.net_change", name="年末项目数")
        decisions = view.sum(f"{stem}.decisions")
        if unknown := both_known(items, decisions):
            yield unknown
        elif items.terms[0].value and items.terms[1].value and decisions.value == items.value:
            yield failed(
                Finding(
                    f"{place}：处理决定数量 {show(decisions.value)} 恰好等于上一年项目数量加本年增减，"
                    "可能把年末项目数填进了处理决定数量。",
                    (*items.evidence("left"), *decisions.evidence("right")),
                    actual=decisions.value,
                    formula=f"{items.written_out('column')} = {decisions.written('column')}",
                    is_doubtful=items.is_doubtful or decisions.is_doubtful,
                )
            )
        else:
            yield PASSED


@check(
    "T2C.DECISIONS_MISREAD.5",
    "表二第（五）项：处理决定数量疑似填成项目数",
    severity="info",
    consequence="note",
    legal=("R2019-20-5",),
    formula="上一年项目数量、本年增/减都不为 0 时，处理决定数量 ≠ 两者之和",
    limits="两个数碰巧相等时会误报。",
    needs=("t2_art20_5.admin_license.prev_year_items",),
)
def licence_decisions(view: ReportView) -> Iterator[Verdict]:
    """项目数是目录里的事项，处理决定数是一年作出的决定，两者没有加减关系；恰好相等往往是看错了栏目。"""
    yield from decisions_look_like_items(view, "t2_art20_5")


@check(
    "T2C.DECISIONS_MISREAD.6",
    "表二第（六）项：处理决定数量疑似填成项目数",
    severity="info",
    consequence="note",
    legal=("R2019-20-6",),
    formula="上一年项目数量、本年增/减都不为 0 时，处理决定数量 ≠ 两者之和",
    limits="两个数碰巧相等时会误报。",
    needs=("t2_art20_6.admin_penalty.prev_year_items",),
)
def penalty_decisions(view: ReportView) -> Iterator[Verdict]:
    """处罚、强制的事项数与决定数是两回事，把三栏当成一道加法填写是常见的误解。"""
    yield from decisions_look_like_items(view, "t2_art20_6")


def each_document_row(view: ReportView, left: str, right: str) -> Iterator[Relation | Verdict]:
    """left ≥ right for the columns of every row of the documents block."""
    for stem, place in rows_of(view, DOCUMENTS):
        greater, smaller = view.sum(f"{stem}.{left}"), view.sum(f"{stem}.{right}")
        yield both_known(greater, smaller) or Relation(greater, ">=", smaller, place, "column")


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
    yield from each_document_row(view, "disclosed_total", "newly_disclosed")


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
    yield from each_document_row(view, "made", "newly_disclosed")


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
    "T2C.PROCUREMENT_PAIR",
    "表二第（九）项：采购项目数与采购金额同有同无",
    severity="warning",
    consequence="explain",
    legal=("R2019-20-9",),
    formula="采购项目数量 = 0 与 采购总金额 = 0 同时成立或同时不成立",
    limits="项目当年实施、下年付款的，可能有项目而没有金额。",
    needs=("t2_art20_9.gov_procurement.project_count",),
)
def procurement(view: ReportView) -> Iterator[Verdict]:
    """有采购项目就有金额，有金额就有项目，一个为零一个不为零说明有一格漏填或错填。"""
    number, amount = (view.sum(f"t2_art20_9.gov_procurement.{code}") for code in ("project_count", "amount_total"))
    if unknown := both_known(number, amount):
        yield unknown
    elif (number.value == 0) == (amount.value == 0):
        yield PASSED
    else:
        message = f"表二“政府集中采购”：采购项目数量为 {show(number.value)}，采购总金额为 {show(amount.value)}。"
        evidence = (*number.evidence("left"), *amount.evidence("right"))
        formula = f"{number.written('column')}；{amount.written('column')}"
        yield failed(Finding(message, evidence, formula=formula, is_doubtful=number.is_doubtful or amount.is_doubtful))


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
        stock = view.sum(f"{stem}.in_force", f"{stem}.repealed", f"-{stem}.issued", name="推算的年初有效件数")
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
        yield PASSED
        return
    listed = "、".join(f"{cell.label('column')} {show(cell.value or 0)}" for cell in filled)
    message = f"表二“规章”：{listed}，而该机关没有规章制定权，请核对是否应填在规范性文件一行。"
    evidence = tuple(cell.evidence("left") for cell in cells)
    yield failed(Finding(message, evidence, 0, filled[0].value, listed, any(cell.is_doubtful for cell in filled)))


@check(
    "T2D.FEES_UNIT",
    "表二第（八）项：收费金额疑似以元填报",
    severity="info",
    consequence="note",
    legal=("R2019-20-8",),
    formula=f"乡镇、街道和部门：本年收费金额 ≤ {GREATEST_FEES_WAN} 万元",
    limits="收费特别多的部门可能确有此数。",
    needs=("t2_art20_8.admin_fees.amount_wan",),
)
def fees_unit(view: ReportView) -> Iterator[Verdict]:
    """这一栏的单位是万元，一个乡镇或部门一年收费十亿元以上极少见，更可能是按元填写。"""
    fees = view.operand("t2_art20_8.admin_fees.amount_wan")
    if view.report.particulars.level not in SMALL or fees.value is None:
        yield not_applicable("没有读出金额，或者不是乡镇、街道和部门的报告")
    elif fees.value <= GREATEST_FEES_WAN:
        yield PASSED
    else:
        message = f"表二“行政事业性收费”：{show(fees.value)} 万元，请核对是否把元当作了万元。"
        evidence = (fees.evidence("left"),)
        yield failed(Finding(message, evidence, actual=fees.value, is_doubtful=fees.is_doubtful))

"""The form: the template due for the year, the parts announced and found, blank cells.

In: the view of a report.  Out: verdicts.  A heading or table that was not found may also not have been recognised:
such findings ask for the original to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.audit.operands import BLANK, UNREAD, Operand, around
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, show, undecidable
from parsing.audit.views import TABLE_NAMES, ReportView
from parsing.extraction.folding import fold
from parsing.extraction.sections import number_of
from parsing.findings import Evidence
from parsing.model import Section
from parsing.templates import load_sections

FORM_IN_LAW = ("R2019-50-F", "N2019-60", "N2021-30")
# The tables that the form of the current regulations prescribes.
TABLES_DUE = ("t2", "t3", "t4")
PARTS_DUE = ("s1", "s2", "s3", "s4", "s5", "s6")
TABLE_OF_PART = {"s2": "t2", "s3": "t3", "s4": "t4"}
APPENDIX = re.compile(r"附表|附件|统计表")
# More blank cells than this are counted, not listed.
BLANKS_LISTED = 10


def telling_cell(view: ReportView, group: str) -> Operand | None:
    """A cell that was read and that the form due for the year does not have: what shows that another form was used.

    The first rows of table 3 are the same in both forms; a table that breaks off there tells nothing.
    """
    due = {address for table in (view.due.tables_of(group) if view.due else ()) for address in table.addresses()}
    for table in view.tables.values():
        if table.group == group:
            own = (view.operand(address) for address in table.addresses() if address not in due)
            if found := next((cell for cell in own if cell.status not in UNREAD), None):
                return found
    return None


def is_prescribed(view: ReportView) -> bool:
    """Whether a unified form with six parts and three tables was due for the year."""
    return bool(view.due and any(table.group in TABLES_DUE for table in view.due.tables))


@check(
    "X.TEMPLATE_YEAR",
    "使用的表格格式不是该年度应当使用的格式",
    severity="warning",
    consequence="correct",
    legal=FORM_IN_LAW,
    formula="按表格的标签认定的格式 = 报告年度应当使用的格式",
    limits="年度读错时会误报；表格只缺一块而其余相符的，不报。",
)
def template_of_the_year(view: ReportView) -> Iterator[Verdict]:
    """统一格式由全国主管部门公布并适时更新，沿用旧格式会缺少新的栏目，也无法与其他机关汇总。"""
    if not is_prescribed(view) or view.due is None:
        yield not_applicable("该年度没有规定这三张表的统一格式，或者报告没有写明年度")
        return
    layouts = dict(view.layouts)
    due = {table.group: table.layout for table in view.due.tables}
    wrong = [group for group in due if group in layouts and layouts[group] != due[group]]
    if "indicators" in layouts and not any(group in layouts for group in TABLES_DUE):
        wrong = ["indicators"]
    cells = {group: cell for group in wrong if (cell := telling_cell(view, group))}
    if wrong and not cells:
        yield undecidable("读出的部分在两种格式里相同，不能确定用的是哪一种")
    elif not wrong:
        yield PASSED if layouts else not_applicable("没有找到表格")
    else:
        tables = "、".join(TABLE_NAMES[group] for group in cells)
        message = f"报告年度是 {view.year} 年，{tables}用的却是另一年度的格式。"
        evidence = (year_evidence(view), *(cell.evidence("context") for cell in cells.values()))
        yield failed(Finding(message, evidence, formula=f"{tables}的格式 ≠ {view.year} 年度的格式"))


def year_evidence(view: ReportView) -> Evidence:
    where = view.report.particulars.evidence.get("year")
    return Evidence(
        where, value=view.year, snippet=around(where) or str(view.year), role="left", report_id=view.report_id
    )


def heading(view: ReportView, section: Section) -> Evidence:
    return Evidence(section.where, snippet=section.title, role="context", report_id=view.report_id)


@check(
    "X.SECTION_COUNT",
    "报告称由几个部分组成，实有部分数不同",
    severity="info",
    consequence="note",
    legal=("R2019-50", "R2007-32"),
    formula="正文说的部分数 = 一级标题的个数（附表可以另计，也可以算作一部分）",
    limits="一级标题没有编号、没有认出时，可能误报；编号不连续的不判断。",
)
def section_count(view: ReportView) -> Iterator[Verdict]:
    """开头说由几个部分组成，读者会据此检查报告是否完整，说法与标题不同多半是沿用了旧稿。"""
    said = view.said("section_count")
    tops = [section for section in view.report.sections if section.is_top]
    if not said:
        yield not_applicable("正文没有说由几个部分组成")
        return
    if not tops:
        yield undecidable("没有读出一级标题")
        return
    found, last = len(tops), max(number_of("".join(fold(section.title).split())) for section in tops)
    bare = sum(not APPENDIX.search(section.title) for section in tops)
    with_table = found + any(group == "indicators" for group, _ in view.layouts)
    if said[0].value in {found, bare, with_table, last}:
        yield PASSED
    elif last > found:
        yield undecidable(f"一级标题读出 {found} 个，编号却到 {last}，可能有标题没有认出")
    else:
        message = f"{said[0].label('full')}，即 {show(said[0].value or 0)} 个部分；一级标题有 {found} 个。"
        evidence = (said[0].evidence("left"), *(heading(view, section) for section in tops))
        formula = f"{show(said[0].value or 0)} ≠ {found}"
        yield failed(Finding(message, evidence, said[0].value, found, formula))


@check(
    "X.SECTIONS_PRESENT",
    "缺少规定的部分或表格",
    severity="warning",
    consequence="explain",
    legal=("R2019-50", "N2019-60", "N2021-30"),
    formula="六个部分齐全且依次排列，表二、表三、表四俱在",
    limits="表格是图片或附件的、标题用语特别的，可能没有认出；有不能归类的标题时，不判断部分是否齐全。",
)
def parts_present(view: ReportView) -> Iterator[Verdict]:
    """统一格式规定了六个部分和三张表，缺一部分就缺一项法定的报告内容。"""
    if not is_prescribed(view):
        yield not_applicable("该年度没有规定六个部分的统一格式，或者报告没有写明年度")
        return
    if not view.report.sections and not view.report.cells:
        yield not_applicable("没有读出标题和表格")
        return
    yield sections_complete(view)
    layouts = {group for group, _ in view.layouts}
    if "indicators" in layouts:
        yield not_applicable("用的是旧格式的统计表")
        return
    absent = [TABLE_NAMES[group] for group in TABLES_DUE if group not in layouts]
    if absent:
        message = f"没有找到{'、'.join(absent)}；可能缺漏，也可能是图片或附件。"
        yield failed(Finding(message, (year_evidence(view),), is_doubtful=True))
    else:
        yield PASSED


def sections_complete(view: ReportView) -> Verdict:
    """The six parts, each there and in order."""
    tops = [section for section in view.report.sections if section.is_top]
    codes = [section.code for section in tops if section.code in PARTS_DUE]
    # A part whose table was found is there, however its heading is written.
    layouts = dict(view.layouts)
    missing = [code for code in PARTS_DUE if code not in codes and TABLE_OF_PART.get(code) not in layouts]
    if not tops:
        return undecidable("没有读出一级标题")
    if missing and len(tops) >= len(PARTS_DUE):
        return undecidable("有标题不能归类，不能确定缺少哪一部分")
    if missing and any(section.code not in PARTS_DUE for section in tops):
        return undecidable("有标题不能归类，不能确定缺少哪一部分")
    if missing:
        titles = {section.code: section.title for section in load_sections()}
        names = "、".join(f"“{titles[code]}”" for code in missing)
        return out_of_form(view, f"没有找到{names}部分。")
    first_places = [codes.index(code) for code in PARTS_DUE if code in codes]
    if first_places != sorted(first_places):
        return out_of_form(view, "六个部分没有按统一格式的次序排列。")
    return PASSED


def out_of_form(view: ReportView, message: str) -> Verdict:
    """A finding on the parts, with all headings that were read: a part may also not have been recognised."""
    headings = (heading(view, section) for section in view.report.sections if section.is_top)
    return failed(Finding(message, (year_evidence(view), *headings), is_doubtful=True))


@check(
    "X.BLANK_CELLS",
    "表格里有空白格",
    severity="info",
    consequence="note",
    legal=("R2019-50-F",),
    formula="表二、表三、表四中留空、画横线或斜线的格数 = 0",
    limits="合并单元格印作空白的表，可能多计。",
    needs=("t2_art20_1.rules.made|t2_art20_1.rules.issued|t3.new_received.total|t4.review_total",),
)
def blank_cells(view: ReportView) -> Iterator[Verdict]:
    """空白不等于零：没有发生的应当填 0，留空使人无从知道是没有还是漏填。"""
    groups = {table.code: table.group for table in view.tables.values()}
    blanks = [cell for cell in view.report.cells if cell.status in BLANK and not cell.address.startswith("extra.")]
    blanks = [cell for cell in blanks if groups.get(cell.address.partition(".")[0]) in TABLES_DUE]
    if not blanks:
        yield PASSED
        return
    counted: dict[str, int] = {}
    for cell in blanks:
        name = TABLE_NAMES[groups[cell.address.partition(".")[0]]]
        counted[name] = counted.get(name, 0) + 1
    listed = "、".join(f"{name} {count} 格" for name, count in counted.items())
    cap = f"；证据列出前 {BLANKS_LISTED} 格" if len(blanks) > BLANKS_LISTED else ""
    evidence = tuple(view.operand(cell.address).evidence("context") for cell in blanks[:BLANKS_LISTED])
    message = f"表格里有 {len(blanks)} 格空白（{listed}），没有发生的应当填 0{cap}。"
    yield failed(Finding(message, evidence, 0, len(blanks), f"空白 {len(blanks)} 格 > 0"))

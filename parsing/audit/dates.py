"""Dates: the period of the statistics, the day of signing, the day of publication.

In: the view of a report.  Out: verdicts.  How sure a date of publication is depends on where it comes from: the page
states it, or only a signature under the text is known, which is never later than publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from parsing.audit.operands import Operand, around
from parsing.audit.registry import check
from parsing.audit.results import PASSED, Finding, Verdict, failed, not_applicable, undecidable
from parsing.audit.views import ReportView
from parsing.findings import Evidence
from parsing.templates import load_templates

FIRST_DAY, LAST_DAY = "01-01", "12-31"
# The former regulations came into force on 1 May of the first report year.
FIRST_DAY_EVER = "05-01"
SCHOOL_YEAR = ("09-01", "08-31")
YEAR_IN_LAW = ("R2019-49-1", "R2007-31")
GOVERNMENTS = frozenset(("province", "city", "county"))
# Days; a report that is later than this was more likely moved to a new page than published so late.
LONGEST_DELAY = 365
JANUARY, MARCH = "01-31", "03-31"


def dated(view: ReportView, metric: str) -> list[tuple[Operand, str]]:
    """The dates that the report gives under a metric, with the statement of each, in the order of the text."""
    return [
        (view.statement(claim), str(claim.value))
        for claim in view.claims.get(metric, ())
        if isinstance(claim.value, str) and claim.value[:4].isdigit()
    ]


def off(statement: Operand, value: str, expected: str, what: str) -> Verdict:
    message = f"{statement.label('full')}，{what}是 {value}，按报告年度应为 {expected}。"
    return failed(Finding(message, (statement.evidence("left"),), expected, value, f"{value} ≠ {expected}"))


@check(
    "X.PERIOD",
    "统计期限或截止日期不在报告年度",
    severity="warning",
    consequence="explain",
    legal=YEAR_IN_LAW,
    formula="统计期限 = 报告年度 1 月 1 日至 12 月 31 日；截止日期的年份 = 报告年度",
    limits="截至以后某日的补充数据、以前年度的累计数，可能误报；学校按学年统计的不报。",
)
def period(view: ReportView) -> Iterator[Verdict]:
    """年度报告说的是上一年度一整年的情况，期限里的年份写错，往往是沿用了往年的文稿。"""
    if view.year is None:
        yield not_applicable("报告没有写明年度")
        return
    starts, ends, cutoffs = (dated(view, metric) for metric in ("period_start", "period_end", "cutoff_date"))
    yield PASSED if starts or ends or cutoffs else not_applicable("正文没有说统计期限")
    first_days = {FIRST_DAY, FIRST_DAY_EVER} if view.year == load_templates()[0].years[0] else {FIRST_DAY}
    is_school_year = bool(starts and ends) and (starts[0][1][5:], ends[0][1][5:]) == SCHOOL_YEAR
    if not is_school_year:
        yield from wrong_days(view, starts, first_days, "统计期限的起点")
        yield from wrong_days(view, ends, {LAST_DAY}, "统计期限的终点")
    for statement, value in cutoffs:
        if value[:4] != str(view.year):
            yield off(statement, value, f"{view.year} 年", "截止日期")
            return


def wrong_days(view: ReportView, said: list[tuple[Operand, str]], days: set[str], what: str) -> Iterator[Verdict]:
    """The first date that is not one of these days of the report year; one printed without a day is held to less."""
    wanted = [f"{view.year}-{day}" for day in sorted(days)]
    for statement, value in said:
        if not any(day.startswith(value) for day in wanted):
            yield off(statement, value, wanted[0], what)
            return


@check(
    "X.FILLED_BEFORE_END",
    "报告在统计期限结束前就已填报",
    severity="info",
    consequence="note",
    legal=YEAR_IN_LAW,
    formula="填报或落款日期 > 报告年度 12 月 31 日",
    limits="落款日期写错年份时，会报出这一项。",
)
def filled_after_the_year(view: ReportView) -> Iterator[Verdict]:
    """全年的数字要到年底才知道，年底以前填报的数字可能没有包括最后几天。"""
    said = [*dated(view, "filled_date"), *dated(view, "signed_date")]
    if view.year is None or not said:
        yield not_applicable("没有填报日期、落款日期，或者没有写明年度")
        return
    end = f"{view.year}-{LAST_DAY}"
    early = [(statement, value) for statement, value in said if value <= end]
    if early:
        statement, value = early[0]
        message = f"{statement.label('full')}，日期 {value} 不晚于 {end}，统计期限还没有结束。"
        yield failed(Finding(message, (statement.evidence("left"),), end, value, f"{value} ≤ {end}"))
    else:
        yield PASSED


def deadline(view: ReportView, day: str, remark: str) -> Iterator[Verdict]:
    """Published by a day of the year after the report year, by the best evidence there is."""
    limit = f"{(view.year or 0) + 1}-{day}"
    published, signed = view.report.particulars.published_date, dated(view, "signed_date")
    first_signed = min((value for _, value in signed), default=None)
    if published and len(published) < len(limit):
        yield undecidable(f"公布日期只写到 {published}")
    elif published:
        is_resigned = bool(first_signed and first_signed <= limit)
        yield PASSED if published <= limit else late(view, published, limit, is_resigned, remark)
    elif first_signed and first_signed > limit:
        statement = next(statement for statement, value in signed if value == first_signed)
        message = f"没有公布日期；{statement.label('full')}的落款日期 {first_signed} 已晚于 {limit}{remark}。"
        evidence = (statement.evidence("left"),)
        yield failed(Finding(message, evidence, limit, first_signed, f"{first_signed} > {limit}", True))
    else:
        yield undecidable("没有公布日期，落款日期不能证明何时公布")


def late(view: ReportView, published: str, limit: str, is_resigned: bool, remark: str) -> Verdict:
    """A date of publication after the deadline.

    Doubtful where the signature is in time or the date is years away, since pages get moved and dated anew.
    """
    days = (date.fromisoformat(published) - date.fromisoformat(limit)).days
    is_moved = is_resigned or days > LONGEST_DELAY
    remark += "；网页日期也可能是后来迁移的" if is_moved else ""
    where = view.report.particulars.evidence.get("published_date")
    snippet = around(where) or published
    evidence = Evidence(where, None, "published_date", published, snippet, "left", view.report_id)
    message = f"公布日期 {published}，比期限 {limit} 晚 {days} 天{remark}。"
    return failed(Finding(message, (evidence,), limit, published, f"{published} > {limit}", is_moved))


def due_by(
    view: ReportView, regime: str, levels: frozenset[str] | None, day: str, remark: str = ""
) -> Iterator[Verdict]:
    """The deadline of one kind of agency under one regime."""
    level = view.report.particulars.level
    if view.due is None or view.due.regime != regime:
        yield not_applicable("该年度适用另一条例，或者报告没有写明年度")
    elif levels is None or level in levels:
        yield from deadline(view, day, remark)
    elif level is None:
        yield undecidable("机关层级不明")
    else:
        yield not_applicable("该机关适用另一期限")


@check(
    "X.DEADLINE.DEPT",
    "部门的报告晚于 1 月 31 日公布",
    severity="error",
    consequence="correct",
    legal=("R2019-49-1",),
    formula="公布日期 ≤ 次年 1 月 31 日",
    limits="网页日期是网站迁移后的日期时，可能误报；没有公布日期时不判断。",
)
def departments(view: ReportView) -> Iterator[Verdict]:
    """条例要求县级以上人民政府部门在每年 1 月 31 日前公布上一年度的报告。"""
    yield from due_by(view, "R2019", frozenset(("department",)), JANUARY)


@check(
    "X.DEADLINE.GOV",
    "政府的报告晚于 3 月 31 日公布",
    severity="error",
    consequence="correct",
    legal=("R2019-49-2",),
    formula="公布日期 ≤ 次年 3 月 31 日",
    limits="网页日期是网站迁移后的日期时，可能误报；没有公布日期时不判断。",
)
def governments(view: ReportView) -> Iterator[Verdict]:
    """条例要求县级以上地方人民政府的报告由主管部门在每年 3 月 31 日前公布。"""
    yield from due_by(view, "R2019", GOVERNMENTS, MARCH)


@check(
    "X.DEADLINE.TOWN",
    "乡镇、街道的报告晚于 1 月 31 日公布",
    severity="info",
    consequence="note",
    legal=("R2019-49-1", "R2019-49-2"),
    formula="公布日期 ≤ 次年 1 月 31 日（惯例），最迟 3 月 31 日",
    limits="条例没有点名乡镇和街道，1 月 31 日只是各地的通常要求。",
)
def townships(view: ReportView) -> Iterator[Verdict]:
    """各地一般要求乡镇、街道与部门同时公布，最迟也随本级政府的报告一起公布。"""
    yield from due_by(view, "R2019", frozenset(("township",)), JANUARY, "；条例没有点名乡镇和街道，这是各地的惯例")


@check(
    "X.DEADLINE.2008",
    "报告晚于 3 月 31 日公布（旧条例）",
    severity="error",
    consequence="correct",
    legal=("R2007-31",),
    formula="公布日期 ≤ 次年 3 月 31 日",
    limits="网页日期是网站迁移后的日期时，可能误报；没有公布日期时不判断。",
)
def under_former_regulations(view: ReportView) -> Iterator[Verdict]:
    """旧条例要求各级行政机关在每年 3 月 31 日前公布上一年度的报告，不分层级。"""
    yield from due_by(view, "R2007", None, MARCH)

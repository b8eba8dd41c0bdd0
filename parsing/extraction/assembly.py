"""Document → Report: cells, claims, particulars, sections, problems.

In: a mended Document and the source it came from.  Out: a `Report`, each value with its place.  Refused, as
problems: a text that is no such report, tables that are not there, facts that the report does not state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsing.extraction.cells import GROUPS, CellReading, extract_cells
from parsing.extraction.claims import extract_claims
from parsing.extraction.particulars import read_particulars
from parsing.extraction.passages import Passage
from parsing.extraction.prose import list_lines, read_prose
from parsing.extraction.sections import read_sections
from parsing.extraction.tokens import tokenise
from parsing.model import Claim, Document, Particulars, Problem, Repair, Report, Source
from parsing.templates import template_due

SUBJECT = re.compile(r"(?:信息|政务)公开|主动公开|公开[^。,]{0,8}信息|依申请|公开申请|统计(?:期限|时限)")
# Reports say it every hundred characters or so; a text about something else does not.
CHARACTERS_A_MENTION = 600
GROUP_TITLES = {
    "t2": "主动公开政府信息情况",
    "t3": "收到和处理政府信息公开申请情况",
    "t4": "政府信息公开行政复议、行政诉讼情况",
    "indicators": "政府信息公开情况统计表",
}


def is_report(passages: Sequence[Passage], tables: CellReading) -> bool:
    """Whether the text is a report on disclosure: it has a table of the forms, or speaks of little else."""
    if any(tables.layouts.values()):
        return True
    length = sum(len(passage.text) for passage in passages)
    mentions = sum(len(SUBJECT.findall(passage.text)) for passage in passages)
    return mentions >= max(1, length // CHARACTERS_A_MENTION)


def absent_tables(year: int | None, tables: CellReading) -> list[Problem]:
    """Tables that the form of the year, or the form that was used, demands and that are nowhere in the text."""
    due = template_due(year) if year else None
    # Before 2014 no table was prescribed for the whole country.
    groups = {table.group for table in due.tables} if due and due.form else set()
    if tables.layouts["t2"] or tables.layouts["t3"] or tables.layouts["t4"]:
        groups = {"t2", "t3", "t4"}
    elif tables.layouts["indicators"]:
        groups = set()
    missing = [GROUP_TITLES[group] for group in GROUPS if group in groups and not tables.layouts[group]]
    advice = "请核对原文是否缺漏，或表格是否以图片、附件形式提供。"
    return [Problem("table_absent", f"没有找到“{title}”的表格。{advice}") for title in missing]


def with_publication(particulars: Particulars, claims: Sequence[Claim]) -> Particulars:
    """The date of publication is what the page states; a signature under the text is another date."""
    stated = next((claim for claim in claims if claim.metric == "published_date"), None)
    if stated is None:
        return particulars
    evidence = {**particulars.evidence, "published_date": stated.where}
    return replace(particulars, published_date=str(stated.value), evidence=evidence)


def extract_report(document: Document, source: Source, repairs: Sequence[Repair] = ()) -> Report:
    """Everything that one mended document says."""
    tokens = tokenise(document)
    tables = extract_cells(tokens)
    sections, passages = read_sections(read_prose(tokens, tables.used))
    problems = list(document.problems)
    if not document.blocks:
        return Report(source, Particulars(), tables.layouts, problems=tuple(problems), text=document.text)
    if not is_report(passages, tables):
        message = "这份文件不像政府信息公开工作年度报告：没有找到规定的表格，也没有谈到信息公开。请确认选对了文件。"
        problems.append(Problem("not_a_report", message, passages[0].where(0) if passages else None))
        return Report(source, Particulars(), tables.layouts, problems=tuple(problems), text=document.text)
    particulars, missing = read_particulars(passages)
    reading = extract_claims(passages, particulars, document.open_line)
    problems += [*missing, *tables.problems, *absent_tables(particulars.year, tables), *reading.problems]
    return Report(
        source=source,
        particulars=with_publication(particulars, reading.claims),
        layouts=tables.layouts,
        sections=tuple(sections),
        cells=tuple(cell._replace(confidence="doubtful") for cell in tables.cells)
        if document.is_guessed
        else tuple(tables.cells),
        claims=reading.claims,
        figures=reading.figures,
        problems=tuple(problems),
        repairs=(*repairs, *tables.repairs),
        text=document.text,
        prose=tuple(list_lines(passages)),
    )

"""Reports → tidy frames.

In: audited reports.  Out: a `Corpus`, one DataFrame for each entry of the column dictionary, and the texts.  Refused
(`ValueError`): a row whose fields are not exactly the columns that the dictionary names.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from parsing.columns import FRAMES, names
from parsing.contract import evidence_json, where_json
from parsing.extraction.identity import corpus_ids
from parsing.findings import AuditedReport, Binding, Evidence, Flag
from parsing.model import Cell, CellStatus, Claim, Figure, Json, Locator, ProseLine, Report
from parsing.repairs import REPAIRS, page_marks
from parsing.templates import load_templates

FrameRow = tuple[Any, ...]
REPAIR_MESSAGES = {module.KIND: module.MESSAGE for module in (*REPAIRS, page_marks)}
REPAIR_MESSAGES["label_by_position"] = "残缺的行名按其在表中的位置认定"
PARAGRAPH = re.compile(r"p\[(\d+)\]")
READ = (CellStatus.NUMBER, CellStatus.ZERO_WORD)
EMPTY = (CellStatus.BLANK, CellStatus.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All frames of a set of reports, with the columns of the dictionary, and the source text by report_id."""

    reports: pd.DataFrame
    cells: pd.DataFrame
    claims: pd.DataFrame
    bindings: pd.DataFrame
    prose: pd.DataFrame
    figures: pd.DataFrame
    sections: pd.DataFrame
    flags: pd.DataFrame
    checks: pd.DataFrame
    problems: pd.DataFrame
    repairs: pd.DataFrame
    texts: Mapping[str, str]


def describe_place(where: Locator | None) -> str:
    """A place in words: 第 88 行第 3 列, 表 2 第 5 行第 3 格, 第 4 页, 第 17 段.

    >>> describe_place(Locator(line=88, column=3)), describe_place(Locator(line=9, column=1, path="p[17]"))
    ('第 88 行第 3 列', '第 17 段')
    """
    if where is None:
        return ""
    if where.page is not None:
        return f"第 {where.page} 页"
    if where.table is not None:
        sheet = f"（{where.path}）" if where.path and "!" in where.path else ""
        return f"表 {where.table} 第 {where.row} 行第 {where.cell} 格{sheet}"
    if where.path is not None:
        paragraph = PARAGRAPH.fullmatch(where.path)
        return f"第 {paragraph.group(1)} 段" if paragraph else where.path
    return f"第 {where.line} 行第 {where.column} 列"


def ids_of(reports: Sequence[AuditedReport]) -> dict[str, str]:
    """The agency's id by report_id; a report that names no agency is known by itself."""
    names = {one.report.report_id: one.report.particulars.agency for one in reports}
    ids = corpus_ids(name for name in names.values() if name)
    return {report_id: ids[name] if name else report_id for report_id, name in names.items()}


def expected_cells(report: Report) -> int:
    """How many cells the layouts found prescribe, and those of the tables that are due and absent."""
    total = 0
    for group, layout in report.layouts.items():
        tables = [table for template in load_templates() for table in template.tables_of(group)]
        sizes = {table.code: len(table.addresses()) for table in tables if table.layout == layout}
        total += sum(sizes.values())
    return total


def report_row(audited: AuditedReport, agency_id: str, is_latest: bool) -> FrameRow:
    report = audited.report
    facts, source, layouts = report.particulars, report.source, report.layouts
    status = Counter(cell.status for cell in report.cells)
    figures = Counter(figure.outcome for figure in report.figures)
    return (
        report.report_id, facts.agency, agency_id if facts.agency else None, facts.level, facts.region, facts.year,
        layouts.get("t2"), layouts.get("t3"), layouts.get("t4"), layouts.get("indicators"),
        facts.published_date, source.file, source.format, source.encoding, source.sha256, source.part,
        sum(status[one] for one in READ), sum(status[one] for one in EMPTY),
        status[CellStatus.UNREADABLE] + status[CellStatus.ABSENT], expected_cells(report),
        len(report.figures), figures["claimed"], figures["ignored"], figures["unclassified"],
        len(report.problems), len(audited.flags), is_latest,
    )  # fmt: skip


@cache
def single_row_tables() -> frozenset[str]:
    tables = [table for template in load_templates() for table in template.tables]
    return frozenset(table.code for table in tables if table.kind == "single_row")


def split_address(address: str) -> tuple[str, str, str]:
    """Table, row and column of an address; single-row tables have one row, indicators one column."""
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    if row:
        return table, row, column
    return (table, "count", rest) if table in single_row_tables() else (table, rest, "value")


def cell_row(report: Report, cell: Cell) -> FrameRow:
    facts = report.particulars
    return (
        report.report_id, facts.agency, facts.year, cell.address, *split_address(cell.address),
        cell.value, cell.status.value, cell.unit, cell.unit_source, cell.raw, cell.matched_by, cell.confidence,
        describe_place(cell.where), where_json(cell.where),
    )  # fmt: skip


def claim_row(report: Report, number: int, claim: Claim) -> FrameRow:
    facts = report.particulars
    value = claim.value if isinstance(claim.value, int | float) else None
    return (
        report.report_id, facts.agency, facts.year, number, claim.metric, claim.dim, claim.label, value,
        str(claim.value), claim.unit, claim.year, claim.approx, claim.negated, claim.quote, claim.section,
        claim.list_id, claim.list_role, describe_place(claim.where), where_json(claim.where),
    )  # fmt: skip


def binding_row(report: Report, binding: Binding) -> FrameRow:
    facts, claim = report.particulars, report.claims[binding.claim]
    return (
        report.report_id, facts.agency, facts.year, binding.claim + 1, claim.metric, claim.dim, binding.reading,
        write_sum(binding.cells), write_sum(binding.per) or None, binding.value, binding.outcome, binding.report_id,
    )  # fmt: skip


def write_sum(cells: Sequence[str]) -> str:
    """Addresses as a sum.

    >>> write_sum(("t4.review_total", "-t4.review_pending"))
    't4.review_total - t4.review_pending'
    """
    return "".join(f" - {one[1:]}" if one[0] == "-" else f" + {one}" for one in cells).removeprefix(" + ")


def figure_row(report: Report, figure: Figure) -> FrameRow:
    claims = ";".join(str(index + 1) for index in figure.claims)
    return report.report_id, figure.raw, figure.outcome, figure.reason, claims or None, *place_row(figure.where)


def prose_row(report: Report, line: ProseLine) -> FrameRow:
    return report.report_id, line.paragraph, line.kind, line.section, line.raw, *place_row(line.where)


def operand_key(evidence: Evidence, report: Report) -> str:
    """A cell by its address, a claim by its metric and place; of another report, with that report."""
    where = evidence.where
    # Two statements may share a page; where they stand in the text that is shown tells them apart.
    inside = f" {where.line}:{where.column}" if where and (where.page or where.path) else ""
    name = evidence.address or f"{evidence.metric} {describe_place(where)}{inside}"
    return name if evidence.report_id in (None, report.report_id) else f"{name}@{evidence.report_id}"


def flag_id(report: Report, flag: Flag, agency_id: str) -> str:
    """The same for the same check, agency, year and operands, whatever their values: decisions hang on it."""
    operands = sorted(operand_key(one, report) for one in flag.evidence if one.role != "context")
    key = "|".join([flag.check, agency_id, str(report.particulars.year), *operands])
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def flag_row(report: Report, flag: Flag, agency_id: str) -> FrameRow:
    facts = report.particulars

    def shown(value: object) -> str | None:
        return None if value is None else str(value)

    return (
        flag_id(report, flag, agency_id), report.report_id, facts.agency, facts.year, flag.check, flag.family,
        flag.severity, flag.consequence, flag.message, shown(flag.expected), shown(flag.actual), flag.difference,
        flag.formula, ";".join(flag.legal_basis), flag.doubtful, [evidence_json(one) for one in flag.evidence],
    )  # fmt: skip


def place_row(where: Locator | None) -> tuple[str, Json | None]:
    return describe_place(where), where_json(where)


def rows_of(audited: AuditedReport, agency_id: str) -> Iterator[tuple[str, FrameRow]]:
    """The rows that one report adds to every frame but `reports`."""
    report, key = audited.report, audited.report.report_id
    facts = report.particulars
    yield from (("cells", cell_row(report, cell)) for cell in report.cells)
    yield from (("claims", claim_row(report, number, claim)) for number, claim in enumerate(report.claims, 1))
    yield from (("bindings", binding_row(report, binding)) for binding in audited.bindings)
    yield from (("prose", prose_row(report, line)) for line in report.prose)
    yield from (("figures", figure_row(report, figure)) for figure in report.figures)
    yield from (("flags", flag_row(report, flag, agency_id)) for flag in audited.flags)
    for section in (one for one in report.sections if one.is_top):
        yield "sections", (key, section.code, section.title, *place_row(section.where))
    for entry in audited.ledger:
        yield "checks", (key, facts.agency, facts.year, entry.check, entry.outcome, entry.reason)
    for problem in report.problems:
        yield "problems", (key, report.source.file, problem.kind, problem.message, *place_row(problem.where))
    for repair in report.repairs:
        message = REPAIR_MESSAGES[repair.kind]
        yield "repairs", (key, repair.kind, repair.before, repair.after, message, *place_row(repair.where))


def latest_versions(reports: Sequence[AuditedReport], ids: Mapping[str, str]) -> set[str]:
    """The reports that count, by report_id: of several versions for one agency and year, the one published last."""
    best: dict[tuple[str, int | None], AuditedReport] = {}
    for audited in reports:
        key = (ids[audited.report.report_id], audited.report.particulars.year)
        before = best.get(key)
        if before is None or published(audited) >= published(before):
            best[key] = audited
    return {audited.report.report_id for audited in best.values()}


def published(audited: AuditedReport) -> str:
    return audited.report.particulars.published_date or ""


def open_frame(name: str, rows: Iterable[FrameRow]) -> pd.DataFrame:
    """A frame with exactly the columns and dtypes of the dictionary."""
    columns = FRAMES[name]
    data = list(rows)
    if any(len(row) != len(columns) for row in data):
        raise ValueError(f"a row of {name} has not the columns {', '.join(names(name))}")
    values = [[row[index] for row in data] for index in range(len(columns))]
    pairs = zip(columns, values, strict=True)
    return pd.DataFrame({column.name: pd.Series(found, dtype=column.dtype) for column, found in pairs})


def build_corpus(reports: Sequence[AuditedReport]) -> Corpus:
    """Frames over the reports, in their order; a file that was given twice counts once, and is named."""
    rows: dict[str, list[FrameRow]] = {name: [] for name in FRAMES}
    ids = ids_of(reports)
    latest = latest_versions(reports, ids)
    seen: dict[str, str] = {}
    for audited in reports:
        key, file = audited.report.report_id, audited.report.source.file
        if key in seen:
            message = f"与 {seen[key]} 的内容完全相同，只计一次。请确认是否重复报送。"
            rows["problems"].append((key, file, "duplicate_file", message, "", None))
            continue
        seen[key] = file
        rows["reports"].append(report_row(audited, ids[key], key in latest))
        for name, row in rows_of(audited, ids[key]):
            rows[name].append(row)
    frames = {name: open_frame(name, rows[name]) for name in FRAMES}
    return Corpus(**frames, texts={audited.report.report_id: audited.report.text for audited in reports})

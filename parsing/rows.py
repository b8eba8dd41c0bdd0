"""Reports → rows of the frames, before anything makes a table of them.

In: an audited report.  Out: tuples with exactly the columns of the dictionary, in its order; places and evidence are
those of the model.  Nothing is refused: `tables` makes frames of the rows, `corpus` keeps them in a store.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from parsing.columns import FRAMES
from parsing.findings import AuditedReport, Binding, Evidence, Flag
from parsing.measures import Count, count_report
from parsing.model import Cell, CellStatus, Claim, Figure, Locator, ProseLine, Report
from parsing.repairs import REPAIRS, page_marks
from parsing.templates import load_templates

FrameRow = tuple[Any, ...]
REPAIR_MESSAGES = {module.KIND: module.MESSAGE for module in (*REPAIRS, page_marks)}
REPAIR_MESSAGES["label_by_position"] = "残缺的行名按其在表中的位置认定"
PARAGRAPH = re.compile(r"p\[(\d+)\]")
# The frames that have rows of single reports.
ADDED = tuple(frame for frame in FRAMES if frame != "reports")
# Above it not every whole number is one of the numbers that a column of figures holds.
LARGEST = 2**53
READ = (CellStatus.NUMBER, CellStatus.ZERO_WORD)
EMPTY = (CellStatus.BLANK, CellStatus.NOT_APPLICABLE)


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


@lru_cache(maxsize=4096)
def split_address(address: str) -> tuple[str, str, str]:
    """Table, row and column of an address; single-row tables have one row, indicators one column."""
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    if row:
        return table, row, column
    return (table, "count", rest) if table in single_row_tables() else (table, rest, "value")


def exact(value: int | float | None) -> int | float | None:
    """A number as a column holds it; None for one that would become another there.

    >>> exact(41), exact(2**53 + 1), exact(float("inf"))
    (41, None, None)
    """
    return value if value is not None and abs(value) <= LARGEST else None


def cell_row(report: Report, cell: Cell) -> FrameRow:
    facts, value = report.particulars, exact(cell.value)
    status = cell.status if value == cell.value else CellStatus.UNREADABLE
    return (
        report.report_id, facts.agency, facts.year, cell.address, *split_address(cell.address),
        value, status.value, cell.unit, cell.unit_source, cell.raw, cell.matched_by, cell.confidence,
        *place_row(cell.where),
    )  # fmt: skip


def claim_row(report: Report, number: int, claim: Claim) -> FrameRow:
    facts = report.particulars
    value = exact(claim.value) if isinstance(claim.value, int | float) else None
    return (
        report.report_id, facts.agency, facts.year, number, claim.metric, claim.dim, claim.label, value,
        str(claim.value), claim.unit, claim.year, claim.approx, claim.negated, claim.quote, claim.section,
        claim.list_id, claim.list_role, *place_row(claim.where),
    )  # fmt: skip


def binding_row(report: Report, binding: Binding) -> FrameRow:
    facts, claim, value = report.particulars, report.claims[binding.claim], exact(binding.value)
    return (
        report.report_id, facts.agency, facts.year, binding.claim + 1, claim.metric, claim.dim, binding.reading,
        write_sum(binding.cells), write_sum(binding.per) or None, value, binding.outcome, binding.report_id,
    )  # fmt: skip


def measure_row(report: Report, count: Count) -> FrameRow:
    facts, measure = report.particulars, count.measure
    return (
        report.report_id, facts.agency, facts.year, measure.code, measure.label, count.value, measure.unit,
        count.state, count.missing, count.source, count.is_main,
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


def operands_of(report: Report, flag: Flag) -> str:
    """What a flag is about, whatever the values: its operands in a fixed order."""
    return "|".join(sorted(operand_key(one, report) for one in flag.evidence if one.role != "context"))


def flag_id(check: str, agency_id: str, year: int | None, operands: str) -> str:
    """The same for the same check, agency, year and operands: decisions hang on it."""
    return hashlib.sha256(f"{check}|{agency_id}|{year}|{operands}".encode()).hexdigest()[:16]


def flag_row(report: Report, flag: Flag, agency_id: str) -> FrameRow:
    facts = report.particulars

    def shown(value: object) -> str | None:
        return None if value is None else str(value)

    own_id = flag_id(flag.check, agency_id, facts.year, operands_of(report, flag))
    return (
        own_id, report.report_id, facts.agency, facts.year, flag.check, flag.family,
        flag.severity, flag.consequence, flag.message, shown(flag.expected), shown(flag.actual), exact(flag.difference),
        flag.formula, ";".join(flag.legal_basis), flag.doubtful, flag.evidence,
    )  # fmt: skip


def place_row(where: Locator | None) -> tuple[str, Locator | None]:
    return describe_place(where), where


def rows_of(audited: AuditedReport, agency_id: str, frames: Collection[str] = ADDED) -> Iterator[tuple[str, FrameRow]]:
    """The rows that one report adds to these frames, by default to every frame but `reports`."""
    for frame in frames:
        yield from ((frame, row) for row in frame_rows(frame, audited, agency_id))


def frame_rows(frame: str, audited: AuditedReport, agency_id: str) -> Iterable[FrameRow]:
    """The rows of one report in one frame."""
    report, key = audited.report, audited.report.report_id
    facts = report.particulars
    match frame:
        case "cells":
            return (cell_row(report, cell) for cell in report.cells)
        case "claims":
            return (claim_row(report, number, claim) for number, claim in enumerate(report.claims, 1))
        case "measures":
            return (measure_row(report, count) for count in count_report(report))
        case "bindings":
            return (binding_row(report, binding) for binding in audited.bindings)
        case "prose":
            return (prose_row(report, line) for line in report.prose)
        case "figures":
            return (figure_row(report, figure) for figure in report.figures)
        case "flags":
            return (flag_row(report, flag, agency_id) for flag in audited.flags)
        case "sections":
            return ((key, one.code, one.title, *place_row(one.where)) for one in report.sections if one.is_top)
        case "checks":
            return ((key, facts.agency, facts.year, one.check, one.outcome, one.reason) for one in audited.ledger)
        case "problems":
            file = report.source.file
            return ((key, file, one.kind, one.message, *place_row(one.where)) for one in report.problems)
        case "repairs":
            return (
                (key, one.kind, one.before, one.after, REPAIR_MESSAGES[one.kind], *place_row(one.where))
                for one in report.repairs
            )
    raise KeyError(frame)

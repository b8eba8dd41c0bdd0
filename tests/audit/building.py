"""Reports made by hand, cell by cell and sentence by sentence.

In: what a test wants to differ from a clean report of a year.  Out: `Report` objects.  Refused (`KeyError`): an address
that no table of the report has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parsing.model import Cell, CellStatus, Claim, Locator, Particulars, ProseLine, Report, Section, Source
from parsing.templates import TableTemplate, load_sections, load_templates, template_due

AGENCY = "样本市示例县青山镇人民政府"
PARTS = ("s1", "s2", "s3", "s4", "s5", "s6")
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Odd:
    """A cell that is no plain number: its status, and a value where it has one."""

    status: CellStatus
    value: float | int | None = None
    is_doubtful: bool = False


BLANK = Odd(CellStatus.BLANK)
SLASH = Odd(CellStatus.NOT_APPLICABLE)
UNREAD = Odd(CellStatus.UNREADABLE)
ABSENT = Odd(CellStatus.ABSENT)
NONE_WORD = Odd(CellStatus.ZERO_WORD, 0)


def doubtful(value: float | int) -> Odd:
    """A number whose place was inferred."""
    return Odd(CellStatus.NUMBER, value, True)


Value = float | int | Odd


def tables_of(layouts: Mapping[str, str | None]) -> list[TableTemplate]:
    tables = [table for template in load_templates() for table in template.tables]
    return [table for table in tables if layouts.get(table.group) == table.layout]


def layouts_due(year: int) -> dict[str, str | None]:
    """The layouts of the form due for a year; before there was a national one, the longest of the provincial ones."""
    due = template_due(year)
    assert due is not None
    layouts: dict[str, str | None] = dict.fromkeys(("t2", "t3", "t4", "indicators"))
    for table in due.tables:
        layouts[table.group] = layouts[table.group] or table.layout
    return layouts


def make_cell(address: str, value: Value, line: int) -> Cell:
    odd = value if isinstance(value, Odd) else Odd(CellStatus.NUMBER, value)
    raw = "" if odd.value is None else str(odd.value)
    where = None if odd.status == CellStatus.ABSENT else Locator(line=line, column=1, text=raw)
    confidence: Any = "doubtful" if odd.is_doubtful else "sure"
    return Cell(address, odd.value, odd.status, "件", "template", raw, "label", confidence, where)


def make_cells(layouts: Mapping[str, str | None], values: Mapping[str, Value]) -> tuple[Cell, ...]:
    """All cells of the tables, 0 where no value is given."""
    addresses = list(dict.fromkeys(address for table in tables_of(layouts) for address in table.addresses()))
    unknown = set(values) - set(addresses)
    if unknown:
        raise KeyError(f"no such cells in the report: {sorted(unknown)}")
    return tuple(make_cell(one, values.get(one, 0), line) for line, one in enumerate(addresses, 100))


def say(metric: str, value: float | int | str, dim: str | None = None, **more: Any) -> Claim:
    """A statement of the prose, of the report year unless `year` says otherwise."""
    quote = more.pop("quote", f"{metric} {value}")
    section = more.pop("section", "s1")
    unit = more.pop("unit", "%" if metric.endswith("_pct") else "件")
    where = Locator(line=more.pop("line", 20), column=3, text=quote)
    fixed = {"label": None, "year": None, "approx": False, "negated": False}
    return Claim(metric, dim, value=value, unit=unit, quote=quote, section=section, where=where, **{**fixed, **more})


def list_of(total: Claim, *parts: Claim, is_exhaustive: bool = True, number: int = 1) -> tuple[Claim, ...]:
    """A total and the parts that the prose lists after it."""
    first = replace(total, list_id=number, list_role="total")
    return (
        first,
        *(replace(part, list_id=number, list_role="part", is_exhaustive=is_exhaustive) for part in parts),
    )


def make_sections(codes: Sequence[str | None] = PARTS) -> tuple[Section, ...]:
    """Headings of the first rank, numbered in order; None stands for one that the form does not know."""
    titles = {section.code: section.title for section in load_sections()}
    return tuple(
        Section(code, f"{NUMERALS[index]}、{titles.get(code or '', '工作打算')}", Locator(line=index + 5, column=1))
        for index, code in enumerate(codes)
    )


def make_prose(parts: Mapping[str, str]) -> tuple[ProseLine, ...]:
    """The words of each part, a paragraph a line; the text is printed below the headings."""
    said = [(part, line) for part, text in parts.items() for line in text.split("\n")]
    return tuple(
        ProseLine(number, "text", part, line, Locator(line=40 + number, column=1, text=line))
        for number, (part, line) in enumerate(said, 1)
    )


def make_report(
    year: int | None = 2022,
    cells: Mapping[str, Value] | None = None,
    claims: Sequence[Claim] = (),
    *,
    layouts: Mapping[str, str | None] | None = None,
    sections: Sequence[str | None] = PARTS,
    agency: str | None = AGENCY,
    level: str | None = "township",
    published: str | None = None,
    prose: Mapping[str, str] | Sequence[str] = (),
) -> Report:
    """A clean report: every cell of the form due is 0, all parts are there; then what the test changes."""
    used = dict(layouts) if layouts is not None else layouts_due(year or 2022)
    named = {"agency": agency, "year": year, "published": published}
    where = Locator(line=1, column=1, text=f"{agency}{year}年政府信息公开工作年度报告")
    evidence = {name: where for name, value in named.items() if value}
    made = make_cells(used, cells or {})
    lines = make_prose(prose) if isinstance(prose, Mapping) else tuple(write_down(prose))
    key = repr((year, agency, published, made, claims, sections, lines))
    return Report(
        source=Source("report.txt", "txt", "utf-8", hashlib.sha256(key.encode()).hexdigest(), len(key)),
        particulars=Particulars(agency, level, None, year, published, evidence),
        layouts=used,
        sections=make_sections(sections),
        cells=made,
        claims=tuple(claims),
        prose=lines,
    )


def write_down(paragraphs: Sequence[str], line: int = 30) -> Iterator[ProseLine]:
    """Paragraphs of the first part, each on a line of its own."""
    for number, text in enumerate(paragraphs, 1):
        yield ProseLine(number, "text", "s1", text, Locator(line=line + number, column=1, text=text))


def table_three(rows: Mapping[str, Mapping[str, Value]]) -> dict[str, Value]:
    """Cells of table 3 by row and applicant; the total of each row is added up here."""
    cells: dict[str, Value] = {}
    for row, applicants in rows.items():
        for applicant, value in applicants.items():
            cells[f"t3.{row}.{applicant}"] = value
        cells[f"t3.{row}.total"] = sum(value for value in applicants.values() if isinstance(value, int | float))
    return cells

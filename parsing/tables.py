"""Reports → tidy frames.

In: audited reports.  Out: a `Corpus`, one DataFrame for each entry of the column dictionary, and the texts.  Refused
(`ValueError`): a row whose fields are not exactly the columns that the dictionary names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from parsing.columns import FRAMES, Column, names
from parsing.contract import evidence_json, where_json
from parsing.extraction.identity import corpus_ids
from parsing.findings import AuditedReport, Evidence
from parsing.model import Json, Locator
from parsing.rows import FrameRow, report_row, rows_of


@dataclass(frozen=True, slots=True)
class Corpus:
    """All frames of a set of reports, with the columns of the dictionary, and the source text by report_id."""

    reports: pd.DataFrame
    cells: pd.DataFrame
    claims: pd.DataFrame
    measures: pd.DataFrame
    bindings: pd.DataFrame
    prose: pd.DataFrame
    figures: pd.DataFrame
    sections: pd.DataFrame
    flags: pd.DataFrame
    checks: pd.DataFrame
    problems: pd.DataFrame
    repairs: pd.DataFrame
    texts: Mapping[str, str]


def ids_of(reports: Sequence[AuditedReport]) -> dict[str, str]:
    """The agency's id by report_id; a report that names no agency is known by itself."""
    names = {one.report.report_id: one.report.particulars.agency for one in reports}
    ids = corpus_ids(name for name in names.values() if name)
    return {report_id: ids[name] if name else report_id for report_id, name in names.items()}


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
    return pd.DataFrame({column.name: open_column(column, found) for column, found in pairs})


def open_column(column: Column, values: Sequence[Any]) -> pd.Series:
    """A column of a frame; places and evidence as the contract writes them."""
    found = [to_json(value) for value in values] if column.dtype == "object" else values
    return pd.Series(found, dtype=column.dtype)


def to_json(value: Locator | Sequence[Evidence] | None) -> Json | list[Json] | None:
    if value is None or isinstance(value, Locator):
        return where_json(value)
    return [evidence_json(one) for one in value]


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

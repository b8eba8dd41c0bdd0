"""What is counted over reports: received, granted, reviewed …, the same thing across the forms of all years.

In: the cells and claims of a report, and `measures.toml`.  Out: for each measure that the report has something on, its
value or the reason why there is none, from the tables, from the prose, or from both.  Refused: a figure for a cell that
is blank, unread or missing, and a choice between two figures of the prose.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from parsing.model import Cell, CellStatus, Claim, Report

SOURCE = Path(__file__).with_name("measures.toml")
# Why a cell has no figure; of several the first one is told.
REASONS = {CellStatus.UNREADABLE: "unread", CellStatus.ABSENT: "absent", CellStatus.BLANK: "blank"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted: the ways to read it from the tables, and the statement that may replace them."""

    code: str
    label: str
    unit: str
    group: str
    cells: tuple[tuple[str, ...], ...] = ()
    metric: str | None = None
    dim: str | None = None
    covers: tuple[str, ...] = ()


class Count(NamedTuple):
    """A measure of one report: `missing` cells have no figure; `is_main` says that this is the one that counts."""

    measure: Measure
    value: float | int | None
    state: str
    missing: int
    source: Literal["table", "text"]
    is_main: bool


@cache
def read_source() -> Mapping[str, Any]:
    return tomllib.loads(SOURCE.read_text("utf-8"))


@cache
def read_measures() -> Mapping[str, Measure]:
    """All measures by their code, in the order of the file."""
    entries = [
        {**entry, "cells": tuple(map(tuple, entry.get("cells", []))), "covers": tuple(entry.get("covers", []))}
        for entry in read_source()["measures"]
    ]
    return {entry["code"]: Measure(**entry) for entry in entries}


def codes_of(group: str) -> list[str]:
    """The codes of one group of measures, in the order of the file."""
    return [one.code for one in read_measures().values() if one.group == group]


@cache
def ways_of(address: str) -> tuple[tuple[str, int], ...]:
    """The measures that a cell belongs to, each with the number of the way."""
    return tuple(
        (measure.code, way)
        for measure in read_measures().values()
        for way, patterns in enumerate(measure.cells)
        if any(fnmatchcase(address, pattern) for pattern in patterns)
    )


@cache
def measures_by_claim() -> Mapping[tuple[str, str | None], tuple[Measure, ...]]:
    found: dict[tuple[str, str | None], tuple[Measure, ...]] = {}
    for measure in read_measures().values():
        if measure.metric:
            key = (measure.metric, measure.dim)
            found[key] = (*found.get(key, ()), measure)
    return found


def count_report(report: Report) -> Iterator[Count]:
    """The measures of a report in the order of the file, that of the tables before that of the prose."""
    tables, texts = count_tables(report), count_texts(report)
    for code, measure in read_measures().items():
        if code in tables:
            yield add_cells(measure, tables[code])
        if code in texts:
            yield compare_claims(measure, texts[code], is_main=code not in tables)


def count_tables(report: Report) -> dict[str, list[Cell]]:
    """The cells of each measure: of the first way of which the report has any."""
    found: dict[str, dict[int, list[Cell]]] = {}
    for cell in report.cells:
        for code, way in ways_of(cell.address):
            found.setdefault(code, {}).setdefault(way, []).append(cell)
    return {code: ways[min(ways)] for code, ways in found.items()}


def count_texts(report: Report) -> dict[str, list[Claim]]:
    """The figures that the prose states for the report's own year."""
    found: dict[str, list[Claim]] = {}
    year = report.particulars.year
    for claim in report.claims:
        if isinstance(claim.value, int | float) and claim.year in (None, year):
            for measure in measures_by_claim().get((claim.metric, claim.dim), ()):
                found.setdefault(measure.code, []).append(claim)
    return found


def add_cells(measure: Measure, cells: list[Cell]) -> Count:
    """The sum of the cells that have a figure; the worst reason names a measure without any."""
    values = [cell.value for cell in cells if cell.value is not None]
    missing = len(cells) - len(values)
    if values:
        return Count(measure, sum(values), "partial" if missing else "number", missing, "table", True)
    statuses = {cell.status for cell in cells}
    state = next((name for status, name in REASONS.items() if status in statuses), "not_applicable")
    return Count(measure, None, state, missing, "table", True)


def compare_claims(measure: Measure, claims: list[Claim], *, is_main: bool) -> Count:
    """The figure that all claims agree on; choosing one of several would be guessing."""
    if len({claim.value for claim in claims}) > 1:
        return Count(measure, None, "conflict", 0, "text", is_main)
    value = claims[0].value
    state = "approx" if any(claim.approx for claim in claims) else "number"
    return Count(measure, value if isinstance(value, int | float) else None, state, 0, "text", is_main)

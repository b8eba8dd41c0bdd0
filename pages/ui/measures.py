"""What the pages count: received, granted, reviewed …, the same thing across the forms of all years.

In: the frames of a corpus and `measures.toml`.  Out: one row per report and measure with its value, or the
reason why there is none.  Blank, unread and missing cells are never taken for zero: they are counted apart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from pages.ui.data import add_names
from parsing.tables import Corpus

SOURCE = Path(__file__).with_name("measures.toml")
COLUMNS = ["report_id", "measure", "value", "state", "missing", "source"]


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


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over reports: how many reports are in it, and how many are not because their figure is missing."""

    value: float | None
    counted: int
    missing: int


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


def count_measures(corpus: Corpus, codes: Iterable[str]) -> pd.DataFrame:
    """One row per report and measure: from the tables if they have it, else from the prose, else nothing.

    Columns: report_id, agency, year, measure, value, state (number, approx, partial, blank, unread, absent,
    not_applicable, conflict, none), missing (cells without a figure), source (table, text).
    """
    wanted = list(codes)
    found = pd.concat([count_tables(corpus, wanted), count_claims(corpus, wanted)], ignore_index=True)
    first = found.drop_duplicates(["report_id", "measure"])
    grid = corpus.reports[["report_id"]].merge(pd.DataFrame({"measure": wanted}), how="cross")
    whole = grid.merge(first, on=["report_id", "measure"], how="left")
    whole["state"] = whole["state"].fillna("none")
    whole["value"] = whole["value"].astype("Float64")
    whole["missing"] = whole["missing"].fillna(0).astype("Int64")
    return add_names(whole, corpus.reports)


def count_tables(corpus: Corpus, codes: Iterable[str]) -> pd.DataFrame:
    """The measures as the tables have them; the cells of one way are added, those without a figure counted."""
    ways = match_addresses(corpus.cells["address"].unique(), codes)
    rows = corpus.cells[["report_id", "address", "value", "status"]].merge(ways, on="address")
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    for state, statuses in {"unread": ["unreadable"], "absent": ["absent"], "blank": ["blank"]}.items():
        rows[state] = rows["status"].isin(statuses)
    rows["read"] = rows["value"].notna()
    groups = rows.groupby(["report_id", "measure", "way"], sort=True)
    sums = groups[["read", "unread", "absent", "blank"]].sum()
    sums["value"] = groups["value"].sum(min_count=1)
    sums["missing"] = groups.size() - sums["read"]
    sums["state"] = [state_of(row) for row in sums.itertuples()]
    sums["source"] = "table"
    return sums.reset_index().drop_duplicates(["report_id", "measure"])[COLUMNS]


def state_of(row: Any) -> str:
    """What became of the cells of one measure; the worst reason names a measure without any figure."""
    if row.read:
        return "partial" if row.missing else "number"
    return next((state for state in ("unread", "absent", "blank") if getattr(row, state)), "not_applicable")


def match_addresses(addresses: Iterable[str], codes: Iterable[str]) -> pd.DataFrame:
    """Which cells belong to which way of which measure: columns measure, way, address."""
    known = list(addresses)
    measures = [read_measures()[code] for code in codes]
    rows = [
        (measure.code, way, address)
        for measure in measures
        for way, patterns in enumerate(measure.cells)
        for address in known
        if any(fnmatchcase(address, pattern) for pattern in patterns)
    ]
    return pd.DataFrame(rows, columns=["measure", "way", "address"])


def count_claims(corpus: Corpus, codes: Iterable[str]) -> pd.DataFrame:
    """The measures as the prose states them for the report's own year.

    Two different figures for one thing are a conflict and give no value: choosing one would be guessing.
    """
    measures = [read_measures()[code] for code in codes]
    wanted = [(one.code, one.metric, one.dim or "") for one in measures if one.metric]
    names = pd.DataFrame(wanted, columns=["measure", "metric", "dim"])
    claims = corpus.claims[corpus.claims["year"].isna() | (corpus.claims["year"] == corpus.claims["report_year"])]
    rows = claims.assign(dim=claims["dim"].fillna("")).merge(names, on=["metric", "dim"])
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    groups = rows.groupby(["report_id", "measure"])
    figures = groups.agg(
        value=("value", "first"), different=("value", "nunique"), approx=("approx", "any")
    ).reset_index()
    figures["state"] = (
        figures["approx"].map({True: "approx", False: "number"}).mask(figures["different"] > 1, "conflict")
    )
    figures["value"] = figures["value"].mask(figures["different"] > 1)
    return figures.assign(missing=0, source="text")[COLUMNS]


def add_up(figures: pd.DataFrame, code: str) -> Total:
    """The sum of one measure over the reports that have it, and how many have not."""
    rows = figures[figures["measure"] == code]
    known = rows["value"].dropna()
    incomplete = int((rows["value"].isna() | (rows["state"] == "partial")).sum())
    return Total(float(known.sum()) if len(known) else None, len(known), incomplete)


def drop_overlaps(figures: pd.DataFrame) -> pd.DataFrame:
    """The parts that may be added up: without 微博微信合计 where 微博 or 微信 has a figure of its own."""
    known = figures.dropna(subset=["value"])
    overlaps: list[int] = []
    for measure in read_measures().values():
        parts = set(known.loc[known["measure"].isin(measure.covers), "report_id"])
        overlaps += known.index[(known["measure"] == measure.code) & known["report_id"].isin(parts)].tolist()
    return figures.drop(index=overlaps)

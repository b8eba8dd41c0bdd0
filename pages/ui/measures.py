"""What the pages count: received, granted, reviewed …, the same thing across the forms of all years.

In: the measures of a corpus.  Out: one row per report and measure with its value, or the reason why there is none, and
sums.  Blank, unread and missing cells are never taken for zero: they are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from pages.ui.data import add_names
from parsing.measures import read_measures
from parsing.tables import Corpus

COLUMNS = ["report_id", "measure", "value", "state", "missing", "source"]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over reports: how many reports are in it, and how many are not because their figure is missing."""

    value: float | None
    counted: int
    missing: int


def count_measures(corpus: Corpus, codes: Iterable[str]) -> pd.DataFrame:
    """One row per report and measure: from the tables if they have it, else from the prose, else nothing.

    Columns: report_id, agency, year, measure, value, state (number, approx, partial, blank, unread, absent,
    not_applicable, conflict, none), missing (cells without a figure), source (table, text).
    """
    wanted = list(codes)
    counted = corpus.measures
    first = counted.loc[counted["is_main"] & counted["measure"].isin(wanted), COLUMNS]
    grid = corpus.reports[["report_id"]].merge(pd.DataFrame({"measure": wanted}), how="cross")
    whole = grid.merge(first, on=["report_id", "measure"], how="left")
    whole["state"] = whole["state"].fillna("none")
    whole["value"] = whole["value"].astype("Float64")
    whole["missing"] = whole["missing"].fillna(0).astype("Int64")
    return add_names(whole, corpus.reports)


def count_source(corpus: Corpus, codes: Iterable[str], source: str) -> pd.DataFrame:
    """The measures as the tables have them ("table"), or as the prose states them ("text")."""
    counted = corpus.measures
    return counted.loc[(counted["source"] == source) & counted["measure"].isin(list(codes)), COLUMNS]


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

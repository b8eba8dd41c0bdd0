"""What the pages count: received, granted, reviewed …, the same thing across the forms of all years.

In: the chosen reports, and a table of the store in which measures stand side by side.  Out: sums, over all and by year
or agency, and lists of the figures.  Blank, unread and missing cells are never taken for zero: they are counted apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from pages.ui.chosen import Selection
from pages.ui.data import call_agencies
from parsing.corpus.figures import count_each, part_of

# So many bars fit on one screen; the table beside the chart has all of them.
BARS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over reports: how many reports are in it, and how many are not because their figure is missing."""

    value: float | None
    counted: int
    missing: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Measures of the chosen reports: the `codes` of a `table` of the store."""

    chosen: Selection
    table: str
    codes: tuple[str, ...]

    def narrow(self, codes: Sequence[str]) -> Figures:
        return Figures(self.chosen, self.table, tuple(codes))

    @property
    def told(self) -> str:
        """The condition that a report says something on any of the measures."""
        states = ", ".join(f'"{code}_state"' for code in self.codes)
        return f"coalesce({states}) IS NOT NULL"

    @property
    def known(self) -> str:
        """The condition that a report has a figure for any of the measures."""
        values = ", ".join(f'"{code}"' for code in self.codes)
        return f"coalesce({values}) IS NOT NULL"

    @property
    def columns(self) -> str:
        """The report and its measures, each with its state and the number of cells without a figure."""
        figures = ", ".join(f'"{code}", "{code}_state", "{code}_missing"' for code in self.codes)
        return f"report_id, name, called, year, {figures}"


@dataclass(frozen=True, slots=True)
class Bars:
    """The rows of a chart (`year` or `agency`, `part`, `value`) and what it leaves out.

    `agencies` is how many have a figure, `undated` how many reports with a figure have no year to stand in.
    """

    rows: pd.DataFrame
    agencies: int = 0
    undated: int = 0


def add_years(figures: Figures) -> pd.DataFrame:
    """One row a year and measure: `value`, the sum; `part`, that of what may be added to the others; how many reports
    are `counted` in it, how many are `missing` in it or lack a part of it, and how many have `told` anything on it.
    """
    source, named = 'yearly WHERE {chosen} AND "table" = ?', figures.chosen.names_agencies
    if named:
        source = f"({count_each(figures.table, '{chosen}')})"
    sums = ", ".join(f"sum({name}) AS {name}" for name in ("value", "part"))
    sums += "".join(f", CAST(sum({name}) AS BIGINT) AS {name}" for name in ("counted", "missing", "told"))
    rows = figures.chosen.ask(
        f"SELECT year, measure, {sums} FROM {source} GROUP BY year, measure ORDER BY year NULLS LAST",
        () if named else (figures.table,),
    )
    return rows[rows["measure"].isin(figures.codes)]


def count_measures(figures: Figures) -> pd.DataFrame:
    """One row a measure, over all years: the columns of `add_years`."""
    groups = add_years(figures).groupby("measure")
    table = groups[["counted", "missing", "told"]].sum().assign(value=groups["value"].sum(min_count=1))
    return table.reindex(list(figures.codes)).fillna({"counted": 0, "missing": 0, "told": 0})


def add_up(counts: pd.DataFrame, code: str) -> Total:
    """The sum of one measure over the reports that have it, and how many have not."""
    value, counted, missing = counts.loc[code, ["value", "counted", "missing"]]
    return Total(None if pd.isna(value) else float(value), int(counted), int(missing))


def sum_parts(figures: Figures, by: str) -> Bars:
    """The sums by year, or by agency for those with the largest ones, of parts that may be added up.

    微博微信合计 is no part where 微博 or 微信 has a figure of its own.
    """
    return sum_years(figures) if by == "year" else sum_agencies(figures)


def sum_years(figures: Figures) -> Bars:
    known = f"WHERE {{chosen}} AND year IS NULL AND {figures.known}"
    undated = int(str(figures.chosen.value(f"SELECT count(*) FROM {figures.table} {known}")))
    rows = add_years(figures).dropna(subset=["year", "part"])
    return Bars(rows[["year", "measure", "part"]].set_axis(["year", "part", "value"], axis=1), undated=undated)


def sum_agencies(figures: Figures) -> Bars:
    sums = ", ".join(f'sum({part_of(code, figures.codes)}) AS "{code}"' for code in figures.codes)
    total = ", ".join(f'"{code}"' for code in figures.codes)
    known = f"FROM {figures.table} WHERE {{chosen}} AND {figures.known}"
    found = figures.chosen.ask(
        f"SELECT *, count(*) OVER () AS agencies"
        f" FROM (SELECT any_value(name) AS name, any_value(called) AS called, number, {sums} {known} GROUP BY number)"
        f" ORDER BY list_sum([{total}]) DESC, number LIMIT {BARS_SHOWN}"
    )
    rows = found.assign(agency=call_agencies(found)).melt("agency", list(figures.codes), "part", "value")
    return Bars(rows.dropna(subset=["value"]), agencies=int(found["agencies"].max()) if len(found) else 0)


def stream_figures(figures: Figures) -> Iterator[pd.DataFrame]:
    """One row a report and measure in the order of the files, those included on which a report says nothing.

    Columns: report_id, name, called, year, measure, value, state (number, approx, partial, blank, unread, absent,
    not_applicable, conflict, none), missing (cells without a figure), source (table, text).
    """
    each = ", ".join(
        f"{{'measure': '{code}', 'value': \"{code}\", 'state': coalesce(\"{code}_state\", 'none'), "
        f"'missing': coalesce(\"{code}_missing\", 0), 'source': \"{code}_source\"}}"
        for code in figures.codes
    )
    return figures.chosen.stream(
        f"SELECT report_id, name, called, year, unnest([{each}], recursive := true)"
        f" FROM (SELECT * FROM {figures.table} WHERE {{chosen}} ORDER BY position)"
    )

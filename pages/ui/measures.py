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
from parsing.corpus.figures import part_of

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


def count_measures(figures: Figures) -> pd.DataFrame:
    """One row a measure: `value` (the sum), `counted` reports that have it, `missing` those that lack it or a part of
    it, `told` those that say anything on it.
    """
    sums = ", ".join(
        f'sum("{code}"), count("{code}"), count(*) - count("{code}") + count(*) FILTER ("{code}_state" = \'partial\'),'
        f' count("{code}_state")'
        for code in figures.codes
    )
    row = list(figures.chosen.ask(f"SELECT {sums} FROM {figures.table} WHERE {{chosen}}").iloc[0])
    parts = [row[at : at + 4] for at in range(0, len(row), 4)]
    return pd.DataFrame(parts, index=list(figures.codes), columns=["value", "counted", "missing", "told"])


def add_up(counts: pd.DataFrame, code: str) -> Total:
    """The sum of one measure over the reports that have it, and how many have not."""
    value, counted, missing = counts.loc[code, ["value", "counted", "missing"]]
    return Total(None if pd.isna(value) else float(value), int(counted), int(missing))


def sum_parts(figures: Figures, by: str) -> Bars:
    """The sums by year, or by agency for those with the largest ones, of parts that may be added up.

    微博微信合计 is no part where 微博 or 微信 has a figure of its own.
    """
    parts = {code: part_of(code, figures.codes) for code in figures.codes}
    sums = ", ".join(f'sum({part}) AS "{code}"' for code, part in parts.items())
    known = f"FROM {figures.table} WHERE {{chosen}} AND coalesce({', '.join(parts.values())}) IS NOT NULL"
    if by == "year":
        found = figures.chosen.ask(f"SELECT year, count(*) AS reports, {sums} {known} GROUP BY year ORDER BY year")
        undated = found["year"].isna()
        return Bars(melt(found[~undated], by, figures.codes), undated=int(found.loc[undated, "reports"].sum()))
    total = ", ".join(f'"{code}"' for code in figures.codes)
    found = figures.chosen.ask(
        f"SELECT *, count(*) OVER () AS agencies"
        f" FROM (SELECT any_value(name) AS name, called, {sums} {known} GROUP BY called)"
        f" ORDER BY list_sum([{total}]) DESC, called LIMIT {BARS_SHOWN}"
    )
    agencies = int(found["agencies"].iloc[0]) if len(found) else 0
    return Bars(melt(found.assign(agency=call_agencies(found)), by, figures.codes), agencies=agencies)


def melt(sums: pd.DataFrame, by: str, codes: Sequence[str]) -> pd.DataFrame:
    """One row a bar and part; a part without a figure has no row."""
    return sums.melt(by, list(codes), "part", "value").dropna(subset=["value"])


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

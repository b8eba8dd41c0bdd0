"""Results of reviews and lawsuits, and the share of decisions that were corrected.

In: rows of `count_measures`.  Out: one row per report with decided cases.  A result without a figure leaves the
share unknown.
"""

from __future__ import annotations

import pandas as pd

from pages.ui.tables import show_table
from pages.ui.wording import say
from parsing.measures import codes_of

RESULTS = {"reviews": codes_of("review_results"), "litigations": codes_of("litigation_results")}
DECIDED = ("upheld", "corrected", "other")


def corrected_share(figures: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Corrected and decided cases and their share (%), for reports in which all three results have figures."""
    codes = {result: f"{kind}_{result}" for result in DECIDED}
    rows = figures[figures["measure"].isin(codes.values())]
    complete = rows["value"].where(rows["state"] != "partial")
    table = rows.assign(value=complete).pivot_table(
        index=["report_id", "agency", "year"], columns="measure", values="value", aggfunc="first", dropna=False
    )
    table = table.reindex(columns=list(codes.values())).dropna().reset_index()
    table["corrected"] = table[codes["corrected"]]
    table["decided"] = table[list(codes.values())].sum(axis=1)
    table["share_pct"] = (table["corrected"] / table["decided"].where(table["decided"] > 0) * 100).round(1)
    return table.sort_values(["share_pct", "decided"], ascending=False, na_position="last").reset_index(drop=True)


def show_corrected(table: pd.DataFrame) -> None:
    """The shares of the reports that had a decided case."""
    labels = {
        "agency": say("机关"),
        "year": say("年度"),
        "corrected": say("纠正（件）"),
        "decided": say("已审结（件）"),
        "share_pct": say("纠正率（%）"),
    }
    show_table(
        table[table["decided"] > 0],
        say("纠正率"),
        labels,
        nothing=say("所选报告没有一件已审结的案件，或者结果有缺数。"),
    )

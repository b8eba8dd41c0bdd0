"""Two figures for the same thing: parts against their total, and the prose against the table.

In: a corpus.  Out: one row per report with both figures and how they compare.  Where a figure is missing the
comparison is 无法比较: a missing part would make any sum look short.
"""

from __future__ import annotations

import pandas as pd

from pages.ui.data import add_names
from pages.ui.measures import count_measures, count_source, drop_overlaps
from pages.ui.tables import SHADES, show_table
from pages.ui.wording import name_codes, say
from parsing.measures import codes_of, read_measures
from parsing.tables import Corpus

VERDICT_SHADES = {
    "equal": "background-color: #e3f3ec; color: #0b5a3c",
    "over": SHADES["conflict"],
    "under": SHADES["conflict"],
    "differs": SHADES["correct"],
    "unknown": SHADES["blank"],
}


def compare_parts(corpus: Corpus, group: str, total: str) -> pd.DataFrame:
    """Per report: the sum of the parts of a group, the total, their difference and the verdict."""
    parts = drop_overlaps(count_measures(corpus, codes_of(group)))
    parts = parts[parts["state"] != "none"]
    groups = parts.assign(unknown=parts["value"].isna()).groupby("report_id")
    sums = pd.DataFrame(
        {
            "parts": groups["value"].sum(min_count=1),
            "unknown": groups["unknown"].sum(),
        }
    )
    whole = count_measures(corpus, [total])[["report_id", "agency", "year", "value", "source"]]
    rows = whole.merge(sums, on="report_id").rename(columns={"value": "total"})
    rows["difference"] = rows["parts"] - rows["total"]
    rows["verdict"] = [judge_parts(row) for row in rows.itertuples()]
    return rows.sort_values(["agency", "year"]).reset_index(drop=True)


def judge_parts(row: object) -> str:
    """equal, over or under; unknown without both figures, or with a part that has none."""
    if pd.isna(row.difference) or row.unknown:  # type: ignore[attr-defined]
        return "unknown"
    if row.difference == 0:  # type: ignore[attr-defined]
        return "equal"
    return "over" if row.difference > 0 else "under"  # type: ignore[attr-defined]


def show_parts(corpus: Corpus, group: str, total: str, name: str, nothing: str) -> None:
    """The comparison of parts and total as a table, differences first."""
    rows = compare_parts(corpus, group, total)
    unit = say(read_measures()[total].unit)
    labels = {
        "agency": say("机关"),
        "year": say("年度"),
        "parts": say("各项合计（{unit}）", unit=unit),
        "total": say("总数（{unit}）", unit=unit),
        "difference": say("差额（{unit}）", unit=unit),
        "verdict": say("结论"),
    }
    show_verdicts(rows, name, labels, nothing)


def show_verdicts(rows: pd.DataFrame, name: str, labels: dict[str, str], nothing: str) -> None:
    """A table whose column `verdict` is spelled out and coloured; what differs stands first."""
    order = {"differs": 0, "under": 1, "over": 2, "equal": 3, "unknown": 4}
    rows = rows.sort_values("verdict", key=lambda verdicts: verdicts.map(order), kind="stable").reset_index(drop=True)
    shades = pd.DataFrame("", index=rows.index, columns=list(labels))
    shades["verdict"] = rows["verdict"].map(VERDICT_SHADES)
    spelled = rows.assign(verdict=name_codes("comparison", rows["verdict"]))
    show_table(spelled, name, labels, shades=shades, nothing=nothing)


def compare_text(corpus: Corpus, codes: list[str]) -> pd.DataFrame:
    """Per report and measure: the table's figure, the prose's figure, their difference and the verdict."""
    tables, texts = count_source(corpus, codes, "table"), count_source(corpus, codes, "text")
    keys = ["report_id", "measure"]
    rows = tables[[*keys, "value", "state"]].merge(
        texts[[*keys, "value", "state"]], on=keys, suffixes=("_table", "_text")
    )
    rows["difference"] = rows["value_text"] - rows["value_table"]
    known = rows["difference"].notna() & (rows["state_table"] == "number") & (rows["state_text"] == "number")
    rows["verdict"] = rows["difference"].eq(0).map({True: "equal", False: "differs"}).where(known, "unknown")
    return add_names(rows, corpus.reports).sort_values(["agency", "year", "measure"]).reset_index(drop=True)


def show_text(corpus: Corpus, codes: list[str], name: str) -> None:
    """The comparison of prose and table, differences first."""
    rows = compare_text(corpus, codes)
    rows["measure"] = rows["measure"].map({code: say(read_measures()[code].label) for code in codes})
    labels = {
        "agency": say("机关"),
        "year": say("年度"),
        "measure": say("项目"),
        "value_table": say("表中（件）"),
        "value_text": say("正文（件）"),
        "difference": say("差额（件）"),
        "verdict": say("结论"),
    }
    show_verdicts(rows, name, labels, say("所选报告的正文都没有写复议或诉讼的件数。"))

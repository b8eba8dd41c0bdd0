"""Two figures for the same thing: parts against their total, and the prose against the table.

In: the chosen reports.  Out: one row per report with both figures and how they compare, differences first.  Where a
figure is missing the comparison is 无法比较: a missing part would make any sum look short.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pages.ui.chosen import Selection
from pages.ui.data import call_agencies
from pages.ui.listing import Listing, show_rows
from pages.ui.ranked import rank_rows
from pages.ui.tables import SHADES
from pages.ui.wording import name_codes, say
from parsing.corpus.figures import PARTS
from parsing.measures import read_measures

VERDICT_SHADES = {
    "equal": "background-color: #e3f3ec; color: #0b5a3c",
    "over": SHADES["conflict"],
    "under": SHADES["conflict"],
    "differs": SHADES["correct"],
    "unknown": SHADES["blank"],
}


def compare_parts(chosen: Selection, kind: str) -> Listing:
    """Per report: the sum of the parts of a group, the total, their difference and the verdict."""
    return rank_rows(chosen, "parts", "name, called, year, parts, total, difference, verdict", "kind = ?", (kind,))


def show_parts(chosen: Selection, kind: str, name: str, nothing: str) -> None:
    """The comparison of parts and total as a table."""
    unit = say(read_measures()[PARTS[kind]].unit)
    labels = {
        "agency": say("机关"),
        "year": say("年度"),
        "parts": say("各项合计（{unit}）", unit=unit),
        "total": say("总数（{unit}）", unit=unit),
        "difference": say("差额（{unit}）", unit=unit),
        "verdict": say("结论"),
    }
    show_verdicts(compare_parts(chosen, kind), name, labels, nothing)


def show_verdicts(listing: Listing, name: str, labels: Mapping[str, str], nothing: str) -> None:
    """A table whose column `verdict` is spelled out and coloured."""
    show_rows(listing, name, labels, spell=spell_verdicts, shade=shade_verdicts, nothing=nothing)


def spell_verdicts(rows: pd.DataFrame) -> pd.DataFrame:
    spelled = rows.assign(agency=call_agencies(rows), verdict=name_codes("comparison", rows["verdict"]))
    if "measure" in rows:
        names = {code: say(read_measures()[code].label) for code in rows["measure"].unique()}
        spelled["measure"] = rows["measure"].map(names)
    return spelled


def shade_verdicts(rows: pd.DataFrame) -> pd.DataFrame:
    shades = pd.DataFrame("", index=rows.index, columns=["agency", *rows.columns])
    shades["verdict"] = rows["verdict"].map(VERDICT_SHADES)
    return shades


def compare_text(chosen: Selection) -> Listing:
    """Per report and measure: the table's figure, the prose's figure, their difference and the verdict."""
    columns = "name, called, year, measure, value_table, value_text, difference, verdict"
    return rank_rows(chosen, "statements", columns)


def show_text(chosen: Selection, name: str) -> None:
    """The comparison of prose and table."""
    labels = {
        "agency": say("机关"),
        "year": say("年度"),
        "measure": say("项目"),
        "value_table": say("表中（件）"),
        "value_text": say("正文（件）"),
        "difference": say("差额（件）"),
        "verdict": say("结论"),
    }
    show_verdicts(compare_text(chosen), name, labels, say("所选报告的正文都没有写复议或诉讼的件数。"))

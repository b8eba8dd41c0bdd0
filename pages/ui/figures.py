"""Measures as a table: a row a report, a column a measure, and the file in which each figure has a row.

In: measures of the chosen reports.  Out: a drawn page of the table.  A figure that is missing stands there as the word
for what it is.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from pages.ui.data import call_agencies
from pages.ui.listing import offer_rows, show_rows
from pages.ui.measures import Figures, stream_figures
from pages.ui.ranked import rank_rows
from pages.ui.tables import format_measure, pad_figures, shade_states
from pages.ui.wording import name_code, name_codes, say
from parsing.measures import read_measures


def show_measures(figures: Figures, name: str) -> None:
    """One row per report that says anything on the measures; silent reports are counted."""
    heads = {"agency": say("机关"), "year": say("年度")}
    heads |= {code: say(read_measures()[code].label) for code in figures.codes}
    listing = rank_rows(figures.chosen, figures.table, figures.columns, figures.told)
    show_rows(
        listing,
        name,
        heads,
        spell=partial(spell_measures, codes=figures.codes),
        shade=partial(shade_measures, codes=figures.codes),
        figures=figures.codes,
        offer=lambda: offer_rows(lambda: stream_figures(figures), name, list_labels(), spell_list),
    )
    told = listing.count()
    silent = int(str(figures.chosen.value(f"SELECT count(*) FROM {figures.table} WHERE {{chosen}}"))) - told
    if silent and told:
        st.caption(say("另有 {count} 份报告没有提到这些项目，表里不列。", count=silent))


def spell_measures(rows: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
    """Each measure as its figure, or the word for why there is none."""
    texts = {code: pad_figures(write_measure(rows, code)) for code in codes}
    return pd.DataFrame({"agency": call_agencies(rows), "year": rows["year"], **texts})


def write_measure(rows: pd.DataFrame, code: str) -> pd.Series:
    """`format_measure` for one measure of many reports."""
    states = rows[f"{code}_state"].fillna("none")
    words = {state: name_code("state", state) for state in states.unique()}
    triples = zip(rows[code], states, rows[f"{code}_missing"], strict=True)
    texts = [words[state] if pd.isna(value) else format_measure(value, state, gap) for value, state, gap in triples]
    return pd.Series(texts, index=rows.index, dtype="string")


def shade_measures(rows: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
    """The style of each cell from the state of its measure."""
    states = pd.DataFrame({code: rows[f"{code}_state"].fillna("none") for code in codes}, index=rows.index)
    return shade_states(states.reindex(columns=["agency", "year", *codes]))


def list_labels() -> dict[str, str]:
    return {
        "agency": say("机关"),
        "year": say("年度"),
        "measure": say("项目"),
        "value": say("数值"),
        "state": say("状态"),
        "missing": say("缺数单元格"),
        "source": say("来源"),
        "report_id": say("报告编号"),
    }


def spell_list(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures as numbers, and the reason where there is none."""
    return rows.assign(
        agency=call_agencies(rows),
        measure=rows["measure"].map({code: head_of(code) for code in rows["measure"].unique()}),
        state=name_codes("state", rows["state"]),
        source=name_codes("source", rows["source"]),
    )


def head_of(code: str) -> str:
    """The heading of a measure with its unit: 本年新收（件）."""
    measure = read_measures()[code]
    return say("{label}（{unit}）", label=say(measure.label), unit=say(measure.unit))

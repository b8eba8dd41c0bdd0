"""What there is: reports by agency and year, those missing and those unread, and who has the most to correct.

In: a corpus.  Out: tidy frames for the overview, and the matrix that opens a report at a click.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui.data import add_names, name_agencies, name_within_folder
from pages.ui.filters import CONSEQUENCES
from pages.ui.links import open_flags, open_report
from pages.ui.tables import offer_csv, show_table
from pages.ui.wording import name_code, say
from parsing.readers.refusals import FATAL
from parsing.tables import Corpus

# So many agencies are drawn without a scroll bar of their own; a row is 35 pixels high.
ROWS_IN_FULL = 30
MATRIX_SHADES = {
    "published": "background-color: #e6f1f8; color: #0b4a78",
    "flagged": "background-color: #fbe0d2; color: #8a2f00; font-weight: 600",
    "unreadable": "background-color: #fdebd3; color: #7a4100",
    "missing": "background-color: #f1f3f5; color: #6b7682",
}


def headline(corpus: Corpus) -> list[tuple[str, str, str]]:
    """The figures at the top of the overview."""
    reports = corpus.reports
    years = reports["year"].dropna()
    span = f"{years.min()}–{years.max()}" if len(years) else say("未写明")
    counts = corpus.flags["consequence"].value_counts()
    facts = [
        (say("报告"), f"{len(reports):,}", say("读取问题 {count} 条", count=int(reports["problem_count"].sum()))),
        (say("机关"), f"{reports['agency_id'].nunique():,}", ""),
        (say("年度"), span, ""),
    ]
    facts += [
        (name_code("consequence", code), f"{int(counts.get(code, 0)):,}", share_of_reports(corpus, code))
        for code in CONSEQUENCES
    ]
    unread = int(reports["cells_unread"].sum())
    facts.append(
        (say("未读出单元格"), f"{unread:,}", say("已读出 {count}", count=f"{int(reports['cells_read'].sum()):,}"))
    )
    return facts


def share_of_reports(corpus: Corpus, consequence: str) -> str:
    rows = corpus.flags[corpus.flags["consequence"] == consequence]
    return say("涉及 {count} 份报告", count=rows["report_id"].nunique())


def flags_by_year(corpus: Corpus) -> pd.DataFrame:
    """Number of flags by report year and consequence; a year without any flag counts 0, a year unknown is left out."""
    named = add_names(corpus.flags, corpus.reports).dropna(subset=["year"])
    counts = named.groupby(["year", "consequence"]).size()
    years = sorted(corpus.reports["year"].dropna().unique())
    full = pd.MultiIndex.from_product([years, CONSEQUENCES], names=["year", "part"])
    return counts.reindex(full, fill_value=0).rename("value").reset_index()


def rank_agencies(corpus: Corpus) -> pd.DataFrame:
    """One row per agency: reports, flags by consequence, cells not read; the worst first."""
    named = corpus.reports.assign(agency=name_agencies(corpus.reports))
    table = named.groupby("agency").agg(reports=("report_id", "size"), cells_unread=("cells_unread", "sum"))
    flags = add_names(corpus.flags, corpus.reports)
    counts = flags.groupby(["agency", "consequence"]).size().unstack("consequence", fill_value=0)
    table = table.join(counts.reindex(columns=list(CONSEQUENCES), fill_value=0)).fillna(0)
    table = table.reset_index().sort_values([*CONSEQUENCES, "agency"], ascending=[False, False, False, True])
    return table.astype({code: int for code in CONSEQUENCES}).reset_index(drop=True)


def ranking_labels() -> dict[str, str]:
    names = {code: name_code("consequence", code) for code in CONSEQUENCES}
    return {"agency": say("机关"), **names, "reports": say("报告份数"), "cells_unread": say("未读出单元格")}


def show_ranking(corpus: Corpus) -> None:
    """The ranking; a click on a row opens the flags of that agency."""
    ranking = rank_agencies(corpus)
    selection = show_table(
        ranking, say("机关排序"), ranking_labels(), key="ranking", on_select="rerun", selection_mode="single-cell"
    )
    for row, _ in selection.cells if selection else []:
        open_flags(ranking["agency"].iloc[row])


def is_unreadable(reports: pd.DataFrame) -> pd.Series:
    """Reports of which neither a cell nor a statement could be read."""
    return (reports["cells_read"] + reports["cells_blank"] + reports["figures_claimed"]) == 0


def left_out(corpus: Corpus) -> pd.DataFrame:
    """Files that no figure comes from: not read, or the same as another; each with what to do about it."""
    rows = corpus.problems[corpus.problems["kind"].isin({*FATAL, "duplicate_file"})]
    named = rows.assign(
        source_file=rows["source_file"].map(name_within_folder), message=rows["message"].map(name_within_folder)
    )
    return named.sort_values("source_file").reset_index(drop=True)


def left_out_labels() -> dict[str, str]:
    return {"source_file": say("文件"), "message": say("说明")}


def unplaced(corpus: Corpus) -> pd.DataFrame:
    """Reports without agency or year, so that the matrix has no place for them, each with what to do about it."""
    rows = corpus.reports[corpus.reports["year"].isna() | corpus.reports["agency_id"].isna()]
    advice = corpus.problems.groupby("report_id")["message"].agg(" ".join)
    return rows.assign(
        source_file=rows["source_file"].map(name_within_folder), message=rows["report_id"].map(advice)
    )


def unplaced_labels() -> dict[str, str]:
    return {
        "source_file": say("文件"),
        "agency": say("机关"),
        "year": say("年度"),
        "message": say("说明"),
    }


def build_matrix(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Agency × year three times: what is written in the cell, its style, and the report behind it.

    The years run without a gap from the first to the last, so that a year nobody published shows too.
    """
    placed = corpus.reports.dropna(subset=["year", "agency_id"])
    correct = corpus.flags.loc[corpus.flags["consequence"] == "correct", "report_id"].value_counts()
    placed = placed.assign(
        agency=name_agencies(placed),
        errors=placed["report_id"].map(correct).fillna(0).astype(int),
        unreadable=is_unreadable(placed),
    ).drop_duplicates(["agency", "year"], keep="last")
    years = range(int(placed["year"].min()), int(placed["year"].max()) + 1)
    ids = placed.pivot(index="agency", columns="year", values="report_id").reindex(columns=years)
    state = placed.assign(state=[state_of(row) for row in placed.itertuples()])
    states = state.pivot(index="agency", columns="year", values="state").reindex(columns=years)
    states = states.astype(object).fillna("missing")
    errors = placed.pivot(index="agency", columns="year", values="errors").reindex(columns=years)
    texts = pd.DataFrame(
        {year: [write_cell(*pair) for pair in zip(states[year], errors[year], strict=True)] for year in years},
        index=ids.index,
    )
    return texts, states, ids


def state_of(row: object) -> str:
    if row.unreadable:  # type: ignore[attr-defined]
        return "unreadable"
    return "flagged" if row.errors else "published"  # type: ignore[attr-defined]


def write_cell(state: str, errors: float) -> str:
    if state == "flagged":
        return f"● {int(errors)}"
    return {"published": "✓", "unreadable": say("未读出"), "missing": say("缺")}[state]


def show_matrix(corpus: Corpus) -> None:
    """The matrix; a click on a cell opens the report."""
    if corpus.reports.dropna(subset=["year", "agency_id"]).empty:
        st.text(say("没有一份报告同时写明机关和年度，无法对照。请在“单份检查”逐份查看。"))
        return
    texts, states, ids = build_matrix(corpus)
    head = say("机关")
    shown = texts.reset_index(names=head).rename(columns=str)
    styles = states.map(MATRIX_SHADES.get).reset_index(drop=True).rename(columns=str)
    styles.insert(0, head, "")
    state = st.dataframe(
        shown.style.apply(lambda _: styles, axis=None),
        hide_index=True,
        height="content" if len(shown) <= ROWS_IN_FULL else ROWS_IN_FULL * 35,
        key="matrix",
        on_select="rerun",
        selection_mode="single-cell",
        alt=say("报告到齐情况"),
        column_config={
            str(year): st.column_config.TextColumn(alignment="center", width="small") for year in texts.columns
        },
    )
    offer_csv(shown, say("报告到齐情况"))
    for row, column in state.selection.cells:
        chosen = ids.iloc[row][int(column)] if column != head else None
        if isinstance(chosen, str):
            open_report(chosen)
        st.caption(say("这一格没有报告可以打开。"))

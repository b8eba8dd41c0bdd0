"""What there is: reports by agency and year, those missing and those unread, and who has the most to correct.

In: the chosen reports of the store.  Out: small frames for the overview, lists of any length page by page, and the
matrix that opens a report at a click.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from pages.ui.chosen import Selection
from pages.ui.data import call_agencies, name_within_folder
from pages.ui.filters import CONSEQUENCES, choose_view
from pages.ui.links import open_flags, open_report
from pages.ui.listing import Listing, choose_page, offer_rows, show_rows
from pages.ui.wording import name_code, say

# So many agencies are drawn without a scroll bar of their own; a row is 35 pixels high.
ROWS_IN_FULL = 30
# Agencies of the matrix that are shown, and that are written to a file, at a time.
AGENCIES_A_PAGE, AGENCIES_AT_A_TIME = 100, 5_000
MATRIX_SHADES = {
    "published": "background-color: #e6f1f8; color: #0b4a78",
    "flagged": "background-color: #fbe0d2; color: #8a2f00; font-weight: 600",
    "unreadable": "background-color: #fdebd3; color: #7a4100",
    "missing": "background-color: #f1f3f5; color: #6b7682",
}
PLACED = "FROM overview WHERE {chosen} AND year IS NOT NULL AND name IS NOT NULL"
ORDERS = {"name": "number", "worst": "sum(correct) DESC, number"}


def count_reports(chosen: Selection) -> pd.Series:
    """The figures over all chosen reports: how many there are, and of each consequence how many flags and reports."""
    return chosen.ask(
        """
        SELECT count(*) AS reports, count(DISTINCT number) FILTER (name IS NOT NULL) AS agencies,
            min(year) AS first, max(year) AS last,
            CAST(coalesce(sum(problem_count), 0) AS BIGINT) AS problems,
            CAST(coalesce(sum(cells_unread), 0) AS BIGINT) AS cells_unread,
            CAST(coalesce(sum(cells_read), 0) AS BIGINT) AS cells_read,
            CAST(coalesce(sum(correct), 0) AS BIGINT) AS correct, count(*) FILTER (correct > 0) AS correct_reports,
            CAST(coalesce(sum(explain), 0) AS BIGINT) AS explain, count(*) FILTER (explain > 0) AS explain_reports,
            CAST(coalesce(sum(note), 0) AS BIGINT) AS note, count(*) FILTER (note > 0) AS note_reports
        FROM overview WHERE {chosen}
        """
    ).iloc[0]


def headline(counts: pd.Series) -> list[tuple[str, str, str]]:
    """The figures at the top of the overview."""
    span = f"{counts['first']}–{counts['last']}" if pd.notna(counts["first"]) else say("未写明")
    facts = [
        (say("报告"), f"{counts['reports']:,}", say("读取问题 {count} 条", count=counts["problems"])),
        (say("机关"), f"{counts['agencies']:,}", ""),
        (say("年度"), span, ""),
    ]
    for code in CONSEQUENCES:
        remark = say("涉及 {count} 份报告", count=counts[f"{code}_reports"])
        facts.append((name_code("consequence", code), f"{counts[code]:,}", remark))
    remark = say("已读出 {count}", count=f"{counts['cells_read']:,}")
    return [*facts, (say("未读出单元格"), f"{counts['cells_unread']:,}", remark)]


def flags_by_year(chosen: Selection) -> pd.DataFrame:
    """Number of flags by report year and consequence; a year without any flag counts 0, a year unknown is left out."""
    counts = chosen.ask(
        """
        SELECT year, CAST(sum(correct) AS BIGINT) AS correct, CAST(sum(explain) AS BIGINT) AS explain,
            CAST(sum(note) AS BIGINT) AS note
        FROM overview WHERE {chosen} AND year IS NOT NULL GROUP BY year ORDER BY year
        """
    )
    return counts.melt("year", list(CONSEQUENCES), "part", "value")


def rank_agencies(chosen: Selection) -> Listing:
    """One row per agency: reports, flags by consequence, cells not read; the worst first."""
    query = """
        SELECT any_value(name) AS name, any_value(called) AS called, CAST(sum(correct) AS BIGINT) AS correct,
            CAST(sum(explain) AS BIGINT) AS explain, CAST(sum(note) AS BIGINT) AS note, count(*) AS reports,
            CAST(sum(cells_unread) AS BIGINT) AS cells_unread
        FROM overview WHERE {chosen} GROUP BY number
        ORDER BY sum(correct) DESC, sum(explain) DESC, sum(note) DESC, number
    """
    return Listing(chosen, query, counting="SELECT count(DISTINCT number) FROM overview WHERE {chosen}")


def ranking_labels() -> dict[str, str]:
    names = {code: name_code("consequence", code) for code in CONSEQUENCES}
    return {"agency": say("机关"), **names, "reports": say("报告份数"), "cells_unread": say("未读出单元格")}


def show_ranking(chosen: Selection) -> None:
    """The ranking; a click on a row opens the flags of that agency."""
    page = show_rows(
        rank_agencies(chosen),
        say("机关排序"),
        ranking_labels(),
        spell=lambda rows: rows.assign(agency=call_agencies(rows)),
        on_select="rerun",
        selection_mode="single-cell",
    )
    for row, _ in page.selection.cells if page.selection else []:
        open_flags(page.rows["called"].iloc[row])


def left_out(everything: Selection) -> Listing:
    """Files that no figure comes from: not read, or the same as another; each with what to do about it."""
    return Listing(everything, "SELECT source_file, message FROM left_out ORDER BY source_file, message")


def left_out_labels() -> dict[str, str]:
    return {"source_file": say("文件"), "message": say("说明")}


def shorten_paths(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows about files with the paths within the folder."""
    files, messages = (rows[name].map(name_within_folder, na_action="ignore") for name in ("source_file", "message"))
    return rows.assign(source_file=files, message=messages)


def unplaced(chosen: Selection) -> Listing:
    """Reports without agency or year, so that the matrix has no place for them, each with what to do about it."""
    return Listing(
        chosen, "SELECT source_file, agency, year, message FROM unplaced WHERE {chosen} ORDER BY position, source_file"
    )


def unplaced_labels() -> dict[str, str]:
    return {
        "source_file": say("文件"),
        "agency": say("机关"),
        "year": say("年度"),
        "message": say("说明"),
    }


def list_years(chosen: Selection) -> range:
    """The years from the first to the last, so that one that nobody published shows too; none where no report has a
    place.
    """
    first, last = chosen.ask(f"SELECT min(year), max(year) {PLACED}").iloc[0]
    return range(0) if pd.isna(first) else range(int(first), int(last) + 1)


def list_agencies(chosen: Selection, order: str) -> Listing:
    """The agencies of the matrix by name, or those with the most to correct first."""
    query = f"SELECT number {PLACED} GROUP BY number ORDER BY {ORDERS[order]}"
    return Listing(chosen, query, counting=f"SELECT count(DISTINCT number) {PLACED}")


def build_matrix(
    chosen: Selection, agencies: Sequence[int], years: Sequence[int]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Agency × year three times: what is written in the cell, its style, and the report behind it, the year's last."""
    placed = chosen.ask(
        f"""
        SELECT number, called, year, report_id, correct AS errors,
            cells_read + cells_blank + figures_claimed = 0 AS unreadable
        {PLACED} AND number IN (SELECT unnest(?)) ORDER BY position, source_file
        """,
        (tuple(agencies),),
    ).drop_duplicates(["number", "year"], keep="last")
    placed = placed.assign(state=[state_of(row) for row in placed.itertuples()])
    ids, states, errors = (
        placed.pivot(index="number", columns="year", values=name).reindex(index=agencies, columns=years)
        for name in ("report_id", "state", "errors")
    )
    states = states.astype(object).fillna("missing")
    names = placed.drop_duplicates("number").set_index("number")["called"].reindex(agencies)
    texts = pd.DataFrame(
        {year: [write_cell(*pair) for pair in zip(states[year], errors[year], strict=True)] for year in years},
        index=names.to_list(),
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


def show_matrix(chosen: Selection) -> None:
    """The matrix; a click on a cell opens the report."""
    years = list_years(chosen)
    if not years:
        st.text(say("没有一份报告同时写明机关和年度，无法对照。请在“单份检查”逐份查看。"))
        return
    total = list_agencies(chosen, "name").count()
    is_long = total > AGENCIES_A_PAGE
    order = (
        choose_view("order", say("次序"), {"name": say("按名称"), "worst": say("先看问题多的")}) if is_long else "name"
    )
    agencies, head = list_agencies(chosen, order), say("机关")
    place = st.container() if is_long else st
    first = choose_page(total, AGENCIES_A_PAGE, 0, f"matrix-{agencies.key}") if is_long else 0
    texts, states, ids = build_matrix(chosen, list(agencies.cut(first, AGENCIES_A_PAGE)["number"]), years)
    shown = texts.reset_index(names=head).rename(columns=str)
    styles = states.map(MATRIX_SHADES.get).reset_index(drop=True).rename(columns=str)
    styles.insert(0, head, "")
    state = place.dataframe(
        shown.style.apply(lambda _: styles, axis=None),
        hide_index=True,
        height="content" if len(shown) <= ROWS_IN_FULL else ROWS_IN_FULL * 35,
        key=f"matrix-{agencies.key}-{first}",
        on_select="rerun",
        selection_mode="single-cell",
        alt=say("报告到齐情况"),
        column_config={str(year): st.column_config.TextColumn(alignment="center", width="small") for year in years},
    )
    offer_rows(lambda: matrix_chunks(agencies, years), say("报告到齐情况"), {name: name for name in shown.columns})
    for row, column in state.selection.cells:
        report_id = ids.iloc[row][int(column)] if column != head else None
        if isinstance(report_id, str):
            open_report(report_id)
        st.caption(say("这一格没有报告可以打开。"))


def matrix_chunks(agencies: Listing, years: Sequence[int]) -> Iterator[pd.DataFrame]:
    """The whole matrix, some thousand agencies at a time."""
    for first in range(0, agencies.count(), AGENCIES_AT_A_TIME):
        numbers = list(agencies.cut(first, AGENCIES_AT_A_TIME)["number"])
        yield build_matrix(agencies.selection, numbers, years)[0].reset_index(names=say("机关")).rename(columns=str)

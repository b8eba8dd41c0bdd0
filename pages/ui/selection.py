"""The one report that is looked at: dropped files, the folder's reports, and the choice between them.

In: the corpus of the folder and files dropped by this person.  Out: the chosen report.  The choice is in the
address; a dropped report cannot be reached by an address, since it is nobody else's.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.ui.data import (
    kept_dropped,
    name_agencies,
    name_within_folder,
    narrow_corpus,
    read_dropped,
    unread_reports,
)
from pages.ui.links import read_parameter, write_parameter
from pages.ui.wording import say
from parsing.tables import Corpus


@dataclass(frozen=True, slots=True)
class Chosen:
    """The report that is looked at: the corpus it stands in (flags may point to neighbours), its own rows, its name."""

    whole: Corpus
    corpus: Corpus
    report_id: str
    name: str


def show_uploader() -> Corpus | None:
    """The place to drop files; the frames over what was dropped, for this session alone.

    The upload box forgets its files when the page is left, the session does not: only a change that the person
    makes is followed, and there is a button to forget.
    """
    files = st.file_uploader(
        say("拖入一份或几份报告"),
        accept_multiple_files=True,
        key="dropped_files",
        on_change=mark_change,
        help=say("几份一起拖入时，跨年度、跨机关的检查也在它们之间进行。文件只在本次会话里，不保存，也不给别人看到。"),
    )
    if st.session_state.pop("dropped_changed", False):
        read_dropped(files or [])
    kept = kept_dropped()
    if kept is not None and not files:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(say("此前拖入的 {count} 份报告还在本次会话里。", count=len(kept.reports)))
            st.button(say("清除"), key="forget", on_click=mark_change, type="tertiary", icon=":material/delete:")
    return kept


def mark_change() -> None:
    st.session_state["dropped_changed"] = True


def choose_report(corpus: Corpus, dropped: Corpus | None) -> Chosen | None:
    """One of the dropped reports or of the folder's; dropped ones come first, and newly dropped ones are opened.

    The address always names the report: a link without it would show another one as soon as files are added.
    """
    homes, names = find_homes(corpus, dropped)
    if not names:
        return None
    wanted = read_parameter("report")
    if wanted and wanted not in names:
        st.warning(say("链接指向的报告不在这里：可能文件已换成新的版本，或者是别人拖入的文件。"))
    if (first := take_new(dropped)) or st.session_state.get("report") not in names:
        st.session_state["report"] = first or (wanted if wanted in names else next(iter(names)))
    report_id = st.selectbox(say("报告"), list(names), format_func=lambda one: names.get(one, one), key="report")
    if wanted and wanted != report_id:
        # A cell, flag or figure of the report before means nothing here.
        for name in ("address", "flag", "said"):
            write_parameter(name, None)
    write_parameter("report", report_id)
    return Chosen(homes[report_id], narrow_corpus(homes[report_id], [report_id]), report_id, names[report_id])


def find_homes(corpus: Corpus, dropped: Corpus | None) -> tuple[dict[str, Corpus], dict[str, str]]:
    """For every report that can be chosen: the corpus it stands in, and what it is called."""
    homes: dict[str, Corpus] = {}
    names: dict[str, str] = {}
    for source in [one for one in (dropped, corpus) if one is not None]:
        for report_id, name in name_reports(source, source is dropped).items():
            homes.setdefault(report_id, source)
            names.setdefault(report_id, name)
    return homes, names


def take_new(dropped: Corpus | None) -> str | None:
    """The first report of newly dropped files, one with figures before one without; None when nothing is new."""
    rows = dropped.reports.sort_values("cells_read", key=lambda counts: counts == 0, kind="stable") if dropped else None
    ids = tuple(rows["report_id"]) if rows is not None else ()
    is_new = ids != st.session_state.get("dropped_ids", ())
    st.session_state["dropped_ids"] = ids
    return ids[0] if is_new and ids else None


def name_reports(corpus: Corpus, is_dropped: bool) -> dict[str, str]:
    """report_id → 机关 年度 · 文件, with a word before those that were dropped; files that were not read come last."""
    reports = corpus.reports
    named = reports.assign(agency=name_agencies(reports), unread=reports["report_id"].isin(unread_reports(corpus)))
    named = named.sort_values(["unread", "agency", "year"])
    lead = say("【拖入】") if is_dropped else ""
    return {
        row.report_id: f"{lead}{row.agency} {name_year(row.year)} · {name_within_folder(row.source_file)}"
        for row in named.itertuples()
    }


def name_year(year: object) -> str:
    return str(year) if pd.notna(year) else say("年度未写明")

"""The one report that is looked at: dropped files, the folder's reports, and the choice between them.

In: the store and files dropped by this person.  Out: the chosen report.  The choice is in the
address; a dropped report cannot be reached by an address, since it is nobody else's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.data import (
    Shelf,
    call_agencies,
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

# More reports than this are searched for by words of their names.
REPORTS_LISTED = 1_000


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


def choose_report(shelf: Shelf, dropped: Corpus | None) -> Chosen | None:
    """One of the dropped reports or of the store's; dropped ones come first, and newly dropped ones are opened.

    The address always names the report: a link without it would show another one as soon as files are added.
    """
    own = name_dropped(dropped) if dropped else {}
    wanted = read_parameter("report")
    names = {**own, **{key: name for key, name in offer_reports(shelf, wanted).items() if key not in own}}
    if not names:
        return None
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
    whole = dropped if dropped and report_id in own else shelf.load_around(report_id)
    return Chosen(whole, narrow_corpus(whole, [report_id]), report_id, names[report_id])


def offer_reports(shelf: Shelf, wanted: str | None) -> dict[str, str]:
    """report_id → name of the reports of the store; where there are very many, those with some words in their names.

    The one in the address and the one that is looked at are always among them.
    """
    facts = "SELECT report_id, name, called, year, source_file FROM overview"
    order = f"ORDER BY is_unread, number, year NULLS LAST, position, source_file LIMIT {REPORTS_LISTED}"
    total = int(shelf.ask("SELECT count(*) FROM overview").iat[0, 0])
    if total <= REPORTS_LISTED:
        return name_stored(shelf.ask(f"{facts} {order}"))
    remark = say("机关、年度或文件名中的几个字，用空格隔开")
    words = st.text_input(say("查找报告"), key="report-words", placeholder=remark).split()
    kept = (wanted or "", str(st.session_state.get("report") or ""))
    matching = " AND ".join(["true", *["contains(concat_ws(' ', called, year, source_file), ?)"] * len(words)])
    found = shelf.ask(f"{facts} WHERE {matching} {order}", words)
    return name_stored(pd.concat([shelf.ask(f"{facts} WHERE report_id IN (?, ?) {order}", kept), found]))


def take_new(dropped: Corpus | None) -> str | None:
    """The first report of newly dropped files, one with figures before one without; None when nothing is new."""
    rows = dropped.reports.sort_values("cells_read", key=lambda counts: counts == 0, kind="stable") if dropped else None
    ids = tuple(rows["report_id"]) if rows is not None else ()
    is_new = ids != st.session_state.get("dropped_ids", ())
    st.session_state["dropped_ids"] = ids
    return ids[0] if is_new and ids else None


def name_dropped(corpus: Corpus) -> dict[str, str]:
    """report_id → 【拖入】机关 年度 · 文件; files that were not read come last."""
    reports = corpus.reports
    named = reports.assign(agency=name_agencies(reports), unread=reports["report_id"].isin(unread_reports(corpus)))
    named = named.sort_values(["unread", "agency", "year"])
    return {row.report_id: say("【拖入】") + name_report(row) for row in named.itertuples()}


def name_stored(rows: pd.DataFrame) -> dict[str, str]:
    """report_id → 机关 年度 · 文件, of rows of the overview in their order."""
    return {row.report_id: name_report(row) for row in rows.assign(agency=call_agencies(rows)).itertuples()}


def name_report(row: Any) -> str:
    return f"{row.agency} {name_year(row.year)} · {name_within_folder(row.source_file)}"


def name_year(year: object) -> str:
    return str(year) if pd.notna(year) else say("年度未写明")

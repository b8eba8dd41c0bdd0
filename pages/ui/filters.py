"""The filters of the pages; each is in the address, so that a filtered page can be sent to someone.

In: a corpus or a frame.  Out: the same, narrowed, or the code of a chosen view.  Streamlit's own binding writes
the wording of an option into the address, which changes with the language; here it is the code.  Option texts
from reports stand only in selection boxes, which show them as plain text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.ui.data import Shelf, name_agencies, narrow_corpus, unread_reports, whole_corpus
from pages.ui.links import read_choice, widget_key, write_choice
from pages.ui.wording import say
from parsing.tables import Corpus

CONSEQUENCES = ("correct", "explain", "note")


def choose_many(name: str, label: str, options: Sequence[str], names: Mapping[str, str] | None = None) -> list[str]:
    """Several of the options, none meaning all; `names` says what the codes are called."""
    known = names or {}
    key = widget_key(name)
    kept = st.session_state.get(key)
    st.session_state[key] = (
        read_choice(name, options) if kept is None else [option for option in kept if option in options]
    )
    chosen = st.multiselect(
        label,
        options,
        key=key,
        format_func=lambda option: known.get(option, option),
        placeholder=say("全部"),
    )
    write_choice(name, chosen)
    return chosen


def choose_switch(name: str, label: str, remark: str) -> bool:
    """Something on or off, off unless the address says 1."""
    key = widget_key(name)
    if key not in st.session_state:
        st.session_state[key] = bool(read_choice(name, ["1"]))
    chosen = st.toggle(label, key=key, help=remark)
    write_choice(name, ["1"] if chosen else [])
    return chosen


def choose_view(name: str, label: str, views: Mapping[str, str], start: str | None = None) -> str:
    """One of a few views of the same thing; `start`, or else the first one, unless another is chosen."""
    default = start or next(iter(views))
    key = widget_key(name)
    if (wanted := st.session_state.pop(f"{key}.next", None)) in views:
        st.session_state[key] = wanted
    if st.session_state.get(key) not in views:
        st.session_state[key] = next(iter(read_choice(name, list(views))), default)
    chosen = st.segmented_control(
        label,
        list(views),
        required=True,
        format_func=lambda code: views.get(code, code),
        key=key,
        label_visibility="collapsed",
    )
    write_choice(name, [] if chosen == default else [chosen])
    return chosen


def open_view(name: str, code: str) -> None:
    """Draw the page again with another view: a widget that is already drawn takes no other value."""
    st.session_state[f"{widget_key(name)}.next"] = code
    st.rerun()


def choose_reports(shelf: Shelf) -> Corpus:
    """Agencies, years and versions; nothing chosen means all.  A year that a report does not state is no year.

    A file that could not be read is no report of any: it would be counted as one that lacks every figure.
    """
    corpus = whole_corpus(shelf.address, shelf.version)
    unread = unread_reports(corpus)
    reports = corpus.reports[~corpus.reports["report_id"].isin(unread)]
    names = name_agencies(reports)
    is_latest = reports["is_latest"].fillna(True).astype(bool)
    columns = st.columns([5, 3, 2], vertical_alignment="bottom")
    with columns[0]:
        agencies = choose_many("agency", say("机关"), sorted(names.unique()))
    with columns[1]:
        years = choose_many("year", say("年度"), [str(year) for year in sorted(reports["year"].dropna().unique())])
    with columns[2]:
        remark = say("同一机关同一年度有多份报告时，平时只计最后一份。")
        old = int((~is_latest).sum())
        every = choose_switch("versions", say("含旧版本（{count}）", count=old) if old else say("含旧版本"), remark)
    if unread:
        st.caption(say("另有 {count} 个文件没有读出，不在下面的数里；文件名和原因列在总览末尾。", count=len(unread)))
    kept = pd.Series(True, index=reports.index)
    if agencies:
        kept &= names.isin(agencies)
    if years:
        kept &= reports["year"].astype("string").isin(years).fillna(False)
    if not every:
        kept &= is_latest
    return narrow_corpus(corpus, reports.loc[kept, "report_id"])

"""The filters of the pages; each is in the address, so that a filtered page can be sent to someone.

In: a corpus or a frame.  Out: the same, narrowed, or the code of a chosen view.  Option texts from reports
stand only in selection boxes, which show them as plain text.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.ui.data import name_agencies, narrow_corpus
from pages.ui.wording import name_code, say
from parsing.tables import Corpus

CONSEQUENCES = ("correct", "explain", "note")


def choose_reports(corpus: Corpus) -> Corpus:
    """Agencies, years and versions; nothing chosen means all.  A year that a report does not state is no year."""
    reports = corpus.reports
    names = name_agencies(reports)
    columns = st.columns([5, 3, 2], vertical_alignment="bottom")
    with columns[0]:
        agencies = choose_many("agency", say("机关"), sorted(names.unique()))
    with columns[1]:
        years = choose_many("year", say("年度"), [str(year) for year in sorted(reports["year"].dropna().unique())])
    with columns[2]:
        every = st.toggle(say("含旧版本"), key="versions", bind="query-params", help=say(
            "同一机关同一年度有多份报告时，平时只计最后一份。"))
    kept = pd.Series(True, index=reports.index)
    if agencies:
        kept &= names.isin(agencies)
    if years:
        kept &= reports["year"].astype("string").isin(years).fillna(False)
    if not every:
        kept &= reports["is_latest"].fillna(True).astype(bool)
    return narrow_corpus(corpus, reports.loc[kept, "report_id"])


def choose_many(key: str, label: str, options: list[str], names: Mapping[str, str] | None = None) -> list[str]:
    """Several of the options, none meaning all; `names` says what the codes are called."""
    known = names or {}
    return st.multiselect(
        label,
        options,
        key=key,
        bind="query-params",
        format_func=lambda option: known.get(option, option),
        placeholder=say("全部"),
    )


def choose_view(key: str, label: str, views: Mapping[str, str]) -> str:
    """One of a few views of the same thing; the first one unless another is chosen."""
    chosen = st.segmented_control(
        label,
        list(views),
        default=next(iter(views)),
        required=True,
        format_func=lambda code: views[code],
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen or next(iter(views))


def choose_flags(flags: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """Flags by consequence, check and doubt; `titles` names the checks by their id."""
    columns = st.columns([3, 5, 2], vertical_alignment="bottom")
    with columns[0]:
        names = {code: name_code("consequence", code) for code in CONSEQUENCES}
        consequences = choose_many("consequence", say("处理"), list(CONSEQUENCES), names)
    with columns[1]:
        checks = choose_many("check", say("检查"), sorted(flags["check"].unique()), titles)
    with columns[2]:
        sure_only = st.toggle(say("不看待核"), key="sure", bind="query-params", help=say(
            "待核：操作数在原文中的位置是推断的，须先核对原文。"))
    kept = pd.Series(True, index=flags.index)
    if consequences:
        kept &= flags["consequence"].isin(consequences)
    if checks:
        kept &= flags["check"].isin(checks)
    if sure_only:
        kept &= ~flags["doubtful"].fillna(False).astype(bool)
    return flags[kept]

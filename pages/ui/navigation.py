"""The pages of the app, once: file, title, symbol and what the page answers.

In: the entries below, one for every file in `pages/`.  Out: the pages for the router and the menu of the
sidebar.  A file without an entry, or an entry without a file, fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page

from pages.ui.links import travelling_parameters
from pages.ui.wording import say


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: file stem (also its address), Chinese title, symbol, and the question that it answers."""

    stem: str
    title: str
    symbol: str
    answers: str

    @property
    def path(self) -> str:
        return f"pages/{self.stem}.py"

    @property
    def icon(self) -> str:
        return f":material/{self.symbol}:"


ENTRIES = (
    Entry("overview", "总览", "dashboard", "收到了哪些报告，缺哪些，先看哪几家。"),
    Entry("disclosure", "主动公开", "campaign", "各机关每年主动公开了多少，增减如何，第二十条各项填了什么。"),
    Entry("applications", "依申请公开", "inbox", "收到多少申请，结果如何，为什么不公开，谁在申请。"),
    Entry("channels", "公开渠道", "hub", "信息从哪些渠道公开，申请从哪些方式而来，分项与总数是否相合。"),
    Entry("reviews", "复议诉讼", "gavel", "复议和诉讼有多少，多少被纠正，正文与表四是否一致。"),
    Entry("flags", "异常", "flag", "报告在哪里自相矛盾，双方各写了什么，依据是什么。"),
    Entry("likeness", "相似文本", "difference", "哪些报告的正文大段相同，与谁相同，改了什么。"),
    Entry("inspect", "单份检查", "find_in_page", "一份报告里的每个数字、它的状态和它在原文中的位置。"),
    Entry("method", "方法", "rule", "做哪些检查，依据什么，空白怎样对待，各列是什么意思。"),
)


def find_entry(stem: str) -> Entry:
    """The entry of one page; KeyError when there is none."""
    for entry in ENTRIES:
        if entry.stem == stem:
            return entry
    raise KeyError(stem)


def open_overview() -> None:
    """The bare address leads to the overview, so that every page keeps its file stem as address."""
    st.switch_page(find_entry("overview").path, query_params=st.query_params.to_dict())


def list_pages() -> list[Page]:
    """All pages for the router, after the hidden one that stands at the bare address.

    They get no symbol here: Streamlit would fetch it from outside for the browser's tab.
    """
    home = st.Page(open_overview, url_path="home", default=True, visibility="hidden")
    return [home, *(st.Page(entry.path, title=say(entry.title)) for entry in ENTRIES)]


def show_menu() -> None:
    """The menu of the sidebar; language, agencies and years travel along in the links."""
    parameters = travelling_parameters()
    for entry in ENTRIES:
        st.page_link(entry.path, label=say(entry.title), icon=entry.icon, width="stretch", query_params=parameters)

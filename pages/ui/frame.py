"""What surrounds every page: title, menu, language, the notice about samples, and the empty states.

In: the file stem of the page.  Out: the store that the page draws from.  A page calls `open_page` first and needs
nothing else, because a deep link may open it before the router ever ran.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui.browser import apply_style
from pages.ui.data import Shelf, is_samples, open_shelf, reports_folder
from pages.ui.filters import choose_view
from pages.ui.links import enter_page
from pages.ui.navigation import find_entry, show_menu
from pages.ui.wording import LANGUAGES, chosen_language, say

# A picture of our own: a named symbol would be fetched from another machine.
ICON = Path(__file__).with_name("assets") / "icon.svg"
# Wide enough for the longest title in both languages, in pixels.
SIDEBAR_WIDTH = 210


def open_page(stem: str, *, needs_reports: bool = True) -> Shelf:
    """Draw the frame of a page and give its store; a page that needs reports ends here when there are none."""
    enter_page(stem)
    entry = find_entry(stem)
    st.set_page_config(
        page_title=f"{say(entry.title)} · {say('政府信息公开年报核查')}",
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state=SIDEBAR_WIDTH,
    )
    apply_style(chosen_language())
    with st.sidebar:
        show_sidebar()
    st.title(say(entry.title), anchor=False)
    st.caption(say(entry.answers))
    if is_samples():
        st.info(
            say(
                "当前显示的是示例数据，不是真实报告。要看自己的报告，请在“单份检查”拖入文件，或用环境变量"
                " DISCLOSURE_DATA 指定文件夹后重新启动。"
            ),
            icon=":material/science:",
        )
    shelf = open_shelf()
    if needs_reports and not shelf.ask("SELECT count(*) FROM overview").iat[0, 0]:
        show_empty()
        st.stop()
    return shelf


def show_sidebar() -> None:
    """Name of the product, menu, language."""
    st.markdown(f"**{say('政府信息公开年报核查')}**")
    show_menu()
    choose_view("lang", "语言 / Language", LANGUAGES)


def show_empty() -> None:
    """What to do when the folder holds no report."""
    st.subheader(say("这里还没有报告"), anchor=False)
    st.text(say("文件夹 {folder} 里没有可以读取的报告。", folder=reports_folder()))
    st.text(
        say(
            "请把报告文件（txt、html、docx、doc、wps、pdf、xlsx、xls）放进这个文件夹后刷新页面，"
            "或者到“单份检查”直接拖入。"
        )
    )
    st.page_link(find_entry("inspect").path, label=say("去单份检查"), icon=find_entry("inspect").icon)


def show_nothing(text: str) -> None:
    """An empty state inside a page: what is missing and what to do; plain text."""
    with st.container(border=True):
        st.text(text)


def open_section(title: str, remark: str = "") -> None:
    """The heading of a part of a page, with one line that says how to read it."""
    st.subheader(title, anchor=False)
    if remark:
        st.caption(remark)

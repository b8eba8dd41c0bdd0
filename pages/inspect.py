"""Inspect: one report, every figure with its status and its place in the source text."""

import streamlit as st

from pages.ui import inspection, selection
from pages.ui.filters import choose_view
from pages.ui.frame import open_page, show_nothing
from pages.ui.wording import say

shelf = open_page("inspect", needs_reports=False)
dropped = selection.show_uploader()
chosen = selection.choose_report(shelf, dropped)
if chosen is None:
    show_nothing(say("还没有可以查看的报告：请把报告文件拖到上面。文件只在这次打开的页面里，关闭后不保留。"))
    st.stop()

if inspection.is_unread(chosen):
    inspection.show_reason(chosen)
    st.stop()

inspection.show_particulars(chosen)
view = choose_view("view", say("内容"), inspection.list_views(chosen.corpus), inspection.first_view(chosen))
inspection.VIEWS[view](chosen)
inspection.offer_downloads(chosen)

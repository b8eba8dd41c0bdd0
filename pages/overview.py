"""Overview: which reports are here, which are missing, and where to look first."""

import streamlit as st

from pages.ui import coverage
from pages.ui.charts import show_chart, stack_years
from pages.ui.chosen import select_reports, whole_store
from pages.ui.filters import CONSEQUENCES
from pages.ui.frame import open_page, open_section
from pages.ui.links import link_flags
from pages.ui.listing import show_rows
from pages.ui.tables import show_facts
from pages.ui.wording import name_code, say

shelf = open_page("overview")
chosen = select_reports(shelf)
counts = coverage.count_reports(chosen)

show_facts(coverage.headline(counts))

left, right = st.columns([5, 6], gap="large")
with left:
    open_section(say("异常按年度"), say("一条异常是报告里一处与表格、正文、格式或往年不合的地方。"))
    names = {code: name_code("consequence", code) for code in CONSEQUENCES}
    show_chart(stack_years(coverage.flags_by_year(chosen), names, "条"), say("异常按年度"))
    with st.container(horizontal=True):
        for code in CONSEQUENCES:
            if counts[code]:
                link_flags(say("查看{name}（{count}）", name=names[code], count=counts[code]), consequence=code)
with right:
    open_section(say("先看这些机关"), say("按必须更正的条数排列，其次是需要说明。点一行看该机关的异常。"))
    coverage.show_ranking(chosen)

open_section(say("报告到齐情况"), say("点一格打开那份报告。数字是必须更正的条数；缺，指这一年没有收到该机关的报告。"))
coverage.show_matrix(chosen)

unplaced = coverage.unplaced(chosen)
if unplaced.count():
    open_section(say("没有归到机关和年度的报告"), say("报告里没有写明；不参加上面的对照。"))
    labels = coverage.unplaced_labels()
    show_rows(unplaced, say("未归位报告"), labels, spell=coverage.shorten_paths, wide=["message"])

left_out = coverage.left_out(whole_store(shelf))
if left_out.count():
    open_section(say("没有计入的文件"), say("没有读出来，或者与另一份的内容相同；不在上面的数里。"))
    labels = coverage.left_out_labels()
    show_rows(left_out, say("没有计入的文件"), labels, spell=coverage.shorten_paths, wide=["message"], height=640)

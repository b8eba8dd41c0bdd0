"""Overview: which reports are here, which are missing, and where to look first."""

import streamlit as st

from pages.ui import coverage
from pages.ui.charts import show_chart, stack_years
from pages.ui.filters import CONSEQUENCES, choose_reports
from pages.ui.frame import open_page, open_section
from pages.ui.links import link_flags
from pages.ui.tables import show_facts, show_table
from pages.ui.wording import name_code, say

whole = open_page("overview")
corpus = choose_reports(whole)
counts = corpus.flags["consequence"].value_counts()

show_facts(coverage.headline(corpus))

left, right = st.columns([5, 6], gap="large")
with left:
    open_section(say("异常按年度"), say("一条异常是报告里一处与表格、正文、格式或往年不合的地方。"))
    names = {code: name_code("consequence", code) for code in CONSEQUENCES}
    show_chart(stack_years(coverage.flags_by_year(corpus), names, "条"), say("异常按年度"))
    with st.container(horizontal=True):
        for code in CONSEQUENCES:
            if counts.get(code):
                link_flags(say("查看{name}（{count}）", name=names[code], count=counts[code]), consequence=code)
with right:
    open_section(say("先看这些机关"), say("按必须更正的条数排列，其次是需要说明。点一行看该机关的异常。"))
    coverage.show_ranking(corpus)

open_section(say("报告到齐情况"), say("点一格打开那份报告。数字是必须更正的条数；缺，指这一年没有收到该机关的报告。"))
coverage.show_matrix(corpus)

unplaced = coverage.unplaced(corpus)
if len(unplaced):
    open_section(say("没有归到机关和年度的报告"), say("报告里没有写明；不参加上面的对照。"))
    show_table(unplaced, say("未归位报告"), coverage.unplaced_labels(), wide=["message"])

left_out = coverage.left_out(whole)
if len(left_out):
    open_section(say("没有计入的文件"), say("没有读出来，或者与另一份的内容相同；不在上面的数里。"))
    show_table(left_out, say("没有计入的文件"), coverage.left_out_labels(), wide=["message"], height=640)

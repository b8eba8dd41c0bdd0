"""Proactive disclosure: totals and parts by agency and year, growth, and table 2 item by item."""

import streamlit as st

from pages.ui import published
from pages.ui.charts import draw_lines, say_what_is_cut, show_chart
from pages.ui.filters import choose_reports
from pages.ui.frame import open_page, open_section, show_nothing
from pages.ui.measures import add_up, count_measures
from pages.ui.tables import show_table, show_totals
from pages.ui.wording import say

corpus = choose_reports(open_page("disclosure"))
totals = count_measures(corpus, ["disclosed"])

show_totals([(say("主动公开总数"), add_up(totals, "disclosed"), "条"), *published.table_two_totals(corpus)])

open_section(
    say("总数与增减"),
    say("总数取自统计表；没有统计表的年度取自正文。增减由相邻两年的总数算出，旁边是报告自己写的增幅。"),
)
left, right = st.columns([5, 6], gap="large")
with left:
    known = totals.dropna(subset=["value", "year"])
    if known.empty:
        show_nothing(say("所选报告都没有写明主动公开总数。"))
    else:
        show_chart(draw_lines(known, published.longest(known), "条"), say("主动公开总数"))
        say_what_is_cut(known)
with right:
    published.show_growth(corpus, totals)

open_section(say("按内容分类"), say("正文里列出的分类，称谓照录。各份报告分类不同，只在同一份报告内比较。"))
show_table(
    published.list_categories(corpus),
    say("按内容分类"),
    published.category_labels(),
    wide=["label"],
    nothing=say("所选报告的正文都没有列出分类。"),
)

open_section(say("第二十条各项"), say("表二各格的原数；空白、未读照写，不当作零。"))
published.show_table_two(corpus)

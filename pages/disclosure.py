"""Proactive disclosure: totals and parts by agency and year, growth, and table 2 item by item."""

import streamlit as st

from pages.ui import published
from pages.ui.charts import PALETTE, draw_lines, say_what_is_cut, show_chart
from pages.ui.chosen import select_reports
from pages.ui.frame import open_page, open_section, show_nothing
from pages.ui.measures import Figures, add_up, count_measures
from pages.ui.tables import show_totals
from pages.ui.wording import say
from parsing.measures import codes_of, read_measures

chosen = select_reports(open_page("disclosure"))
figures = Figures(chosen, "disclosures", ("disclosed", *codes_of("table_two")))
counts = count_measures(figures)
measures = [read_measures()[code] for code in figures.codes]

show_totals([(say(one.label), add_up(counts, one.code), one.unit) for one in measures])

open_section(
    say("总数与增减"),
    say("总数取自统计表；没有统计表的年度取自正文。增减由相邻两年的总数算出，旁边是报告自己写的增幅。"),
)
left, right = st.columns([5, 6], gap="large")
with left:
    agencies = published.count_lines(chosen)
    if agencies:
        lines, years = published.list_lines(chosen), published.span_years(chosen)
        show_chart(draw_lines(lines, years, "条"), say("主动公开总数"))
        say_what_is_cut(agencies, len(PALETTE))
    else:
        show_nothing(say("所选报告都没有写明主动公开总数。"))
with right:
    published.show_growth(figures.narrow(["disclosed"]))

open_section(say("按内容分类"), say("正文里列出的分类，称谓照录。各份报告分类不同，只在同一份报告内比较。"))
published.show_categories(chosen)

open_section(say("第二十条各项"), say("表二各格的原数；空白、未读照写，不当作零。"))
published.show_table_two(chosen)

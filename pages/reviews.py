"""Reviews and lawsuits: how many, with what result, and whether the prose agrees with the table."""

import streamlit as st

from pages.ui.charts import show_stack
from pages.ui.chosen import select_reports
from pages.ui.comparisons import show_text
from pages.ui.figures import show_measures
from pages.ui.filters import choose_view
from pages.ui.frame import open_page, open_section
from pages.ui.measures import Figures, add_up, count_measures, sum_parts
from pages.ui.remedies import RESULTS, corrected_share, show_corrected
from pages.ui.tables import show_totals
from pages.ui.wording import say
from parsing.measures import read_measures

chosen = select_reports(open_page("reviews"))
headline = Figures(chosen, "remedies", ("reviews", "reviews_corrected", "litigations", "litigations_corrected"))
counts = count_measures(headline)
show_totals([(say(read_measures()[code].label), add_up(counts, code), "件") for code in headline.codes])

with st.container(horizontal=True):
    kind = choose_view("kind", say("类别"), {"reviews": say("行政复议"), "litigations": say("行政诉讼")})
    by = choose_view("by", say("横轴"), {"year": say("按年度"), "agency": say("按机关")})
names = {code: say(read_measures()[code].label) for code in RESULTS[kind]}
results = headline.narrow(RESULTS[kind])

open_section(say("结果"), say("行政诉讼包括未经复议直接起诉和复议后起诉。"))
left, right = st.columns([5, 6], gap="large")
with left:
    show_stack(sum_parts(results, by), names, "件", say("结果"), by)
with right:
    show_measures(results.narrow([kind, *names]), say("结果"))

left, right = st.columns(2, gap="large")
with left:
    open_section(
        say("纠正率"), say("纠正率＝结果纠正÷（结果维持＋结果纠正＋其他结果），不含尚未审结的；有一项缺数就不计算。")
    )
    show_corrected(corrected_share(chosen, kind))
with right:
    open_section(say("正文与表格"), say("同一份报告里正文写的件数与表格的件数。"))
    show_text(chosen, say("正文与表格"))

"""Reviews and lawsuits: how many, with what result, and whether the prose agrees with the table."""

import streamlit as st

from pages.ui.charts import show_stack
from pages.ui.comparisons import show_text
from pages.ui.filters import choose_reports, choose_view
from pages.ui.frame import open_page, open_section
from pages.ui.measures import add_up, count_measures
from pages.ui.remedies import RESULTS, corrected_share, show_corrected
from pages.ui.tables import show_measures, show_totals
from pages.ui.wording import say
from parsing.measures import codes_of, read_measures

corpus = choose_reports(open_page("reviews"))
figures = count_measures(corpus, [*codes_of("reviews"), *RESULTS["reviews"], *RESULTS["litigations"]])
headline = ["reviews", "reviews_corrected", "litigations", "litigations_corrected"]
show_totals([(say(read_measures()[code].label), add_up(figures, code), "件") for code in headline])

with st.container(horizontal=True):
    kind = choose_view("kind", say("类别"), {"reviews": say("行政复议"), "litigations": say("行政诉讼")})
    by = choose_view("by", say("横轴"), {"year": say("按年度"), "agency": say("按机关")})
names = {code: say(read_measures()[code].label) for code in RESULTS[kind]}
results = figures[figures["measure"].isin([kind, *names])]

open_section(say("结果"), say("行政诉讼包括未经复议直接起诉和复议后起诉。"))
left, right = st.columns([5, 6], gap="large")
with left:
    show_stack(results[results["measure"].isin(names)], names, "件", say("结果"), by)
with right:
    show_measures(results, say("结果"))

left, right = st.columns(2, gap="large")
with left:
    open_section(
        say("纠正率"), say("纠正率＝结果纠正÷（结果维持＋结果纠正＋其他结果），不含尚未审结的；有一项缺数就不计算。")
    )
    show_corrected(corrected_share(figures, kind))
with right:
    open_section(say("正文与表格"), say("同一份报告里正文写的件数与表格的件数。"))
    show_text(corpus, codes_of("reviews"), say("正文与表格"))

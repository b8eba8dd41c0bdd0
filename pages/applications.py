"""Applications: how many, what became of them, why not, and who asked."""

import streamlit as st

from pages.ui import outcomes
from pages.ui.charts import show_stack
from pages.ui.chosen import select_reports
from pages.ui.figures import show_measures
from pages.ui.filters import choose_view
from pages.ui.frame import open_page, open_section
from pages.ui.measures import Figures, add_up, count_measures, sum_parts
from pages.ui.tables import show_table, show_totals
from pages.ui.wording import say
from parsing.measures import codes_of, read_measures

chosen = select_reports(open_page("applications"))
flow = Figures(chosen, "applications", tuple(codes_of("applications")))
results = flow.narrow(codes_of("outcomes"))
names = {code: say(read_measures()[code].label) for code in results.codes}
counts = count_measures(flow)

show_totals([(say(read_measures()[code].label), add_up(counts, code), "件") for code in flow.codes])

open_section(say("办理结果"), say("旧统计表的口径不同：已主动公开并入予以公开，不属于本机关和信息不存在并入无法提供。"))
with st.container(horizontal=True):
    by = choose_view("by", say("横轴"), {"year": say("按年度"), "agency": say("按机关")})
    scale = choose_view("scale", say("尺度"), {"count": say("件数"), "share": say("占比")})
left, right = st.columns([5, 6], gap="large")
with left:
    show_stack(sum_parts(results, by), names, "件", say("办理结果"), by, share=scale == "share")
with right:
    show_measures(results, say("办理结果"))

open_section(say("申请与结转"), say("表三的勾稽关系：本年新收＋上年结转＝办理结果总计＋结转下年。不合的列在“异常”里。"))
show_measures(flow, say("申请与结转"))

left, right = st.columns(2, gap="large")
with left:
    open_section(say("不公开的理由"), say("各份报告的件数之和；空白和未读的格不计，缺几格写在旁边。"))
    show_table(outcomes.count_reasons(chosen), say("不公开的理由"), outcomes.reason_labels())
with right:
    open_section(say("申请人与结果"), say("行是结果，列是申请人类型，单位件；旧统计表没有这一项。"))
    outcomes.show_applicants(chosen)

"""Channels: where information was published, how applications came in, and whether the parts make the total."""

import streamlit as st

from pages.ui.charts import show_stack
from pages.ui.chosen import select_reports
from pages.ui.comparisons import show_parts
from pages.ui.figures import show_measures
from pages.ui.filters import choose_view
from pages.ui.frame import open_page, open_section, show_nothing
from pages.ui.measures import Figures, count_measures, sum_parts
from pages.ui.wording import say
from parsing.measures import codes_of, read_measures

chosen = select_reports(open_page("channels"))
by = choose_view("by", say("横轴"), {"year": say("按年度"), "agency": say("按机关")})


def show_group(group: str, unit: str, title: str, nothing: str) -> None:
    """Chart and table of the parts of one group that any report says something on."""
    figures = Figures(chosen, group, tuple(codes_of(group)))
    counts = count_measures(figures)
    told = figures.narrow([code for code in figures.codes if counts.loc[code, "told"]])
    if not told.codes:
        show_nothing(nothing)
        return
    names = {code: say(read_measures()[code].label) for code in told.codes}
    left, right = st.columns([5, 6], gap="large")
    with left:
        show_stack(sum_parts(told, by), names, unit, title, by)
    with right:
        show_measures(told, title)


open_section(say("公开渠道"), say("有统计表的取统计表，否则取正文。“微博微信合计”等合计项已有分项时不再重复计入图中。"))
show_group("channels", "条", say("公开渠道"), say("所选报告都没有写明公开渠道的条数。"))

open_section(
    say("渠道合计与总数"),
    say("同一信息在几个渠道公开，各渠道分别计数而总数只计一次，所以合计多于总数不一定有错；少于总数要问缺了哪个渠道。"),
)
show_parts(chosen, "channels", say("渠道合计与总数"), say("所选报告都没有写明公开渠道的条数。"))

open_section(say("申请方式"), say("申请从哪里来；各方式之和应等于收到的申请数。"))
show_group(
    "methods", "件", say("申请方式"), say("所选报告都没有写明申请方式。现行格式的表三不分方式，只有正文可能提到。")
)

open_section(say("申请方式合计与收到数"))
show_parts(chosen, "methods", say("申请方式合计与收到数"), say("所选报告都没有写明申请方式。"))

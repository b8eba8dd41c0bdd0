"""Flags: where reports contradict themselves or their form, with both sides and the law."""

import streamlit as st

from pages.ui import causes, findings
from pages.ui.evidence import show_flag
from pages.ui.filters import choose_flags, choose_reports, choose_view
from pages.ui.frame import open_page, show_nothing
from pages.ui.law import title_checks
from pages.ui.links import link_report
from pages.ui.wording import say

whole = open_page("flags")
corpus = choose_reports(whole)
titles = title_checks()
view = choose_view(
    "view",
    say("列法"),
    {"flags": say("逐条"), "checks": say("按检查"), "causes": say("按根因"), "open": say("没有结论的")},
)

if view == "open":
    causes.show_open(corpus)
    st.stop()
if view == "causes":
    causes.show_rest(corpus)
    causes.show_causes(whole, corpus, titles)
    st.stop()

flags = findings.order_flags(choose_flags(corpus.flags, titles), corpus.reports)
if flags.empty:
    causes.show_rest(corpus)
    show_nothing(findings.say_why_empty(corpus))
    st.stop()

st.caption(findings.headline(flags))
causes.show_rest(corpus)
if view == "checks":
    flags = findings.choose_group(flags, titles)
chosen = findings.show_list(flags, titles)

show_flag(whole, chosen, titles.get(chosen.check, chosen.check), "flag")
link_report(say("打开这份报告"), chosen.report_id, flag=chosen.flag_id)

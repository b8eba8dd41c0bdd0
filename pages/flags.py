"""Flags: where reports contradict themselves or their form, with both sides and the law."""

import streamlit as st

from pages.ui import causes, findings
from pages.ui.chosen import choose_flags, select_reports
from pages.ui.data import add_names
from pages.ui.evidence import show_flag
from pages.ui.filters import choose_view
from pages.ui.frame import open_page, show_nothing
from pages.ui.law import title_checks
from pages.ui.links import link_report
from pages.ui.wording import say

shelf = open_page("flags")
chosen = select_reports(shelf)
titles = title_checks()
view = choose_view(
    "view",
    say("列法"),
    {"flags": say("逐条"), "checks": say("按检查"), "causes": say("按根因"), "open": say("没有结论的")},
)

if view == "open":
    causes.show_open(chosen)
    st.stop()
if view == "causes":
    causes.show_rest(chosen)
    causes.show_causes(chosen, titles)
    st.stop()

flags = choose_flags(chosen, titles)
if not findings.list_flags(flags).count():
    causes.show_rest(chosen)
    show_nothing(findings.say_why_empty(chosen))
    st.stop()

st.caption(findings.headline(flags))
causes.show_rest(chosen)
if view == "checks":
    flags = findings.choose_group(flags, titles)
row = findings.show_findings(flags)

corpus = shelf.load_around(row["report_id"])
flag = add_names(corpus.flags[corpus.flags["flag_id"] == row["flag_id"]], corpus.reports).iloc[0]
show_flag(corpus, flag, titles.get(flag.check, flag.check), "flag")
link_report(say("打开这份报告"), flag.report_id, flag=flag.flag_id)

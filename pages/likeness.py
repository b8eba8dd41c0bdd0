"""Likeness: which reports share their prose, how much of it, and the passages side by side."""

import streamlit as st

from pages.ui import passages
from pages.ui.chosen import select_reports
from pages.ui.filters import choose_many, choose_view
from pages.ui.frame import open_page, open_section, show_nothing
from pages.ui.links import read_parameter, write_parameter
from pages.ui.listing import show_rows
from pages.ui.wording import name_code, say

shelf = open_page("likeness")
found = passages.list_pairs(select_reports(shelf))

left, right = st.columns([3, 5], vertical_alignment="bottom")
with left:
    known = found.ask("SELECT DISTINCT level FROM pairs WHERE {chosen} AND level IS NOT NULL ORDER BY level")
    names = {code: name_code("level", code) for code in known["level"]}
    levels = choose_many("level", say("层级"), list(names), names)
with right:
    kinds = {"all": say("全部"), "past": say("与本机关上一年度"), "other": say("与其他机关")}
    kind = choose_view("kind", say("关系"), kinds)
found = passages.narrow_pairs(found, levels, kind)
pairs = passages.order_pairs(found)

if not (count := pairs.count()):
    show_nothing(say("所选报告的正文没有大段相同的。比较时不计标题、表格、固定用语和半数机关都有的句子。"))
    st.stop()

st.caption(say("共 {count} 对，按相同的比例排列。选中一行，下面并排显示两份报告相同的段落。", count=count))
row = show_rows(
    pairs,
    say("相似文本"),
    passages.pair_labels(),
    spell=passages.spell_pairs,
    shade=passages.shade_pairs,
    at=passages.find_pair(found, read_parameter("flag")),
    height=285,
).chosen()
write_parameter("flag", row["flag_id"])

open_section(say("并排对照"))
st.text(row["message"])
corpus = shelf.load((row["report_id"], row["other_id"]))
flag = corpus.flags[corpus.flags["flag_id"] == row["flag_id"]].iloc[0]
passages.show_passages(corpus, flag, "likeness")

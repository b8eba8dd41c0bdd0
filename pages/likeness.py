"""Likeness: which reports share their prose, how much of it, and the passages side by side."""

import streamlit as st

from pages.ui import passages
from pages.ui.filters import choose_many, choose_reports, choose_view
from pages.ui.frame import open_page, open_section, show_nothing
from pages.ui.links import read_parameter, write_parameter
from pages.ui.tables import SHADES, show_table
from pages.ui.wording import name_code, say

whole = open_page("likeness")
corpus = choose_reports(whole)
pairs = passages.list_pairs(whole, set(corpus.reports["report_id"]))

left, right = st.columns([3, 5], vertical_alignment="bottom")
with left:
    levels = sorted(pairs["level"].dropna().unique())
    chosen = choose_many("level", say("层级"), levels, {code: name_code("level", code) for code in levels})
with right:
    kinds = {"all": say("全部"), "past": say("与本机关上一年度"), "other": say("与其他机关")}
    kind = choose_view("kind", say("关系"), kinds)
if chosen:
    pairs = pairs[pairs["level"].isin(chosen)].reset_index(drop=True)
if kind != "all":
    wanted = passages.COPIES[0 if kind == "past" else 1]
    pairs = pairs[pairs["check"] == wanted].reset_index(drop=True)

if pairs.empty:
    show_nothing(say("所选报告的正文没有大段相同的。比较时不计标题、表格、固定用语和半数机关都有的句子。"))
    st.stop()

st.caption(say("共 {count} 对，按相同的比例排列。选中一行，下面并排显示两份报告相同的段落。", count=len(pairs)))
ids = list(pairs["flag_id"])
start = ids.index(wanted_id) if (wanted_id := read_parameter("flag")) in ids else 0
selection = show_table(
    passages.spell_pairs(pairs),
    say("相似文本"),
    passages.pair_labels(),
    shades=passages.shade_pairs(pairs, SHADES),
    height=285,
    key=f"pairs-{'-'.join(ids)}",
    on_select="rerun",
    selection_mode="single-row-required",
    selection_default={"selection": {"rows": [start]}},
)
row = pairs.iloc[selection.rows[0] if selection and selection.rows else start]
write_parameter("flag", row["flag_id"])

open_section(say("并排对照"))
st.text(row["message"])
flag = whole.flags[whole.flags["flag_id"] == row["flag_id"]].iloc[0]
passages.show_passages(whole, flag, "likeness")

"""What was not checked: what a root cause muted, and what could not be decided or crashed, with the reason.

In: the ledger of a corpus.  Out: tidy frames, and tables in which one root cause can be chosen.  Nothing is left out: a
table that is too long for the screen says so, and its file has every row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.data import add_names
from pages.ui.evidence import show_flag
from pages.ui.filters import CONSEQUENCES, choose_view, open_view
from pages.ui.frame import open_section, show_nothing
from pages.ui.law import name_family, title_checks
from pages.ui.links import link_report, read_parameter, write_parameter
from pages.ui.tables import SHADES, show_table
from pages.ui.wording import name_code, name_codes, say
from parsing.audit import CHECKS
from parsing.audit.plans import root_of
from parsing.tables import Corpus

OPEN = ("undecidable", "crashed")
# The states of what was not checked: muted by a root cause, undecidable, crashed.
MUTED = "muted"


def list_open(corpus: Corpus) -> pd.DataFrame:
    """One row for every check of every report that was not decided: state, reason, and the root cause if it has one."""
    rows = corpus.checks[corpus.checks["outcome"].isin(OPEN)]
    roots = [root_of(reason) if isinstance(reason, str) else None for reason in rows["reason"]]
    named = add_names(rows, corpus.reports).assign(
        cause=pd.array([root[0] if root else None for root in roots], dtype="string"),
        root=pd.array([root[1] if root else None for root in roots], dtype="string"),
        title=rows["check"].map(title_checks()).fillna(rows["check"]).to_numpy(),
    )
    return named.assign(state=named["outcome"].mask(named["root"].notna(), MUTED)).reset_index(drop=True)


def list_causes(corpus: Corpus) -> pd.DataFrame:
    """One row for every report and root cause: how many checks it muted; those that must be corrected come first.

    A cause that raised no flag, because the table was perhaps not due, has no consequence and stands last.
    """
    muted = list_open(corpus).dropna(subset=["root"])
    keys = ["report_id", "agency", "year", "root"]
    grouped = muted.groupby(keys, dropna=False, sort=False)
    causes = grouped.agg(cause=("cause", join_causes), muted=("check", "size")).reset_index()
    flags = corpus.flags.drop_duplicates(["report_id", "check"])[["report_id", "check", "consequence"]]
    causes = causes.merge(flags.rename(columns={"check": "root"}), on=["report_id", "root"], how="left")
    titles = causes["root"].map(title_checks()).where(causes["consequence"].notna(), say("没有单独的异常"))
    causes = causes.assign(title=titles)
    rank = causes["consequence"].map({code: at for at, code in enumerate(CONSEQUENCES)}).fillna(len(CONSEQUENCES))
    keys = ["rank", "muted", "agency", "year"]
    ordered = causes.assign(rank=rank).sort_values(keys, ascending=[key != "muted" for key in keys], kind="stable")
    return ordered.drop(columns="rank").reset_index(drop=True)


def join_causes(causes: pd.Series) -> str:
    """Several missing tables of one report are named together."""
    return "；".join(dict.fromkeys(causes))


def show_rest(corpus: Corpus) -> None:
    """One line under the flags: how many checks a root cause muted, and how many could not be decided or crashed."""
    rows = list_open(corpus)
    counts = rows["state"].value_counts()
    line = say(
        "没有结论的：因根因未检 {muted} 项（{causes} 个根因），无法判断 {undecided} 项，检查出错 {crashed} 项。",
        muted=f"{int(counts.get(MUTED, 0)):,}",
        causes=f"{len(list_causes(corpus)):,}",
        undecided=f"{int(counts.get('undecidable', 0)):,}",
        crashed=f"{int(counts.get('crashed', 0)):,}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(line, width="content")
        if len(rows) and st.button(say("逐项查看"), type="tertiary", icon=":material/rule:", key="open-rest"):
            open_view("view", "open")


def show_open(corpus: Corpus) -> None:
    """Every check without a verdict, with its reason."""
    rows = list_open(corpus)
    states = {state: name_code("open_state", state) for state in (MUTED, *OPEN)}
    counted = rows["state"].value_counts()
    labels = {"all": say("全部 {count}", count=f"{len(rows):,}")}
    labels |= {state: f"{name} {int(counted.get(state, 0)):,}" for state, name in states.items()}
    state = choose_view("state", say("状态"), labels)
    kept = rows if state == "all" else rows[rows["state"] == state]
    open_section(say("没有结论的检查"), say("没有数值、没有读出、缺表或格式不符时不下结论：不算通过，也不算异常。"))
    shown = kept.assign(state=name_codes("open_state", kept["state"])).sort_values(["agency", "year"], kind="stable")
    heads = {
        "state": say("状态"),
        "agency": say("机关"),
        "year": say("年度"),
        "title": say("检查"),
        "reason": say("原因"),
        "check": say("检查代码"),
    }
    show_table(shown, say("没有结论的检查"), heads, wide=["reason"], height=640)


def choose_cause(causes: pd.DataFrame) -> Any:
    """The root causes as a table; the chosen one, which is in the address."""
    ids = [f"{row.report_id}.{row.root}" for row in causes.itertuples()]
    wanted = read_parameter("cause")
    start = ids.index(wanted) if wanted in ids else 0
    labels = {
        "consequence": say("处理"),
        "agency": say("机关"),
        "year": say("年度"),
        "title": say("根因"),
        "cause": say("说明"),
        "muted": say("因此未检"),
    }
    shades = pd.DataFrame("", index=causes.index, columns=list(labels))
    shades["consequence"] = causes["consequence"].map(SHADES).fillna("")
    selection = show_table(
        causes.assign(consequence=name_codes("consequence", causes["consequence"])),
        say("根因"),
        labels,
        shades=shades,
        height=285,
        key="causes",
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [start]}},
    )
    row = selection.rows[0] if selection and selection.rows else start
    write_parameter("cause", ids[row])
    return causes.iloc[row]


def show_causes(whole: Corpus, corpus: Corpus, titles: Mapping[str, str]) -> None:
    """Root causes; of the chosen one what it muted, and the flag that found it."""
    causes = list_causes(corpus)
    if causes.empty:
        show_nothing(say("所选报告没有根因：该有的表都找到了，格式也都相符，没有检查因此未检。"))
        return
    st.caption(say("错用格式、缺一张表各是一条根因；靠它才能核对的检查不再逐项报错，列在下面。"))
    chosen = choose_cause(causes)
    muted = list_open(corpus)
    muted = muted[(muted["report_id"] == chosen.report_id) & (muted["root"] == chosen.root)]
    open_section(say("因此未检的检查（{count} 项）", count=len(muted)))
    families = {check.id: name_family(check.family) for check in CHECKS}
    labels = {"title": say("检查"), "family": say("类别"), "reason": say("原因"), "check": say("检查代码")}
    show_table(muted.assign(family=muted["check"].map(families)), say("因此未检的检查"), labels, height=285)
    flags = corpus.flags[(corpus.flags["report_id"] == chosen.report_id) & (corpus.flags["check"] == chosen.root)]
    if flags.empty:
        show_nothing(say("这个根因没有单独的异常：不能确定是报告的问题。"))
    else:
        show_flag(whole, add_names(flags, corpus.reports).iloc[0], titles.get(chosen.root, chosen.root), "cause")
    link_report(say("打开这份报告"), chosen.report_id)

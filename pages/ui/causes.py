"""What was not checked: what a root cause muted, and what could not be decided or crashed, with the reason.

In: the chosen reports of a store.  Out: lists of any length page by page, and tables in which one root cause can be
chosen.  Nothing is left out: the file of a list has every row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.chosen import Selection
from pages.ui.data import add_names, call_agencies
from pages.ui.evidence import show_flag
from pages.ui.filters import choose_view, open_view
from pages.ui.findings import shade_consequences
from pages.ui.frame import open_section, show_nothing
from pages.ui.law import name_family, title_checks
from pages.ui.links import link_report, read_parameter, write_parameter
from pages.ui.listing import Listing, show_rows
from pages.ui.tables import show_table
from pages.ui.wording import name_code, name_codes, say
from parsing.audit import CHECKS

# The states of what was not checked: muted by a root cause, undecidable, crashed.
STATES = ("muted", "undecidable", "crashed")


def list_open(chosen: Selection) -> Listing:
    """One row for every check of every report that was not decided: state, reason, and the root cause if it has one."""
    counting = "SELECT count(*) FROM undecided WHERE {chosen}"
    return Listing(chosen, "SELECT * FROM undecided WHERE {chosen} ORDER BY rank", counting=counting)


def list_causes(chosen: Selection) -> Listing:
    """One row for every report and root cause: how many checks it muted; those that must be corrected come first.

    A cause that raised no flag, because the table was perhaps not due, has no consequence and stands last.
    """
    counting = "SELECT count(*) FROM causes WHERE {chosen}"
    return Listing(chosen, "SELECT * FROM causes WHERE {chosen} ORDER BY rank", counting=counting)


def count_states(chosen: Selection) -> dict[str, int]:
    """How many checks have no verdict, by state."""
    counts = chosen.ask("SELECT state, count(*) AS checks FROM undecided WHERE {chosen} GROUP BY state")
    return {**dict.fromkeys(STATES, 0), **dict(zip(counts["state"], counts["checks"], strict=True))}


def spell_open(rows: pd.DataFrame) -> pd.DataFrame:
    """Checks without a verdict with words for their codes."""
    titles = rows["check"].map(title_checks()).fillna(rows["check"])
    return rows.assign(state=name_codes("open_state", rows["state"]), title=titles, agency=call_agencies(rows))


def spell_causes(rows: pd.DataFrame) -> pd.DataFrame:
    """Root causes with words for their codes."""
    return rows.assign(
        consequence=name_codes("consequence", rows["consequence"]),
        agency=call_agencies(rows),
        title=rows["root"].map(title_checks()).where(rows["consequence"].notna(), say("没有单独的异常")),
    )


def show_rest(chosen: Selection) -> None:
    """One line under the flags: how many checks a root cause muted, and how many could not be decided or crashed."""
    counts = count_states(chosen)
    line = say(
        "没有结论的：因根因未检 {muted} 项（{causes} 个根因），无法判断 {undecided} 项，检查出错 {crashed} 项。",
        muted=f"{counts['muted']:,}",
        causes=f"{list_causes(chosen).count():,}",
        undecided=f"{counts['undecidable']:,}",
        crashed=f"{counts['crashed']:,}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(line, width="content")
        is_open = any(counts.values())
        if is_open and st.button(say("逐项查看"), type="tertiary", icon=":material/rule:", key="open-rest"):
            open_view("view", "open")


def show_open(chosen: Selection) -> None:
    """Every check without a verdict, with its reason."""
    counts = count_states(chosen)
    labels = {"all": say("全部 {count}", count=f"{sum(counts.values()):,}")}
    labels |= {state: f"{name_code('open_state', state)} {counts[state]:,}" for state in STATES}
    state = choose_view("state", say("状态"), labels)
    open_section(say("没有结论的检查"), say("没有数值、没有读出、缺表或格式不符时不下结论：不算通过，也不算异常。"))
    heads = {
        "state": say("状态"),
        "agency": say("机关"),
        "year": say("年度"),
        "title": say("检查"),
        "reason": say("原因"),
        "check": say("检查代码"),
    }
    kept = list_open(chosen if state == "all" else chosen.narrow("state = ?", (state,)))
    show_rows(kept, say("没有结论的检查"), heads, spell=spell_open, wide=["reason"], height=640)


def choose_cause(chosen: Selection) -> Any:
    """The root causes as a table; the chosen one, which is in the address."""
    labels = {
        "consequence": say("处理"),
        "agency": say("机关"),
        "year": say("年度"),
        "title": say("根因"),
        "cause": say("说明"),
        "muted": say("因此未检"),
    }
    page = show_rows(
        list_causes(chosen),
        say("根因"),
        labels,
        spell=spell_causes,
        shade=lambda rows: shade_consequences(rows, labels),
        at=find_cause(chosen, read_parameter("cause")),
        height=285,
    )
    cause = page.chosen()
    write_parameter("cause", f"{cause['report_id']}.{cause['root']}")
    return cause


def find_cause(chosen: Selection, wanted: str | None) -> int:
    """The place of a root cause, named by report and check, in the list; the first place for one that is not in it."""
    report_id, _, root = (wanted or "").partition(".")
    found = "SELECT min(rank) FROM causes WHERE report_id = ? AND root = ?"
    query = f"SELECT count(*) FROM causes WHERE {{chosen}} AND rank < ({found})"
    return int(chosen.ask(query, (report_id, root)).iat[0, 0])


def show_causes(chosen: Selection, titles: Mapping[str, str]) -> None:
    """Root causes; of the chosen one what it muted, and the flag that found it."""
    if not list_causes(chosen).count():
        show_nothing(say("所选报告没有根因：该有的表都找到了，格式也都相符，没有检查因此未检。"))
        return
    st.caption(say("错用格式、缺一张表各是一条根因；靠它才能核对的检查不再逐项报错，列在下面。"))
    cause = choose_cause(chosen)
    muted = chosen.ask(
        "SELECT * FROM undecided WHERE {chosen} AND report_id = ? AND root = ? ORDER BY rank",
        (cause["report_id"], cause["root"]),
    )
    open_section(say("因此未检的检查（{count} 项）", count=len(muted)))
    families = {check.id: name_family(check.family) for check in CHECKS}
    labels = {"title": say("检查"), "family": say("类别"), "reason": say("原因"), "check": say("检查代码")}
    shown = spell_open(muted).assign(family=muted["check"].map(families))
    show_table(shown, say("因此未检的检查"), labels, height=285)
    corpus = chosen.shelf.load_around(cause["report_id"])
    flags = corpus.flags[(corpus.flags["report_id"] == cause["report_id"]) & (corpus.flags["check"] == cause["root"])]
    if flags.empty:
        show_nothing(say("这个根因没有单独的异常：不能确定是报告的问题。"))
    else:
        flag = add_names(flags, corpus.reports).iloc[0]
        show_flag(corpus, flag, titles.get(cause["root"], cause["root"]), "cause")
    link_report(say("打开这份报告"), cause["report_id"])

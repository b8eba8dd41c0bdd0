"""What the method page shows: checks, values, measures, columns; all generated from what the program uses.

In: the audit's registry, the column dictionary, the measures, a store.  Out: tidy frames and the panel of one
check.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.data import Shelf
from pages.ui.evidence import BADGES, show_law
from pages.ui.filters import CONSEQUENCES, choose_many
from pages.ui.frame import show_nothing
from pages.ui.law import name_family
from pages.ui.links import link_flags, read_parameter, write_parameter
from pages.ui.tables import SHADES, show_glossary, show_table
from pages.ui.trust import count_measured, list_tallies, precision_of, recall_of, tally_labels
from pages.ui.wording import name_claim, name_code, name_codes, say
from parsing.audit import CHECKS
from parsing.audit.measured import count_reports
from parsing.columns import FRAMES
from parsing.measures import read_measures

OUTCOMES = ("fail", "pass", "pass_assumed_zero", "undecidable", "not_applicable", "crashed")


def list_checks(shelf: Shelf) -> pd.DataFrame:
    """One row per registered check, with how often each outcome occurred in the reports of the store."""
    tallies = shelf.ask(
        'SELECT "check", outcome, CAST(sum(reports) AS BIGINT) AS reports FROM tallies GROUP BY "check", outcome'
    )
    counts = tallies.pivot(index="check", columns="outcome", values="reports").fillna(0).astype(int)
    counts = counts.reindex(index=[check.id for check in CHECKS], columns=list(OUTCOMES), fill_value=0)
    facts = pd.DataFrame(
        {
            "id": [check.id for check in CHECKS],
            "title": [check.title for check in CHECKS],
            "family": [check.family for check in CHECKS],
            "consequence": [check.consequence for check in CHECKS],
            "precision": [precision_of(check.id) for check in CHECKS],
            "recall": [recall_of(check.id) for check in CHECKS],
        }
    )
    return facts.join(counts.reset_index(drop=True))


def check_labels() -> dict[str, str]:
    """What decides stands first: what it is, what it demands, how often it fires, how far it can be trusted."""
    names = {outcome: name_code("outcome", outcome) for outcome in OUTCOMES}
    measures = {"precision": say("精度（95% 区间）"), "recall": say("查全（95% 区间）")}
    fired, *others = OUTCOMES
    return {
        "title": say("检查"),
        "consequence": say("处理"),
        fired: names[fired],
        **measures,
        **{outcome: names[outcome] for outcome in others},
        "family": say("类别"),
        "id": say("代码"),
    }


def choose_checks(rows: pd.DataFrame) -> pd.DataFrame:
    """The checks of some families and consequences; nothing chosen means all."""
    left, right = st.columns([5, 3])
    with left:
        families = list(dict.fromkeys(rows["family"]))
        kept = choose_many("family", say("类别"), families, {one: name_family(one) for one in families})
    with right:
        names = {code: name_code("consequence", code) for code in CONSEQUENCES}
        wanted = choose_many("consequence", say("处理"), CONSEQUENCES, names)
    chosen = rows["family"].isin(kept or families) & rows["consequence"].isin(wanted or CONSEQUENCES)
    return rows[chosen].reset_index(drop=True)


def headline(rows: pd.DataFrame) -> str:
    """How many checks are listed, how many found something here, and what the figures on their quality are made of."""
    return say(
        "{shown} 项检查，{fired} 项在当前报告中报出不符。精度：报出的有多少报对；查全：该报的报出多少。"
        "{measured} 项测过，其余写“未测”；标注材料 {total} 份，真实报告只有 {real} 份，其余自造，请看区间。",
        shown=f"{len(rows):,}",
        fired=f"{int((rows['fail'] > 0).sum()):,}",
        measured=f"{count_measured(list(rows['id'])):,}",
        total=f"{sum(count_reports().values()):,}",
        real=f"{count_reports().get('real', 0):,}",
    )


def show_checks(shelf: Shelf) -> Any:
    """The catalogue as a table; the chosen check, which is in the address; None where no check is left."""
    rows = choose_checks(list_checks(shelf))
    if rows.empty:
        show_nothing(say("没有这样的检查。请放宽上面的筛选条件。"))
        return None
    st.caption(headline(rows))
    ids = list(rows["id"])
    wanted = read_parameter("chosen")
    start = ids.index(wanted) if wanted in ids else 0
    labels = check_labels()
    shades = pd.DataFrame("", index=rows.index, columns=list(labels))
    shades["consequence"] = rows["consequence"].map(SHADES)
    spelled = rows.assign(
        consequence=name_codes("consequence", rows["consequence"]),
        family=rows["family"].map(name_family),
    )
    selection = show_table(
        spelled,
        say("检查目录"),
        labels,
        shades=shades,
        height=420,
        # Other rows are another table, so that its first choice is taken from the address again.
        key=f"catalogue-{len(ids)}-{ids[0]}",
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [start]}},
    )
    row = selection.rows[0] if selection and selection.rows else start
    write_parameter("chosen", ids[row])
    return next(check for check in CHECKS if check.id == ids[row])


def show_check(check: Any) -> None:
    """One check in full: why it exists, its formula, its limits, the law, and what was measured of it."""
    st.subheader(check.title, anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(name_code("consequence", check.consequence), color=BADGES.get(check.consequence, "gray"))
        st.badge(name_code("severity", check.severity), color="gray")
        link_flags(say("查看这项检查的异常"), check=check.id)
    left, right = st.columns(2, gap="large")
    with left:
        for label, text in ((say("为什么"), check.why), (say("算式"), check.formula), (say("局限"), check.limits)):
            if text:
                st.caption(label)
                st.text(text)
    with right:
        show_law(";".join(check.legal))
        show_measured(check.id)


def show_measured(check_id: str) -> None:
    """What the check did on reports of which people know the answer, by kind of material."""
    tallies = list_tallies(check_id)
    st.caption(say("在标注材料上（份数）"))
    if tallies.empty:
        st.text(say("未测：还没有标注过的报告用到这项检查。"))
        return
    facts = say("精度 {precision}，查全 {recall}", precision=precision_of(check_id), recall=recall_of(check_id))
    st.text(facts)
    show_glossary(tallies, say("测得"), tally_labels())


def list_statuses() -> pd.DataFrame:
    """What can stand in a cell, what it is read as, and what sums do with it."""
    meanings = {
        "number": say("照读。万、亿换算成个位；千位逗号去掉；原文另存。"),
        "zero_word": say("写作“无”“零”的，读作 0。"),
        "blank": say(
            "空格、横线、什么也没有：没有数值。合计时不计，并写明缺几格；勾稽关系只在空白当作零时成立的，记为“空白按零通过”。"
        ),
        "not_applicable": say("斜线：没有数值，按不适用。"),
        "unreadable": say("格里有东西，但不能确定它是什么或属于哪一格：没有数值，列入读取问题，绝不猜测。"),
        "absent": say("格式规定的行在报告里没有：没有数值。"),
    }
    return pd.DataFrame(
        {
            "status": [name_code("status", code) for code in meanings],
            "code": list(meanings),
            "meaning": list(meanings.values()),
        }
    )


def status_labels() -> dict[str, str]:
    return {"status": say("状态"), "meaning": say("怎样对待"), "code": say("代码")}


def list_measures() -> pd.DataFrame:
    """Every measure of the pages with its cells and its statement."""
    measures = list(read_measures().values())
    return pd.DataFrame(
        {
            "label": [say(one.label) for one in measures],
            "unit": [say(one.unit) for one in measures],
            "cells": ["；".join("＋".join(way) for way in one.cells) for one in measures],
            "claim": [name_claim(one.metric, one.dim) for one in measures],
            "covers": ["、".join(say(read_measures()[code].label) for code in one.covers) for one in measures],
        }
    )


def measure_labels() -> dict[str, str]:
    return {
        "label": say("项目"),
        "unit": say("单位"),
        "cells": say("单元格（按先后取用）"),
        "claim": say("正文陈述"),
        "covers": say("已包含"),
    }


def list_columns(frame: str) -> pd.DataFrame:
    """The column dictionary of one frame."""
    columns = FRAMES[frame]
    return pd.DataFrame(
        {
            "label": [say(column.label) for column in columns],
            "name": [column.name for column in columns],
            "unit": [say(column.unit) if column.unit else "" for column in columns],
            "meaning": [say(column.meaning) for column in columns],
        }
    )


def column_labels() -> dict[str, str]:
    return {"label": say("列"), "name": say("代码"), "unit": say("单位"), "meaning": say("含义")}

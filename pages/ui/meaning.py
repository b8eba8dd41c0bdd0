"""What a figure of the prose was taken for, and which cells of the tables it can mean.

In: the chosen report and a mark of its prose.  Out: drawn panels.  Words of the report are drawn as plain text; cells
and flags lead to where they are shown in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.browser import draw_readings
from pages.ui.evidence import BADGES, layouts_of, name_report
from pages.ui.filters import open_view
from pages.ui.form import name_address, text_of
from pages.ui.law import title_checks
from pages.ui.links import write_parameter
from pages.ui.marks import Mark, claim_key
from pages.ui.picture import show_picture
from pages.ui.selection import Chosen
from pages.ui.source import describe_where
from pages.ui.tables import format_number
from pages.ui.wording import name_claim, name_code, say

COLOURS = {"claimed": "blue", "said": "blue", "ignored": "gray", "unclassified": "orange"}
# A sum of addresses as the frame writes it: t4.review_total - t4.review_pending.
ADDEND = re.compile(r"(?:(?P<sign>[+-]) )?(?P<address>[^\s+-]\S*)")
AGREES = ("same", "together")
LEADS = {"+": "＋", "-": "－", None: ""}


def show_meaning(chosen: Chosen, mark: Mark) -> None:
    """The chosen figure: the claims that it states with their cells and flags, or why it is none; and its place."""
    if not mark.claims:
        with st.container(border=True, gap="xsmall"):
            show_head(mark, mark.raw)
            if mark.kind == "ignored":
                st.text(say("不计入陈述，不参加核对。原因：{reason}", reason=mark.reason))
            else:
                st.text(say("没有归类：它的说法不合任何一项指标，不参加核对。请自行判断。"))
            st.text(say("位置：{place}", place=describe_where(mark.where)))
    for number in mark.claims:
        show_claim(chosen, mark, chosen.corpus.claims[chosen.corpus.claims["claim"] == number].iloc[0])
    show_picture(chosen.whole, chosen.report_id, mark.where)


def show_head(mark: Mark, words: str) -> None:
    """What became of the figure, and what it is in a few words, which may be the report's."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(name_code("figure", "claimed" if mark.claims else mark.kind), color=COLOURS[mark.kind])
        st.text(words)


def show_claim(chosen: Chosen, mark: Mark, claim: pd.Series) -> None:
    """One claim: metric and value, year, its words, its place; then the cells that it can mean, and the flags on it."""
    flags = flags_on(chosen, claim)
    with st.container(border=True, gap="xsmall"):
        show_head(mark, f"{name_claim(claim['metric'], claim['dim'])}　{write_value(claim)}")
        st.caption("　".join(list_facts(claim)))
        st.text(say("原句：{quote}", quote=claim["quote"]))
        st.text(say("位置：{place}", place=describe_where(mark.where)))
    show_readings(chosen, claim, bool(flags))
    for flag in flags:
        show_flag_on(flag)


def write_value(claim: pd.Series) -> str:
    return str(claim["value_text"]) if claim["unit"] == "date" else f"{claim['value_text']} {claim['unit']}"


def list_facts(claim: pd.Series) -> list[str]:
    """How a figure is meant, in words of our own: its year, whether it is approximate or denies, its part in a list."""
    year = claim["year"] if pd.notna(claim["year"]) else say("未写明")
    facts = [say("所指年度：{year}", year=year)]
    if bool(claim["approx"]):
        facts.append(say("约数"))
    if bool(claim["negated"]):
        facts.append(say("说的是没有"))
    if pd.notna(claim["list_role"]):
        facts.append(say("列举中的{role}", role=name_code("list_role", claim["list_role"])))
    return facts


def show_readings(chosen: Chosen, claim: pd.Series, is_flagged: bool) -> None:
    """The readings of a claim: those that agree first, the others folded away; if none does, all of them."""
    rows = chosen.corpus.bindings[chosen.corpus.bindings["claim"] == claim["claim"]]
    if rows.empty:
        st.text(say_why_none(claim))
        return
    agreeing = rows["outcome"].isin(AGREES)
    key = f"readings-{chosen.report_id}-{claim['claim']}"
    st.caption(say("在表格里可以对照的单元格"))
    show_cards(chosen, claim, rows[agreeing] if agreeing.any() else rows, key)
    if agreeing.any() and not agreeing.all():
        with st.expander(say("其他口径 {count} 种", count=int((~agreeing).sum()))):
            show_cards(chosen, claim, rows[~agreeing], f"{key}-others")
    if (rows["outcome"] == "differs").all() and not is_flagged:
        st.caption(say("没有列为异常：没有检查核对这个数，或者正文另一处的说法与表格相符。"))


def say_why_none(claim: pd.Series) -> str:
    """Why no cell can be held against a claim."""
    if claim["unit"] == "date":
        return say("日期不与表格对照。")
    if pd.notna(claim["year"]) and pd.notna(claim["report_year"]) and claim["year"] != claim["report_year"]:
        return say("说的是 {year} 年的数，手头的表格不能对照。", year=claim["year"])
    return say("这份报告的表格里没有可以对照的单元格。")


def show_cards(chosen: Chosen, claim: pd.Series, rows: pd.DataFrame, key: str) -> None:
    """One card a reading; a chosen cell is shown in its table."""
    picked = draw_readings([lay_card(chosen, claim, row) for row in rows.itertuples()], key)
    if picked:
        write_parameter("address", picked)
        open_view("view", "tables")


def lay_card(chosen: Chosen, claim: pd.Series, row: Any) -> dict[str, Any]:
    """A reading as data for the browser: its cells with their signs, what they come to, and how it compares."""
    is_other = pd.notna(row.cells_report_id)
    report_id = row.cells_report_id if is_other else chosen.report_id
    name = f"{row.reading}{name_report(chosen.whole, report_id)}" if is_other else row.reading
    cells = list(lay_cells(chosen, report_id, row.cells))
    per = list(lay_cells(chosen, report_id, row.per)) if isinstance(row.per, str) else []
    if per:
        per[0]["figure"] = f"÷ {'（' if len(per) > 1 else ''}{per[0]['figure']}"
        per[-1]["figure"] += "）" if len(per) > 1 else ""
    total = None
    if len(cells) + len(per) > 1 and pd.notna(row.value):
        total = {"figure": f"＝ {format_number(row.value)}{'%' if per else ''}", "label": ""}
    verdict = say_verdict(claim, row)
    return {"name": name, "outcome": row.outcome, "verdict": verdict, "cells": cells + per, "total": total}


def lay_cells(chosen: Chosen, report_id: str, written: str) -> Iterator[dict[str, Any]]:
    """The addends of a sum; a cell of this report leads to its table."""
    every = chosen.whole.cells
    known = every[every["report_id"] == report_id].drop_duplicates("address").set_index("address")
    layouts = layouts_of(chosen.whole, report_id)
    for addend in ADDEND.finditer(written):
        address = addend["address"]
        cell = known.loc[address] if address in known.index else None
        figure = name_code("status", "absent") if cell is None else text_of(cell)
        line = {"figure": f"{LEADS[addend['sign']]} {figure}".strip(), "label": name_address(address, layouts)}
        if cell is not None and report_id == chosen.report_id:
            line |= {"address": address, "hint": say("在表格里看：{place}", place=cell["place"])}
        yield line


def say_verdict(claim: pd.Series, row: Any) -> str:
    """How a reading compares with the claim, with the difference where both are exact."""
    if row.outcome != "differs" or bool(claim["approx"]) or pd.isna(row.value):
        return name_code("likeness", row.outcome)
    return say("不同，相差 {gap}", gap=format_number(round(abs(claim["value"] - row.value), 4)))


def flags_on(chosen: Chosen, claim: pd.Series) -> list[Any]:
    """The flags of the report that accuse a claim."""
    key = claim_key(claim["metric"], claim["where"])
    return [
        flag
        for flag in chosen.corpus.flags.itertuples()
        if any(is_about(side, key) for side in flag.evidence if side.get("role") != "context")
    ]


def is_about(side: Any, key: tuple[str, str]) -> bool:
    return bool(side.get("metric")) and claim_key(side["metric"], side["where"]) == key


def show_flag_on(flag: Any) -> None:
    """A flag in short, and the way to its proof."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(name_code("consequence", flag.consequence), color=BADGES.get(flag.consequence, "gray"))
            st.text(title_checks().get(flag.check, flag.check))
        st.text(flag.message)
        if st.button(say("看这条异常"), key=f"flag-{flag.flag_id}", type="tertiary", icon=":material/flag:"):
            write_parameter("flag", flag.flag_id)
            open_view("view", "flags")

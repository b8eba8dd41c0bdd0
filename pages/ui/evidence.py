"""The proof: the two sides of a flag, the sum, the law, and every place marked in the source text.

In: rows of the frames and the decoded source text.  Out: drawn panels.  Text from a report is drawn as plain
text only (`st.text`, `st.code`, tables) or goes to `draw_source`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.form import name_address
from pages.ui.law import cite_article
from pages.ui.passages import is_copy, show_passages
from pages.ui.picture import show_picture
from pages.ui.source import describe_where, find_place, show_source
from pages.ui.tables import format_number, show_table
from pages.ui.wording import name_claim, name_code, say
from parsing.tables import Corpus

BADGES = {"correct": "red", "explain": "orange", "note": "blue"}


def show_flag(corpus: Corpus, flag: Any, title: str, key: str) -> None:
    """One flag: what it says, expected against actual, the sum, both sides, the law, and the source text."""
    st.subheader(title, anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(name_code("consequence", flag.consequence), color=BADGES.get(flag.consequence, "gray"))
        if bool(flag.doubtful):
            st.badge(say("待核：操作数的位置是推断的，请先核对原文"), color="gray", icon=":material/search:")
    st.text(" · ".join(str(one) for one in (flag.agency, flag.year, flag.message) if pd.notna(one)))
    if is_copy(flag):
        show_passages(corpus, flag, key)
        show_law(flag.legal_basis)
        return
    left, right = st.columns([6, 5], gap="medium")
    with left:
        show_verdict(flag)
        chosen = show_sides(corpus, flag, key)
        show_law(flag.legal_basis)
    with right:
        show_marks(corpus, flag, chosen, key)


def show_verdict(flag: Any) -> None:
    """Expected, actual and difference, as far as the finding is about figures, and the sum with its addends."""
    figures = {say("应为"): flag.expected, say("实为"): flag.actual, say("差额"): flag.difference}
    known = {label: value for label, value in figures.items() if pd.notna(value)}
    for column, (label, value) in zip(st.columns(3), known.items(), strict=False):
        with column.container(border=True, gap=None):
            st.caption(label)
            st.text(show_value(value))
    if isinstance(flag.formula, str) and flag.formula:
        st.code(flag.formula, language=None, wrap_lines=True)


def show_value(value: Any) -> str:
    """A value of the evidence as text; a missing one is called so."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return say("没有数值")
    return value if isinstance(value, str) else format_number(value)


def show_sides(corpus: Corpus, flag: Any, key: str) -> int:
    """The operands of both sides as a table; which one is chosen."""
    sides = list_sides(corpus, flag)
    labels = {
        "role": say("证据"),
        "value": say("值"),
        "name": say("单元格或陈述"),
        "place": say("位置"),
        "snippet": say("原文"),
    }
    nothing = say("这条异常针对整份报告，没有单独的位置。")
    selection = show_table(
        sides,
        say("证据"),
        labels,
        nothing=nothing,
        key=f"{key}-sides-{flag.flag_id}",
        on_select="rerun",
        selection_mode="single-row-required",
    )
    return int(selection.rows[0]) if selection and selection.rows else 0


def list_sides(corpus: Corpus, flag: Any) -> pd.DataFrame:
    """One row per operand: which side, what it is, its value, where it stands and the words there."""
    rows = [describe_side(corpus, flag, side) for side in flag.evidence]
    return pd.DataFrame(rows, columns=["role", "name", "value", "place", "snippet"])


def describe_side(corpus: Corpus, flag: Any, side: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    report_id = side.get("report_id") or flag.report_id
    address = side.get("address")
    name = name_address(address, layouts_of(corpus, report_id)) if address else name_claim(side.get("metric"))
    value = show_value(side.get("value"))
    if not name and side.get("value") is not None:
        # Neither a cell nor a statement: the year that the report is about, which is no quantity.
        name, value = say("年度"), str(side["value"])
    place = describe_where(side.get("where"))
    if report_id != flag.report_id:
        place = f"{name_report(corpus, report_id)} {place}"
    return name_code("role", side.get("role")), name, value, place, side.get("snippet") or ""


def name_report(corpus: Corpus, report_id: str) -> str:
    """Another report that a flag leans on, by its year."""
    rows = corpus.reports[corpus.reports["report_id"] == report_id]
    return say("（{year} 年度报告）", year=rows["year"].iloc[0]) if len(rows) else ""


def layouts_of(corpus: Corpus, report_id: str) -> list[str]:
    """The layouts that one report's tables follow."""
    rows = corpus.reports[corpus.reports["report_id"] == report_id]
    names = [name for name in rows.columns if name.startswith("layout_")]
    return [code for code in rows[names].to_numpy(dtype=object).ravel() if isinstance(code, str)]


def show_marks(corpus: Corpus, flag: Any, chosen: int, key: str) -> None:
    """The source text of the chosen operand's report with all operands of that report marked."""
    sides: Sequence[Mapping[str, Any]] = list(flag.evidence)
    report_id = (sides[chosen].get("report_id") if sides else None) or flag.report_id
    text = corpus.texts.get(report_id, "")
    places = {
        at: find_place(text, side.get("where"), side.get("snippet") or "")
        for at, side in enumerate(sides)
        if (side.get("report_id") or flag.report_id) == report_id
    }
    if sides:
        st.text(say("位置：{place}", place=describe_where(sides[chosen].get("where"))))
        show_picture(corpus, report_id, sides[chosen].get("where"))
        if places[chosen] is None:
            st.text(say("这一处不能在纯文本里标出，请按上面的位置查看原文件。"))
    others = [place for at, place in places.items() if place and at != chosen]
    show_source(text, places.get(chosen), f"{key}-source", others=others, height=520)


def show_law(legal_basis: Any) -> None:
    """The articles behind a flag: act, article and gist."""
    keys = [key.strip() for key in str(legal_basis if pd.notna(legal_basis) else "").split(";") if key.strip()]
    if not keys:
        return
    with st.container(border=True, gap="xsmall"):
        st.caption(say("依据（大意，以原文为准）"))
        for key in keys:
            st.text(cite_article(key))

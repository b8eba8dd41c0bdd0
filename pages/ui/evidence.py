"""The proof: the place in the source text, the two sides of a flag, the sum, the law.

In: rows of the frames and the decoded source text.  Out: drawn panels.  Source text goes to the browser as data
and becomes text nodes there (`assets/source.js`); everything else from a report is drawn with `st.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.browser import draw_source
from pages.ui.form import name_address
from pages.ui.tables import format_number
from pages.ui.wording import name_claim, name_code, say
from parsing.tables import Corpus

# Lines shown before and after the place when only its surroundings are wanted.
AROUND = 40


def find_place(text: str, where: Mapping[str, Any] | None, quote: str = "") -> tuple[int, int, int] | None:
    """Line index, first and last column of a place in the source text; None when the text does not show it.

    Text files give line and column.  Other formats give a table or a page, so that the printed text is looked
    for, and taken only if it stands in one line alone: anything else would mark a wrong place.
    """
    lines = text.split("\n")
    if where and where.get("line") and where["line"] <= len(lines):
        index, start = where["line"] - 1, max((where.get("column") or 1) - 1, 0)
        size = len(quote) if quote and lines[index][start:start + len(quote)] == quote else len(lines[index]) - start
        return index, start, start + size
    printed = (where or {}).get("text") or quote
    hits = [(index, line.find(printed)) for index, line in enumerate(lines) if printed and printed in line]
    return (hits[0][0], hits[0][1], hits[0][1] + len(printed)) if len(hits) == 1 else None


def show_source(text: str, place: tuple[int, int, int] | None, key: str, *, whole: bool = False) -> None:
    """The source text with line numbers, the place marked and in view."""
    lines = text.split("\n")
    first, last = 0, len(lines)
    if place and not whole:
        first, last = max(place[0] - AROUND, 0), min(place[0] + AROUND + 1, len(lines))
    rows = [{"number": index + 1, "text": lines[index]} for index in range(first, last)]
    if place:
        rows[place[0] - first] |= {"hit": True, "from": place[1], "to": place[2]}
    draw_source(rows, key)


def show_place(corpus: Corpus, report_id: str, where: Any, quote: str, place: Any, key: str) -> None:
    """Where something stands: the place in words, and the source text around it if the text shows it."""
    st.text(say("位置：{place}", place=place if isinstance(place, str) and place else say("原文没有给出")))
    text = corpus.texts.get(report_id, "")
    found = find_place(text, where if isinstance(where, Mapping) else None, quote)
    if found is None:
        st.text(say("这一处不能在纯文本里标出，请按上面的位置查看原文件。"))
    else:
        show_source(text, found, key)


def show_flag(corpus: Corpus, flag: Any, law: Mapping[str, str]) -> None:
    """One flag: what it says, both sides, expected against actual, the sum written out, the law."""
    st.text(flag.message)
    if flag.doubtful is True or flag.doubtful == 1:
        st.warning(say("待核：有操作数的位置是推断的，请先核对原文。"), icon=":material/search:")
    sides = list(flag.evidence)
    for start in range(0, len(sides), 2):
        for column, side in zip(st.columns(2), sides[start:start + 2], strict=False):
            with column.container(border=True):
                show_side(corpus, flag, side)
    show_verdict(flag)
    show_law(flag, law)


def show_side(corpus: Corpus, flag: Any, side: Mapping[str, Any]) -> None:
    """One operand: which cell or statement, its value, where it stands, and the words there."""
    layouts = layouts_of(corpus, side.get("report_id") or flag.report_id)
    address, metric = side.get("address"), side.get("metric")
    st.caption(name_code("role", side.get("role")))
    st.text(name_address(address, layouts) if address else name_claim(metric))
    st.text(show_value(side.get("value")))
    st.text(say("位置：{place}", place=describe_where(side.get("where"))))
    if side.get("snippet"):
        st.code(side["snippet"], language=None, wrap_lines=True)


def layouts_of(corpus: Corpus, report_id: str) -> list[str]:
    """The layouts that one report's tables follow."""
    rows = corpus.reports[corpus.reports["report_id"] == report_id]
    names = [name for name in rows.columns if name.startswith("layout_")]
    return [code for code in rows[names].to_numpy().ravel() if isinstance(code, str)]


def show_value(value: Any) -> str:
    """A value of the evidence as text; a missing one is called so."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return say("没有数值")
    return value if isinstance(value, str) else format_number(value)


def describe_where(where: Mapping[str, Any] | None) -> str:
    """A WHERE object in words."""
    if not where:
        return say("原文没有给出")
    if where.get("line"):
        return say("第 {line} 行第 {column} 列", line=where["line"], column=where.get("column") or 1)
    if where.get("page"):
        return say("第 {page} 页", page=where["page"])
    if where.get("table"):
        return say("第 {table} 个表第 {row} 行第 {cell} 格", table=where["table"], row=where.get("row") or "?",
                   cell=where.get("cell") or "?")
    return str(where.get("path") or where.get("text") or "")


def show_verdict(flag: Any) -> None:
    """Expected, actual, difference, and the sum with its addends."""
    columns = st.columns(3)
    for column, label, value in zip(
        columns, (say("应为"), say("实为"), say("差额")), (flag.expected, flag.actual, flag.difference), strict=True
    ):
        with column:
            st.caption(label)
            st.text(show_value(value))
    if isinstance(flag.formula, str) and flag.formula:
        st.caption(say("算式"))
        st.code(flag.formula, language=None, wrap_lines=True)


def show_law(flag: Any, law: Mapping[str, str]) -> None:
    """The articles behind a flag with their text."""
    codes = [code for code in str(flag.legal_basis or "").replace("；", ";").split(";") if code.strip()]
    if codes:
        st.caption(say("依据"))
    for code in codes:
        st.text(law.get(code.strip(), code.strip()))

"""Places in the source text: found, put into words, and marked.

In: the decoded source text and WHERE objects.  Out: a drawn text with line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from pages.ui.browser import draw_source
from pages.ui.wording import say
from parsing.tables import Corpus

# What stands in one cell of a text table: up to a space or a rule.
PIECE = re.compile(r"[^\s|｜│┃]+")
# Line index, first column and end of a place, all from 0.
Place = tuple[int, int, int]


def find_place(text: str, where: Mapping[str, Any] | None, quote: str = "") -> Place | None:
    """Where something stands in the source text; None when the text does not show it.

    Text files give line and column.  Other formats give a table or a page, so that the printed text is looked
    for, and taken only if it stands in one line alone: anything else would mark a wrong place.
    """
    lines = text.split("\n")
    if where and where.get("line"):
        return find_in_line(lines, where, quote)
    printed = (where or {}).get("text") or quote
    hits = [(index, line.find(printed)) for index, line in enumerate(lines) if printed and printed in line]
    return (hits[0][0], hits[0][1], hits[0][1] + len(printed)) if len(hits) == 1 else None


def find_in_line(lines: list[str], where: Mapping[str, Any], quote: str) -> Place | None:
    """The quotation at its column, else the one word or figure that begins there; nothing for a blank cell."""
    if where["line"] > len(lines):
        return None
    line = lines[where["line"] - 1]
    start = max((where.get("column") or 1) - 1, 0)
    if quote and line[start : start + len(quote)] == quote:
        return where["line"] - 1, start, start + len(quote)
    piece = PIECE.match(line, start)
    return where["line"] - 1, start, piece.end() if piece else start


def show_source(text: str, place: Place | None, key: str, *, others: Iterable[Place] = (), height: int = 420) -> None:
    """The whole source text with line numbers; the place is marked and in view, `others` are marked more lightly."""
    rows: list[dict[str, Any]] = [{"number": index, "text": line} for index, line in enumerate(text.split("\n"), 1)]
    marks = [(one, False) for one in others if one != place] + ([(place, True)] if place else [])
    for (line, start, end), is_chosen in sorted(marks):
        rows[line].setdefault("marks", []).append({"from": start, "to": end, "chosen": is_chosen})
    draw_source(rows, height, key)


def show_place(corpus: Corpus, report_id: str, where: Any, quote: str, key: str, height: int = 420) -> None:
    """Where something stands: the place in words, and the source text with the place marked."""
    known = where if isinstance(where, Mapping) else None
    st.text(say("位置：{place}", place=describe_where(known)))
    text = corpus.texts.get(report_id, "")
    found = find_place(text, known, quote)
    if found is None:
        st.text(say("这一处不能在纯文本里标出，请按上面的位置查看原文件。"))
    show_source(text, found, key, height=height)


def describe_where(where: Mapping[str, Any] | None) -> str:
    """A WHERE object in words."""
    if not where:
        return say("原文没有给出")
    if where.get("line"):
        return say("第 {line} 行第 {column} 列", line=where["line"], column=where.get("column") or 1)
    if where.get("page"):
        return say("第 {page} 页", page=where["page"])
    numbers = {name: where.get(name) or "?" for name in ("table", "row", "cell")}
    return say("第 {table} 个表第 {row} 行第 {cell} 格", **numbers)

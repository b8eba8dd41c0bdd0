"""Places in the source text: found, put into words, and marked.

In: the decoded source text and WHERE objects.  Out: a drawn text with line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from pages.ui.browser import draw_source
from pages.ui.picture import show_picture
from pages.ui.wording import say
from parsing.tables import Corpus

# What stands in one cell of a text table: up to a space or a rule.
PIECE = re.compile(r"[^\s|｜│┃]+")
PARAGRAPH = re.compile(r"p\[(\d+)\]")
# Line index, first column and end of a place, all from 0.
Place = tuple[int, int, int]


def find_place(text: str, where: Mapping[str, Any] | None, quote: str = "") -> Place | None:
    """Where something stands in the source text; None when the text does not show it.

    Text files give line and column; other formats give them beside their own place, as `shown`.
    """
    place = (where or {}).get("shown") or where
    return find_in_line(text.split("\n"), place, quote) if place and place.get("line") else None


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
    show_picture(corpus, report_id, known)
    text = corpus.texts.get(report_id, "")
    found = find_place(text, known, quote)
    if known and found is None:
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
    path = str(where.get("path") or "")
    if where.get("table"):
        numbers = {name: where.get(name) or "?" for name in ("table", "row", "cell")}
        place = say("第 {table} 个表第 {row} 行第 {cell} 格", **numbers)
        return f"{place} {path}" if "!" in path else place
    paragraph = PARAGRAPH.fullmatch(path)
    return say("第 {paragraph} 段", paragraph=paragraph.group(1)) if paragraph else path

"""The prose of a report, every figure marked by what became of it: recognised, ignored or unclassified.

In: the rows of one report.  Out: a drawn text and the mark that is chosen; the choice is in the address.  Text of the
report travels as data and is made text nodes of in the browser (`assets/prose.js`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.browser import draw_prose
from pages.ui.frame import show_nothing
from pages.ui.links import read_parameter, write_parameter
from pages.ui.marks import Mark, list_marks, place_of
from pages.ui.meaning import show_meaning
from pages.ui.selection import Chosen
from pages.ui.wording import say

Piece = dict[str, Any]
# How many reasons the legend names.
REASONS_NAMED = 3
# Of the text on the page, in pixels.
HEIGHT = 660


def show_prose(chosen: Chosen) -> None:
    """The prose on the left, on the right what the chosen figure was taken for."""
    corpus = chosen.corpus
    if corpus.prose.empty:
        show_nothing(say("这份报告里没有读到正文。原因见“读取问题”。"))
        return
    marks = list_marks(corpus)
    wanted = read_parameter("said")
    mark = next((one for one in marks if one.id == wanted or (not wanted and one.is_flagged)), None)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        st.caption(say("点一个数，右边说明它被当作什么、与哪些单元格对照。键盘：Tab 进入，左右方向键移动，回车选中。"))
        text = {"paragraphs": lay_paragraphs(corpus.prose, marks), "legend": lay_legend(marks), "height": HEIGHT}
        picked = draw_prose({**text, "chosen": mark.id if mark else None}, f"prose-{chosen.report_id}")
    if picked and picked != wanted:
        write_parameter("said", picked)
        st.rerun()
    with right:
        if mark is None:
            st.text(say("还没有选中数字。"))
        else:
            show_meaning(chosen, mark)


def lay_paragraphs(prose: pd.DataFrame, marks: Sequence[Mark]) -> list[Piece]:
    """Paragraphs for the browser: number of the first line, kind, and pieces: plain texts and marks."""
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    paragraphs: list[Piece] = []
    for _, lines in groupby(prose.itertuples(), key=lambda row: row.paragraph):
        rows = list(lines)
        pieces: list[Any] = []
        for row in rows:
            if pieces and row.kind == "row":
                pieces.append({"text": " ｜ "})
            line, column = place_of(row.where)
            pieces += cut(row.raw, column, by_line.get(line, ()))
        paragraphs.append({"line": place_of(rows[0].where)[0], "kind": rows[0].kind, "pieces": pieces})
    return paragraphs


def cut(raw: str, column: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """A printed line in pieces, `column` being its first; figures stand out of the words of a claim around them."""
    at, end = column, column + len(raw)
    figures = [one for one in marks if one.kind != "said" and column <= one.column < end]
    for figure in figures:
        if figure.column >= at:
            yield from cut_words(raw, column, at, figure.column, marks)
            yield piece_of(figure, raw[figure.column - column : figure.end - column])
            at = min(figure.end, end)
    yield from cut_words(raw, column, at, end, marks)


def cut_words(raw: str, column: int, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """What stands between two figures: the words of claims without figure, and plain text."""
    at = start
    for mark in (one for one in marks if one.kind == "said"):
        first, last = max(mark.column, at), min(mark.end, end)
        if first < last:
            yield from plain(raw[at - column : first - column])
            yield piece_of(mark, raw[first - column : last - column])
            at = last
    yield from plain(raw[at - column : end - column])


def plain(text: str) -> Iterator[Piece]:
    if text:
        yield {"text": text}


def piece_of(mark: Mark, text: str) -> Piece:
    return {"text": text, "id": mark.id, "kind": mark.kind, "hint": mark.hint, "flagged": mark.is_flagged}


def lay_legend(marks: Sequence[Mark]) -> list[Piece]:
    """The three kinds with their counts, and what else is marked where there is any."""
    counts = Counter(mark.kind for mark in marks)
    reasons = Counter(mark.reason for mark in marks if mark.reason)
    named = "、".join(f"{reason} {count}" for reason, count in reasons.most_common(REASONS_NAMED))
    ignored = say("不计 {count}", count=counts["ignored"])
    if named:
        more = say("等") if len(reasons) > REASONS_NAMED else ""
        ignored = say("{text}（{reasons}）", text=ignored, reasons=named + more)
    flagged = sum(mark.is_flagged for mark in marks)
    entries = [
        ("claimed", say("已识别 {count}", count=counts["claimed"])),
        ("ignored", ignored),
        ("unclassified", say("未归类 {count}", count=counts["unclassified"])),
    ]
    if counts["said"]:
        entries.append(("said", say("文字陈述 {count}", count=counts["said"])))
    if flagged:
        entries.append(("flagged", say("涉及异常 {count}", count=flagged)))
    return [{"kind": kind, "text": text, "hint": say("跳到下一处")} for kind, text in entries]

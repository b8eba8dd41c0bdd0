"""Which reports a page speaks of: the filters at its top, as a condition that every question to the store carries.

In: the store.  Out: a `Selection`.  What is chosen is in the address.  Names of agencies stand only in selection boxes,
which show them as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.ui.data import Shelf
from pages.ui.filters import CONSEQUENCES, choose_many, choose_switch
from pages.ui.links import read_values
from pages.ui.wording import name_code, say

# More agencies than this are searched for by a part of their name; a box with all of them would make the page slow.
AGENCIES_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Selection:
    """The reports that were chosen; `condition` holds for the rows of every summary of the store."""

    shelf: Shelf
    condition: str
    parameters: tuple[object, ...]

    @property
    def names_agencies(self) -> bool:
        """Whether only some agencies were chosen."""
        return "called IN" in self.condition

    def ask(self, query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The rows of a query in which `{chosen}` stands, once, for the condition, before any other parameter."""
        return self.shelf.ask(query.replace("{chosen}", self.condition), (*self.parameters, *parameters))

    def stream(self, query: str, parameters: Sequence[object] = ()) -> Iterator[pd.DataFrame]:
        """The rows of a query of any length, some thousand at a time."""
        return self.shelf.stream(query.replace("{chosen}", self.condition), (*self.parameters, *parameters))

    def narrow(self, condition: str, parameters: Sequence[object] = ()) -> Selection:
        """The rows among the chosen for which another condition holds too."""
        return Selection(self.shelf, f"({self.condition} AND {condition})", (*self.parameters, *parameters))

    def value(self, query: str, parameters: Sequence[object] = ()) -> object:
        """The one value that a query gives."""
        return self.ask(query, parameters).iat[0, 0]


def whole_store(shelf: Shelf) -> Selection:
    """All that the store has."""
    return Selection(shelf, "true", ())


def select_reports(shelf: Shelf) -> Selection:
    """Agencies, years and versions; nothing chosen means all.  A year that a report does not state is no year.

    A file that could not be read is no report of any: it would be counted as one that lacks every figure.
    """
    facts = shelf.ask(
        "SELECT count(*) FILTER (is_unread) AS unread, count(*) FILTER (NOT is_latest AND NOT is_unread) AS old"
        " FROM overview"
    ).iloc[0]
    years = shelf.ask("SELECT DISTINCT year FROM overview WHERE NOT is_unread AND year IS NOT NULL ORDER BY year")
    columns = st.columns([5, 3, 2], vertical_alignment="bottom")
    with columns[0]:
        agencies = choose_agencies(shelf)
    with columns[1]:
        chosen_years = choose_many("year", say("年度"), [str(year) for year in years["year"]])
    with columns[2]:
        remark = say("同一机关同一年度有多份报告时，平时只计最后一份。")
        old = int(facts["old"])
        every = choose_switch("versions", say("含旧版本（{count}）", count=old) if old else say("含旧版本"), remark)
    if facts["unread"]:
        count = int(facts["unread"])
        st.caption(say("另有 {count} 个文件没有读出，不在下面的数里；文件名和原因列在总览末尾。", count=count))
    conditions, parameters = ["NOT is_unread"], list[object]()
    if not every:
        conditions.append("is_latest")
    for name, values in (("called", agencies), ("year", [int(year) for year in chosen_years])):
        if values:
            conditions.append(f"{name} IN ({', '.join('?' * len(values))})")
            parameters += values
    return Selection(shelf, f"({' AND '.join(conditions)})", tuple(parameters))


def choose_agencies(shelf: Shelf) -> list[str]:
    """The agencies that are looked at; where there are very many, those with some words in their names are offered."""
    total = int(shelf.ask("SELECT count(*) FROM agencies").iat[0, 0])
    if total <= AGENCIES_LISTED:
        known = shelf.ask("SELECT called FROM agencies ORDER BY number")
        return choose_many("agency", say("机关"), list(known["called"]))
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        words = st.text_input(say("查找机关"), key="agency-words", placeholder=say("名称中的几个字"))
    found = shelf.ask(
        "SELECT called FROM agencies WHERE contains(called, ?) ORDER BY length(called), number LIMIT ?",
        (words, AGENCIES_LISTED),
    )
    wanted = tuple(read_values("agency"))
    kept = shelf.ask("SELECT called FROM agencies WHERE list_contains(?, called) ORDER BY number", (wanted,))
    offered = list(dict.fromkeys([*kept["called"], *found["called"]]))
    with right:
        return choose_many("agency", say("机关（共 {count} 个）", count=f"{total:,}"), offered)


def choose_flags(chosen: Selection, titles: Mapping[str, str]) -> Selection:
    """Flags by consequence, check and doubt, as a condition on the findings; `titles` names the checks by their id."""
    columns = st.columns([3, 5, 2], vertical_alignment="bottom")
    with columns[0]:
        names = {code: name_code("consequence", code) for code in CONSEQUENCES}
        consequences = choose_many("consequence", say("处理"), CONSEQUENCES, names)
    with columns[1]:
        known = chosen.ask('SELECT DISTINCT "check" FROM findings WHERE {chosen} ORDER BY "check"')
        checks = choose_many("check", say("检查"), list(known["check"]), titles)
    with columns[2]:
        remark = say("待核：操作数在原文中的位置是推断的，须先核对原文。")
        sure_only = choose_switch("sure", say("不看待核"), remark)
    for column, values in (("consequence", consequences), ('"check"', checks)):
        if values:
            chosen = chosen.narrow(f"{column} IN ({', '.join('?' * len(values))})", values)
    return chosen.narrow("doubtful IS NOT TRUE") if sure_only else chosen

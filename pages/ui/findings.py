"""The list of flags: its order, its headline, and the one flag that is chosen.

In: flags, already filtered: those of one report as a frame, those of a store as a selection of its findings.  Out: a
drawn list and the chosen row.  The chosen flag is in the address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.chosen import Selection
from pages.ui.data import add_names, call_agencies
from pages.ui.filters import CONSEQUENCES
from pages.ui.law import title_checks
from pages.ui.links import read_parameter, write_parameter
from pages.ui.listing import Listing, choice_of, show_rows
from pages.ui.tables import SHADES, show_table
from pages.ui.wording import name_code, name_codes, say


def order_flags(flags: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """What must be corrected first, then the largest difference, sure before doubtful; then agency, year and check.

    A finding without a difference (a part that is missing, a date) stands behind those that have one.
    """
    named = add_names(flags, reports)
    rank = named["consequence"].map({code: at for at, code in enumerate(CONSEQUENCES)})
    ranked = named.assign(rank=rank, size=named["difference"].abs().fillna(-1))
    keys = ["rank", "size", "doubtful", "agency", "year", "check"]
    ordered = ranked.sort_values(keys, ascending=[key != "size" for key in keys], kind="stable")
    return ordered.drop(columns=["rank", "size"]).reset_index(drop=True)


def list_flags(flags: Selection) -> Listing:
    """The same for a store, where the place of each flag in this order is written."""
    counting = "SELECT count(*) FROM findings WHERE {chosen}"
    return Listing(flags, "SELECT * FROM findings WHERE {chosen} ORDER BY rank", counting=counting)


def find_flag(flags: Selection, flag_id: str | None) -> int | None:
    """The place of a flag in the list; None where it is not in it."""
    found = flags.ask("SELECT min(rank) FROM findings WHERE {chosen} AND flag_id = ?", (flag_id,)).iat[0, 0]
    if pd.isna(found):
        return None
    return int(flags.ask("SELECT count(*) FROM findings WHERE {chosen} AND rank < ?", (int(found),)).iat[0, 0])


def group_flags(flags: Selection, titles: Mapping[str, str]) -> pd.DataFrame:
    """One row a check, in the order of its first flag: how many flags, reports, agencies, the largest difference."""
    groups = flags.ask(
        """
        SELECT "check", arg_min(consequence, rank) AS consequence, count(*) AS count,
            count(DISTINCT position) AS reports, count(DISTINCT number) AS agencies,
            count(*) FILTER (doubtful) AS doubtful, max(abs(difference)) AS difference
        FROM findings WHERE {chosen} GROUP BY "check" ORDER BY min(rank)
        """
    )
    return groups.assign(title=[titles.get(code, code) for code in groups["check"]])


def choose_group(flags: Selection, titles: Mapping[str, str]) -> Selection:
    """The checks that found something as a table; the flags of the chosen one, which is in the address."""
    groups = group_flags(flags, titles)
    ids = list(groups["check"])
    wanted = read_parameter("group")
    start = ids.index(wanted) if wanted in ids else 0
    labels = {
        "consequence": say("处理"),
        "title": say("检查"),
        "count": say("异常"),
        "reports": say("涉及报告"),
        "agencies": say("涉及机关"),
        "doubtful": say("待核"),
        "difference": say("最大差额"),
        "check": say("检查代码"),
    }
    selection = show_table(
        groups.assign(consequence=name_codes("consequence", groups["consequence"])),
        say("按检查"),
        labels,
        shades=shade_consequences(groups, labels),
        height=285,
        key=f"groups-{fingerprint(ids)}",
        **choice_of(start, len(ids)),
    )
    row = selection.rows[0] if selection and selection.rows else start
    write_parameter("group", ids[row])
    return flags.narrow('"check" = ?', (ids[row],))


def headline(flags: Selection) -> str:
    """One line: how many by consequence, how many doubtful, how many reports and agencies."""
    facts = flags.ask(
        """
        SELECT count(*) AS total, count(*) FILTER (consequence = 'correct') AS correct,
            count(*) FILTER (consequence = 'explain') AS explain, count(*) FILTER (consequence = 'note') AS note,
            count(*) FILTER (doubtful) AS doubtful, count(DISTINCT position) AS reports,
            count(DISTINCT number) AS agencies
        FROM findings WHERE {chosen}
        """
    ).iloc[0]
    kinds = " · ".join(f"{name_code('consequence', code)} {facts[code]:,}" for code in CONSEQUENCES)
    return say(
        "共 {total} 条：{kinds}；其中待核 {doubtful}；涉及 {reports} 份报告、{agencies} 个机关。选中一行看双方的原文。",
        total=f"{facts['total']:,}",
        kinds=kinds,
        doubtful=f"{facts['doubtful']:,}",
        reports=f"{facts['reports']:,}",
        agencies=f"{facts['agencies']:,}",
    )


def say_why_empty(chosen: Selection) -> str:
    """Nothing to show is good news only if the checks were run; the two cases are told apart."""
    facts = chosen.ask(
        "SELECT coalesce(sum(flag_count), 0) > 0 AS has_flags, CAST(coalesce(sum(passed), 0) AS BIGINT) AS passed"
        " FROM overview WHERE {chosen}"
    ).iloc[0]
    if facts["has_flags"]:
        return say("没有符合条件的异常。请放宽上面的筛选条件。")
    return say("所选报告没有异常；通过了 {count} 项检查。各项检查见“方法”。", count=f"{facts['passed']:,}")


def list_labels() -> dict[str, str]:
    return {
        "consequence": say("处理"),
        "agency": say("机关"),
        "year": say("年度"),
        "title": say("检查"),
        "message": say("说明"),
        "expected": say("应为"),
        "actual": say("实为"),
        "difference": say("差额"),
        "doubtful": say("待核"),
    }


def spell_flags(flags: pd.DataFrame) -> pd.DataFrame:
    """Flags with words for their codes."""
    titles = title_checks()
    return flags.assign(
        consequence=name_codes("consequence", flags["consequence"]),
        title=flags["check"].map(titles).fillna(flags["check"]),
        doubtful=flags["doubtful"].fillna(False).map({True: say("待核"), False: ""}),
    )


def shade_consequences(rows: pd.DataFrame, labels: Iterable[str]) -> pd.DataFrame:
    """The style of each cell of a list: what must be done stands out."""
    shades = pd.DataFrame("", index=rows.index, columns=list(labels))
    shades["consequence"] = rows["consequence"].map(SHADES).fillna("")
    return shades


def show_list(flags: pd.DataFrame, prefix: str) -> Any:
    """Draw the flags of one report; the chosen one, which is the one in the address or else the first."""
    ids = list(flags["flag_id"])
    wanted = read_parameter("flag")
    start = ids.index(wanted) if wanted in ids else 0
    if wanted and wanted not in ids:
        say_flag_is_gone()
    shown, heads = spell_flags(flags), saved_labels()
    selection = show_table(
        shown,
        say("异常"),
        list_labels(),
        shades=shade_consequences(flags, list_labels()),
        wide=["message"],
        saved=shown[list(heads)].rename(columns=heads),
        height=285,
        # A new list is a new table, so that its first choice is taken from the address again.
        key=f"{prefix}-{fingerprint(ids)}",
        **choice_of(start, len(ids)),
    )
    row = selection.rows[0] if selection and selection.rows else start
    write_parameter("flag", ids[row])
    return flags.iloc[row]


def show_findings(flags: Selection) -> Any:
    """Draw the page of the list that has the flag in the address, or else the first one; the chosen flag."""
    wanted = read_parameter("flag")
    at = find_flag(flags, wanted)
    if wanted and at is None:
        say_flag_is_gone()
    page = show_rows(
        list_flags(flags),
        say("异常"),
        list_labels(),
        spell=lambda rows: spell_flags(rows).assign(agency=call_agencies(rows)),
        shade=lambda rows: shade_consequences(rows, list_labels()),
        saved=saved_labels(),
        at=at or 0,
        wide=["message"],
        height=285,
    )
    chosen = page.chosen()
    write_parameter("flag", chosen["flag_id"])
    return chosen


def say_flag_is_gone() -> None:
    st.caption(say("链接指向的异常不在下面：可能已经更正，也可能被筛选掉了。"))


def fingerprint(ids: Sequence[str]) -> str:
    return hashlib.sha256("|".join(ids).encode()).hexdigest()[:16]


def saved_labels() -> dict[str, str]:
    """The columns of the file: everything the table shows, the sum, the law, and the identifiers."""
    more = {
        "formula": say("算式"),
        "legal_basis": say("依据"),
        "check": say("检查代码"),
        "report_id": say("报告编号"),
        "flag_id": say("异常编号"),
    }
    return {**list_labels(), **more}

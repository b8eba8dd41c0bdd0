"""The list of flags: its order, its headline, and the one flag that is chosen.

In: flags, already filtered.  Out: a drawn list and the chosen row.  The chosen flag is in the address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.data import add_names
from pages.ui.filters import CONSEQUENCES
from pages.ui.links import read_parameter, write_parameter
from pages.ui.tables import SHADES, show_table
from pages.ui.wording import name_code, name_codes, say
from parsing.tables import Corpus


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


def group_flags(flags: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """One row a check, in the order of its first flag: how many flags, reports, agencies, the largest difference."""
    groups = flags.groupby("check", sort=False)
    sizes = flags["difference"].abs().groupby(flags["check"], sort=False).max()
    table = groups.agg(
        consequence=("consequence", "first"),
        count=("flag_id", "size"),
        reports=("report_id", "nunique"),
        agencies=("agency", "nunique"),
        doubtful=("doubtful", "sum"),
    )
    named = table.assign(difference=sizes).reset_index()
    return named.assign(title=[titles.get(code, code) for code in named["check"]])


def choose_group(flags: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
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
    shades = pd.DataFrame("", index=groups.index, columns=list(labels))
    shades["consequence"] = groups["consequence"].map(SHADES)
    selection = show_table(
        groups.assign(consequence=name_codes("consequence", groups["consequence"])),
        say("按检查"),
        labels,
        shades=shades,
        height=285,
        key=f"groups-{fingerprint(ids)}",
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [start]}},
    )
    row = selection.rows[0] if selection and selection.rows else start
    write_parameter("group", ids[row])
    return flags[flags["check"] == ids[row]].reset_index(drop=True)


def headline(flags: pd.DataFrame) -> str:
    """One line: how many by consequence, how many doubtful, how many reports and agencies."""
    counts = flags["consequence"].value_counts()
    kinds = " · ".join(f"{name_code('consequence', code)} {int(counts.get(code, 0)):,}" for code in CONSEQUENCES)
    return say(
        "共 {total} 条：{kinds}；其中待核 {doubtful}；涉及 {reports} 份报告、{agencies} 个机关。选中一行看双方的原文。",
        total=f"{len(flags):,}",
        kinds=kinds,
        doubtful=f"{int(flags['doubtful'].fillna(False).sum()):,}",
        reports=f"{flags['report_id'].nunique():,}",
        agencies=f"{flags['agency'].nunique():,}",
    )


def say_why_empty(corpus: Corpus) -> str:
    """Nothing to show is good news only if the checks were run; the two cases are told apart."""
    if not corpus.flags.empty:
        return say("没有符合条件的异常。请放宽上面的筛选条件。")
    ran = int(corpus.checks["outcome"].isin(["pass", "pass_assumed_zero"]).sum())
    return say("所选报告没有异常；通过了 {count} 项检查。各项检查见“方法”。", count=f"{ran:,}")


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


def show_list(flags: pd.DataFrame, titles: Mapping[str, str], prefix: str = "flags") -> Any:
    """Draw the list; the chosen flag, which is the one in the address or else the first."""
    ids = list(flags["flag_id"])
    wanted = read_parameter("flag")
    start = ids.index(wanted) if wanted in ids else 0
    if wanted and wanted not in ids:
        st.caption(say("链接指向的异常不在下面：可能已经更正，也可能被筛选掉了。"))
    labels = list_labels()
    shown = flags.assign(
        consequence=name_codes("consequence", flags["consequence"]),
        title=flags["check"].map(titles).fillna(flags["check"]),
        doubtful=flags["doubtful"].fillna(False).map({True: say("待核"), False: ""}),
    )
    shades = pd.DataFrame("", index=shown.index, columns=list(labels))
    shades["consequence"] = flags["consequence"].map(SHADES)
    selection = show_table(
        shown,
        say("异常"),
        labels,
        shades=shades,
        wide=["message"],
        saved=save_list(shown),
        height=285,
        # A new list is a new table, so that its first choice is taken from the address again.
        key=f"{prefix}-{fingerprint(ids)}",
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [start]}},
    )
    row = selection.rows[0] if selection and selection.rows else start
    write_parameter("flag", ids[row])
    return flags.iloc[row]


def fingerprint(ids: Sequence[str]) -> str:
    return hashlib.sha256("|".join(ids).encode()).hexdigest()[:16]


def save_list(shown: pd.DataFrame) -> pd.DataFrame:
    """The list for a file: everything the table shows, the sum, the law, and the identifiers."""
    more = {
        "formula": say("算式"),
        "legal_basis": say("依据"),
        "check": say("检查代码"),
        "report_id": say("报告编号"),
        "flag_id": say("异常编号"),
    }
    heads = {**list_labels(), **more}
    return shown[list(heads)].rename(columns=heads)

"""The page of flags: ranked, grouped by check and by root cause, with all that has no verdict."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pages.ui.causes import list_causes, list_open
from pages.ui.data import unread_reports
from pages.ui.findings import group_flags, order_flags
from parsing.audit import audit_reports
from parsing.tables import Corpus, build_corpus
from tests.app.conftest import OpenApp
from tests.audit.building import UNREAD, make_report


@pytest.fixture
def corpus() -> Corpus:
    """A wrong form, a report without table 3, one with a cell that was not read, and one without figures to compare."""
    wrong = make_report(2022, layouts={"t2": "C", "t3": "C", "t4": "CD", "indicators": None}, agency="甲镇人民政府")
    without = make_report(2022, layouts={"t2": "D", "t3": None, "t4": "CD", "indicators": None}, agency="乙镇人民政府")
    unread = make_report(2023, {"t4.review_other": UNREAD, "t4.lit_after_total": 5}, agency="丙镇人民政府")
    return build_corpus(audit_reports((wrong, without, unread)))


def test_a_root_cause_holds_what_it_muted(corpus: Corpus) -> None:
    causes = list_causes(corpus)
    assert list(causes["root"]) == ["X.TEMPLATE_YEAR", "X.SECTIONS_PRESENT"]
    assert list(causes["consequence"]) == ["correct", "explain"]
    assert list(causes["cause"]) == ["表三的格式与年度不符；表二的格式与年度不符", "没有找到表三"]
    rows = list_open(corpus)
    assert set(rows["state"]) == {"muted", "undecidable"}
    muted = rows[rows["state"] == "muted"].groupby("root").size()
    assert dict(muted) == dict(zip(causes["root"], causes["muted"], strict=True))
    ledger = corpus.checks[corpus.checks["outcome"] == "undecidable"]
    assert len(rows) == len(ledger), "nothing without a verdict is left out"


def test_a_cause_without_a_flag_accuses_nobody(corpus: Corpus) -> None:
    causes = list_causes(replace(corpus, flags=corpus.flags.head(0)))
    assert causes["consequence"].isna().all()
    assert set(causes["title"]) == {"没有单独的异常"}


@pytest.mark.parametrize("outcomes", [[], ["pass"], ["undecidable"]], ids=str)
def test_where_nothing_was_muted_there_is_no_cause(corpus: Corpus, outcomes: list[str]) -> None:
    unread = corpus.checks[~corpus.checks["reason"].fillna("").str.startswith("因")]
    quiet = replace(corpus, checks=unread[unread["outcome"].isin(outcomes)])
    assert list_causes(quiet).empty
    assert set(list_open(quiet)["state"]) == {"undecidable"} & set(outcomes)


def test_flags_are_ranked_by_consequence_and_then_by_size(corpus: Corpus) -> None:
    made = corpus.flags.head(1)
    rows = [
        ("note", 900.0), ("correct", -3.0), ("explain", pd.NA), ("correct", 20.0), ("correct", pd.NA), ("explain", 1.0),
    ]  # fmt: skip
    flags = pd.concat([made.assign(consequence=one, difference=size) for one, size in rows], ignore_index=True)
    flags["difference"] = flags["difference"].astype("Float64")
    ordered = order_flags(flags, corpus.reports)
    ranked = list(zip(ordered["consequence"], ordered["difference"].fillna(0), strict=True))
    assert ranked == [("correct", 20), ("correct", -3), ("correct", 0), ("explain", 1), ("explain", 0), ("note", 900)]


def test_groups_count_every_flag_once(sample_corpus: Corpus) -> None:
    flags = order_flags(sample_corpus.flags, sample_corpus.reports)
    groups = group_flags(flags, {})
    assert groups["count"].sum() == len(flags)
    assert list(groups["check"]) == list(flags["check"].drop_duplicates())
    largest: dict[str, float] = {}
    for check, difference in zip(flags["check"], flags["difference"], strict=True):
        if pd.notna(difference):
            largest[check] = max(largest.get(check, 0), abs(difference))
    sizes = dict(zip(groups["check"], groups["difference"], strict=True))
    assert {check: size for check, size in sizes.items() if pd.notna(size)} == largest


def test_the_page_says_how_much_has_no_verdict_and_leads_to_it(open_app: OpenApp, sample_corpus: Corpus) -> None:
    app = open_app(None, "flags")
    rows = list_open(sample_corpus)
    # A file that was not read is no report: it is listed at the end of the overview.
    rows = rows[~rows["report_id"].isin(unread_reports(sample_corpus))]
    line = next(one.value for one in app.caption if str(one.value).startswith("没有结论的"))
    assert f"因根因未检 {(rows['state'] == 'muted').sum()} 项" in line
    assert f"无法判断 {(rows['state'] == 'undecidable').sum()} 项" in line
    next(one for one in app.button if one.key == "open-rest").click().run()
    assert list(app.exception) == []
    assert app.query_params["view"] == "open"
    assert len(app.dataframe[0].value) == len(rows)


def test_the_page_by_check_shows_the_flags_of_one(open_app: OpenApp, sample_corpus: Corpus) -> None:
    app = open_app(None, "flags", view=["checks"], group=["X.PERIOD"])
    groups, flags = app.dataframe[0].value, app.dataframe[1].value
    assert groups["count"].sum() == len(sample_corpus.flags)
    assert len(flags) == (sample_corpus.flags["check"] == "X.PERIOD").sum()


def test_the_page_by_root_cause_lists_what_was_muted(open_app: OpenApp, sample_corpus: Corpus) -> None:
    app = open_app(None, "flags", view=["causes"])
    causes, muted = app.dataframe[0].value, app.dataframe[1].value
    assert len(causes) == len(list_causes(sample_corpus))
    assert len(muted) == causes["muted"].iloc[0]
    assert all("X.TEMPLATE_YEAR" in reason for reason in muted["reason"])
    assert app.subheader[-1].value == "使用的表格格式不是该年度应当使用的格式"


def test_a_report_on_which_nothing_was_muted_says_so(open_app: OpenApp) -> None:
    app = open_app(None, "flags", view=["causes"], agency=["财政局"], year=["2024"])
    assert any("没有根因" in str(one.value) for one in app.text)

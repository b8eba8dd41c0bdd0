"""The page of flags: ranked, grouped by check and by root cause, with all that has no verdict."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pages.ui.causes import list_causes, list_open, spell_causes
from pages.ui.data import Shelf, add_names, unread_reports
from pages.ui.findings import group_flags, list_flags, order_flags
from pages.ui.listing import Listing
from parsing.audit import audit_reports
from parsing.model import Report
from parsing.tables import Corpus, build_corpus
from tests.app.conftest import OpenApp
from tests.app.stores import choose, shelve
from tests.audit.building import UNREAD, make_report


def rows_of(listing: Listing) -> pd.DataFrame:
    """All rows of a short list, which are as many as it says."""
    rows = listing.cut(0, 10_000)
    assert len(rows) == listing.count()
    return rows


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    """A wrong form, a report without table 3, one with a cell that was not read, and one without figures to compare."""
    wrong = make_report(2022, layouts={"t2": "C", "t3": "C", "t4": "CD", "indicators": None}, agency="甲镇人民政府")
    without = make_report(2022, layouts={"t2": "D", "t3": None, "t4": "CD", "indicators": None}, agency="乙镇人民政府")
    unread = make_report(2023, {"t4.review_other": UNREAD, "t4.lit_after_total": 5}, agency="丙镇人民政府")
    return wrong, without, unread


@pytest.fixture(scope="module")
def corpus(reports: tuple[Report, ...]) -> Corpus:
    return build_corpus(audit_reports(reports))


def test_a_root_cause_holds_what_it_muted(reports: tuple[Report, ...], corpus: Corpus, tmp_path: Path) -> None:
    shelf = shelve(reports, tmp_path)
    causes = rows_of(list_causes(choose(shelf)))
    assert list(causes["root"]) == ["X.TEMPLATE_YEAR", "X.SECTIONS_PRESENT"]
    assert list(causes["consequence"]) == ["correct", "explain"]
    assert list(causes["cause"]) == ["表三的格式与年度不符；表二的格式与年度不符", "没有找到表三"]
    rows = rows_of(list_open(choose(shelf)))
    assert set(rows["state"]) == {"muted", "undecidable"}
    muted = rows[rows["state"] == "muted"].groupby("root").size()
    assert dict(muted) == dict(zip(causes["root"], causes["muted"], strict=True))
    ledger = corpus.checks[corpus.checks["outcome"] == "undecidable"]
    assert len(rows) == len(ledger), "nothing without a verdict is left out"


def test_a_cause_without_a_flag_accuses_nobody(reports: tuple[Report, ...], tmp_path: Path) -> None:
    shelf = shelve(reports, tmp_path, lambda name, table: table.slice(0, 0) if name == "flags" else table)
    causes = rows_of(list_causes(choose(shelf)))
    assert len(causes) == 2
    assert causes["consequence"].isna().all()
    assert set(spell_causes(causes)["title"]) == {"没有单独的异常"}


@pytest.mark.parametrize("outcomes", [[], ["pass"], ["undecidable"]], ids=str)
def test_where_nothing_was_muted_there_is_no_cause(
    reports: tuple[Report, ...], outcomes: list[str], tmp_path: Path
) -> None:
    def edit(name: str, table: pa.Table) -> pa.Table:
        if name != "checks":
            return table
        is_muted = pc.starts_with(pc.fill_null(table["reason"], ""), "因")
        is_kept = pc.is_in(table["outcome"], pa.array(outcomes, pa.string()))
        return table.filter(pc.and_(pc.invert(is_muted), is_kept))

    shelf = shelve(reports, tmp_path, edit)
    assert rows_of(list_causes(choose(shelf))).empty
    assert set(rows_of(list_open(choose(shelf)))["state"]) == {"undecidable"} & set(outcomes)


RANKED = [
    ("note", 900.0), ("correct", -3.0), ("explain", None), ("correct", 20.0), ("correct", None), ("explain", 1.0),
]  # fmt: skip
IN_ORDER = [("correct", 20), ("correct", -3), ("correct", 0), ("explain", 1), ("explain", 0), ("note", 900)]


def test_flags_are_ranked_by_consequence_and_then_by_size(corpus: Corpus) -> None:
    made = corpus.flags.head(1)
    flags = pd.concat([made.assign(consequence=one, difference=size) for one, size in RANKED], ignore_index=True)
    flags["difference"] = flags["difference"].astype("Float64")
    ordered = order_flags(flags, corpus.reports)
    assert list(zip(ordered["consequence"], ordered["difference"].fillna(0), strict=True)) == IN_ORDER


def test_a_store_ranks_them_alike(reports: tuple[Report, ...], tmp_path: Path) -> None:
    def edit(name: str, table: pa.Table) -> pa.Table:
        if name != "flags" or not len(table):
            return table.slice(0, 0) if name == "flags" else table
        rows = pa.concat_tables([table.slice(0, 1)] * len(RANKED))
        for column, values in zip(("consequence", "difference"), zip(*RANKED, strict=True), strict=True):
            at = rows.schema.get_field_index(column)
            rows = rows.set_column(at, rows.schema.field(at), pa.array(values, rows.schema.field(at).type))
        return rows

    ordered = rows_of(list_flags(choose(shelve(reports, tmp_path, edit))))
    assert list(zip(ordered["consequence"], ordered["difference"].fillna(0), strict=True)) == IN_ORDER


def test_a_store_lists_the_flags_of_the_samples_in_the_order_of_the_frames(
    sample_shelf: Shelf, sample_corpus: Corpus
) -> None:
    ordered = order_flags(sample_corpus.flags, sample_corpus.reports)
    listed = rows_of(list_flags(choose(sample_shelf)))
    assert list(listed["flag_id"]) == list(ordered["flag_id"])
    assert list(listed["called"]) == list(ordered["agency"])


def test_groups_count_every_flag_once(sample_shelf: Shelf, sample_corpus: Corpus) -> None:
    flags = order_flags(sample_corpus.flags, sample_corpus.reports)
    groups = group_flags(choose(sample_shelf), {})
    assert groups["count"].sum() == len(flags)
    assert list(groups["check"]) == list(flags["check"].drop_duplicates())
    largest: dict[str, float] = {}
    for check, difference in zip(flags["check"], flags["difference"], strict=True):
        if pd.notna(difference):
            largest[check] = max(largest.get(check, 0), abs(difference))
    sizes = dict(zip(groups["check"], groups["difference"], strict=True))
    assert {check: size for check, size in sizes.items() if pd.notna(size)} == largest
    named = add_names(flags, sample_corpus.reports)
    for column, of in (("reports", "report_id"), ("agencies", "agency")):
        assert dict(zip(groups["check"], groups[column], strict=True)) == dict(named.groupby("check")[of].nunique())


def test_the_page_says_how_much_has_no_verdict_and_leads_to_it(
    open_app: OpenApp, sample_shelf: Shelf, sample_corpus: Corpus
) -> None:
    app = open_app(None, "flags")
    rows = rows_of(list_open(choose(sample_shelf)))
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


def test_the_page_by_root_cause_lists_what_was_muted(open_app: OpenApp, sample_shelf: Shelf) -> None:
    app = open_app(None, "flags", view=["causes"])
    causes, muted = app.dataframe[0].value, app.dataframe[1].value
    assert len(causes) == list_causes(choose(sample_shelf)).count()
    assert len(muted) == causes["muted"].iloc[0]
    assert all("X.TEMPLATE_YEAR" in reason for reason in muted["reason"])
    assert app.subheader[-1].value == "使用的表格格式不是该年度应当使用的格式"


def test_a_report_on_which_nothing_was_muted_says_so(open_app: OpenApp) -> None:
    app = open_app(None, "flags", view=["causes"], agency=["财政局"], year=["2024"])
    assert any("没有根因" in str(one.value) for one in app.text)

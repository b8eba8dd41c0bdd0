"""The catalogue of checks: every check with its outcomes and measured quality, filtered by family and consequence."""

from __future__ import annotations

import pytest

from pages.ui.catalogue import list_checks
from pages.ui.data import Shelf
from pages.ui.trust import precision_of, recall_of, write_share
from parsing.audit import CHECKS
from parsing.audit.measured import Share, add_up, measured
from parsing.tables import Corpus
from tests.app.conftest import OpenApp


@pytest.mark.parametrize(
    ("share", "text"),
    [(Share(17, 18), "94% (74–99), 17/18"), (Share(1, 1), "100% (21–100), 1/1"), (Share(0, 0), "未测")],
    ids=str,
)
def test_a_share_is_written_with_its_interval_and_its_number(share: Share, text: str) -> None:
    assert write_share(share) == text


def test_a_check_that_nobody_measured_says_so() -> None:
    assert (precision_of("X.NEW"), recall_of("X.NEW")) == ("未测", "未测")


def test_every_check_has_all_its_outcomes(sample_shelf: Shelf, sample_corpus: Corpus) -> None:
    rows = list_checks(sample_shelf)
    assert list(rows["id"]) == [check.id for check in CHECKS]
    outcomes = rows[["fail", "pass", "pass_assumed_zero", "undecidable", "not_applicable", "crashed"]]
    assert set(outcomes.sum(axis=1)) == {len(sample_corpus.reports)}
    reviews = add_up(measured("X.REVIEW_NONE_VS_TABLE").values())
    shown = rows.loc[rows["id"] == "X.REVIEW_NONE_VS_TABLE", "precision"].iloc[0]
    assert shown.endswith(f", {reviews.right}/{reviews.right + reviews.wrong}")


def test_the_catalogue_is_narrowed_by_family_and_consequence(open_app: OpenApp) -> None:
    app = open_app(None, "method", family=["dates"], consequence=["note"], chosen=["X.FILLED_BEFORE_END"])
    due = [check for check in CHECKS if check.family == "dates" and check.consequence == "note"]
    assert list(app.dataframe[0].value["id"]) == [check.id for check in due]
    assert any(f"{len(due)} 项检查" in str(one.value) for one in app.caption)
    assert app.subheader[-1].value == "报告在统计期限结束前就已填报"


def test_the_chosen_check_shows_what_was_measured(open_app: OpenApp) -> None:
    app = open_app(None, "method", chosen=["X.PERIOD"])
    assert f"精度 {precision_of('X.PERIOD')}，查全 {recall_of('X.PERIOD')}" in [one.value for one in app.text]
    tallies = app.table[0].value
    assert list(tallies["材料"])[:2] == ["真实报告", "示例区县"]
    assert tallies["报对"].sum() == add_up(measured("X.PERIOD").values()).right


def test_filters_that_leave_no_check_say_so(open_app: OpenApp) -> None:
    app = open_app(None, "method", family=["quotations"], consequence=["correct"])
    assert any("没有这样的检查" in str(one.value) for one in app.text)
    assert len(app.dataframe) == 0

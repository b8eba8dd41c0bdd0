"""Filters: what is chosen narrows every figure, stands in the address, and a link brings it back."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from parsing.tables import Corpus
from tests.app.conftest import OpenApp


def metric(app: AppTest, label: str) -> str:
    return next(str(one.value) for one in app.metric if one.label == label)


def agencies_of(app: AppTest) -> list[str]:
    return list(app.multiselect[0].options)


def test_an_agency_narrows_the_overview(open_app: OpenApp) -> None:
    app = open_app(None)
    every, agency = int(metric(app, "报告")), agencies_of(app)[0]
    app.multiselect[0].set_value([agency]).run()
    assert metric(app, "机关") == "1"
    assert 0 < int(metric(app, "报告")) < every
    assert app.query_params["agency"] == agency


def test_a_link_brings_the_filter_back(open_app: OpenApp) -> None:
    agency = agencies_of(open_app(None))[0]
    app = open_app(None, "applications", agency=[agency])
    assert app.multiselect[0].value == [agency]
    assert set(app.dataframe[0].value["agency"]) == {agency}


def test_a_link_with_an_unknown_filter_shows_everything(open_app: OpenApp) -> None:
    app = open_app(None, "overview", agency=["没有这个机关"], year=["1066"])
    assert [box.value for box in app.multiselect] == [[], []]
    assert metric(app, "报告") == metric(open_app(None), "报告")


def test_a_year_stays_when_the_page_changes(open_app: OpenApp) -> None:
    app = open_app(None)
    year = app.multiselect[1].options[-1]
    app.multiselect[1].set_value([year]).run()
    app.switch_page("pages/reviews.py").run()
    assert app.multiselect[1].value == [year]
    assert set(app.dataframe[0].value["year"]) == {int(year)}


def test_a_view_stands_in_the_address_by_its_code(open_app: OpenApp) -> None:
    app = open_app(None, "applications")
    view = next(one for one in app.segmented_control if one.key == "applications.by")
    view.set_value("agency").run()
    assert app.query_params["by"] == "agency"
    again = open_app(None, "applications", by=["agency"], lang=["en"])
    assert next(one for one in again.segmented_control if one.key == "applications.by").value == "agency"


def test_flags_by_consequence(open_app: OpenApp) -> None:
    app = open_app(None, "flags", consequence=["correct"])
    assert set(app.dataframe[0].value["consequence"]) == {"必须更正"}


def test_filters_that_leave_no_flag_say_so(open_app: OpenApp, sample_corpus: Corpus) -> None:
    flags = sample_corpus.flags
    note = flags.loc[flags["consequence"] == "note", "check"]
    only_note = next(check for check in note if set(flags.loc[flags["check"] == check, "consequence"]) == {"note"})
    app = open_app(None, "flags", consequence=["correct"], check=[only_note])
    assert list(app.exception) == []
    assert len(app.dataframe) == 0
    assert "放宽" in "".join(text.value for text in app.text)


def test_an_agency_without_flags_is_told_what_passed(open_app: OpenApp, sample_corpus: Corpus) -> None:
    reports, checks = sample_corpus.reports, sample_corpus.checks
    clean = reports[(reports["flag_count"] == 0) & reports["is_latest"] & reports["agency_id"].notna()].iloc[0]
    passed = checks[(checks["report_id"] == clean["report_id"]) & checks["outcome"].isin(["pass", "pass_assumed_zero"])]
    app = open_app(None, "flags", agency=[clean["agency_id"]], year=[str(clean["year"])])
    assert f"通过了 {len(passed)} 项检查" in "".join(text.value for text in app.text)


def test_a_finding_without_two_figures_shows_no_empty_boxes(open_app: OpenApp, sample_corpus: Corpus) -> None:
    flags = sample_corpus.flags
    bare = flags[flags[["expected", "actual", "difference"]].isna().all(axis=1)].iloc[0]
    app = open_app(None, "flags", flag=[bare["flag_id"]])
    said = [one.value for one in [*app.caption, *app.text]]
    assert any(bare["message"] in one for one in said)
    assert not {"应为", "实为", "差额", "没有数值"} & set(said)


def test_a_year_among_the_evidence_is_written_as_one(open_app: OpenApp, sample_corpus: Corpus) -> None:
    pairs = zip(sample_corpus.flags["evidence"], sample_corpus.flags["year"], strict=True)
    names_year = [any(side["value"] == year for side in sides) for sides, year in pairs]
    wrong_form = sample_corpus.flags[names_year].iloc[0]
    app = open_app(None, "flags", flag=[wrong_form["flag_id"]])
    sides = next(frame.value for frame in app.dataframe if "role" in frame.value)
    (row,) = sides[sides["value"] == str(wrong_form["year"])].to_dict("records")
    assert row["name"] == "年度"

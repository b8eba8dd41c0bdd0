"""The prose of one report: every figure marked by what became of it, and what the chosen one can mean."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.data import narrow_corpus
from pages.ui.marks import Mark, list_marks
from pages.ui.meaning import ADDEND
from pages.ui.prose import cut
from parsing.rows import write_sum
from parsing.tables import Corpus
from tests.app.conftest import MARKUP, OpenApp
from tests.app.test_inspect import components
from tests.audit.building import say as claim
from tests.audit.test_bindings import LOAD, bound


def prose_of(app: AppTest) -> dict[str, Any]:
    """What is handed to the component that draws the prose."""
    return next(data for data in components(app) if "paragraphs" in data)


def marks_of(app: AppTest) -> list[dict[str, Any]]:
    return [piece for one in prose_of(app)["paragraphs"] for piece in one["pieces"] if piece.get("id")]


def cards_of(app: AppTest) -> list[dict[str, Any]]:
    """The readings that are shown beside the prose."""
    return [card for data in components(app) for card in data.get("readings", [])]


def texts_of(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.text)


@pytest.fixture(scope="session")
def accused(sample_corpus: Corpus) -> pd.Series:
    """A sample whose prose gives another number of applications than its table 3."""
    flags = sample_corpus.flags
    row: pd.Series = flags[flags["check"] == "X.APP_COUNT_VS_TABLE"].iloc[0]
    return row


def open_prose(open_app: OpenApp, report_id: str, **more: list[str]) -> AppTest:
    app = open_app(None, "inspect", report=[report_id], view=["prose"], **more)
    assert list(app.exception) == []
    return app


def test_every_figure_is_marked_and_the_legend_counts_them(
    open_app: OpenApp, sample_corpus: Corpus, accused: pd.Series
) -> None:
    app = open_prose(open_app, accused["report_id"])
    figures = sample_corpus.figures[sample_corpus.figures["report_id"] == accused["report_id"]]
    marks = [mark for mark in marks_of(app) if mark["kind"] != "said"]
    assert [mark["text"] for mark in marks] == list(figures["raw"])
    assert [mark["kind"] for mark in marks] == list(figures["outcome"])
    counts = Counter(figures["outcome"])
    legend = {entry["kind"]: entry["text"] for entry in prose_of(app)["legend"]}
    assert legend["claimed"] == f"已识别 {counts['claimed']}"
    assert legend["ignored"].startswith(f"不计 {counts['ignored']}（年份 ")
    assert legend["unclassified"] == f"未归类 {counts['unclassified']}"
    assert legend["flagged"] == "涉及异常 1"


def test_the_prose_is_printed_as_it_stands(open_app: OpenApp, sample_corpus: Corpus, accused: pd.Series) -> None:
    drawn = prose_of(open_prose(open_app, accused["report_id"]))["paragraphs"]
    lines = sample_corpus.texts[accused["report_id"]].split("\n")
    for paragraph, following in pairwise(drawn):
        if paragraph["kind"] == "text":
            printed = "".join(lines[paragraph["line"] - 1 : following["line"] - 1]).replace("\n", "")
            assert printed.startswith("".join(piece["text"] for piece in paragraph["pieces"]))


def test_what_is_accused_is_chosen_first_and_shows_its_cells(open_app: OpenApp, accused: pd.Series) -> None:
    app = open_prose(open_app, accused["report_id"])
    [chosen] = [mark for mark in marks_of(app) if mark["id"] == prose_of(app)["chosen"]]
    assert chosen["flagged"] and chosen["text"] == "14"
    assert "收到申请　14 件" in texts_of(app)
    assert accused["message"] in texts_of(app)
    new, load = cards_of(app)
    assert (new["name"], new["outcome"], new["verdict"]) == ("本年新收", "differs", "不同，相差 4")
    assert (load["name"], load["total"]["figure"]) == ("本年新收，含上年结转", "＝ 11")
    assert [cell["figure"] for cell in load["cells"]] == ["10", "＋ 1"]
    assert [cell["address"] for cell in load["cells"]] == ["t3.new_received.total", "t3.carried_in.total"]


def mark_with(app: AppTest, kind: str) -> dict[str, Any]:
    return next(mark for mark in marks_of(app) if mark["kind"] == kind)


def test_an_ignored_figure_says_why(open_app: OpenApp, accused: pd.Series) -> None:
    ignored = mark_with(open_prose(open_app, accused["report_id"]), "ignored")
    app = open_prose(open_app, accused["report_id"], said=[ignored["id"]])
    assert prose_of(app)["chosen"] == ignored["id"]
    assert "不计入陈述，不参加核对。原因：年份" in texts_of(app)
    assert cards_of(app) == []


def test_a_denial_is_marked_by_its_words(open_app: OpenApp, sample_corpus: Corpus) -> None:
    flags = sample_corpus.flags
    denial = flags[flags["check"] == "X.REVIEW_NONE_VS_TABLE"].iloc[0]
    words = denial["evidence"][0]["snippet"]
    denied = next(mark for mark in marks_of(open_prose(open_app, denial["report_id"])) if mark["text"] == words)
    assert (denied["kind"], denied["flagged"]) == ("said", True)
    app = open_prose(open_app, denial["report_id"], said=[denied["id"]])
    assert f"不同，相差 {denial['evidence'][1]['value']}" in [card["verdict"] for card in cards_of(app)]


def test_a_figure_that_agrees_folds_its_other_readings_away(open_app: OpenApp, sample_corpus: Corpus) -> None:
    pairs = sample_corpus.bindings[sample_corpus.bindings["metric"] == "applications_received"]
    outcomes = pairs.groupby(["report_id", "claim"])["outcome"].agg(lambda found: " ".join(found))
    report_id, number = outcomes[outcomes == "same differs"].index[0]
    own = narrow_corpus(sample_corpus, [report_id])
    mark = next(mark for mark in list_marks(own) if number in mark.claims)
    app = open_prose(open_app, report_id, said=[mark.id])
    assert [(card["name"], card["outcome"]) for card in cards_of(app)] == [
        ("本年新收", "same"), ("本年新收，含上年结转", "differs"),
    ]  # fmt: skip
    assert [one.label for one in app.expander if "口径" in one.label] == ["其他口径 1 种"]


def test_a_figure_of_another_report_is_forgotten(open_app: OpenApp, accused: pd.Series) -> None:
    app = open_prose(open_app, accused["report_id"], said=["f2"])
    other = next(one for one in app.selectbox[0].options if one != app.selectbox[0].value)
    app.selectbox[0].select(other).run()
    assert list(app.exception) == []
    assert "said" not in app.query_params


def test_the_way_from_a_figure_to_its_flag(open_app: OpenApp, accused: pd.Series) -> None:
    app = open_prose(open_app, accused["report_id"])
    app.button(key=f"flag-{accused['flag_id']}").click().run()
    assert list(app.exception) == []
    assert next(one for one in app.segmented_control if one.key == "inspect.view").value == "flags"
    assert app.query_params["flag"] == accused["flag_id"]


def test_markup_in_the_prose_is_text(open_app: OpenApp, damaged_folder: Path) -> None:
    app = open_app(damaged_folder, "inspect", view=["prose"])
    hostile = next(one for one in app.selectbox[0].options if "hostile" in one)
    app.selectbox[0].select(hostile).run()
    pieces = [piece["text"] for one in prose_of(app)["paragraphs"] for piece in one["pieces"]]
    assert MARKUP in "".join(pieces)
    for component in app.get("bidi_component"):
        assert MARKUP not in component.proto.html_content + component.proto.js_content


def mark(id_: str, kind: str, column: int, raw: str) -> Mark:
    return Mark(id_, kind, 1, column, raw, "", (), {})


RAW = "2021年，未收到申请。"
YEAR, DENIAL = mark("f1", "ignored", 3, "2021年"), mark("c1", "said", 3, "2021年，未收到申请")


@pytest.mark.parametrize(
    ("marks", "pieces"),
    [
        ([], [(None, RAW)]),
        ([YEAR], [("f1", "2021年"), (None, "，未收到申请。")]),
        ([DENIAL], [("c1", "2021年，未收到申请"), (None, "。")]),
        ([YEAR, DENIAL], [("f1", "2021年"), ("c1", "，未收到申请"), (None, "。")]),
        ([mark("f2", "claimed", 10, "收到申请。下一行")], [(None, "2021年，未"), ("f2", "收到申请。")]),
    ],
)
def test_a_line_is_cut_at_its_marks(marks: list[Mark], pieces: list[tuple[str | None, str]]) -> None:
    """The line begins in column 3 of the text that is shown."""
    assert [(piece.get("id"), piece["text"]) for piece in cut(RAW, 3, marks)] == pieces


def test_the_page_reads_the_sums_that_the_frame_writes() -> None:
    claims = [claim("reviews_total", 3), claim("outcome", 3, "denied"), claim("closed_rate_pct", 90.9)]
    for binding in bound(claims, LOAD):
        for cells in (binding.cells, binding.per):
            found = [("-" if one["sign"] == "-" else "") + one["address"] for one in ADDEND.finditer(write_sum(cells))]
            assert tuple(found) == cells

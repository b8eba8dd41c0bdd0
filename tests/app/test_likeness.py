"""Similar text: the pairs of reports, their passages side by side, and the same in the evidence of a flag."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.data import Shelf, call_agencies
from pages.ui.passages import escape, list_pairs, order_pairs
from parsing.extraction.folding import fold
from parsing.tables import Corpus
from tests.app.conftest import MARKDOWN, MARKUP, OpenApp, sample_text
from tests.app.stores import choose
from tests.app.test_inspect import components

COPIED = {"X.COPY_OTHER": ("琴麓镇", 2024, "砚池镇", 2023), "X.COPY_FORWARD": ("霁月镇", 2024, "霁月镇", 2023)}


def passages_of(app: AppTest) -> dict[str, Any]:
    """What is handed to the component that draws the passages."""
    return next(data for data in components(app) if "pairs" in data)


def texts_of(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.text)


def pairs_of(shelf: Shelf, *report_ids: str) -> pd.DataFrame:
    """The pairs that the page lists when these reports are chosen."""
    rows = order_pairs(list_pairs(choose(shelf, *report_ids))).cut(0, 100)
    return rows.assign(agency=call_agencies(rows), other_agency=call_agencies(rows, "other_"))


def test_the_pairs_are_listed_most_alike_first(sample_shelf: Shelf) -> None:
    pairs = pairs_of(sample_shelf)
    names = ["agency", "year", "other_agency", "other_year"]
    assert {row["check"]: tuple(row[names]) for _, row in pairs.iterrows()} == COPIED
    assert list(pairs["share"]) == sorted(pairs["share"], reverse=True)
    assert all(60 <= share <= 80 for share in pairs["share"])


def test_a_pair_is_listed_for_either_of_its_reports(sample_shelf: Shelf) -> None:
    pairs = pairs_of(sample_shelf)
    pair = pairs[pairs["check"] == "X.COPY_OTHER"].iloc[0]
    for report_id in (pair["report_id"], pair["other_id"]):
        assert list(pairs_of(sample_shelf, report_id)["flag_id"]) == [pair["flag_id"]]
    assert pairs_of(sample_shelf, "nothing").empty


def test_both_passages_stand_side_by_side_as_they_are_printed(open_app: OpenApp, sample_corpus: Corpus) -> None:
    app = open_app(None, "likeness", kind=["past"])
    assert list(app.exception) == []
    drawn = passages_of(app)
    assert drawn["heads"] == ["霁月镇 2024 年度报告", "霁月镇 2023 年度报告"]
    flag = sample_corpus.flags[sample_corpus.flags["check"] == "X.COPY_FORWARD"].iloc[0]
    assert flag["message"] in texts_of(app)
    ids = [flag["evidence"][at]["report_id"] for at in (0, 1)]
    for pair in drawn["pairs"]:
        for side, report_id in zip(pair, ids, strict=True):
            printed = "".join(piece["text"] for piece in side["pieces"])
            assert sample_corpus.texts[report_id].split("\n")[side["line"] - 1].strip().startswith(printed.strip())
    assert [pair[0]["line"] for pair in drawn["pairs"]] == sorted(pair[0]["line"] for pair in drawn["pairs"])
    assert len(drawn["pairs"]) == len(flag["evidence"]) / 2 == 8


def test_what_is_marked_as_the_same_is_the_same(open_app: OpenApp) -> None:
    for kind in ("past", "other"):
        for left, right in passages_of(open_app(None, "likeness", kind=[kind]))["pairs"]:
            same = ["".join(one["text"] for one in side["pieces"] if one["kind"] == "same") for side in (left, right)]
            assert fold(same[0]) == fold(same[1]) and len(same[0]) >= 16


def test_a_changed_figure_is_marked_and_says_the_other_one(open_app: OpenApp) -> None:
    app = open_app(None, "likeness", kind=["past"])
    changed = [
        [(piece["text"], piece["hint"]) for piece in side["pieces"] if piece["kind"] == "figure"]
        for pair in passages_of(app)["pairs"]
        for side in pair
    ]
    figures = [pair for side in changed for pair in side]
    assert ("1438", "另一方：3610") in figures and ("3610", "另一方：1438") in figures
    legend = {entry["kind"]: entry["text"] for entry in passages_of(app)["legend"]}
    assert legend["figure"] == "只有数字不同" and "same" in legend


def test_the_evidence_of_a_flag_shows_the_passages(open_app: OpenApp) -> None:
    app = open_app(None, "flags", check=["X.COPY_OTHER"])
    assert list(app.exception) == []
    assert passages_of(app)["heads"] == ["琴麓镇 2024 年度报告", "砚池镇 2023 年度报告"]


def test_the_filters_narrow_the_list(open_app: OpenApp) -> None:
    app = open_app(None, "likeness", year=["2023"], agency=["砚池镇"])
    assert passages_of(app)["heads"] == ["琴麓镇 2024 年度报告", "砚池镇 2023 年度报告"]
    for parameters in ({"level": ["department"]}, {"year": ["2019"]}, {"agency": ["琴麓镇"], "kind": ["past"]}):
        app = open_app(None, "likeness", **parameters)
        assert list(app.exception) == []
        is_kept = "level" in parameters
        assert ("没有大段相同的" in texts_of(app)) is not is_kept


@pytest.fixture
def hostile_pair(tmp_path: Path, samples: Path) -> Path:
    """Two reports of one text full of markup, of two agencies whose names are markup too."""
    text = sample_text(samples).replace("公开", f"公开{MARKUP}{MARKDOWN}", 9)
    heading = text.split("\n")[0]
    for name in ("甲*山*镇", "乙_水_镇"):
        title = f"{name}人民政府2022年政府信息公开工作年度报告"
        (tmp_path / f"{name}.txt").write_bytes(text.replace(heading, title).encode())
    return tmp_path


def test_markup_in_passages_is_text(open_app: OpenApp, hostile_pair: Path) -> None:
    app = open_app(hostile_pair, "likeness")
    assert list(app.exception) == []
    for component in app.get("bidi_component"):
        assert MARKUP not in component.proto.html_content + component.proto.js_content
    assert not [one for one in app.markdown if MARKUP in str(one.value)]


def test_a_name_in_a_link_is_no_markdown() -> None:
    assert escape("甲[镇](x)*") == r"甲\[镇\]\(x\)\*"

"""Long lists: one page on the screen, the page of a link, all rows in the file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui.coverage import build_matrix, list_agencies, list_years, matrix_chunks
from pages.ui.data import Shelf
from pages.ui.listing import ROWS_A_PAGE, Listing, offer_rows
from parsing.tables import Corpus
from tests.app.conftest import OpenApp
from tests.app.stores import choose, read_folder

EVERY = "SELECT report_id, measure, value FROM counts WHERE {chosen} ORDER BY report_id, measure, source"


def draw(address: str, version: str, at: int | None = None) -> None:
    from pages.ui.chosen import Selection
    from pages.ui.data import Shelf
    from pages.ui.listing import Listing, show_rows

    query = "SELECT report_id, measure, value FROM counts WHERE {chosen} ORDER BY report_id, measure, source"
    listing = Listing(Selection(Shelf(address, version), "true", ()), query)
    page = show_rows(listing, "counts", {"measure": "项目", "value": "数值"}, at=at)
    if at is not None:
        import streamlit as st

        st.text(f"{page.chosen()['report_id']} {page.chosen()['measure']}")


def open_list(shelf: Shelf, at: int | None = None) -> AppTest:
    app = AppTest.from_function(draw, kwargs={"address": shelf.address, "version": shelf.version, "at": at}).run()
    assert list(app.exception) == []
    return app


def all_rows(shelf: Shelf) -> pd.DataFrame:
    return pd.concat(list(Listing(choose(shelf), EVERY).chunks()), ignore_index=True)


def test_a_long_list_shows_a_page_and_says_how_much_there_is(sample_shelf: Shelf) -> None:
    app, rows = open_list(sample_shelf), all_rows(sample_shelf)
    assert len(rows) > 1_000
    assert list(app.dataframe[0].value["measure"]) == list(rows["measure"][:ROWS_A_PAGE])
    assert app.caption[0].value == f"第 1–{ROWS_A_PAGE} 行，共 {len(rows):,} 行；下载的文件是全部。"


def test_the_pages_after_the_first_hold_the_rest(sample_shelf: Shelf) -> None:
    rows = all_rows(sample_shelf)
    last = -(-len(rows) // ROWS_A_PAGE)
    app = open_list(sample_shelf, at=(last - 1) * ROWS_A_PAGE)
    assert list(app.dataframe[0].value["measure"]) == list(rows["measure"][(last - 1) * ROWS_A_PAGE :])
    assert app.caption[0].value.startswith(f"第 {(last - 1) * ROWS_A_PAGE + 1:,}–{len(rows):,} 行")


def test_the_page_of_a_link_is_opened_with_its_row(sample_shelf: Shelf) -> None:
    rows = all_rows(sample_shelf)
    at = 2 * ROWS_A_PAGE + 17
    app = open_list(sample_shelf, at=at)
    assert app.text[0].value == f"{rows['report_id'][at]} {rows['measure'][at]}"
    first = open_list(sample_shelf, at=0)
    assert first.text[0].value == f"{rows['report_id'][0]} {rows['measure'][0]}"


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the buttons of a page would save, by the name of the file."""
    files: dict[str, Callable[[], bytes]] = {}

    def note(label: str, data: Callable[[], bytes], file_name: str, **more: object) -> None:
        files[file_name] = data

    monkeypatch.setattr(st, "download_button", note)
    return files


def test_the_file_has_all_rows_and_one_heading(
    sample_shelf: Shelf, saved: dict[str, Callable[[], bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parsing.corpus.query.ROWS_AT_A_TIME", 700)
    offer_rows(Listing(choose(sample_shelf), EVERY).chunks, "全部", {"measure": "项目", "value": "数值"})
    written, rows = pd.read_csv(io.BytesIO(saved["全部.csv"]())), all_rows(sample_shelf)
    assert list(written.columns) == ["项目", "数值"]
    assert list(written["项目"]) == list(rows["measure"])
    assert list(written["数值"].fillna(-1)) == list(rows["value"].astype("float64").fillna(-1))


def test_a_cell_of_any_chunk_is_no_formula(saved: dict[str, Callable[[], bytes]]) -> None:
    chunks = [pd.DataFrame({"name": ["甲"]}), pd.DataFrame({"name": ["=HYPERLINK(1)"]})]
    offer_rows(lambda: iter(chunks), "公式", {"name": "=名称"})
    assert saved["公式.csv"]().decode("utf-8-sig").split("\r\n") == ["'=名称", "甲", "'=HYPERLINK(1)", ""]


def test_the_file_of_the_matrix_has_all_agencies(sample_shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.ui.coverage.AGENCIES_AT_A_TIME", 5)
    everything = choose(sample_shelf).narrow("NOT is_unread")
    agencies, years = list_agencies(everything, "name"), list_years(everything)
    parts = list(matrix_chunks(agencies, years))
    assert [len(part) for part in parts[:-1]] == [5] * (agencies.count() // 5)
    whole = build_matrix(everything, agencies.cut(0, 1000)["number"].tolist(), years)[0]
    assert pd.concat(parts).drop(columns="机关").to_numpy().tolist() == whole.to_numpy().tolist()
    assert list(pd.concat(parts)["机关"]) == sorted(whole.index)


def test_the_matrix_begins_with_the_most_to_correct(sample_shelf: Shelf, sample_corpus: Corpus) -> None:
    worst = list_agencies(choose(sample_shelf).narrow("NOT is_unread AND is_latest"), "worst").cut(0, 1000)
    names = sample_shelf.ask("SELECT number, called FROM agencies").set_index("number")["called"]
    flags = sample_corpus.flags[sample_corpus.flags["consequence"] == "correct"]
    counts = flags["report_id"].map(sample_corpus.reports.set_index("report_id")["agency_id"]).value_counts()
    listed = [counts.get(names[number], 0) for number in worst["number"]]
    assert listed == sorted(listed, reverse=True) and listed[0] == counts.max() > 0


def test_a_very_long_matrix_is_paged(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.ui.coverage.AGENCIES_A_PAGE", 4)
    app = open_app(None, order=["worst"])
    assert list(app.exception) == []
    matrix = next(frame.value for frame in app.dataframe if "机关" in frame.value)
    assert len(matrix) == 4
    assert any(str(one.value).startswith("第 1–4 行") for one in app.caption)


def test_boxes_do_not_hold_all_of_very_many(
    open_app: OpenApp, sample_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.ui.chosen.AGENCIES_LISTED", 3)
    monkeypatch.setattr("pages.ui.selection.REPORTS_LISTED", 3)
    names = sorted(sample_corpus.reports["agency_id"].dropna().unique())
    app = open_app(None, "overview", agency=[names[-1]])
    assert app.multiselect[0].value == [names[-1]]
    assert len(app.multiselect[0].options) <= 4
    report = sample_corpus.reports.iloc[-1]
    shown = open_app(None, "inspect", report=[report["report_id"]])
    assert list(shown.exception) == []
    (choice,) = shown.selectbox
    assert choice.value == report["report_id"] and len(choice.options) <= 4
    shown.text_input(key="report-words").set_value(f"{names[0]} 2022").run()
    assert [option for option in choice.options if names[0] not in option and choice.value not in option] != []
    found = shown.selectbox[0].options
    assert any(names[0] in option and "2022" in option for option in found)


def test_a_store_of_which_a_file_was_taken_away_shows_the_others(
    open_app: OpenApp, tmp_path: Path, samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name, path in zip(("一.txt", "二.txt"), sorted(samples.glob("*.txt")), strict=False):
        (tmp_path / name).write_bytes(path.read_bytes())
    store = tmp_path_factory.mktemp("store")
    read_folder(tmp_path, store)
    (tmp_path / "二.txt").unlink()
    read_folder(tmp_path, store)
    for stem in ("overview", "flags", "inspect", "method"):
        app = open_app(store, stem)
        assert list(app.exception) == []
    assert open_app(store).metric[0].value == "1"

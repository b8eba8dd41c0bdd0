"""What the pages count: blank is not zero, parts are not counted twice, contradictions give no figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd
import pytest

from pages.ui.chosen import Selection
from pages.ui.comparisons import compare_text
from pages.ui.measures import Figures, add_up, count_measures, stream_figures, sum_parts
from parsing.corpus.figures import SIDE_BY_SIDE
from parsing.measures import read_measures, read_source
from parsing.templates import load_templates
from tests.app.reports import Said, Seen, make_report
from tests.app.stores import choose, shelve

ADDRESSES = [address for template in load_templates() for table in template.tables for address in table.addresses()]
StoreOf = Callable[..., Selection]


@pytest.fixture
def store_of(tmp_path: Path) -> StoreOf:
    """A store with one report, of 2020, with these cells (value and status by address) and statements."""

    def make(cells: Mapping[str, Seen], claims: Sequence[Said] = ()) -> Selection:
        return choose(shelve([make_report("某镇", 2020, cells, claims)], tmp_path / "store"))

    return make


def figures_of(chosen: Selection, *codes: str) -> Figures:
    table = next(table for table, known in SIDE_BY_SIDE.items() if codes[0] in known)
    return Figures(chosen, table, codes)


def figure(chosen: Selection, code: str) -> tuple[float | None, str, int]:
    row = pd.concat(stream_figures(figures_of(chosen, code))).iloc[0]
    return (None if pd.isna(row["value"]) else row["value"]), row["state"], row["missing"]


def test_a_figure_of_the_table(store_of: StoreOf) -> None:
    assert figure(store_of({"t3.new_received.total": (11, "number")}), "received") == (11, "number", 0)


@pytest.mark.parametrize(
    ("status", "state"),
    [("blank", "blank"), ("unreadable", "unread"), ("absent", "absent"), ("not_applicable", "not_applicable")],
)
def test_a_cell_without_figure_is_no_zero(store_of: StoreOf, status: str, state: str) -> None:
    chosen = store_of({"t3.new_received.total": (None, status)})
    assert figure(chosen, "received") == (None, state, 1)
    total = add_up(count_measures(figures_of(chosen, "received")), "received")
    assert (total.value, total.counted, total.missing) == (None, 0, 1)


def test_a_sum_says_how_many_cells_it_lacks(store_of: StoreOf) -> None:
    cells = {"t3.denied_state_secret.total": (2, "number"), "t3.denied_third_party.total": (None, "blank")}
    assert figure(store_of(cells), "denied") == (2, "partial", 1)


def test_the_written_word_for_none_is_zero(store_of: StoreOf) -> None:
    assert figure(store_of({"t4.review_total": (0, "zero_word")}), "reviews") == (0, "number", 0)


def test_only_one_way_of_counting_is_taken(store_of: StoreOf) -> None:
    cells = {"t3.new_received.total": (11, "number"), "b.applications_received": (9, "number")}
    assert figure(store_of(cells), "received") == (11, "number", 0)


def test_the_prose_stands_in_where_no_table_counts(store_of: StoreOf) -> None:
    claim = {"metric": "disclosed_total", "value": 613}
    assert figure(store_of({}, [claim]), "disclosed") == (613, "number", 0)


def test_a_blank_table_is_not_filled_from_the_prose(store_of: StoreOf) -> None:
    """What the table leaves blank is the report's own doing; the two are compared, not mixed."""
    chosen = store_of({"t3.new_received.total": (None, "blank")}, [{"metric": "applications_received", "value": 7}])
    assert figure(chosen, "received") == (None, "blank", 1)


def test_two_different_statements_give_no_figure(store_of: StoreOf) -> None:
    claims = [{"metric": "disclosed_total", "value": 613}, {"metric": "disclosed_total", "value": 631}]
    assert figure(store_of({}, claims), "disclosed") == (None, "conflict", 0)


def test_the_same_statement_twice_is_one(store_of: StoreOf) -> None:
    claims = [{"metric": "disclosed_total", "value": 613}] * 2
    assert figure(store_of({}, claims), "disclosed") == (613, "number", 0)


def test_a_statement_about_another_year_is_left_out(store_of: StoreOf) -> None:
    assert figure(store_of({}, [{"metric": "disclosed_total", "value": 5, "year": 2019}]), "disclosed")[1] == "none"


def test_a_hedged_statement_says_so(store_of: StoreOf) -> None:
    claim = {"metric": "disclosed_total", "value": 600, "approx": True}
    assert figure(store_of({}, [claim]), "disclosed") == (600, "approx", 0)


def test_a_combined_figure_is_no_part_beside_its_parts(store_of: StoreOf) -> None:
    claims = [
        {"metric": "disclosed_channel", "dim": dim, "value": value}
        for dim, value in (("wechat", 10), ("weibo", 5), ("weibo_wechat", 15), ("website", 40))
    ]
    figures = figures_of(store_of({}, claims), "website", "wechat", "weibo", "weibo_wechat")
    assert sum_parts(figures, "year").rows["value"].sum() == 55
    assert sum_parts(figures, "agency").rows["value"].sum() == 55


def test_a_combined_figure_alone_is_a_part(store_of: StoreOf) -> None:
    claims = [{"metric": "disclosed_channel", "dim": "weibo_wechat", "value": 15}]
    figures = figures_of(store_of({}, claims), "wechat", "weibo", "weibo_wechat")
    assert sum_parts(figures, "year").rows["value"].sum() == 15


def test_statements_stand_beside_the_table(store_of: StoreOf) -> None:
    claims = [{"metric": "reviews_total", "value": 0, "negated": True}]
    rows = compare_text(store_of({"t4.review_total": (4, "number")}, claims)).cut(0, 10)
    assert list(rows["value_text"]) == [0]
    assert list(rows["value_table"]) == [4]
    assert list(rows["difference"]) == [-4]
    assert list(rows["verdict"]) == ["differs"]


@pytest.mark.parametrize("code", read_measures())
def test_every_measure_names_cells_that_some_form_has(code: str) -> None:
    for way in read_measures()[code].cells:
        for pattern in way:
            assert any(fnmatchcase(address, pattern) for address in ADDRESSES), pattern


def test_every_ground_for_refusal_is_in_some_form() -> None:
    for pattern in read_source()["reasons"]["cells"]:
        assert any(fnmatchcase(address, pattern) for address in ADDRESSES), pattern


def test_measures_can_be_read_somewhere_and_cover_each_other() -> None:
    measures = read_measures()
    assert all(one.cells or one.metric for one in measures.values())
    assert {code for one in measures.values() for code in one.covers} <= measures.keys()


def test_every_measure_stands_in_a_table_of_the_store() -> None:
    assert {code for codes in SIDE_BY_SIDE.values() for code in codes} == read_measures().keys()

"""What the pages count: blank is not zero, parts are not counted twice, contradictions give no figure."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

import pandas as pd
import pytest

from pages.ui.measures import (
    add_up,
    count_measures,
    count_source,
    drop_overlaps,
)
from parsing.findings import AuditedReport
from parsing.measures import read_measures, read_source
from parsing.model import Cell, CellStatus, Claim, Locator, Particulars, Report, Source
from parsing.tables import Corpus, build_corpus
from parsing.templates import load_templates

ADDRESSES = [address for template in load_templates() for table in template.tables for address in table.addresses()]


def corpus_of(
    cells: Mapping[str, tuple[float | None, str]], claims: list[Mapping[str, object]] | None = None
) -> Corpus:
    """One report, of 2020, with these cells (value and status by address) and statements."""
    read = [
        Cell(address, value, CellStatus(status), "件", "template", "", "label", "sure", None)
        for address, (value, status) in cells.items()
    ]
    common = {"dim": None, "label": None, "unit": "件", "year": 2020, "approx": False, "negated": False, "quote": ""}
    common |= {"section": None, "where": Locator(1, 1)}
    said = [Claim(**{**common, **claim}) for claim in claims or []]
    source, facts = Source("r", "", None, "r" * 16, 0), Particulars("某镇", year=2020)
    report = Report(source, facts, {}, cells=tuple(read), claims=tuple(said))
    return build_corpus([AuditedReport(report, (), ())])


def figure(corpus: Corpus, code: str) -> tuple[float | None, str, int]:
    row = count_measures(corpus, [code]).iloc[0]
    return (None if pd.isna(row["value"]) else row["value"]), row["state"], row["missing"]


def test_a_figure_of_the_table() -> None:
    assert figure(corpus_of({"t3.new_received.total": (11, "number")}), "received") == (11, "number", 0)


@pytest.mark.parametrize(
    ("status", "state"),
    [("blank", "blank"), ("unreadable", "unread"), ("absent", "absent"), ("not_applicable", "not_applicable")],
)
def test_a_cell_without_figure_is_no_zero(status: str, state: str) -> None:
    corpus = corpus_of({"t3.new_received.total": (None, status)})
    assert figure(corpus, "received") == (None, state, 1)
    total = add_up(count_measures(corpus, ["received"]), "received")
    assert (total.value, total.counted, total.missing) == (None, 0, 1)


def test_a_sum_says_how_many_cells_it_lacks() -> None:
    cells = {"t3.denied_state_secret.total": (2, "number"), "t3.denied_third_party.total": (None, "blank")}
    assert figure(corpus_of(cells), "denied") == (2, "partial", 1)


def test_the_written_word_for_none_is_zero() -> None:
    assert figure(corpus_of({"t4.review_total": (0, "zero_word")}), "reviews") == (0, "number", 0)


def test_only_one_way_of_counting_is_taken() -> None:
    cells = {"t3.new_received.total": (11, "number"), "b.applications_received": (9, "number")}
    assert figure(corpus_of(cells), "received") == (11, "number", 0)


def test_the_prose_stands_in_where_no_table_counts() -> None:
    claim = {"metric": "disclosed_total", "value": 613}
    assert figure(corpus_of({}, [claim]), "disclosed") == (613, "number", 0)


def test_a_blank_table_is_not_filled_from_the_prose() -> None:
    """What the table leaves blank is the report's own doing; the two are compared, not mixed."""
    corpus = corpus_of({"t3.new_received.total": (None, "blank")}, [{"metric": "applications_received", "value": 7}])
    assert figure(corpus, "received") == (None, "blank", 1)


def test_two_different_statements_give_no_figure() -> None:
    claims = [{"metric": "disclosed_total", "value": 613}, {"metric": "disclosed_total", "value": 631}]
    assert figure(corpus_of({}, claims), "disclosed") == (None, "conflict", 0)


def test_the_same_statement_twice_is_one() -> None:
    claims = [{"metric": "disclosed_total", "value": 613}] * 2
    assert figure(corpus_of({}, claims), "disclosed") == (613, "number", 0)


def test_a_statement_about_another_year_is_left_out() -> None:
    assert figure(corpus_of({}, [{"metric": "disclosed_total", "value": 5, "year": 2019}]), "disclosed")[1] == "none"


def test_a_hedged_statement_says_so() -> None:
    claim = {"metric": "disclosed_total", "value": 600, "approx": True}
    assert figure(corpus_of({}, [claim]), "disclosed") == (600, "approx", 0)


def test_a_combined_figure_is_no_part_beside_its_parts() -> None:
    claims = [
        {"metric": "disclosed_channel", "dim": dim, "value": value}
        for dim, value in (("wechat", 10), ("weibo", 5), ("weibo_wechat", 15), ("website", 40))
    ]
    figures = count_measures(corpus_of({}, claims), ["website", "wechat", "weibo", "weibo_wechat"])
    assert drop_overlaps(figures)["value"].sum() == 55


def test_a_combined_figure_alone_is_a_part() -> None:
    claims = [{"metric": "disclosed_channel", "dim": "weibo_wechat", "value": 15}]
    figures = count_measures(corpus_of({}, claims), ["wechat", "weibo", "weibo_wechat"])
    assert drop_overlaps(figures)["value"].sum() == 15


def test_statements_alone_can_be_asked_for() -> None:
    corpus = corpus_of({"t4.review_total": (4, "number")}, [{"metric": "reviews_total", "value": 0, "negated": True}])
    assert list(count_source(corpus, ["reviews"], "text")["value"]) == [0]
    assert list(count_source(corpus, ["reviews"], "table")["value"]) == [4]


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

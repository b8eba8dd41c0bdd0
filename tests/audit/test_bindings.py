"""What a figure of the prose can mean in the tables: one declaration, read by the checks and shown on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import parsing
from parsing.audit import audit_reports
from parsing.audit.bindings import BindingError, load_meanings, needed, on_form, read_meanings
from parsing.extraction.claims.rules import METRIC_UNITS
from parsing.findings import Binding
from parsing.model import Claim
from parsing.templates import load_templates
from tests.audit.building import BLANK, UNREAD, Value, make_report, say
from tests.audit.example import Example
from tests.audit.examples import EXAMPLES

ADDRESSES = {address for template in load_templates() for table in template.tables for address in table.addresses()}
FEES = "t2_art20_8.admin_fees.amount_wan"
ABOUT_THE_TABLES = {"denials", "narrative", "breakdowns"}
# Yuan of the prose beside 万元 of a table: the check converts; the declared readings are for “nothing was charged”.
CONVERTS = {"X.FEES_TEXT"}
LOAD: dict[str, Value] = {
    "t3.new_received.total": 11, "t3.carried_in.total": 2, "t3.result_total.total": 10, "t3.granted.total": 5,
    "t3.denied_third_party.total": 2, "t3.denied_process_info.total": 1, "t3.other_misc.total": 2,
    "t4.review_total": 4, "t4.review_pending": 1, "t4.lit_direct_total": 1, "t4.lit_after_total": 2,
}  # fmt: skip


def bound(claims: Sequence[Claim], cells: dict[str, Value] | None = None, year: int = 2022) -> tuple[Binding, ...]:
    [audited] = audit_reports([make_report(year, LOAD if cells is None else cells, claims)])
    return audited.bindings


def in_short(bindings: Sequence[Binding]) -> list[tuple[str, float | int | None, str]]:
    return [(one.reading, one.value, one.outcome) for one in bindings]


def test_every_cell_is_one_that_a_form_has() -> None:
    readings = [reading for meaning in load_meanings().values() for reading in meaning.readings]
    named = {cell.removeprefix("-") for one in readings for cells in (*one.cells, one.per) for cell in cells}
    assert {cell for cell in named if not any(fnmatchcase(address, cell) for address in ADDRESSES)} == set()


def test_every_metric_is_one_that_the_prose_can_state() -> None:
    assert {metric for metric, _ in load_meanings()} - METRIC_UNITS.keys() == set()


def test_a_reading_is_named_and_no_metric_has_two_of_one_name() -> None:
    for meaning in load_meanings().values():
        names = [reading.name for reading in meaning.readings]
        assert all(names) and len(set(names)) == len(names), meaning


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[meanings]]\nmetric = "meetings"\nreadings = []\ncolour = 1', "unknown key colour"),
        ('[[meanings]]\nmetric = "meetings"\nreadings = [{ name = "会议", cell = [] }]', "unknown key cell"),
        ('[[meanings]]\nmetric = "meetings"\nreadings = []\n' * 2, "meetings  is given twice"),
    ],
)
def test_what_the_loader_does_not_know_is_refused(text: str, words: str) -> None:
    with pytest.raises(BindingError, match=words):
        read_meanings(text)


def test_a_check_needs_the_first_cell_of_each_form() -> None:
    assert needed("litigations_total") == "t4.lit_direct_total|b.litigations_total|a.a_litigations"


def test_a_pattern_stands_for_the_rows_of_the_form_in_use() -> None:
    reading = load_meanings()["outcome", "other"].readings[0]
    assert on_form(reading.cells, (("t3", "D"),)) == (
        "t3.other_no_correction.total", "t3.other_fee_unpaid.total", "t3.other_misc.total",
    )  # fmt: skip
    assert on_form(reading.cells, (("t3", "C"),)) == ("t3.other_handling.total",)
    assert on_form(reading.cells, (("t2", "D"),)) == ()


READINGS = [
    (say("applications_received", 13), [("本年新收", 11, "differs"), ("本年新收，含上年结转", 13, "same")]),
    (say("applications_received", 0, negated=True), [("本年新收", 11, "differs")]),
    (say("applications_closed", 8), [("办理结果总计", 10, "differs"), ("不含其他处理", 8, "same")]),
    (say("reviews_total", 3), [("行政复议总计", 4, "differs"), ("已审结", 3, "same")]),
    (
        say("litigations_total", 5),
        [("两组诉讼合计", 3, "differs"), ("只计直接起诉", 1, "differs"), ("只计复议后起诉", 2, "differs")],
    ),
    (
        say("outcome", 1, "denied", quote="过程性信息1件"),
        [("不予公开各项之和", 3, "differs"), ("其中一项理由", 2, "differs"), ("其中一项理由", 1, "same")],
    ),
    (say("outcome", 2, "denied", quote="不予公开2件"), [("不予公开各项之和", 3, "differs")]),
    (
        say("closed_rate_pct", 90.9, quote="办结率90.9%"),
        [("占本年新收和上年结转", 76.92, "differs"), ("占本年新收", 90.91, "same")],
    ),
    (say("closed_rate_pct", 100, quote="按时办结率100%"), []),
    (say("carried_in", 2, year=2021), [("上年结转", 2, "same")]),
    (say("applications_received", 11, year=2021), []),
    (say("applications_method", 3, "online"), []),
    (say("fee_yuan", 20), []),
    (say("fee_yuan", 0, negated=True), [("因逾期未缴费不再处理", 0, "same")]),
    (say("disclosed_total", 300), []),
    (say("signed_date", "2023-01-10", unit="date"), []),
]


@pytest.mark.parametrize(("claim", "readings"), READINGS, ids=[f"{one.quote} {one.year or ''}" for one, _ in READINGS])
def test_the_readings_of_a_claim(claim: Claim, readings: list[tuple[str, float | None, str]]) -> None:
    assert in_short(bound([claim])) == readings


def test_a_reading_names_its_cells_with_their_signs() -> None:
    _, closed = bound([say("reviews_total", 3)])
    assert (closed.cells, closed.per) == (("t4.review_total", "-t4.review_pending"), ())
    share, _ = bound([say("closed_rate_pct", 90.9)])
    assert share.cells == ("t3.result_total.total",)
    assert share.per == ("t3.new_received.total", "t3.carried_in.total")


@pytest.mark.parametrize(
    ("cells", "stated", "expected"),
    [
        ({"t4.review_total": BLANK}, 3, (None, "blank")),
        ({"t4.review_total": UNREAD}, 3, (None, "unread")),
        ({"t3.new_received.total": 11, "t3.carried_in.total": BLANK}, 11, (11, "same")),
        ({"t3.new_received.total": 11, "t3.carried_in.total": BLANK}, 12, (None, "blank")),
    ],
)
def test_a_blank_is_no_number_and_contradicts_nothing(
    cells: dict[str, Value], stated: int, expected: tuple[int | None, str]
) -> None:
    metric = "reviews_total" if "t4.review_total" in cells else "applications_received"
    last = bound([say(metric, stated)], cells)[-1]
    assert (last.value, last.outcome) == expected


def test_figures_of_the_prose_that_are_parts_of_one_cell() -> None:
    sites = [say("disclosed_channel", value, "website", line=line) for line, value in ((20, 120), (21, 80))]
    assert in_short(bound([*sites], {"b.channel_website": 200}, 2016)) == [("政府网站", 200, "together")] * 2
    assert in_short(bound([*sites], {"b.channel_website": 210}, 2016)) == [("政府网站", 210, "differs")] * 2


def test_an_approximate_figure_agrees_within_its_bounds() -> None:
    claim = say("disclosed_total", 900, approx=True, quote="900余条")
    assert in_short(bound([claim], {"b.disclosed_total": 960}, 2016)) == [("主动公开信息数", 960, "same")]


def test_money_in_two_units_is_not_compared() -> None:
    report = make_report(2022, {FEES: 3}, [say("admin_fees_wan", 3, unit="万元")])
    for unit, readings in (("万元", [("本年收费金额", 3, "same")]), ("元", [])):
        cells = tuple(cell._replace(unit=unit) if cell.address == FEES else cell for cell in report.cells)
        assert in_short(audit_reports([replace(report, cells=cells)])[0].bindings) == readings


def test_a_figure_of_last_year_is_held_against_last_years_report() -> None:
    before = make_report(2021, {"t3.new_received.total": 9})
    claims = [say("applications_received", 9, year=2021), say("applications_received", 9, year=2020)]
    now = make_report(2022, LOAD, claims)
    [binding, _] = audit_reports([before, now])[1].bindings
    assert (binding.claim, binding.value, binding.outcome, binding.report_id) == (0, 9, "same", before.report_id)


def compared() -> list[tuple[str, Example]]:
    """The examples of checks that hold the prose against the tables."""
    checks = {check.id: check for check in parsing.audit.CHECKS}
    names = [name for name in EXAMPLES if checks[name].family in ABOUT_THE_TABLES and name not in CONVERTS]
    return [(name, EXAMPLES[name]) for name in names]


def accused(flags: Sequence[parsing.findings.Flag]) -> set[tuple[str | None, object]]:
    sides = [flag.evidence[0] for flag in flags if flag.family in ABOUT_THE_TABLES]
    return {(side.metric, side.where) for side in sides}


@pytest.mark.parametrize(("name", "example"), compared(), ids=[name for name, _ in compared()])
def test_what_a_check_accuses_agrees_with_no_reading(name: str, example: Example) -> None:
    audited = audit_reports(example.loud_reports())[-1]
    claims = audited.report.claims
    keys = accused([flag for flag in audited.flags if flag.check == name])
    outcomes = [one.outcome for one in audited.bindings if (claims[one.claim].metric, claims[one.claim].where) in keys]
    assert outcomes and set(outcomes) == {"differs"}


def test_in_the_samples_only_what_is_accused_agrees_with_no_reading(samples: Path) -> None:
    """But for figures that no check compares, such as an outcome that the prose says never came about."""
    corpus = parsing.load_corpus(samples)
    about = corpus.flags["family"].isin(ABOUT_THE_TABLES) | (corpus.flags["check"] == "X.CLOSED_RATE")
    sides = {(row.report_id, row.evidence[0]["snippet"]) for row in corpus.flags[about].itertuples()}
    agreeing = corpus.bindings[corpus.bindings["outcome"] != "differs"]
    keys = set(zip(agreeing["report_id"], agreeing["claim"], strict=True))
    bound_keys = set(zip(corpus.bindings["report_id"], corpus.bindings["claim"], strict=True))
    differing = [row for row in corpus.claims.itertuples() if (row.report_id, row.claim) in bound_keys - keys]
    assert len(sides) > 8
    assert sides <= {(row.report_id, row.quote) for row in differing}
    assert {row.value_text for row in differing if (row.report_id, row.quote) not in sides} <= {"0"}

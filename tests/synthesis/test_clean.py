"""The figures of a clean report satisfy the identities of the forms, in every year and from year to year.

In: invented agencies and seeds.  Out: nothing; the identities are written out here once more, apart from the audit,
so that a clean report is known to be clean before any check reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parsing.templates import find_table
from tests.synthesis import Agency, Facts, clean_facts

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
TOWN = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
SEEDS = (1, 2, 3)
COLUMNS = [column.code for column in find_table("D", "t3").columns]

CASES = [(agency, seed) for agency in (OFFICE, TOWN) for seed in SEEDS]


def total(facts: Facts, addresses: Sequence[str]) -> int:
    return sum(facts.count(address) for address in addresses)


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2024])
@pytest.mark.parametrize(("agency", "seed"), CASES)
def test_applications_balance_in_every_row_and_column(agency: Agency, seed: int, year: int) -> None:
    facts = clean_facts(agency, year, seed)
    rows = [row.code for row in find_table(facts.layouts["t3"], "t3").rows]
    results = [row for row in rows if row not in ("new_received", "carried_in", "result_total", "carried_out")]
    for row in rows:
        parts = [f"t3.{row}.{column}" for column in COLUMNS[:-1]]
        assert total(facts, parts) == facts.count(f"t3.{row}.total")
    for column in COLUMNS:
        counts = {row: facts.count(f"t3.{row}.{column}") for row in rows}
        assert sum(counts[row] for row in results) == counts["result_total"]
        assert counts["new_received"] + counts["carried_in"] == counts["result_total"] + counts["carried_out"]


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023, 2024])
@pytest.mark.parametrize(("agency", "seed"), CASES)
def test_a_year_begins_as_the_one_before_ended(agency: Agency, seed: int, year: int) -> None:
    before, facts = clean_facts(agency, year - 1, seed), clean_facts(agency, year, seed)
    for column in COLUMNS:
        assert facts.count(f"t3.carried_in.{column}") == before.count(f"t3.carried_out.{column}")
    row = "t2_art20_1.normative_docs"
    if year >= 2022:
        change = facts.count(f"{row}.issued") - facts.count(f"{row}.repealed")
        assert facts.count(f"{row}.in_force") == before.count(f"{row}.in_force") + change
    if year == 2020:
        licences = "t2_art20_5.admin_license"
        kept = before.count(f"{licences}.prev_year_items") + before.count(f"{licences}.net_change")
        assert facts.count(f"{licences}.prev_year_items") == kept


@pytest.mark.parametrize(("agency", "seed"), CASES)
def test_disputes_add_up_and_refusals_go_to_review_first(agency: Agency, seed: int) -> None:
    facts = clean_facts(agency, 2024, seed)
    for group in ("review", "lit_direct", "lit_after"):
        parts = [f"t4.{group}_{result}" for result in ("upheld", "corrected", "other", "pending")]
        assert total(facts, parts) == facts.count(f"t4.{group}_total")
    assert facts.count("t4.lit_direct_total") == 0


@pytest.mark.parametrize("year", [2014, 2018])
@pytest.mark.parametrize(("agency", "seed"), CASES)
def test_the_table_of_2014_adds_up(agency: Agency, seed: int, year: int) -> None:
    facts = clean_facts(agency, year, seed)
    table = find_table("B", "b")
    for whole in ("applications_received", "applications_closed", "replies_total", "reply_denied", "reviews_total",
                  "litigations_total"):  # fmt: skip
        parts = [f"b.{row.code}" for row in table.rows if row.parent == whole]
        assert total(facts, parts) == facts.count(f"b.{whole}")
    assert facts.count("b.staff_total") == facts.count("b.staff_full_time") + facts.count("b.staff_part_time")
    channels = [f"b.{row.code}" for row in table.rows if row.code.startswith("channel_") and not row.is_heading]
    assert total(facts, channels) >= facts.count("b.disclosed_total") >= max(map(facts.count, channels))


@pytest.mark.parametrize(("layout", "methods"), [("A1", 6), ("A2", 6), ("A3", 3)])
def test_a_provincial_table_adds_up(layout: str, methods: int) -> None:
    facts = clean_facts(OFFICE, 2012, 1, layout)
    rows = find_table(layout, "a").rows
    for whole, count in (("a_applications", methods), ("a_replies", None), ("a_reply_denied", None),
                         ("a_reply_refused", None), ("a_staff", None)):  # fmt: skip
        parts = [f"a.{row.code}" for row in rows if row.parent == whole]
        assert not parts or total(facts, parts) == facts.count(f"a.{whole}")
        assert count is None or len(parts) == count
    assert facts.count("a.a_applications") > 0


@pytest.mark.parametrize("year", [2016, 2020, 2023])
@pytest.mark.parametrize(("agency", "seed"), CASES)
def test_the_prose_says_what_the_tables_count(agency: Agency, seed: int, year: int) -> None:
    facts = clean_facts(agency, year, seed)
    figures = facts.narrative
    received = "b.applications_received" if year == 2016 else "t3.new_received.total"
    assert figures.applications == facts.count(received)
    assert not figures.methods or sum(share.count for share in figures.methods) == figures.applications
    assert not figures.channels or sum(share.count for share in figures.channels) == figures.disclosed_total
    assert not figures.categories or sum(share.count for share in figures.categories) == figures.disclosed_total
    assert not figures.outcomes or sum(share.count for share in figures.outcomes) == figures.closed
    assert figures.reviews == facts.count("b.reviews_total" if year == 2016 else "t4.review_total")


def test_the_same_seed_gives_the_same_report_and_another_seed_another() -> None:
    clean_facts.cache_clear()
    first = clean_facts(OFFICE, 2022, 7)
    clean_facts.cache_clear()
    assert clean_facts(OFFICE, 2022, 7) == first
    assert clean_facts(OFFICE, 2022, 8).cells != first.cells


def test_a_year_before_the_duty_to_report_is_refused() -> None:
    with pytest.raises(ValueError, match="no report was due for 2007"):
        clean_facts(OFFICE, 2007, 1)


def test_a_cell_that_the_report_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match=r"t3\.other_handling\.total"):
        clean_facts(OFFICE, 2022, 1).with_cells({"t3.other_handling.total": 1})

"""Figures beside each other: parts and totals, years, results, table 2, grounds; what is missing stays missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from pages.ui.chosen import Selection
from pages.ui.comparisons import compare_parts
from pages.ui.figures import list_labels, spell_list, spell_measures
from pages.ui.measures import BARS_SHOWN, Figures, add_up, count_measures, stream_figures, sum_parts
from pages.ui.outcomes import count_applicants, count_reasons
from pages.ui.published import compare_years, list_categories, list_cells, list_lines, span_years, spread_cells
from pages.ui.ranked import rank_rows
from pages.ui.remedies import corrected_share
from parsing.corpus.figures import PARTS
from parsing.model import Report
from tests.app.reports import Said, make_report
from tests.app.stores import choose, shelve

RULES = "t2_art20_1.rules"
RESULTS = ("t4.review_upheld", "t4.review_corrected", "t4.review_other")


def number(**cells: float) -> dict[str, tuple[float | None, str]]:
    """Cells with figures; `__` stands for the dot of an address."""
    return {address.replace("__", "."): (value, "number") for address, value in cells.items()}


def disclosed(total: float, *more: Said) -> list[Said]:
    return [{"metric": "disclosed_total", "value": total}, *more]


def store(folder: Path, *reports: Report) -> Selection:
    return choose(shelve(reports, folder / "store"))


def plain(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """The rows with None for what is missing."""
    picked = frame[list(columns)].astype(object)
    return list(picked.where(picked.notna(), None).itertuples(index=False, name=None))


def channels(**values: float | None) -> dict[str, tuple[float | None, str]]:
    return {f"b.channel_{name}": (value, "blank" if value is None else "number") for name, value in values.items()}


def test_parts_are_compared_with_their_total(tmp_path: Path) -> None:
    chosen = store(
        tmp_path,
        make_report("甲局", 2016, {**channels(website=5, other=5), **number(b__disclosed_total=10)}),
        make_report("乙局", 2016, {**channels(website=5, other=6), **number(b__disclosed_total=10)}),
        make_report("丙局", 2016, {**channels(website=5, other=4), **number(b__disclosed_total=10)}),
        make_report("丁局", 2016, {**channels(website=5, other=None), **number(b__disclosed_total=10)}),
        make_report("戊局", 2016, channels(website=5)),
        make_report("己局", 2016, number(b__disclosed_total=10)),
    )
    rows = compare_parts(chosen, "channels").cut(0, 10)
    assert plain(rows, "called", "parts", "total", "difference", "verdict") == [
        ("丙局", 9, 10, -1, "under"),
        ("乙局", 11, 10, 1, "over"),
        ("甲局", 10, 10, 0, "equal"),
        ("丁局", 5, 10, -5, "unknown"),
        ("戊局", 5, None, None, "unknown"),
    ]
    assert PARTS["channels"] == "disclosed"


def test_years_are_compared_within_an_agency(tmp_path: Path) -> None:
    said = {"metric": "disclosed_growth_pct", "value": 50.0}
    chosen = store(
        tmp_path,
        make_report("甲局", 2019, {}, disclosed(0)),
        make_report("甲局", 2020, {}, disclosed(10)),
        make_report("甲局", 2021, {}, disclosed(15, said)),
        make_report("甲局", 2023, {}, disclosed(20, said, {**said, "value": 30.0})),
        make_report("乙局", 2020, {}, []),
        make_report("乙局", 2021, {}, disclosed(7)),
    )
    figures = Figures(chosen, "disclosures", ("disclosed",))
    rows = compare_years(chosen, rank_rows(chosen, figures.table, figures.columns).cut(0, 10))
    assert plain(rows, "agency", "year", "value", "change", "growth_pct", "claimed_pct") == [
        ("乙局", 2020, None, None, None, None),
        ("乙局", 2021, 7, None, None, None),
        ("甲局", 2019, 0, None, None, None),
        ("甲局", 2020, 10, 10, None, None),
        ("甲局", 2021, 15, 5, 50.0, 50.0),
        ("甲局", 2023, 20, None, None, None),
    ]
    assert list(span_years(chosen)) == [2019, 2020, 2021, 2022, 2023]
    assert set(list_lines(chosen)["agency"]) == {"甲局", "乙局"}


def test_a_later_page_knows_the_year_on_the_page_before(tmp_path: Path) -> None:
    chosen = store(tmp_path, *(make_report("甲局", year, {}, disclosed(year)) for year in (2019, 2020, 2021)))
    figures = Figures(chosen, "disclosures", ("disclosed",))
    page = rank_rows(chosen, figures.table, figures.columns).cut(2, 1)
    assert plain(compare_years(chosen, page), "year", "change") == [(2021, 1)]


def test_a_share_needs_all_results(tmp_path: Path) -> None:
    def results(*values: float | None) -> dict[str, tuple[float | None, str]]:
        return {
            address: (value, "blank" if value is None else "number")
            for address, value in zip(RESULTS, values, strict=True)
        }

    chosen = store(
        tmp_path,
        make_report("甲局", 2021, results(2, 1, 0)),
        make_report("乙局", 2021, results(1, 1, 0)),
        make_report("丙局", 2021, results(2, None, 0)),
        make_report("丁局", 2021, results(0, 0, 0)),
        make_report("戊局", 2021, results(4, 2, 0)),
    )
    rows = corrected_share(chosen, "reviews").cut(0, 10)
    assert plain(rows, "called", "corrected", "decided", "share_pct") == [
        ("乙局", 1, 2, 50.0),
        ("戊局", 2, 6, 33.3),
        ("甲局", 1, 3, 33.3),
    ]
    assert corrected_share(chosen, "litigations").count() == 0


def test_cells_of_table_two_are_words_where_they_are_no_figures(tmp_path: Path) -> None:
    chosen = store(
        tmp_path,
        make_report("甲局", 2022, {f"{RULES}.issued": (3, "number"), f"{RULES}.in_force": (None, "blank")}),
        make_report("甲局", 2023, {f"{RULES}.issued": (0, "zero_word")}),
    )
    listing = rank_rows(chosen, "item_cells", "*", '"table" = ?', ("t2_art20_1",), ranks_of="items")
    assert listing.count() == 2
    rows = listing.cut(0, 10)
    spread = spread_cells(rows, [f"{RULES}.issued", f"{RULES}.in_force"])
    assert plain(spread, "agency", "year", f"{RULES}.issued", f"{RULES}.in_force") == [
        ("甲局", 2022, "3", "空白"),
        ("甲局", 2023, "0", "—"),
    ]
    assert plain(list_cells(rows), "year", "address", "value", "status") == [
        (2022, f"{RULES}.issued", 3, "数字"),
        (2022, f"{RULES}.in_force", None, "空白"),
        (2023, f"{RULES}.issued", 0, "写作“无”"),
    ]


def test_shares_of_categories_are_within_their_report(tmp_path: Path) -> None:
    def category(label: str, value: float, **more: object) -> Mapping[str, object]:
        return {"metric": "disclosed_category", "label": label, "value": value, **more}

    claims = [category("动态", 1), category("公告", 3), category("往年", 50, year=2019)]
    chosen = store(tmp_path, make_report("甲局", 2020, {}, claims), make_report("乙局", 2020, {}, [category("空", 0)]))
    rows = list_categories(chosen).cut(0, 10)
    assert plain(rows, "called", "label", "value", "share_pct") == [
        ("乙局", "空", 0, None),
        ("甲局", "公告", 3, 75.0),
        ("甲局", "动态", 1, 25.0),
    ]


GROUNDS = {
    "t3.denied_state_secret.total": (2.0, "number"),
    "t3.denied_third_party.total": (None, "blank"),
    "t3.granted.natural_person": (4.0, "number"),
    "t3.granted.legal_other": (None, "unreadable"),
}


@pytest.mark.parametrize("agencies", [(), ("甲局", "乙局")], ids=["all", "named"])
def test_grounds_and_applicants_are_the_same_by_year_and_by_agency(tmp_path: Path, agencies: tuple[str, ...]) -> None:
    every = store(tmp_path, make_report("甲局", 2021, GROUNDS), make_report("乙局", 2022, GROUNDS))
    chosen = every.narrow("called IN (?, ?)", agencies) if agencies else every
    assert chosen.names_agencies == bool(agencies)
    assert plain(count_reasons(chosen), "code", "value", "reports", "missing") == [
        ("t3.denied_state_secret.total", 4, 2, 0),
        ("t3.denied_third_party.total", None, 0, 2),
    ]
    applicants = count_applicants(chosen).reset_index()
    assert plain(applicants, "measure", "applicant", "value", "missing") == [
        ("granted", "legal_other", None, 2),
        ("granted", "natural_person", 8, 0),
    ]


def test_only_the_largest_agencies_are_bars(tmp_path: Path) -> None:
    many = [make_report(f"第{at}局", 2021, number(t3__new_received__total=at)) for at in range(BARS_SHOWN + 5)]
    bars = sum_parts(Figures(store(tmp_path, *many), "applications", ("received",)), "agency")
    assert bars.agencies == BARS_SHOWN + 5
    assert list(bars.rows["value"]) == [float(at) for at in range(BARS_SHOWN + 4, 4, -1)]
    assert bars.rows["agency"].iloc[0] == f"第{BARS_SHOWN + 4}局"


def test_reports_without_year_or_agency_are_told_apart(tmp_path: Path) -> None:
    chosen = store(
        tmp_path,
        make_report("甲局", 2021, number(t3__new_received__total=1)),
        make_report("甲局", None, number(t3__new_received__total=2)),
        make_report(None, 2021, number(t3__new_received__total=4), file="a.txt"),
        make_report(None, 2021, number(t3__new_received__total=8), file="b.txt"),
    )
    figures = Figures(chosen, "applications", ("received",))
    by_year, by_agency = sum_parts(figures, "year"), sum_parts(figures, "agency")
    assert plain(by_year.rows, "year", "value") == [(2021, 13)]
    assert by_year.undated == 1
    assert plain(by_agency.rows, "agency", "value") == [
        ("未写明机关（b.txt）", 8),
        ("未写明机关（a.txt）", 4),
        ("甲局", 3),
    ]
    assert by_agency.undated == 0


def test_a_sum_counts_the_reports_that_lack_a_part(tmp_path: Path) -> None:
    chosen = store(
        tmp_path,
        make_report("甲局", 2021, GROUNDS),
        make_report("乙局", 2021, number(t3__denied_state_secret__total=5)),
        make_report("丙局", 2021, {}),
    )
    total = add_up(count_measures(Figures(chosen, "applications", ("denied",))), "denied")
    assert (total.value, total.counted, total.missing) == (7, 2, 2)


def test_the_file_has_a_row_for_what_is_not_mentioned(tmp_path: Path) -> None:
    chosen = store(
        tmp_path,
        make_report("乙局", 2021, {}, file="1.txt"),
        make_report("甲局", 2021, {"t3.new_received.total": (None, "blank")}, file="2.txt"),
    )
    figures = Figures(chosen, "applications", ("received", "closed"))
    rows = spell_list(pd.concat(stream_figures(figures)))
    assert plain(rows, *list(list_labels())[:-1]) == [
        ("乙局", 2021, "本年新收（件）", None, "未提及", 0, None),
        ("乙局", 2021, "办理结果总计（件）", None, "未提及", 0, None),
        ("甲局", 2021, "本年新收（件）", None, "空白", 1, "统计表"),
        ("甲局", 2021, "办理结果总计（件）", None, "未提及", 0, None),
    ]
    shown = rank_rows(chosen, figures.table, figures.columns, figures.told).cut(0, 10)
    assert plain(spell_measures(shown, figures.codes), "agency", "received", "closed") == [("甲局", "空白", "未提及")]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_are_the_list_cut_into_pieces(tmp_path: Path, size: int) -> None:
    reports = [make_report(f"第{at}局", 2021, number(t3__new_received__total=at)) for at in (3, 1, 4, 2, 0)]
    listing = rank_rows(store(tmp_path, *reports), "applications", "called, received", "received > ?", (0,))
    pages = [listing.cut(first, size) for first in range(0, listing.count(), size)]
    assert plain(pd.concat(pages), "called", "received") == [(f"第{at}局", at) for at in (1, 2, 3, 4)]
    assert plain(pd.concat(listing.chunks()), "called", "received") == [(f"第{at}局", at) for at in (1, 2, 3, 4)]

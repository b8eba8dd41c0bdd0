"""Every legitimate reading is tried before a figure of the prose is called contradictory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from parsing.audit import audit_reports
from parsing.audit.operands import claim_bounds
from parsing.model import Claim, Locator
from tests.audit.building import BLANK, UNREAD, Value, list_of, make_report, say


def raised(claims: list[Claim] | tuple[Claim, ...], cells: dict[str, Value] | None = None, **more: Any) -> set[str]:
    """The checks of the prose that find something; the table's own arithmetic is not in question here."""
    report = make_report(more.pop("year", 2022), cells, claims, **more)
    return {flag.check for flag in audit_reports([report])[0].flags if flag.check.startswith("X.")}


BOUNDS = [
    (say("disclosed_total", 548), (548, 548)),
    (say("disclosed_total", 900, approx=True, quote="900余条"), (855, 1000)),
    (say("disclosed_total", 11743, approx=True, quote="11743余"), (11155.85, 12330.15)),
    (say("disclosed_total", 15300, quote="1.53万条"), (15250, 15350)),
    (say("disclosed_total", 1964000, quote="196.4万条"), (1963500, 1964500)),
]


@pytest.mark.parametrize(("claim", "bounds"), BOUNDS, ids=[claim.quote for claim, _ in BOUNDS])
def test_what_a_figure_of_the_prose_can_stand_for(claim: Claim, bounds: tuple[float, float]) -> None:
    assert claim_bounds(claim) == pytest.approx(bounds)


LOAD: dict[str, Value] = {
    "t3.new_received.total": 11, "t3.carried_in.total": 2, "t3.result_total.total": 10, "t3.granted.total": 6,
    "t3.denied_third_party.total": 2, "t3.denied_process_info.total": 1, "t3.partial.total": 1,
    "t3.carried_out.total": 3,
}  # fmt: skip


@pytest.mark.parametrize("stated", [11, 13])
def test_applications_may_include_those_carried_in(stated: int) -> None:
    assert raised([say("applications_received", stated)], LOAD) == set()


def test_the_finding_names_the_nearest_reading() -> None:
    report = make_report(2022, LOAD, [say("applications_received", 14, quote="办理申请14件")])
    flag = next(flag for flag in audit_reports([report])[0].flags if flag.check == "X.APP_COUNT_VS_TABLE")
    assert (flag.expected, flag.actual, flag.difference) == (14, 13, -1)
    assert "最接近" in flag.message and "办理申请14件" in flag.message
    assert {one.address for one in flag.evidence if one.role == "right"} == {
        "t3.new_received.total", "t3.carried_in.total",
    }  # fmt: skip


def test_one_saying_that_fits_is_enough() -> None:
    assert "X.APP_COUNT_VS_TABLE" not in raised(
        [say("applications_received", 11), say("applications_received", 30)], LOAD
    )


@pytest.mark.parametrize("cell", [BLANK, UNREAD])
def test_a_table_that_is_blank_or_unread_contradicts_nothing(cell: Value) -> None:
    cells = {"t3.new_received.total": cell}
    claims = [say("applications_received", 5), say("applications_received", 0, section="s3", year=2021)]
    assert raised(claims, cells) - {"X.BLANK_CELLS"} == set()


def test_a_denial_is_contradicted_by_one_cell_whatever_the_others_are() -> None:
    denial = [say("litigations_total", 0, negated=True)]
    unread = {"t4.lit_after_total": UNREAD}
    assert raised(denial, {**unread, "t4.lit_direct_total": 2}) == {"X.LITIGATION_NONE_VS_TABLE"}
    assert raised(denial, unread) == set()


OUTCOMES = [
    ("the whole group", [say("outcome", 3, "denied", quote="不予公开3件")], set()),
    ("one reason of it", [say("outcome", 1, "denied", quote="属于四类过程性信息1件")], set()),
    ("its reasons one by one", [say("outcome", 2, "denied", quote="第三方2件"),
                                say("outcome", 1, "denied", quote="过程性信息1件")], set()),
    ("the group by name, but one reason's figure",
     [say("outcome", 2, "denied", quote="不予公开2件")], {"X.OUTCOME_GROUPS"}),
    ("granted with those granted in part", [say("outcome", 7, "granted")], set()),
    ("something else", [say("outcome", 5, "granted")], {"X.OUTCOME_GROUPS"}),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "checks"), [case[1:] for case in OUTCOMES], ids=[case[0] for case in OUTCOMES])
def test_outcomes(claims: list[Claim], checks: set[str]) -> None:
    assert raised(claims, LOAD) == checks


def test_answers_may_leave_out_what_was_handled_otherwise() -> None:
    cells: dict[str, Value] = {"t3.result_total.total": 10, "t3.other_misc.total": 2}
    assert raised([say("applications_closed", 8)], cells) == set()
    assert raised([say("applications_closed", 9)], cells) == {"X.CLOSED_COUNT"}


RATES = [
    (90.9, "办结率90.9%", True), (90.91, "办结率90.91%", True), (90.90, "办结率90.90%", True), (91, "办结率91%", True),
    (83.3, "办结率83.3%", True), (100, "按时办结率100%", True), (100, "办结率100%", False), (89.9, "89.9%", False),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "quote", "fits"), RATES, ids=[quote for _, quote, _ in RATES])
def test_a_share_fits_at_the_precision_in_which_it_is_printed(stated: float, quote: str, fits: bool) -> None:
    cells: dict[str, Value] = {"t3.new_received.total": 11, "t3.carried_in.total": 1, "t3.result_total.total": 10}
    assert (raised([say("closed_rate_pct", stated, quote=quote)], cells) == set()) is fits


WEBSITE, WECHAT = say("disclosed_channel", 300, "website"), say("disclosed_channel", 240, "wechat")

def of_one_line(line: str) -> tuple[Claim, ...]:
    """An open list of a total and two channels, each at its place in the line."""

    def place(claim: Claim, quote: str) -> Claim:
        return replace(claim, quote=quote, where=Locator(line=9, column=line.index(quote) + 1, text=line))

    total = place(say("disclosed_total", 530), "共公开530条")
    return list_of(total, place(WEBSITE, "网站300条"), place(WECHAT, "微信240条"), is_exhaustive=False)


LISTS = [
    ("complete and right", list_of(say("disclosed_total", 540), WEBSITE, WECHAT), set()),
    ("complete and short", list_of(say("disclosed_total", 548), WEBSITE, WECHAT), {"X.CHANNEL_SUM_TEXT"}),
    ("complete and over", list_of(say("disclosed_total", 530), WEBSITE, WECHAT), {"X.CHANNEL_SUM_TEXT"}),
    ("open and short", list_of(say("disclosed_total", 548), WEBSITE, WECHAT, is_exhaustive=False), set()),
    ("open and over", list_of(say("disclosed_total", 530), say("disclosed_category", 300, "公告"),
                              say("disclosed_category", 240, "动态"), is_exhaustive=False), {"X.CHANNEL_SUM_TEXT"}),
    ("open channels over", list_of(say("disclosed_total", 530), WEBSITE, WECHAT, is_exhaustive=False), set()),
    ("a selection called 其中", list_of(say("disclosed_total", 900), WEBSITE, WECHAT), set()),
    ("short by much, but with a rest",
     list_of(say("disclosed_total", 900), WEBSITE, say("disclosed_channel", 9, "other")), {"X.CHANNEL_SUM_TEXT"}),
    ("open channels over, led by 其中", of_one_line("共公开530条，其中网站300条，微信240条"), {"X.CHANNEL_SUM_TEXT"}),
    ("open channels over, side by side", of_one_line("共公开530条，网站300条，微信240条"), set()),
    ("hardly its total", list_of(say("disclosed_total", 155), say("disclosed_category", 146, "民生"),
                                 say("disclosed_category", 404, "动态"), is_exhaustive=False), set()),
    ("one channel after another", list_of(WECHAT, WEBSITE, is_exhaustive=False), set()),
    ("subjects of one channel", list_of(WEBSITE, say("disclosed_category", 200, "公告"),
                                        say("disclosed_category", 90, "其他")), {"X.CHANNEL_SUM_TEXT"}),
    ("no list at all", (say("disclosed_total", 200), WEBSITE, WECHAT), set()),
    ("about", list_of(say("disclosed_total", 500, approx=True, quote="500余条"), WEBSITE, WECHAT), set()),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "checks"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_parts_and_total_of_the_prose(claims: tuple[Claim, ...], checks: set[str]) -> None:
    assert raised(claims) == checks


def test_methods_without_a_list_may_only_not_exceed_the_total() -> None:
    received, online = say("applications_received", 11), say("applications_method", 7, "online")
    cells: dict[str, Value] = {"t3.new_received.total": 11}
    assert raised([received, online], cells) == set()
    assert raised([received, online, say("applications_method", 5, "letter")], cells) == {"X.APP_METHODS_SUM"}


TWICE = [
    ("same", [say("applications_received", 11), say("applications_received", 11, section="s3")], set()),
    ("with those carried in",
     [say("applications_received", 11), say("applications_received", 13, section="s3")], set()),
    ("about the same", [say("disclosed_total", 548), say("disclosed_total", 540, section="s2", approx=True)], set()),
    ("another year", [say("disclosed_total", 548), say("disclosed_total", 98, section="s2", year=2021)], set()),
    ("another thing", [say("disclosed_total", 548, label="主动公开"),
                       say("disclosed_total", 98, section="s2", label="目录")], set()),
    ("same part", [say("disclosed_total", 548), say("disclosed_total", 98)], set()),
    ("different", [say("disclosed_total", 548), say("disclosed_total", 568, section="s2")], {"X.SAME_NUMBER_TWICE"}),
    ("none and some", [say("reviews_total", 0, negated=True), say("reviews_total", 2, section="s4")],
     {"X.SAME_NUMBER_TWICE"}),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "checks"), [case[1:] for case in TWICE], ids=[case[0] for case in TWICE])
def test_the_same_number_twice(claims: list[Claim], checks: set[str]) -> None:
    assert raised(claims, {**LOAD, "t4.review_total": UNREAD}) == checks


PERIODS = [
    ("the year", [say("period_start", "2022-01-01"), say("period_end", "2022-12-31")], 2022, set()),
    ("last year", [say("period_start", "2021-01-01"), say("period_end", "2021-12-31")], 2022, {"X.PERIOD"}),
    ("without days", [say("period_start", "2022-01"), say("period_end", "2022-12")], 2022, set()),
    ("a school year", [say("period_start", "2021-09-01"), say("period_end", "2022-08-31")], 2022, set()),
    ("the first year of all", [say("period_start", "2008-05-01"), say("period_end", "2008-12-31")], 2008, set()),
    ("May of a later year", [say("period_start", "2016-05-01")], 2016, {"X.PERIOD"}),
    ("cut off later", [say("cutoff_date", "2023-01-10", year=2023)], 2022, {"X.PERIOD"}),
    ("cut off in the year", [say("cutoff_date", "2022-11-30", year=2022)], 2022, set()),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "year", "checks"), [c[1:] for c in PERIODS], ids=[c[0] for c in PERIODS])
def test_periods(claims: list[Claim], year: int, checks: set[str]) -> None:
    assert raised(claims, year=year, sections=()) - {"X.SECTIONS_PRESENT"} == checks


DEADLINES = [
    ("page in time", {"published": "2023-01-31", "level": "department"}, [], set(), False),
    ("page late", {"published": "2023-02-01", "level": "department"}, [], {"X.DEADLINE.DEPT"}, False),
    ("page years late", {"published": "2025-08-28", "level": "department"}, [], {"X.DEADLINE.DEPT"}, True),
    ("page late, signed in time", {"published": "2023-05-01", "level": "department"},
     [say("signed_date", "2023-01-20")], {"X.DEADLINE.DEPT"}, True),
    ("only signed, late", {"level": "county"}, [say("signed_date", "2023-04-02")], {"X.DEADLINE.GOV"}, True),
    ("only signed, in time", {"level": "county"}, [say("signed_date", "2023-03-02")], set(), False),
    ("a government has until March", {"published": "2023-03-31", "level": "city"}, [], set(), False),
    ("level unknown", {"published": "2023-06-01", "level": None}, [], set(), False),
    ("a month is no day", {"published": "2023-02", "level": "department"}, [], set(), False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "claims", "checks", "is_doubtful"), [c[1:] for c in DEADLINES], ids=[c[0] for c in DEADLINES]
)
def test_deadlines_and_what_is_known_of_the_day(
    base: dict[str, Any], claims: list[Claim], checks: set[str], is_doubtful: bool
) -> None:
    flags = audit_reports([make_report(2022, None, claims, **base)])[0].flags
    assert {flag.check for flag in flags} == checks
    assert all(flag.doubtful is is_doubtful for flag in flags)


PARTS = ("s1", "s2", "s3", "s4", "s5", "s6")
SECTIONS = [
    ("all", PARTS, set()),
    ("one missing", PARTS[:5], {"X.SECTIONS_PRESENT"}),
    ("one missing whose table is there", ("s1", "s2", "s4", "s5", "s6"), set()),
    ("out of order", ("s1", "s3", "s2", "s4", "s5", "s6"), {"X.SECTIONS_PRESENT"}),
    ("one in other words", ("s1", "s2", "s3", "s4", None, "s6"), set()),
    ("none recognised", (), set()),
]


@pytest.mark.parametrize(("sections", "checks"), [case[1:] for case in SECTIONS], ids=[case[0] for case in SECTIONS])
def test_the_parts_of_the_form(sections: tuple[str | None, ...], checks: set[str]) -> None:
    flags = audit_reports([make_report(2022, sections=sections)])[0].flags
    assert {flag.check for flag in flags} == checks
    assert all(flag.doubtful for flag in flags)


@pytest.mark.parametrize(("announced", "checks"), [(7, set()), (8, set()), (6, {"X.SECTION_COUNT"})], ids=str)
def test_the_table_at_the_end_may_count_as_a_part(announced: int, checks: set[str]) -> None:
    sections = (*PARTS, None)
    assert raised([say("section_count", announced)], year=2016, sections=sections) == checks

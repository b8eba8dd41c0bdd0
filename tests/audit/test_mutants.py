"""One changed cell of a report in which everything agrees raises exactly these checks, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from parsing.audit import audit_reports
from parsing.model import Claim
from tests.audit.building import BLANK, SLASH, Value, list_of, make_report, say, table_three

APPLICATIONS = {
    "new_received": {"natural_person": 10, "legal_commercial": 2},
    "carried_in": {"natural_person": 1},
    "granted": {"natural_person": 5, "legal_commercial": 1},
    "partial": {"natural_person": 1},
    "denied_third_party": {"natural_person": 2, "legal_commercial": 1},
    "unable_not_held": {"natural_person": 1},
    "result_total": {"natural_person": 9, "legal_commercial": 2},
    "carried_out": {"natural_person": 2},
}
DISPUTES: dict[str, Value] = {
    "t4.review_upheld": 2, "t4.review_corrected": 1, "t4.review_total": 3,
    "t4.lit_direct_upheld": 1, "t4.lit_direct_total": 1,
}  # fmt: skip
STATEMENTS = (
    say("section_count", 6, section=None),
    say("period_start", "{year}-01-01", section=None),
    say("period_end", "{year}-12-31", section=None),
    *list_of(
        say("disclosed_total", 548), say("disclosed_channel", 292, "website"), say("disclosed_channel", 256, "wechat")
    ),
    say("disclosed_total", 548, section="s2"),
    *list_of(
        say("applications_received", 12), say("applications_method", 5, "letter"),
        say("applications_method", 7, "online"), number=2,
    ),
    say("applications_closed", 11), say("closed_rate_pct", 84.6), say("carried_out", 2),
    say("outcome", 6, "granted"), say("outcome", 3, "denied", quote="不予公开3件"),
    say("reviews_total", 3, section="s4"), say("litigations_total", 1, section="s4"),
)  # fmt: skip


@dataclass(frozen=True)
class Clean:
    """A report of a year in which all figures agree, and that of the year before, if there is one."""

    year: int
    cells: Mapping[str, Value]
    claims: tuple[Claim, ...] = ()
    before: Mapping[str, Value] | None = None


DOCS = "t2_art20_1.normative_docs"
ITEMS = "t2_art20_5.admin_license"
CLEAN = {
    "current": Clean(
        2023,
        {**table_three(APPLICATIONS), **DISPUTES, f"{DOCS}.issued": 2, f"{DOCS}.repealed": 1, f"{DOCS}.in_force": 5,
         "t2_art20_5.admin_license.decisions": 30, "t2_art20_8.admin_fees.amount_wan": 1.5},
        STATEMENTS,
        {**table_three({"new_received": {"natural_person": 1}, "carried_out": {"natural_person": 1}}),
         f"{DOCS}.in_force": 4},
    ),
    "trial": Clean(
        2020,
        {**table_three(APPLICATIONS), **DISPUTES, f"{DOCS}.made": 2, f"{DOCS}.newly_disclosed": 2,
         f"{DOCS}.disclosed_total": 6, f"{ITEMS}.prev_year_items": 22, f"{ITEMS}.net_change": 1,
         f"{ITEMS}.decisions": 40, "t2_art20_9.gov_procurement.project_count": 3,
         "t2_art20_9.gov_procurement.amount_total": 251000},
        STATEMENTS,
        {**table_three({"new_received": {"natural_person": 1}, "carried_out": {"natural_person": 1}}),
         f"{DOCS}.disclosed_total": 4, f"{ITEMS}.prev_year_items": 22},
    ),
    "old": Clean(
        2016,
        {"b.disclosed_total": 548, "b.disclosed_normative_docs": 4, "b.normative_docs_made": 5,
         "b.channel_website": 292, "b.channel_wechat": 256, "b.responses_total": 3, "b.press_conferences": 2,
         "b.press_conferences_chief": 1, "b.interpretation_articles": 4, "b.applications_received": 12,
         "b.apply_online": 7, "b.apply_letter": 5, "b.applications_closed": 11, "b.closed_on_time": 10,
         "b.closed_extended": 1, "b.replies_total": 11, "b.reply_granted": 8, "b.reply_denied": 2,
         "b.denied_privacy": 2, "b.reply_not_exist": 1, "b.reviews_total": 3, "b.reviews_upheld": 2,
         "b.reviews_corrected": 1, "b.litigations_total": 1, "b.litigations_other": 1, "b.staff_total": 3,
         "b.staff_full_time": 1, "b.staff_part_time": 2, "b.special_funds_wan": 2.5, "b.training_sessions": 2,
         "b.trainees": 36},
        (say("disclosed_total", 548), say("disclosed_channel", 292, "website"), say("applications_received", 12),
         say("reviews_total", 3), say("litigations_total", 1), say("filled_date", "2017-01-06")),
    ),
    "first": Clean(
        2010,
        {"a.a_disclosed_total": 90, "a.a_disclosed_fulltext": 80, "a.a_applications": 5, "a.a_apply_web": 3,
         "a.a_apply_in_person": 2, "a.a_replies": 5, "a.a_reply_granted": 4, "a.a_reply_denied": 1,
         "a.a_reason_not_exist": 1, "a.a_fees_total": 12.5, "a.a_fees_request": 12.5, "a.a_staff": 2,
         "a.a_staff_part": 2, "a.a_reviews": 1},
    ),
    # Nobody applied for anything; a review of the year before was still open, and was closed.
    "idle": Clean(
        2023, {"t4.review_upheld": 2, "t4.review_total": 2, "t3.new_received.natural_person": 1,
               "t3.new_received.total": 1, "t3.carried_out.natural_person": 1, "t3.carried_out.total": 1},
        before={"t4.review_pending": 2, "t4.review_total": 2, "t3.new_received.natural_person": 1,
                "t3.new_received.total": 1, "t3.granted.natural_person": 1, "t3.granted.total": 1,
                "t3.result_total.natural_person": 1, "t3.result_total.total": 1},
    ),
    "idle, alone": Clean(2022, {}),
    "idle, old": Clean(2016, {}),
}  # fmt: skip


def dated(claims: tuple[Claim, ...], year: int) -> list[Claim]:
    """The statements with the year of the report in their dates."""
    made = []
    for claim in claims:
        value = claim.value.format(year=year) if isinstance(claim.value, str) else claim.value
        made.append(replace(claim, value=value))
    return made


def raised(clean: Clean, changes: Mapping[str, Value], **more: Any) -> set[str]:
    """The checks that find something when some cells of the clean report are changed."""
    claims = dated(clean.claims, clean.year)
    report = make_report(clean.year, {**clean.cells, **changes}, claims, **more)
    before = [make_report(clean.year - 1, clean.before)] if clean.before is not None else []
    return {flag.check for flag in audit_reports([*before, report])[-1].flags}


@pytest.mark.parametrize("name", CLEAN)
def test_a_report_in_which_everything_agrees_raises_nothing(name: str) -> None:
    assert raised(CLEAN[name], {}) == set()


OUTCOMES_C, OUTCOMES_D = "T3.RESULT_SUM.C", "T3.RESULT_SUM.D"

MUTANTS: list[tuple[str, str, Value, set[str]]] = [
    ("current", "t3.new_received.natural_person", 13, {"T3.BALANCE", "T3.ROW_SUM"}),
    ("current", "t3.new_received.total", 21,
     {"T3.BALANCE", "T3.ROW_SUM", "X.APP_COUNT_VS_TABLE", "X.CLOSED_RATE"}),
    ("current", "t3.carried_in.total", 3, {"T3.BALANCE", "T3.ROW_SUM", "T3.CARRY_CROSS_YEAR", "X.CLOSED_RATE"}),
    ("current", "t3.granted.natural_person", 6, {"T3.ROW_SUM", OUTCOMES_D}),
    ("current", "t3.granted.total", 8, {"T3.ROW_SUM", OUTCOMES_D, "X.OUTCOME_GROUPS"}),
    ("current", "t3.denied_state_secret.total", 1, {"T3.ROW_SUM", OUTCOMES_D, "X.OUTCOME_GROUPS"}),
    ("current", "t3.other_fee_unpaid.legal_other", 1, {"T3.ROW_SUM", OUTCOMES_D}),
    ("current", "t3.result_total.total", 10,
     {"T3.BALANCE", "T3.ROW_SUM", OUTCOMES_D, "X.CLOSED_COUNT", "X.CLOSED_RATE"}),
    ("current", "t3.carried_out.total", 4, {"T3.BALANCE", "T3.ROW_SUM", "X.CARRY_TEXT"}),
    ("current", "t3.granted.natural_person", -5, {"T3.NONNEG", "T3.ROW_SUM", OUTCOMES_D}),
    ("current", "t3.granted.natural_person", BLANK, {"X.BLANK_CELLS"}),
    ("current", "t3.partial.legal_social", BLANK, {"X.BLANK_CELLS"}),
    ("current", "t3.granted.total", BLANK, {"X.BLANK_CELLS"}),
    ("current", "t4.review_upheld", 3, {"T4.SUM.REVIEW"}),
    ("current", "t4.review_total", 4, {"T4.SUM.REVIEW", "X.REVIEW_COUNT_VS_TABLE"}),
    ("current", "t4.lit_direct_total", 2, {"T4.SUM.LIT_DIRECT", "X.LITIGATION_COUNT_VS_TABLE"}),
    ("current", "t4.lit_after_pending", SLASH, {"X.BLANK_CELLS"}),
    ("current", "t4.lit_after_total", 1, {"T4.SUM.LIT_AFTER"}),
    ("current", f"{DOCS}.in_force", 9, {"T2D.STOCK_CROSS_YEAR"}),
    ("current", f"{DOCS}.in_force", 0, {"T2D.STOCK_CROSS_YEAR", "T2D.STOCK_NONNEG"}),
    ("current", "t2_art20_1.rules.issued", 1,
     {"T2.RULES_COMPETENCE", "T2D.ISSUED_IN_FORCE", "T2D.STOCK_NONNEG", "T2D.STOCK_CROSS_YEAR"}),
    ("current", "t2_art20_5.admin_license.decisions", 31, set()),
    ("current", "t2_art20_5.admin_license.decisions", 3000, {"T2.YOY_JUMP"}),
    ("trial", "t2_art20_6.admin_penalty.decisions", 50, {"T2.YOY_JUMP"}),
    ("trial", "t3.other_handling.natural_person", 1, {"T3.ROW_SUM", OUTCOMES_C}),
    ("trial", f"{DOCS}.made", 1, {"T2C.NEW_LE_MADE"}),
    ("trial", f"{DOCS}.newly_disclosed", 0, {"T2C.MADE_NOT_DISCLOSED", "T2C.DISCLOSED_CROSS_YEAR"}),
    ("trial", f"{DOCS}.disclosed_total", 9, {"T2C.DISCLOSED_CROSS_YEAR"}),
    ("trial", f"{ITEMS}.prev_year_items", 23, {"T2C.ITEMS_CROSS_YEAR.5"}),
    ("trial", f"{ITEMS}.decisions", 23, {"T2C.DECISIONS_MISREAD.5"}),
    ("trial", f"{ITEMS}.net_change", -23, {"T2C.ITEMS_NONNEG.5"}),
    ("trial", "t2_art20_9.gov_procurement.amount_total", 0, {"T2C.PROCUREMENT_PAIR"}),
    ("old", "b.apply_letter", 6, {"B.METHODS"}),
    ("old", "b.applications_received", 0,
     {"B.METHODS", "B.CLOSED_VS_RECEIVED", "X.APP_COUNT_VS_TABLE"}),
    ("old", "b.closed_extended", 2, {"B.CLOSED"}),
    ("old", "b.replies_total", 12, {"B.REPLIES", "B.CLOSED_VS_REPLIES"}),
    ("old", "b.denied_privacy", 1, {"B.DENIED"}),
    ("old", "b.reviews_total", 4, {"B.REVIEWS", "X.REVIEW_COUNT_VS_TABLE"}),
    ("old", "b.litigations_total", 0, {"B.LITIGATIONS", "X.LITIGATION_COUNT_VS_TABLE"}),
    ("old", "b.channel_website", 200, {"B.CHANNEL_SUM_GE_TOTAL", "X.CHANNELS_TEXT"}),
    ("old", "b.channel_weibo", 549, {"B.CHANNEL_LE_TOTAL"}),
    ("old", "b.disclosed_total", 300, {"X.DISCLOSED_TOTAL"}),
    ("old", "b.responses_total", 7, {"B.RESPONSES_CHANNELS"}),
    ("old", "b.press_conferences", 0, {"B.CHIEF_PRESS"}),
    ("old", "b.staff_total", 5, {"B.STAFF"}),
    ("old", "b.trainees", 0, {"B.TRAINING_PAIR"}),
    ("old", "b.special_funds_wan", 2.75, set()),
    ("old", "b.denied_trade_secret", BLANK, set()),
    ("current", "t3.carried_out.total", 7, {"T3.BALANCE", "T3.ROW_SUM", "T3.CARRY_SHARE", "X.CARRY_TEXT"}),
    ("trial", f"{DOCS}.disclosed_total", 1, {"T2C.DISCLOSED_TOTAL_MIN"}),
    ("old", "b.normative_docs_made", 3, {"B.NORMATIVE_LE_MADE"}),
    ("old", "b.disclosed_normative_docs", 549, {"B.NORMATIVE_LE_TOTAL", "B.NORMATIVE_LE_MADE"}),
    ("idle", "t4.review_total", 1, {"T4.SUM.REVIEW", "T4.PENDING_CROSS_YEAR"}),
    ("idle", "t4.lit_after_total", 5, {"T4.SUM.LIT_AFTER", "T4.AFTER_LE_REVIEW"}),
    ("idle, alone", "t4.review_total", 1, {"T4.SUM.REVIEW", "T4.WITHOUT_APPLICATIONS"}),
    ("idle, old", "b.fees_collected_wan", 0.5, {"B.FEES_WITHOUT_APPS"}),
    ("idle, old", "b.reviews_total", 1, {"B.REVIEWS", "B.DISPUTES_WITHOUT_APPS"}),
    ("first", "a.a_apply_letter", 1, {"A.METHODS"}),
    ("first", "a.a_reply_partial", 1, {"A.REPLIES.A1"}),
    ("first", "a.a_disclosed_fulltext", 91, {"A.SUBSETS"}),
    ("first", "a.a_fees_total", 13, {"A.FEES"}),
    ("first", "a.a_staff", 3, {"A.STAFF"}),
]  # fmt: skip


def name_of(mutant: tuple[str, str, Value, set[str]]) -> str:
    name, address, value, _ = mutant
    return f"{name}-{address}-{getattr(value, 'status', value)}"


@pytest.mark.parametrize(("name", "address", "value", "checks"), MUTANTS, ids=map(name_of, MUTANTS))
def test_one_changed_cell_raises_exactly_these_checks(
    name: str, address: str, value: Value, checks: set[str]
) -> None:
    assert raised(CLEAN[name], {address: value}) == checks


def test_the_order_of_the_reports_changes_nothing() -> None:
    clean = CLEAN["current"]
    report = make_report(clean.year, {**clean.cells, f"{DOCS}.in_force": 9}, dated(clean.claims, clean.year))
    before = make_report(clean.year - 1, clean.before)
    later, earlier = audit_reports([report, before]), audit_reports([before, report])
    assert (later[0].flags, later[1].flags) == (earlier[1].flags, earlier[0].flags)
    assert [flag.check for flag in later[0].flags] == ["T2D.STOCK_CROSS_YEAR"]

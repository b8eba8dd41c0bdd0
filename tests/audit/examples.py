"""For every check a report on which it is quiet and one on which it is loud.

In: nothing.  Out: `EXAMPLES`, by check id: what both reports share, what makes the second one wrong, and what the
finding must say is expected and actual.  A check without an example fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parsing.model import Claim, Report
from tests.audit.building import BLANK, UNREAD, Value, list_of, make_report, say, table_three

Cells = Mapping[str, Value]


@dataclass(frozen=True)
class Example:
    """`base` are arguments of `make_report`; the cells and claims of one side are added to its own.

    `before` is the report of the year before, for checks across years.  `flags` says how many places fail.
    """

    expected: Any
    actual: Any
    base: Mapping[str, Any] = field(default_factory=dict)
    quiet: Cells = field(default_factory=dict)
    loud: Cells = field(default_factory=dict)
    quiet_claims: tuple[Claim, ...] = ()
    loud_claims: tuple[Claim, ...] = ()
    loud_base: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    flags: int = 1

    def quiet_reports(self) -> list[Report]:
        return self.reports(self.quiet, self.quiet_claims, {})

    def loud_reports(self) -> list[Report]:
        return self.reports(self.loud, self.loud_claims, self.loud_base)

    def reports(self, cells: Cells, claims: tuple[Claim, ...], more: Mapping[str, Any]) -> list[Report]:
        """The report, after that of the year before where there is one."""
        base = {**self.base, **more}
        own_cells = {**base.pop("cells", {}), **cells}
        own_claims = (*base.pop("claims", ()), *claims)
        report = make_report(cells=own_cells, claims=own_claims, **base)
        return [make_report(**self.before), report] if self.before is not None else [report]


LOAD = table_three({
    "new_received": {"natural_person": 10, "legal_commercial": 2},
    "carried_in": {"natural_person": 1},
    "granted": {"natural_person": 5, "legal_commercial": 1},
    "denied_third_party": {"natural_person": 3, "legal_commercial": 1},
    "unable_not_held": {"natural_person": 1},
    "result_total": {"natural_person": 9, "legal_commercial": 2},
    "carried_out": {"natural_person": 2},
})  # fmt: skip
TRIAL, CURRENT, OLD, FIRST = {"year": 2020}, {"year": 2022}, {"year": 2016}, {"year": 2011}
LATER_PROVINCIAL = {**FIRST, "layouts": {"t2": None, "t3": None, "t4": None, "indicators": "A2"}}
SHORT_PROVINCIAL = {**FIRST, "layouts": {"t2": None, "t3": None, "t4": None, "indicators": "A3"}}
WITH_LOAD = {**CURRENT, "cells": LOAD}
DOCS = "t2_art20_1.normative_docs"

TABLES = {
    "T3.BALANCE": Example(
        15, 13, WITH_LOAD, loud={"t3.new_received.total": 14},
        quiet={"t3.new_received.legal_other": BLANK, "t3.carried_in.legal_other": BLANK},
    ),
    "T3.RESULT_SUM.C": Example(1, 0, {**TRIAL}, loud={"t3.other_handling.natural_person": 1}),
    "T3.RESULT_SUM.D": Example(11, 12, WITH_LOAD, loud={"t3.result_total.total": 12}),
    "T3.ROW_SUM": Example(6, 8, WITH_LOAD, loud={"t3.granted.total": 8}, quiet={"t3.granted.legal_social": BLANK}),
    "T3.NONNEG": Example(None, -1, CURRENT, loud={"t3.granted.total": -1}),
    "T3.PART_LE_TOTAL": Example(
        11, 12, WITH_LOAD, quiet={"t3.partial.total": UNREAD}, loud={"t3.partial.total": UNREAD, "t3.granted.total": 12}
    ),
    "T3.CARRY_PLAUSIBLE": Example(
        13, 14, WITH_LOAD, quiet={"t3.result_total.total": UNREAD},
        loud={"t3.result_total.total": UNREAD, "t3.carried_out.total": 14},
    ),
    "T3.CARRY_SHARE": Example(6.5, 7, WITH_LOAD, quiet={"t3.carried_out.total": 6}, loud={"t3.carried_out.total": 7}),
    "T4.SUM.REVIEW": Example(
        3, 4, CURRENT, quiet={"t4.review_upheld": 3, "t4.review_total": 3, "t4.review_other": BLANK},
        loud={"t4.review_upheld": 2, "t4.review_pending": 1, "t4.review_total": 4},
    ),
    "T4.SUM.LIT_DIRECT": Example(1, 0, CURRENT, loud={"t4.lit_direct_corrected": 1}),
    "T4.SUM.LIT_AFTER": Example(0, 2, CURRENT, loud={"t4.lit_after_total": 2}),
    "T4.WITHOUT_APPLICATIONS": Example(
        0, 2, CURRENT, quiet={"t3.new_received.total": 1, "t4.review_total": 2}, loud={"t4.review_total": 2}
    ),
    "T2C.DISCLOSED_TOTAL_MIN": Example(
        3, 2, TRIAL, quiet={f"{DOCS}.newly_disclosed": 3, f"{DOCS}.disclosed_total": 3},
        loud={f"{DOCS}.newly_disclosed": 3, f"{DOCS}.disclosed_total": 2},
    ),
    "T2C.NEW_LE_MADE": Example(
        2, 3, TRIAL, quiet={f"{DOCS}.made": 3, f"{DOCS}.newly_disclosed": 3},
        loud={f"{DOCS}.made": 2, f"{DOCS}.newly_disclosed": 3},
    ),
    "T2C.MADE_NOT_DISCLOSED": Example(
        2, 0, TRIAL, quiet={f"{DOCS}.made": 2, f"{DOCS}.newly_disclosed": 1}, loud={f"{DOCS}.made": 2}
    ),
    "T2D.STOCK_NONNEG": Example(
        0, -1, CURRENT, quiet={f"{DOCS}.in_force": 4, f"{DOCS}.repealed": 1, f"{DOCS}.issued": 5},
        loud={f"{DOCS}.in_force": 3, f"{DOCS}.repealed": 1, f"{DOCS}.issued": 5},
    ),
    "T2D.ISSUED_IN_FORCE": Example(
        5, 3, CURRENT, quiet={f"{DOCS}.in_force": 3, f"{DOCS}.repealed": 2, f"{DOCS}.issued": 5},
        loud={f"{DOCS}.in_force": 3, f"{DOCS}.issued": 5},
    ),
    "T2.RULES_COMPETENCE": Example(
        0, 2, CURRENT, loud={"t2_art20_1.rules.in_force": 2}, quiet={f"{DOCS}.in_force": 2}
    ),
    "T2C.ITEMS_NONNEG.5": Example(
        0, -2, TRIAL, quiet={"t2_art20_5.admin_license.prev_year_items": 5, "t2_art20_5.admin_license.net_change": -5},
        loud={"t2_art20_5.admin_license.prev_year_items": 5, "t2_art20_5.admin_license.net_change": -7},
    ),
    "T2C.ITEMS_NONNEG.6": Example(0, -1, TRIAL, loud={"t2_art20_6.admin_coercion.net_change": -1}),
    "T2C.ITEMS_NONNEG.8": Example(0, -1, TRIAL, loud={"t2_art20_8.admin_fees.net_change": -1}),
    "T2C.DECISIONS_MISREAD.5": Example(
        None, 23, {**TRIAL, "cells": {"t2_art20_5.admin_license.prev_year_items": 22}},
        quiet={"t2_art20_5.admin_license.decisions": 22},
        loud={"t2_art20_5.admin_license.net_change": 1, "t2_art20_5.admin_license.decisions": 23},
    ),
    "T2C.DECISIONS_MISREAD.6": Example(
        None, 9, {**TRIAL, "cells": {"t2_art20_6.admin_penalty.prev_year_items": 10}},
        loud={"t2_art20_6.admin_penalty.net_change": -1, "t2_art20_6.admin_penalty.decisions": 9},
    ),
    "T2C.PROCUREMENT_PAIR": Example(
        None, None, TRIAL, loud={"t2_art20_9.gov_procurement.project_count": 59},
        quiet={"t2_art20_9.gov_procurement.project_count": 59, "t2_art20_9.gov_procurement.amount_total": 2060387.04},
    ),
    "T2D.FEES_UNIT": Example(
        None, 250000, CURRENT, quiet={"t2_art20_8.admin_fees.amount_wan": 25},
        loud={"t2_art20_8.admin_fees.amount_wan": 250000},
    ),
    "B.METHODS": Example(
        3, 4, OLD, quiet={"b.apply_online": 3, "b.applications_received": 3, "b.apply_fax": BLANK},
        loud={"b.apply_online": 3, "b.applications_received": 4},
    ),
    "B.CLOSED": Example(2, 1, OLD, loud={"b.closed_on_time": 2, "b.applications_closed": 1}),
    "B.REPLIES": Example(1, 0, OLD, loud={"b.reply_not_exist": 1}),
    "B.DENIED": Example(2, 3, OLD, loud={"b.denied_privacy": 2, "b.reply_denied": 3}),
    "B.REVIEWS": Example(5, 4, OLD, loud={"b.reviews_upheld": 5, "b.reviews_total": 4}),
    "B.LITIGATIONS": Example(2, 3, OLD, loud={"b.litigations_upheld": 2, "b.litigations_total": 3}),
    "B.STAFF": Example(2, 3, OLD, loud={"b.staff_full_time": 1, "b.staff_part_time": 1, "b.staff_total": 3}),
    "B.CHANNEL_SUM_GE_TOTAL": Example(
        100, 90, OLD, quiet={"b.disclosed_total": 100, "b.channel_website": 80, "b.channel_wechat": 60},
        loud={"b.disclosed_total": 100, "b.channel_website": 80, "b.channel_wechat": 10},
    ),
    "B.CHANNEL_LE_TOTAL": Example(100, 101, OLD, loud={"b.disclosed_total": 100, "b.channel_weibo": 101}),
    "B.NORMATIVE_LE_TOTAL": Example(1, 2, OLD, loud={"b.disclosed_normative_docs": 2, "b.disclosed_total": 1}),
    "B.NORMATIVE_LE_MADE": Example(
        1, 2, OLD, quiet={"b.disclosed_normative_docs": 2, "b.normative_docs_made": 2},
        loud={"b.disclosed_normative_docs": 2, "b.normative_docs_made": 1},
    ),
    "B.CHIEF_PRESS": Example(0, 1, OLD, loud={"b.press_conferences_chief": 1}),
    "B.CHIEF_WEB": Example(1, 2, OLD, loud={"b.web_interviews_chief": 2, "b.web_interviews": 1}),
    "B.RESPONSES_CHANNELS": Example(
        12, 6, OLD, quiet={"b.responses_total": 12, "b.other_responses": 13},
        loud={"b.responses_total": 12, "b.other_responses": 6},
    ),
    "B.CLOSED_VS_REPLIES": Example(2, 1, OLD, loud={"b.applications_closed": 2, "b.replies_total": 1}),
    "B.CLOSED_VS_RECEIVED": Example(0, 1, OLD, loud={"b.applications_closed": 1}),
    "B.FEES_WITHOUT_APPS": Example(
        0, 0.5, OLD, quiet={"b.fees_collected_wan": 0.5, "b.applications_received": 1},
        loud={"b.fees_collected_wan": 0.5},
    ),
    "B.DISPUTES_WITHOUT_APPS": Example(
        0, 4, OLD, quiet={"b.reviews_total": 4, "b.replies_total": 1}, loud={"b.reviews_total": 4}
    ),
    "B.TRAINING_PAIR": Example(
        None, None, OLD, quiet={"b.training_sessions": 2, "b.trainees": 36}, loud={"b.trainees": 36}
    ),
    "B.NONNEG": Example(None, 1.5, OLD, quiet={"b.special_funds_wan": 1.5}, loud={"b.meetings": 1.5}),
    "A.METHODS": Example(3, 2, FIRST, loud={"a.a_apply_email": 3, "a.a_applications": 2}),
    "A.METHODS.A3": Example(2, 3, SHORT_PROVINCIAL, loud={"a.a_apply_letter_fax": 3, "a.a_applications": 2}),
    "A.REPLIES.A1": Example(3, 4, FIRST, loud={"a.a_reply_denied": 3, "a.a_replies": 4}),
    "A.REPLIES.A2": Example(3, 4, LATER_PROVINCIAL, loud={"a.a_reason_not_exist": 3, "a.a_replies": 4}),
    "A.REFUSED.A2": Example(1, 2, LATER_PROVINCIAL, loud={"a.a_refused_privacy": 1, "a.a_reply_refused": 2}),
    "A.FEES": Example(
        20.5, 21, FIRST, quiet={"a.a_fees_request": 20.5, "a.a_fees_total": 20.505},
        loud={"a.a_fees_request": 20.5, "a.a_fees_total": 21},
    ),
    "A.STAFF": Example(2, 3, FIRST, loud={"a.a_staff_full": 2, "a.a_staff": 3}),
    "A.SUBSETS": Example(10, 11, FIRST, loud={"a.a_disclosed_fulltext": 11, "a.a_disclosed_total": 10}),
}  # fmt: skip

PROSE = {
    "X.REVIEW_NONE_VS_TABLE": Example(
        0, 4, {**OLD, "cells": {"b.reviews_total": 4}}, loud_claims=(say("reviews_total", 0, negated=True),),
        quiet_claims=(say("reviews_total", 4),),
    ),
    "X.LITIGATION_NONE_VS_TABLE": Example(
        0, 1, CURRENT, loud={"t4.lit_after_total": 1, "t4.lit_direct_total": BLANK},
        loud_claims=(say("litigations_total", 0, negated=True),),
        quiet_claims=(say("litigations_total", 0, negated=True),),
    ),
    "X.APP_NONE_VS_TABLE": Example(
        0, 12, WITH_LOAD, loud_claims=(say("applications_received", 0, negated=True),),
        quiet_claims=(say("applications_received", 0, negated=True, year=2021),),
    ),
    "X.REVIEW_COUNT_VS_TABLE": Example(
        134, 164, {**CURRENT, "cells": {"t4.review_total": 170, "t4.review_pending": 6}},
        quiet_claims=(say("reviews_total", 164),), loud_claims=(say("reviews_total", 134),),
    ),
    "X.LITIGATION_COUNT_VS_TABLE": Example(
        4, 3, {**CURRENT, "cells": {"t4.lit_direct_total": 2, "t4.lit_after_total": 1}},
        quiet_claims=(say("litigations_total", 2),), loud_claims=(say("litigations_total", 4),),
    ),
    "X.APP_COUNT_VS_TABLE": Example(
        15, 13, WITH_LOAD, quiet_claims=(say("applications_received", 13),),
        loud_claims=(say("applications_received", 15),),
    ),
    "X.CLOSED_COUNT": Example(
        9, 11, WITH_LOAD, quiet_claims=(say("applications_closed", 11),), loud_claims=(say("applications_closed", 9),)
    ),
    "X.OUTCOME_GROUPS": Example(
        5, 4, WITH_LOAD, quiet_claims=(say("outcome", 4, "denied"), say("outcome", 6, "granted")),
        loud_claims=(say("outcome", 5, "denied"), say("outcome", 6, "granted")),
    ),
    "X.CARRY_TEXT": Example(
        3, 2, WITH_LOAD, quiet_claims=(say("carried_out", 2, year=2023),), loud_claims=(say("carried_out", 3),)
    ),
    "X.DISCLOSED_TOTAL": Example(
        625, 613, {**OLD, "cells": {"b.disclosed_total": 613}}, quiet_claims=(say("disclosed_total", 613),),
        loud_claims=(say("disclosed_total", 625),),
    ),
    "X.CHANNELS_TEXT": Example(
        100, 110, {**OLD, "cells": {"b.channel_website": 277, "b.channel_weibo": 110}},
        quiet_claims=(say("disclosed_channel", 104, "website"), say("disclosed_channel", 173, "website")),
        loud_claims=(say("disclosed_channel", 100, "weibo"),),
    ),
    "X.DOCS_TEXT": Example(
        6, 5, {**CURRENT, "cells": {f"{DOCS}.in_force": 5, f"{DOCS}.issued": 2}},
        quiet_claims=(say("normative_in_force", 5), say("normative_issued", 2)),
        loud_claims=(say("normative_in_force", 6), say("normative_issued", 2)),
    ),
    "X.FEE_NONE_VS_TABLE": Example(
        0, 0.3, {**OLD, "claims": (say("fee_yuan", 0, negated=True),)}, loud={"b.fees_collected_wan": 0.3}
    ),
    "X.FEE_NONE_VS_UNPAID": Example(
        0, 1, {**CURRENT, "claims": (say("fee_yuan", 0, negated=True),)}, loud={"t3.other_fee_unpaid.total": 1}
    ),
    "X.CHANNEL_SUM_TEXT": Example(
        558, 548, CURRENT,
        quiet_claims=list_of(
            say("disclosed_total", 478), say("disclosed_channel", 110, "press"), say("disclosed_channel", 307, "press"),
            is_exhaustive=False,
        ),
        loud_claims=list_of(
            say("disclosed_total", 548), say("disclosed_channel", 104, "website"),
            say("disclosed_channel", 183, "website"), say("disclosed_channel", 256, "wechat"),
            say("disclosed_channel", 15, "other"),
        ),
    ),
    "X.APP_METHODS_SUM": Example(
        11, 13, CURRENT,
        quiet_claims=list_of(
            say("applications_received", 11), say("applications_method", 4, "in_person"),
            say("applications_method", 7, "online"),
        ),
        loud_claims=(
            say("applications_received", 11), say("applications_method", 4, "in_person"),
            say("applications_method", 9, "online"),
        ),
    ),
    "X.CLOSED_RATE": Example(
        95.2, 91.67, WITH_LOAD, quiet_claims=(say("closed_rate_pct", 84.6),),
        loud_claims=(say("closed_rate_pct", 95.2),),
    ),
    "X.SAME_NUMBER_TWICE": Example(
        548, 568, CURRENT,
        quiet_claims=(
            say("disclosed_total", 548), say("disclosed_total", 548, section="s2"), say("disclosed_total", 9),
        ),
        loud_claims=(say("disclosed_total", 548), say("disclosed_total", 568, section="s2")),
    ),
    "X.PREV_YEAR_TEXT": Example(
        80, 98, CURRENT, before={"year": 2021, "claims": (say("disclosed_total", 98),)},
        quiet_claims=(say("disclosed_prev_total", 98, year=2021),),
        loud_claims=(say("disclosed_prev_total", 80, year=2021),),
    ),
    "X.GROWTH_TEXT": Example(
        16.2, 6.2, {**CURRENT, "claims": (say("disclosed_total", 548), say("disclosed_prev_total", 516, year=2021))},
        quiet_claims=(say("disclosed_growth_pct", 6.2),), loud_claims=(say("disclosed_growth_pct", 16.2),),
    ),
}  # fmt: skip

FORMS = {
    "X.TEMPLATE_YEAR": Example(
        None, None, CURRENT, loud_base={"layouts": {"t2": "C", "t3": "C", "t4": "CD", "indicators": None}}
    ),
    "X.SECTION_COUNT": Example(
        5, 6, CURRENT, quiet_claims=(say("section_count", 6),), loud_claims=(say("section_count", 5),)
    ),
    "X.SECTIONS_PRESENT": Example(None, None, CURRENT, loud_base={"sections": ("s1", "s2", "s3", "s4", "s6")}),
    "X.BLANK_CELLS": Example(0, 2, CURRENT, loud={"t4.review_other": BLANK, "t3.granted.legal_other": BLANK}),
    "X.PERIOD": Example(
        "2022 年", "2021-12-31", CURRENT,
        quiet_claims=(say("period_start", "2022-01-01", year=2022), say("period_end", "2022-12-31", year=2022)),
        loud_claims=(say("period_start", "2022-01-01"), say("cutoff_date", "2021-12-31", year=2021)),
    ),
    "X.FILLED_BEFORE_END": Example(
        "2016-12-31", "2016-12-26", OLD, quiet_claims=(say("filled_date", "2017-01-05"),),
        loud_claims=(say("filled_date", "2016-12-26"),),
    ),
    "X.DEADLINE.DEPT": Example(
        "2023-01-31", "2023-02-21", {**CURRENT, "level": "department", "published": "2023-01-31"},
        loud_base={"published": "2023-02-21"},
    ),
    "X.DEADLINE.GOV": Example(
        "2023-03-31", "2023-04-08", {**CURRENT, "level": "county", "published": "2023-02-21"},
        loud_base={"published": "2023-04-08"},
    ),
    "X.DEADLINE.TOWN": Example(
        "2023-01-31", "2023-02-01", {**CURRENT, "published": "2023-01-20"}, loud_base={"published": "2023-02-01"}
    ),
    "X.DEADLINE.2008": Example(
        "2017-03-31", "2017-05-02", {**OLD, "published": "2017-03-31"}, loud_base={"published": "2017-05-02"}
    ),
}  # fmt: skip

YEARS = {
    "T3.CARRY_CROSS_YEAR": Example(
        2, 1, {"year": 2023}, before=WITH_LOAD, flags=2,
        quiet={"t3.carried_in.natural_person": 2, "t3.carried_in.total": 2},
        loud={"t3.carried_in.natural_person": 1, "t3.carried_in.total": 1},
    ),
    "T4.AFTER_LE_REVIEW": Example(
        1, 2, {**CURRENT, "cells": {"t4.review_total": 1}}, before={"year": 2021},
        quiet={"t4.lit_after_total": 1}, loud={"t4.lit_after_total": 2},
    ),
    "T4.PENDING_CROSS_YEAR": Example(
        3, 2, CURRENT, before={"year": 2021, "cells": {"t4.review_pending": 3}},
        quiet={"t4.review_total": 3}, loud={"t4.review_total": 2},
    ),
    "T2C.ITEMS_CROSS_YEAR.5": Example(
        7, 5, TRIAL, before={"year": 2019, "cells": {
            "t2_art20_5.admin_license.prev_year_items": 5, "t2_art20_5.admin_license.net_change": 2}},
        quiet={"t2_art20_5.admin_license.prev_year_items": 7}, loud={"t2_art20_5.admin_license.prev_year_items": 5},
    ),
    "T2C.ITEMS_CROSS_YEAR.6": Example(
        0, 4, TRIAL, before={"year": 2019}, loud={"t2_art20_6.admin_penalty.prev_year_items": 4}
    ),
    "T2C.ITEMS_CROSS_YEAR.8": Example(
        3, 0, TRIAL, before={"year": 2019, "cells": {"t2_art20_8.admin_fees.prev_year_items": 3}},
        quiet={"t2_art20_8.admin_fees.prev_year_items": 3},
    ),
    "T2C.DISCLOSED_CROSS_YEAR": Example(
        3, 4, TRIAL, before={"year": 2019, "cells": {f"{DOCS}.disclosed_total": 2}},
        quiet={f"{DOCS}.disclosed_total": 3, f"{DOCS}.newly_disclosed": 1},
        loud={f"{DOCS}.disclosed_total": 4, f"{DOCS}.newly_disclosed": 1},
    ),
    "T2D.STOCK_CROSS_YEAR": Example(
        12, 15, CURRENT, before={"year": 2021, "cells": {f"{DOCS}.in_force": 11}},
        quiet={f"{DOCS}.issued": 3, f"{DOCS}.repealed": 2, f"{DOCS}.in_force": 12},
        loud={f"{DOCS}.issued": 3, f"{DOCS}.repealed": 2, f"{DOCS}.in_force": 15},
    ),
}  # fmt: skip

EXAMPLES: dict[str, Example] = {**TABLES, **PROSE, **FORMS, **YEARS}

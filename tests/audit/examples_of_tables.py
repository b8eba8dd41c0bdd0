"""Examples for the checks on the tables alone.

In: nothing.  Out: `TABLES`, by check id.
"""

from __future__ import annotations

from tests.audit.building import BLANK, UNREAD
from tests.audit.example import CURRENT, DOCS, FIRST, LATER_PROVINCIAL, OLD, SHORT_PROVINCIAL, TRIAL, WITH_LOAD, Example

TABLES = {
    "T3.BALANCE": Example(
        15, 13, WITH_LOAD, loud={"t3.new_received.total": 14},
        quiet={"t3.new_received.legal_other": BLANK, "t3.carried_in.legal_other": BLANK},
    ),
    "T3.RESULT_SUM.C": Example(1, 0, {**TRIAL}, loud={"t3.other_handling.natural_person": 1}),
    "T3.RESULT_SUM.D": Example(11, 12, WITH_LOAD, loud={"t3.result_total.total": 12}),
    "T3.ROW_SUM": Example(6, 8, WITH_LOAD, loud={"t3.granted.total": 8}, quiet={"t3.granted.legal_social": BLANK}),
    "T3.NONNEG": Example(
        None, -1, CURRENT, loud={"t3.granted.total": -1},
        without={"blank": "each cell stands for itself, and a blank is neither negative nor a fraction"},
    ),
    "T3.PART_LE_TOTAL": Example(
        11, 12, WITH_LOAD, quiet={"t3.partial.total": UNREAD},
        loud={"t3.partial.total": UNREAD, "t3.granted.total": 12},
        also=frozenset(("T3.ROW_SUM",)),
        without={
            "blank": "it looks at the cells with figures of a column that has one without",
            "unread": "it looks at the cells with figures of a column that has one without",
        },
    ),
    "T3.CARRY_PLAUSIBLE": Example(
        13, 14, WITH_LOAD, quiet={"t3.result_total.total": UNREAD},
        loud={"t3.result_total.total": UNREAD, "t3.carried_out.total": 14},
        also=frozenset(("T3.ROW_SUM", "T3.CARRY_SHARE")),
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
        without={"blank": "there is no amount whose unit could be wrong"},
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
    "B.NONNEG": Example(
        None, 1.5, OLD, quiet={"b.special_funds_wan": 1.5}, loud={"b.meetings": 1.5},
        without={"blank": "each cell stands for itself, and a blank is neither negative nor a fraction"},
    ),
    "A.METHODS": Example(3, 2, FIRST, loud={"a.a_apply_email": 3, "a.a_applications": 2}),
    "A.METHODS.A3": Example(3, 2, SHORT_PROVINCIAL, loud={"a.a_apply_letter_fax": 3, "a.a_applications": 2}),
    "A.REPLIES.A1": Example(3, 4, FIRST, loud={"a.a_reply_denied": 3, "a.a_replies": 4}),
    "A.REPLIES.A2": Example(3, 4, LATER_PROVINCIAL, loud={"a.a_reason_not_exist": 3, "a.a_replies": 4}),
    "A.REFUSED.A2": Example(
        1, 2, LATER_PROVINCIAL, loud={"a.a_refused_privacy": 1, "a.a_reply_refused": 2},
        also=frozenset(("A.REPLIES.A2",)),
    ),
    "A.FEES": Example(
        20.5, 21, FIRST, quiet={"a.a_fees_request": 20.5, "a.a_fees_total": 20.505},
        loud={"a.a_fees_request": 20.5, "a.a_fees_total": 21},
    ),
    "A.STAFF": Example(2, 3, FIRST, loud={"a.a_staff_full": 2, "a.a_staff": 3}),
    "A.SUBSETS": Example(10, 11, FIRST, loud={"a.a_disclosed_fulltext": 11, "a.a_disclosed_total": 10}),
}  # fmt: skip

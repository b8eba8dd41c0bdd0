"""For every check a report on which it is quiet and one on which it is loud.

In: nothing.  Out: `EXAMPLES`, by check id: what both reports share, what makes the second one wrong, and what the
finding must say is expected and actual.  A check without an example fails a test.
"""

from __future__ import annotations

from tests.audit.building import BLANK, list_of, say
from tests.audit.example import CURRENT, DOCS, OLD, TRIAL, WITH_LOAD, Example
from tests.audit.examples_of_breakdowns import BREAKDOWNS
from tests.audit.examples_of_contents import CONTENTS
from tests.audit.examples_of_copying import COPYING
from tests.audit.examples_of_corpora import CORPORA
from tests.audit.examples_of_personal import PERSONAL
from tests.audit.examples_of_tables import TABLES

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
        None, None, CURRENT, loud_base={"layouts": {"t2": "C", "t3": "C", "t4": "CD", "indicators": None}},
    ),
    "X.SECTION_COUNT": Example(
        5, 6, CURRENT, quiet_claims=(say("section_count", 6),), loud_claims=(say("section_count", 5),)
    ),
    "X.SECTIONS_PRESENT": Example(
        None, None, CURRENT, loud_base={"sections": ("s1", "s2", "s3", "s4", "s6")},
    ),
    "X.BLANK_CELLS": Example(
        0, 2, CURRENT, loud={"t4.review_other": BLANK, "t3.granted.legal_other": BLANK},
    ),
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
    "T2.YOY_JUMP": Example(
        6, 61, CURRENT, before={"year": 2021, "cells": {"t2_art20_6.admin_penalty.decisions": 6}},
        quiet={"t2_art20_6.admin_penalty.decisions": 60}, loud={"t2_art20_6.admin_penalty.decisions": 61},
    ),
    "T2D.STOCK_CROSS_YEAR": Example(
        12, 15, CURRENT, before={"year": 2021, "cells": {f"{DOCS}.in_force": 11}},
        quiet={f"{DOCS}.issued": 3, f"{DOCS}.repealed": 2, f"{DOCS}.in_force": 12},
        loud={f"{DOCS}.issued": 3, f"{DOCS}.repealed": 2, f"{DOCS}.in_force": 15},
    ),
}  # fmt: skip

EXAMPLES: dict[str, Example] = {
    **TABLES, **PROSE, **BREAKDOWNS, **FORMS, **CONTENTS, **PERSONAL, **YEARS, **COPYING, **CORPORA,
}  # fmt: skip

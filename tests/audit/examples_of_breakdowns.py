"""Examples for the checks on the parts that the prose counts.

In: nothing.  Out: `BREAKDOWNS`, by check id.
"""

from __future__ import annotations

from tests.audit.building import say
from tests.audit.example import CURRENT, FIRST, OLD, SHORT_PROVINCIAL, Example

BREAKDOWNS = {
    # The short provincial form counts forms on the net together with mail.
    "X.METHODS_TEXT": Example(
        4, 3, {**SHORT_PROVINCIAL, "cells": {"a.a_apply_web_email": 3, "a.a_apply_letter_fax": 2}},
        quiet_claims=(say("applications_method", 2, "online"), say("applications_method", 1, "email")),
        loud_claims=(say("applications_method", 4, "online"), say("applications_method", 2, "letter")),
    ),
    "X.APPLICANTS_TEXT": Example(
        6, 5,
        {**CURRENT, "cells": {
            "t3.new_received.legal_commercial": 3, "t3.new_received.legal_other": 1,
            "t3.carried_in.legal_commercial": 1,
        }},
        quiet_claims=(say("applications_applicant", 3, "legal_commercial"),
                      say("applications_applicant", 5, "organisation")),
        loud_claims=(say("applications_applicant", 6, "organisation"),),
    ),
    "X.DISPUTE_OUTCOMES": Example(
        0, 1,
        {**CURRENT, "cells": {"t4.review_upheld": 2, "t4.review_corrected": 1, "t4.lit_after_upheld": 1}},
        quiet_claims=(say("review_outcome", 2, "upheld"), say("litigation_outcome", 1, "upheld")),
        loud_claims=(say("review_outcome", 2, "upheld"), say("review_outcome", 0, "corrected")),
    ),
    "X.DECISIONS_TEXT": Example(
        201, 210, {**CURRENT, "cells": {"t2_art20_5.admin_license.decisions": 210}},
        quiet_claims=(say("licence_decisions", 210),), loud_claims=(say("licence_decisions", 201),),
    ),
    "X.FEES_TEXT": Example(
        0.02, 0.3, {**OLD, "cells": {"b.fees_collected_wan": 0.3}},
        quiet_claims=(say("fee_yuan", 3000, unit="元"),), loud_claims=(say("fee_yuan", 200, unit="元"),),
    ),
    "X.SUPPORT_TEXT": Example(
        4, 2, {**FIRST, "cells": {"a.a_staff_full": 2, "a.a_staff_part": 3}},
        quiet_claims=(say("staff_full_time", 2), say("staff_part_time", 3)),
        loud_claims=(say("staff_full_time", 4), say("staff_part_time", 3)),
    ),
}  # fmt: skip

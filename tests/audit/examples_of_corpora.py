"""Examples for the checks that need other reports of the corpus: peers of one level, units of one government.

In: nothing.  Out: `CORPORA`, by check id, and the corpora that they are made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.audit.building import Value, say
from tests.audit.example import CURRENT, OLD, Example

REGION = "样本市示例县"
NAMES = "青红橙黄绿蓝紫白金银铜铁"
APPLICATIONS, DECIDED = "t3.new_received.total", "t3.result_total.total"
LICENCES = "t2_art20_5.admin_license.decisions"


def town(number: int, cells: Mapping[str, Value], year: int = 2022) -> dict[str, Any]:
    """One town of the county."""
    return {"year": year, "agency": f"{REGION}{NAMES[number]}水镇人民政府", "cells": cells}


def bureau(name: str, cells: Mapping[str, Value], year: int = 2022) -> dict[str, Any]:
    return {"year": year, "agency": f"{REGION}{name}", "level": "department", "cells": cells}


def towns(address: str, counts: Sequence[int], year: int = 2022) -> tuple[dict[str, Any], ...]:
    return tuple(town(number, {address: count}, year) for number, count in enumerate(counts))


COUNTY = {**CURRENT, "agency": f"{REGION}人民政府", "level": "county"}
UNITS = (
    bureau("财政局", {APPLICATIONS: 12, LICENCES: 40}),
    bureau("自然资源局", {APPLICATIONS: 30, LICENCES: 900}),
    town(0, {APPLICATIONS: 4}),
)
WHOLE = say("applications_received", 45, quote="全县共收到政府信息公开申请45件")
COUNTS = (7, 8, 9, 10, 10, 11, 12, 12, 13, 14)

# A government is held to the least that its units come to, and to a figure of its own that the prose repeats.
LEAST = {
    "blank": "a unit that leaves a cell blank adds nothing to the least that all come to",
    "unread": "a unit whose cell is unread adds nothing to the least that all come to",
}

CORPORA = {
    "P.APPLICATIONS": Example(
        11, 400, CURRENT, beside=towns(APPLICATIONS, COUNTS), quiet={APPLICATIONS: 40}, loud={APPLICATIONS: 400}
    ),
    "P.DISCLOSED": Example(
        500, 3, OLD, beside=towns("b.disclosed_total", [50 * count for count in COUNTS], 2016),
        quiet={"b.disclosed_total": 120}, loud={"b.disclosed_total": 3},
    ),
    "P.DENIED_SHARE": Example(
        15, 75, {**CURRENT, "cells": {DECIDED: 40}},
        beside=tuple(town(number, {DECIDED: 40, "t3.denied_third_party.total": 4}) for number in range(12)),
        quiet={"t3.denied_third_party.total": 12}, loud={"t3.denied_third_party.total": 30},
    ),
    "R.UNIT_LE_WHOLE": Example(
        900, 899, COUNTY, beside=UNITS, quiet={LICENCES: 900, APPLICATIONS: 30}, loud={LICENCES: 899, APPLICATIONS: 30},
        without=LEAST,
    ),
    "R.SUM_LE_WHOLE": Example(
        46, 45, {**COUNTY, "cells": {LICENCES: 940}}, beside=UNITS, quiet={APPLICATIONS: 46},
        loud={APPLICATIONS: 45}, loud_claims=(WHOLE,),
        quiet_claims=(say("applications_received", 46, quote="全县共收到政府信息公开申请46件"),),
        without=LEAST,
    ),
}  # fmt: skip

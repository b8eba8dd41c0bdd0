"""Examples for the checks on what a report must speak of, and on the disputes of table 4.

In: nothing.  Out: `CONTENTS`, by check id, and the words of a first part that speaks of everything.
"""

from __future__ import annotations

from tests.audit.building import say
from tests.audit.example import CURRENT, WITH_LOAD, Example

OVERVIEW = (
    "我镇按照上级部署推进政府信息公开。一年来及时更新栏目，主动公开民生领域的各类信息，方便群众办事和查询。"
    "对群众提出的申请，专人登记、按时答复，事前沟通，事后回访。加强信息管理，发布前逐条审核，定期清理过期内容。"
    "办好政府网站和公众号两个平台，栏目设置清楚，更新有专人负责。强化监督保障，组织业务培训，把公开工作纳入年度考核，"
    "开展社会评议，全年没有需要责任追究的情形。"
)
PROBLEMS = "栏目更新还不够及时，解读材料的形式比较单一；下一步将明确各科室的更新时限，多用图表解读，增加培训次数。"
NO_FEE = "本年度没有收取信息处理费。"
WHOLE = {"s1": OVERVIEW, "s5": PROBLEMS, "s6": NO_FEE}
COUNTY = {**CURRENT, "agency": "样本市示例县人民政府", "level": "county"}

CONTENTS = {
    "X.SECTION1_SUBITEMS": Example(
        None, None, {**CURRENT, "prose": WHOLE},
        loud_base={"prose": {**WHOLE, "s1": OVERVIEW.replace("申请", "来信")}},
    ),
    "X.GOV_EVALUATION": Example(
        None, None, {**COUNTY, "prose": WHOLE}, loud_base={"prose": {**WHOLE, "s1": OVERVIEW.replace("评议", "宣传")}}
    ),
    "X.SECTION5_SUBSTANCE": Example(
        30, 1, {**CURRENT, "prose": WHOLE}, loud_base={"prose": {**WHOLE, "s5": "无。"}}
    ),
    "X.FEE_REPORTED": Example(
        None, None, {**WITH_LOAD, "prose": WHOLE}, loud_base={"prose": {**WHOLE, "s6": "没有其他需要报告的事项。"}},
        without={"boundary": "it looks for words, and its figures only say that there were applications"},
    ),
    "X.FEE_NOT_ADMIN_FEE": Example(
        None, 1200, {**CURRENT, "cells": {"t2_art20_8.admin_fees.amount_wan": 0.12}},
        quiet_claims=(say("fee_yuan", 300, unit="元", quote="收取信息处理费300元"),),
        loud_claims=(say("fee_yuan", 1200, unit="元", quote="收取信息处理费1200元"),),
    ),
    "T4.DIRECT_AFTER_2024": Example(
        None, 2, {"year": 2024}, loud={"t4.lit_direct_total": 2},
        also=frozenset({"T4.SUM.LIT_DIRECT", "T4.WITHOUT_APPLICATIONS"}),
    ),
    "T4.CORRECTED_RATE": Example(
        50, 60, {**CURRENT, "cells": {"t4.review_total": 9, "t4.review_pending": 1, "t4.lit_after_total": 2}},
        quiet={"t4.review_corrected": 5}, loud={"t4.review_corrected": 5, "t4.lit_after_corrected": 1},
    ),
}  # fmt: skip

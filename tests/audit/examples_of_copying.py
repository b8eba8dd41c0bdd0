"""Quiet and loud reports of the checks on copied prose, and the paragraphs that they are made of.

In: nothing.  Out: `COPYING`, by check id; `OURS` and `THEIRS`, the paragraphs of two offices that wrote by themselves.
"""

from __future__ import annotations

from tests.audit.building import AGENCY
from tests.audit.example import CURRENT, Example

OTHER_AGENCY = "样本市示例县绿水镇人民政府"
OURS = (
    "我镇把村级账目、低保名单和征地补偿列为公开重点，逢集日在广场设点，请会计当面解释各项收支的来龙去脉。",
    "全年更新公开栏36期，印发折页1200份，镇里的广播每周三早晨播送办事须知，外出务工的村民通过微信群查看。",
    "党政办指定两名干部轮流审稿，稿件先由起草站所核对数字，再由分管领导签字，逾期未送的在例会上点名。",
    "存在的不足是老年人不会用手机查询，驻村干部解释政策时口径不一；下一年准备编一本问答，用方言录成音频。",
    "对群众来信逐封登记，三个工作日内回电说明办理去向，涉及几个站所的事项由党政办牵头会商后统一答复。",
)
THEIRS = (
    "围绕水库移民后期扶持，绿水镇公布了项目库、资金拨付进度和验收结论，移民代表可以到现场查看工程资料。",
    "网上专栏按办事主题重新编排，搜索框支持拼音缩写，过期文件标注失效日期，链接每季度由专人逐条点开核验。",
    "培训安排在农闲时节，先讲条例条文，再拿本镇的答复书作案例，参训人员当场改写，合格后才能独立经办。",
    "监督员从退休教师和商户中聘请，季度座谈时提出的意见编号建账，办结情况写在公示墙上，接受路过的人查问。",
    "下一步打算把项目招标、施工和结算的节点都放到网上，遇到延期说明原因，并附上村民关心的补偿标准。",
)
NOT_CHANGED = tuple(text.replace("36", "41").replace("1200", "980") for text in OURS)

# The other agency's name is left over in the copy, so that the stretch around it is not the same.
COPYING = {
    "X.COPY_FORWARD": Example(
        None, 100.0, {**CURRENT, "prose": THEIRS}, before={"year": 2021, "prose": OURS},
        loud_base={"prose": NOT_CHANGED},
    ),
    "X.COPY_OTHER": Example(
        None, 94.2, {**CURRENT, "prose": OURS}, before={**CURRENT, "agency": OTHER_AGENCY, "prose": THEIRS},
        loud_base={"prose": THEIRS},
    ),
    "X.OTHER_NAME": Example(
        AGENCY, "我乡", {**CURRENT, "prose": OURS}, loud_base={"prose": (*OURS, "下一年我乡将继续改进。")},
    ),
    "X.TEMPLATE_TEXT": Example(
        None, "此处填写", {**CURRENT, "prose": OURS}, loud_base={"prose": (*OURS, "（此处填写其他事项）")},
    ),
}  # fmt: skip

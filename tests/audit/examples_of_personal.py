"""Examples for the checks on personal data.  All numbers are made up; their check digits are right where they must be.

In: nothing.  Out: `PERSONAL`, by check id.
"""

from __future__ import annotations

from tests.audit.example import CURRENT, Example

MOBILE, IDENTITY, CARD = "13800138000", "11010519491231002X", "6222020000000000000"


def said(quiet: str, loud: str, actual: int = 1) -> Example:
    """Two reports whose sixth part says one thing and the other."""
    return Example(0, actual, {**CURRENT, "prose": {"s6": quiet}}, loud_base={"prose": {"s6": loud}})


PERSONAL = {
    "X.PERSONAL.MOBILE": said(
        "联系电话：0571-86668888，邮编：311300。", f"申请人王某（{MOBILE}）对答复不满意。"
    ),
    "X.PERSONAL.IDENTITY": said(
        f"申请人的证件号为{IDENTITY[:-1]}1，经核对有误。", f"申请人王某，身份证号{IDENTITY}，申请公开补偿方案。"
    ),
    "X.PERSONAL.BANK_CARD": said(
        f"收款账号：{CARD[:-1]}7。", f"退费至王某的银行卡，卡号{CARD}。"
    ),
    "X.PERSONAL.MAILBOX": said(
        "电子邮箱：454545@qq.com，欢迎来信。", "王某（wangxm@qq.com）要求以电子版提供。"
    ),
    "X.PERSONAL.ADDRESS": said(
        "对本报告有疑问的，请与办公室联系（地址：样本市示例县青山镇人民路68号）。",
        "王某，家庭住址：样本市示例县青山镇桂花村3组12号，要求公开征地材料。",
    ),
}  # fmt: skip

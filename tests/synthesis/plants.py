"""Contradictions on purpose: what is changed in which report of the demonstration district, and what must be found.

In: the changes.  Out: a plant by agency and year.  Refused: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.synthesis.changes import (
    Change,
    add,
    blank_reasons,
    both,
    carry_otherwise,
    charge_in_yuan,
    claim_whole_district,
    close_otherwise,
    count_the_boards,
    deny_applications,
    documents_otherwise,
    leave_undisclosed,
    method_more,
    methods_otherwise,
    move_outcomes,
    overfill_channels,
    rate_otherwise,
    receive_more,
    receive_otherwise,
    refuse_most,
    repeat_otherwise,
    respond_more,
    say,
    total_otherwise,
)


@dataclass(frozen=True, slots=True)
class Plant:
    """One contradiction: the check that must find it, what was done and where, in words for the manifest.

    `source` is the report (agency and year) in whose words this one is written.
    """

    check: str
    what: str
    where: str
    change: Change = lambda facts: facts
    source: tuple[str, int] | None = None


PLANTS: dict[tuple[str, int], Plant] = {
    ("自然资源局", 2022): Plant(
        "T3.BALANCE", "本年新收多计 2 件，收到与办理两边不平", "表三 本年新收，自然人与总计列", receive_more
    ),
    ("市场监督管理局", 2023): Plant(
        "T3.RESULT_SUM.D", "予以公开多计 1 件，各项之和不等于办理结果总计", "表三 予以公开，自然人与总计列",
        both(add({"t3.granted.natural_person": 1, "t3.granted.total": 1}), say(outcomes=())),
    ),
    ("教育局", 2022): Plant(
        "T3.ROW_SUM", "两行的总计各错 1 件，一多一少", "表三 予以公开、部分公开，总计列",
        both(add({"t3.granted.total": 1, "t3.partial.total": -1}), say(outcomes=())),
    ),
    ("自然资源局", 2019): Plant(
        "T4.SUM.REVIEW", "结果维持多计 1 件，四项之和不等于总计", "表四 行政复议 结果维持", add({"t4.review_upheld": 1})
    ),
    ("青岚区", 2020): Plant(
        "T4.SUM.LIT_DIRECT", "其他结果多计 1 件，四项之和不等于总计", "表四 未经复议直接起诉 其他结果",
        add({"t4.lit_direct_other": 1}),
    ),
    ("自然资源局", 2017): Plant(
        "B.METHODS", "信函申请多计 2 件，四种方式之和大于收到申请数", "统计表 信函申请数",
        both(add({"b.apply_letter": 2}), say(methods=())),
    ),
    ("青岚区", 2016): Plant(
        "B.REPLIES", "信息不存在多计 2 件，各类答复之和大于申请答复数", "统计表 申请信息不存在数",
        add({"b.reply_not_exist": 2}),
    ),
    ("青岚区", 2014): Plant(
        "B.REVIEWS", "维持多计 1 件，三种结果之和大于行政复议数量", "统计表 维持具体行政行为数",
        add({"b.reviews_upheld": 1}),
    ),
    ("教育局", 2017): Plant(
        "B.STAFF", "工作人员数多计 2 人，不等于专职与兼职之和", "统计表 从事政府信息公开工作人员数",
        add({"b.staff_total": 2}),
    ),
    ("竹声街道", 2016): Plant(
        "B.RESPONSES_CHANNELS", "各渠道回应解读合计 10 次，少于回应总数 14 次", "统计表 回应解读情况", respond_more
    ),
    ("市场监督管理局", 2021): Plant(
        "X.REVIEW_NONE_VS_TABLE", "正文称没有行政复议，表四有", "第四部分 正文与表四",
        both(add({"t4.review_upheld": 2, "t4.review_total": 2}), say(reviews=0)),
    ),
    ("自然资源局", 2020): Plant(
        "X.LITIGATION_NONE_VS_TABLE", "正文称没有行政诉讼，表四有", "第四部分 正文与表四",
        both(add({"t4.lit_direct_upheld": 1, "t4.lit_direct_total": 1}), say(litigations=0)),
    ),
    ("秋棠街道", 2021): Plant(
        "X.APP_NONE_VS_TABLE", "正文称没有收到申请，表三有", "总体情况与表三 本年新收", deny_applications
    ),
    ("竹声街道", 2022): Plant(
        "X.APP_COUNT_VS_TABLE", "正文的申请数既不是本年新收，也不是新收加结转", "总体情况与表三 本年新收",
        receive_otherwise,
    ),
    ("财政局", 2021): Plant(
        "X.APP_METHODS_SUM", "各种申请方式之和比收到的申请多 2 件", "总体情况 依申请公开", method_more
    ),
    ("教育局", 2024): Plant(
        "X.CLOSED_COUNT", "正文的办结数比表三少 2 件", "总体情况与表三 总计", close_otherwise
    ),
    ("市场监督管理局", 2022): Plant(
        "X.CLOSED_RATE", "正文的办结率比按表三算出的低 7 个百分点", "总体情况与表三", rate_otherwise
    ),
    ("财政局", 2019): Plant(
        "X.OUTCOME_GROUPS", "正文把 3 件无法提供说成予以公开", "总体情况与表三 办理结果", move_outcomes
    ),
    ("砚池镇", 2023): Plant(
        "X.CHANNEL_SUM_TEXT", "各渠道之和比公开总数多 9 条", "总体情况 主动公开", overfill_channels
    ),
    ("鹤汀镇", 2021): Plant(
        "X.SAME_NUMBER_TWICE", "公开总数前后相差 20 条", "第一部分与第二部分", repeat_otherwise
    ),
    ("霁月镇", 2023): Plant(
        "X.TEMPLATE_YEAR", "2023 年度仍用 2019 年的试行格式", "表二、表三"
    ),
    ("星槎街道", 2019): Plant(
        "X.SECTION_COUNT", "前言说五个部分，正文有六个", "前言", say(section_count=5)
    ),
    ("秋棠街道", 2024): Plant(
        "X.PERIOD", "统计期限写成上一年", "前言", say(period=("2023-01-01", "2023-12-31"))
    ),
    ("砚池镇", 2018): Plant(
        "X.FILLED_BEFORE_END", "统计表在年度结束前填报", "统计表表尾",
        lambda facts: replace(facts, filled_date="2018-12-27"),
    ),
    ("财政局", 2023): Plant(
        "X.DEADLINE.DEPT", "2 月 21 日才公布，晚于 1 月 31 日", "标题上方的发布日期",
        lambda facts: replace(facts, published_date="2024-02-21"),
    ),
    ("青岚区", 2021): Plant(
        "X.DEADLINE.GOV", "4 月 8 日才公布，晚于 3 月 31 日", "标题上方的发布日期",
        lambda facts: replace(facts, published_date="2022-04-08"),
    ),
    ("星槎街道", 2021): Plant(
        "X.BLANK_CELLS", "不予公开、无法提供各行的零没有填写", "表三", blank_reasons
    ),
    ("教育局", 2023): Plant(
        "T3.CARRY_CROSS_YEAR", "上年结转比 2022 年报告的结转下年多 1 件", "表三 上年结转，自然人与总计列"
    ),
    ("青岚区", 2023): Plant(
        "T2D.STOCK_CROSS_YEAR", "现行有效件数比上年加制发减废止多 3 件", "表二 行政规范性文件 现行有效件数"
    ),
    ("教育局", 2018): Plant(
        "X.DISCLOSED_TOTAL", "正文的公开总数比统计表多 12 条", "第二部分与统计表", total_otherwise
    ),
    ("市场监督管理局", 2024): Plant(
        "X.CARRY_TEXT", "正文的结转数比表三多 1 件", "总体情况与表三 结转下年度", carry_otherwise
    ),
    ("秋棠街道", 2023): Plant(
        "X.PREV_YEAR_TEXT", "引用的 2022 年公开总数与 2022 年报告不符", "总体情况 主动公开"
    ),
    ("财政局", 2022): Plant(
        "X.DOCS_TEXT", "正文的制发件数比表二多 2 件", "总体情况与表二 行政规范性文件", documents_otherwise
    ),
    ("竹声街道", 2020): Plant(
        "X.GROWTH_TEXT", "正文的增幅与两年的公开总数不符", "总体情况 主动公开"
    ),
    ("砚池镇", 2024): Plant(
        "X.PERSONAL.MOBILE", "来信人的手机号码留在正文里", "第六部分",
        say(extra={"s6": ("来信人王某（13900139000）要求在网站上增设意见栏，已经采纳。",)}),
    ),
    ("财政局", 2024): Plant(
        "T4.DIRECT_AFTER_2024", "复议前置施行后仍有 1 件直接起诉", "表四 未经复议直接起诉",
        both(add({"t4.lit_direct_upheld": 1, "t4.lit_direct_total": 1}), say(litigations=1)),
    ),
    ("琴麓镇", 2023): Plant(
        "X.FEE_REPORTED", "有申请而没有说明是否收取信息处理费", "第六部分", say(fee_yuan=None)
    ),
    ("青岚区", 2024): Plant(
        "R.UNIT_LE_WHOLE", "全区的行政强制比市场监督管理局一个机关还少", "表二 行政强制 本年处理决定数量",
        add({"t2_art20_6.admin_coercion.decisions": -1300}),
    ),
    ("青岚区", 2018): Plant(
        "R.SUM_LE_WHOLE", "正文称全区的申请数，表中只有区政府办公室的，少于各机关之和", "第三部分与统计表 收到申请数",
        claim_whole_district,
    ),
    ("棹歌镇", 2018): Plant(
        "P.DISCLOSED", "把各村公开栏的张贴数计入，公开总数是同级机关中位数的十几倍", "统计表 主动公开政府信息数",
        count_the_boards,
    ),
    ("霁月镇", 2018): Plant(
        "P.DISCLOSED", "全年只公开几十条，不到同级机关中位数的六分之一", "统计表 主动公开政府信息数"
    ),
    ("松扉镇", 2022): Plant(
        "P.DENIED_SHARE", "大多数申请不予公开，比例远高于同级机关", "表三 不予公开各行", refuse_most
    ),
    ("杏帘街道", 2022): Plant(
        "P.APPLICATIONS", "旧城改造引来集中申请，申请数是同级机关中位数的十倍以上", "表三 本年新收",
        say(extra={"s3": ("西片旧城改造启动后，居民就征收补偿集中提出申请，办件量为历年最多。",)}),
    ),
    ("青岚区", 2019): Plant(
        "T2C.MADE_NOT_DISCLOSED", "制作了规范性文件，本年新公开数填成 0", "表二 行政规范性文件", leave_undisclosed
    ),
    ("漱石街道", 2024): Plant(
        "T2.RULES_COMPETENCE", "街道没有规章制定权，却填了规章 2 件", "表二 规章",
        add({"t2_art20_1.rules.issued": 2, "t2_art20_1.rules.in_force": 2}),
    ),
    ("自然资源局", 2024): Plant(
        "T2D.FEES_UNIT", "收费金额按元填报，栏目的单位是万元", "表二 行政事业性收费", charge_in_yuan
    ),
    ("苔矶乡", 2020): Plant(
        "T2C.PROCUREMENT_PAIR", "有采购总金额，采购项目数量却为 0", "表二 政府集中采购",
        lambda facts: facts.with_cells({"t2_art20_9.gov_procurement.project_count": 0}),
    ),
    ("青岚区", 2013): Plant(
        "A.METHODS", "信函申请多计 3 件，各种方式之和大于申请总数", "统计表 信函申请", add({"a.a_apply_letter": 3})
    ),
    ("财政局", 2012): Plant(
        "A.STAFF", "专职人员多计 1 人，全职与兼职之和大于指定人员数", "统计表 全职人员", add({"a.a_staff_full": 1})
    ),
    ("自然资源局", 2018): Plant(
        "X.METHODS_TEXT", "正文把 1 件网络申请说成信函申请", "第三部分与统计表 申请方式", methods_otherwise
    ),
    ("棹歌镇", 2021): Plant(
        "X.DEADLINE.TOWN", "2 月 24 日才公布，晚于 1 月 31 日", "标题上方的发布日期",
        lambda facts: replace(facts, published_date="2022-02-24"),
    ),
}  # fmt: skip

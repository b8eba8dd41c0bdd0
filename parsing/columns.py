"""The column dictionary: every column of every frame, once.

In: nothing.  Out: `FRAMES`, from which the frames get their dtypes, the pages their headings and
the method page its glossary.  A frame with a column that is not here is refused by `tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dtype = Literal["string", "Int64", "Float64", "boolean", "object"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in code, the Chinese heading, pandas dtype, unit ("" for none) and meaning."""

    name: str
    label: str
    dtype: Dtype
    unit: str
    meaning: str


def text(name: str, label: str, meaning: str) -> Column:
    return Column(name, label, "string", "", meaning)


def count(name: str, label: str, unit: str, meaning: str) -> Column:
    return Column(name, label, "Int64", unit, meaning)


REPORT_ID = text("report_id", "报告编号", "报告内容的指纹，同一内容在任何机器上编号相同")
AGENCY = text("agency", "机关", "报告上写明的机关名称；没有写明时为空")
YEAR = count("year", "年度", "年", "报告所属年度；没有写明时为空")
WHERE = Column("where", "位置", "object", "", "在原文件中的位置：行列、表格行列或页码与坐标")
CLAIM = count("claim", "陈述序号", "号", "正文陈述在报告里的序号，从 1 起")
PLACE = text("place", "位置说明", "位置的文字说明，如“第 88 行第 3 列”")

FRAMES: dict[str, tuple[Column, ...]] = {
    "reports": (
        REPORT_ID,
        AGENCY,
        text("agency_id", "机关标识", "去掉上级地名与“人民政府”等字样后的机关名，用来跨年对应同一机关"),
        text("level", "层级", "province 省级、city 市级、county 县级、township 乡镇街道、department 部门"),
        text("region", "地区", "机关名称里写明的上级地区"),
        YEAR,
        text("layout_t2", "表二格式", "按标签认定的表二格式代码"),
        text("layout_t3", "表三格式", "按标签认定的表三格式代码"),
        text("layout_t4", "表四格式", "按标签认定的表四格式代码"),
        text("layout_indicators", "统计表格式", "2018 年及以前统计表的格式代码"),
        text("published_date", "公布日期", "页面或文件注明的公布日期"),
        text("source_file", "文件", "来源文件的路径"),
        text("format", "文件格式", "按内容认定的文件格式"),
        text("encoding", "编码", "文本文件的字符编码"),
        text("sha256", "内容指纹", "来源文件的 SHA-256"),
        count("part", "第几份", "份", "一个文件含多份报告时的序号"),
        count("cells_read", "读出单元格", "个", "读出数字的单元格数"),
        count("cells_blank", "空白单元格", "个", "原文留空、画横线或斜线的单元格数"),
        count("cells_unread", "未读出单元格", "个", "无法确认的单元格数"),
        count("cells_expected", "应有单元格", "个", "所用格式规定的单元格数"),
        count("figures_total", "文中数字", "个", "正文里出现的数字总数"),
        count("figures_claimed", "已识别数字", "个", "读成陈述的数字"),
        count("figures_ignored", "不计数字", "个", "电话、文号等有明确理由不计的数字"),
        count("figures_unclassified", "未归类数字", "个", "尚不能归类的数字"),
        count("problem_count", "读取问题", "个", "读取问题条数"),
        count("flag_count", "异常", "条", "审核发现的条数"),
        Column("is_latest", "最新版本", "boolean", "", "同一机关同一年度有多个版本时，是否最后一个"),
    ),
    "cells": (
        REPORT_ID,
        AGENCY,
        YEAR,
        text("address", "单元格", "表.行.列 的代码"),
        text("table", "表", "表的代码"),
        text("row", "行", "行的代码"),
        text("column", "列", "列的代码；统计表为 value"),
        Column("value", "数值", "Float64", "见“单位”", "读出的数；空白、斜线、未读出时为空，绝不当作零"),
        text(
            "status",
            "状态",
            "number 数字、zero_word 无、blank 空白、not_applicable 不适用、unreadable 未读出、absent 缺行",
        ),
        text("unit", "单位", "数值的单位"),
        text("unit_source", "单位来源", "cell 单元格、header 表头、template 格式规定、unknown 不明"),
        text("raw", "原文", "原文照录"),
        text("matched_by", "认定方式", "label 标签、alias 异名、position 位置、repair 修复后"),
        text("confidence", "把握", "sure 确定、doubtful 待核"),
        PLACE,
        WHERE,
    ),
    "claims": (
        REPORT_ID,
        AGENCY,
        Column("report_year", "报告年度", "Int64", "年", "报告所属年度"),
        CLAIM,
        text("metric", "指标", "陈述的指标代码"),
        text("dim", "维度", "指标的细分：渠道、申请方式、结果等"),
        text("label", "原文称谓", "报告里的叫法"),
        Column("value", "数值", "Float64", "见“单位”", "陈述的数；日期类陈述为空"),
        text("value_text", "值", "照录的值，日期用 ISO 写法"),
        text("unit", "单位", "陈述的单位"),
        Column("year", "所指年度", "Int64", "年", "这句话说的是哪一年"),
        Column("approx", "约数", "boolean", "", "是否带“余、约、近”等字样"),
        Column("negated", "否定", "boolean", "", "是否为“未收到、未发生”一类的陈述"),
        text("quote", "原句", "原文照录"),
        text("section", "章节", "所在部分的代码"),
        count("list_id", "列举序号", "号", "同一列举（其中……）的总数与分项序号相同；不在列举里的为空"),
        text("list_role", "列举中的角色", "total 总数、part 分项"),
        PLACE,
        WHERE,
    ),
    "measures": (
        REPORT_ID,
        AGENCY,
        YEAR,
        text("measure", "统计项", "统计项的代码：各个时期的格式里同一件事的同一个代码"),
        text("label", "统计项名称", "统计项的名称"),
        Column("value", "数值", "Float64", "见“单位”", "各单元格之和，或者正文的数；缺数时为空，绝不当作零"),
        text("unit", "单位", "数值的单位"),
        text(
            "state",
            "状态",
            "number 数字、approx 约数、partial 缺部分单元格、blank 空白、unread 未读出、absent 缺行、"
            "not_applicable 不适用、conflict 正文前后不一",
        ),
        count("missing", "缺数单元格", "个", "没有数的单元格数"),
        text("source", "来源", "table 表格、text 正文"),
        Column("is_main", "采用", "boolean", "", "统计时采用的一个：有表格的取表格，否则取正文"),
    ),
    "bindings": (
        REPORT_ID,
        AGENCY,
        YEAR,
        CLAIM,
        text("metric", "指标", "陈述的指标代码"),
        text("dim", "维度", "指标的细分：渠道、申请方式、结果等"),
        text("reading", "口径", "按哪一种口径理解这个数"),
        text("cells", "单元格", "这一口径下相加的单元格，用 + 连接；减去的前面是 -"),
        text("per", "占比的分母", "陈述是百分比时，作分母的单元格；不是百分比时为空"),
        Column("value", "数值", "Float64", "见“单位”", "表格按这一口径得出的数；因空白或未读出而无法确定时为空"),
        text(
            "outcome",
            "对照结果",
            "same 相同、together 与正文其他分项合计相同、differs 不同、blank 表格空白、unread 表格未读出",
        ),
        text("cells_report_id", "表格所在报告", "对照的是上一年度报告的表格时，那份报告的编号；否则为空"),
    ),
    "prose": (
        REPORT_ID,
        count("paragraph", "段落", "段", "正文段落的序号，从 1 起；被分页拆开的一句话、同一行的各格序号相同"),
        text("kind", "类型", "heading 标题、text 正文、row 不属于规定表格的一行"),
        text("section", "章节", "所在部分的代码"),
        text("raw", "原文", "原文照录"),
        PLACE,
        WHERE,
    ),
    "figures": (
        REPORT_ID,
        text("raw", "数字", "原文照录"),
        text("outcome", "去向", "claimed 已识别、ignored 不计、unclassified 未归类"),
        text("reason", "不计理由", "不计的理由"),
        text("claims", "陈述序号", "读成的陈述的序号，分号分隔"),
        PLACE,
        WHERE,
    ),
    "sections": (
        REPORT_ID,
        text("code", "章节代码", "部分的代码；格式里没有的标题为空"),
        text("title", "标题", "原文标题"),
        PLACE,
        WHERE,
    ),
    "flags": (
        text("flag_id", "异常编号", "由检查、机关、年度与操作数位置算出，重跑不变"),
        REPORT_ID,
        AGENCY,
        YEAR,
        text("check", "检查", "检查的代码"),
        text("family", "类别", "检查所属类别"),
        text("severity", "严重程度", "error 错误、warning 警告、info 提示"),
        text("consequence", "处理", "correct 必须更正、explain 需要说明、note 提示"),
        text("message", "说明", "发现了什么、在哪里、怎么办"),
        text("expected", "应为", "按规则应有的值"),
        text("actual", "实为", "报告里的值"),
        Column("difference", "差额", "Float64", "见说明", "实为减应为"),
        text("formula", "算式", "逐项写出的算式"),
        text("legal_basis", "依据", "法规条款代码，分号分隔"),
        Column("doubtful", "待核", "boolean", "", "操作数的位置是推断的，须先核对原文"),
        Column("evidence", "证据", "object", "", "双方的单元格或原句及其位置"),
    ),
    "checks": (
        REPORT_ID,
        AGENCY,
        YEAR,
        text("check", "检查", "检查的代码"),
        text(
            "outcome",
            "结果",
            "pass 通过、pass_assumed_zero 空白按零通过、fail 不符、undecidable 无法判断、"
            "not_applicable 不适用、crashed 出错",
        ),
        text("reason", "原因", "无法判断或不适用的原因"),
    ),
    "problems": (
        REPORT_ID,
        text("source_file", "文件", "来源文件的路径"),
        text("kind", "类型", "读取问题的类型"),
        text("message", "说明", "出了什么问题、在哪里、怎么办"),
        PLACE,
        WHERE,
    ),
    "repairs": (
        REPORT_ID,
        text("kind", "类型", "修复的类型"),
        text("before", "原文", "修复前的文字"),
        text("after", "修复后", "修复后的文字"),
        text("message", "说明", "修复了什么损坏"),
        PLACE,
        WHERE,
    ),
}


def names(frame: str) -> tuple[str, ...]:
    """The column names of a frame in order."""
    return tuple(column.name for column in FRAMES[frame])


def find_column(frame: str, name: str) -> Column:
    """One column of a frame; KeyError names both when there is none."""
    for column in FRAMES[frame]:
        if column.name == name:
            return column
    raise KeyError(f"{frame}.{name}")

"""A report whose sentences are another's: what somebody writes who opens an old file and changes the figures.

In: a report and the one that it is copied from.  Out: the report with its own figures and denials, everything else in
the words of the other; `COPIED` lists where the demonstration district does so, and what else is left over of other
texts in it.  Refused: nothing; a paragraph without counterpart stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tests.synthesis.changes import say
from tests.synthesis.facts import Agency
from tests.synthesis.logical import Block, Heading, LogicalReport, Prose
from tests.synthesis.plants import Plant

COPIED: dict[tuple[str, int], Plant] = {
    ("霁月镇", 2024): Plant(
        "X.COPY_FORWARD", "除本年的数字外，各段照抄 2023 年度报告", "总体情况、存在的主要问题", source=("霁月镇", 2023)
    ),
    ("琴麓镇", 2024): Plant(
        "X.COPY_OTHER", "除本年的数字外，各段照抄砚池镇 2023 年度报告", "总体情况、存在的主要问题",
        source=("砚池镇", 2023),
    ),
    ("竹声街道", 2024): Plant(
        "X.OTHER_NAME", "街道的报告自称“我镇”", "存在的主要问题 最后一段",
        say(extra={"s5": ("我镇将把上述办法写进年度计划，逐项抓好落实。",)}),
    ),
    ("青岚区", 2022): Plant(
        "X.TEMPLATE_TEXT", "模板的提示和占位符没有删去", "其他需要报告的事项",
        say(extra={"s6": ("（此处填写其他需要报告的事项，没有的填“无”）", "联系单位：XX区政务公开工作领导小组办公室")}),
    ),
}  # fmt: skip

SENTENCE = re.compile(r"[^。]+。?")
# What is true of one report only: figures, and that something did not happen; that nobody was to blame is true of most.
OF_ONE_REPORT = re.compile(r"\d|未(?!出现责任追究)|没有|无")
# Figures of the bank `bystander`: the sentence is copied, its figure is changed.
COUNTED = re.compile(r"人次。|工单|关注用户|办件量|咨询电话|折页|来信")
FIGURE = re.compile(r"\d+")


def parts_of(report: LogicalReport) -> dict[str, list[Prose]]:
    """The paragraphs under each heading of a part."""
    parts: dict[str, list[Prose]] = {}
    under = ""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            under = block.text
        elif isinstance(block, Prose) and block.align == "left":
            parts.setdefault(under, []).append(block)
    return parts


def rewrite(own: str, borrowed: str) -> str:
    """The figures and denials of one paragraph, the other sentences of the other one."""
    counted = next((one for one in SENTENCE.findall(borrowed) if COUNTED.search(one)), None)
    kept = [one for one in SENTENCE.findall(own) if OF_ONE_REPORT.search(one)]
    taken = [one for one in SENTENCE.findall(borrowed) if not OF_ONE_REPORT.search(one)]
    figures = [one for one in kept if not COUNTED.search(one)]
    return "".join(taken[:1] + figures + taken[1:] + [refill(one, counted) for one in kept if one not in figures])


def refill(own: str, counted: str | None) -> str:
    """A counting sentence in the words of another one, with its own figure; without another one as it is."""
    figure = FIGURE.search(own)
    return FIGURE.sub(figure.group(), counted) if figure and counted else own


def borrow(report: LogicalReport, agency: Agency, source: LogicalReport, author: Agency) -> LogicalReport:
    """The report of an agency in the words of an author, whose names are replaced; the preface stays."""
    theirs = parts_of(source)
    at: dict[str, int] = {}
    blocks: list[Block] = []
    under = ""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            under = block.text
        elif isinstance(block, Prose) and block.align == "left" and under:
            number = at[under] = at.get(under, -1) + 1
            if number < len(theirs.get(under, ())):
                words = theirs[under][number].text
                words = words.replace(author.short, agency.short).replace(author.calls_itself, agency.calls_itself)
                block = replace(block, text=rewrite(block.text, words) or block.text)
        blocks.append(block)
    return replace(report, blocks=tuple(blocks))

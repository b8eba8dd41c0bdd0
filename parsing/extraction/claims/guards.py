"""Why a figure is no claim, in words that a person sees.

In: a mention and its paragraph.  Out: a reason, or None where nothing explains the figure: it is then unclassified.
Nothing is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.drafts import Paragraph
from parsing.extraction.claims.segments import Mention
from parsing.extraction.claims.topics import last_topic, reason_of, topics_in
from parsing.extraction.claims.wordings import last_match, load_words, one_of, read_file
from parsing.extraction.claims.years import year_of

DISPUTES = frozenset(("review", "litigation"))
UNRELATED = "与信息公开无关的案件"
OTHER_YEAR, PART_OF_YEAR, DIFFERENCE = "其他年份", "部分时段", "与上年之差"


@dataclass(frozen=True, slots=True)
class Guards:
    """The lists of guards.toml, explained there."""

    frequency: tuple[str, ...]
    plans: tuple[str, ...]
    compared: tuple[str, ...]
    unrelated: tuple[str, ...]
    part_of_year: tuple[str, ...]
    whole_year: tuple[str, ...]
    differences: tuple[str, ...]


@cache
def guards() -> Guards:
    return load_words("guards.toml", "guards", Guards)


@cache
def unit_reasons() -> dict[str, str]:
    return {unit: reason for reason, units in read_file("guards.toml")["units"].items() for unit in units}


def guard(paragraph: Paragraph, mention: Mention) -> str | None:
    """What keeps a figure from being a count of the year, whatever it speaks of."""
    if one_of(guards().frequency).search(mention.lead):
        return "频次或要求"
    if one_of(guards().plans).search(mention.lead):
        return "计划"
    rest = paragraph.text[mention.amount.end : mention.sentence[1]]
    if one_of(guards().unrelated).search(rest) and DISPUTES & set(topics_in(mention.lead)):
        return UNRELATED
    if is_part_of_year(paragraph.own_stretch(mention)):
        return PART_OF_YEAR
    if one_of(guards().differences).search(mention.lead):
        return DIFFERENCE
    year = year_of(paragraph.text, mention.sentence[0], mention.start + len(mention.lead), None)
    if year and paragraph.report_year and year > paragraph.report_year + 1:
        return OTHER_YEAR
    return None


def is_part_of_year(words: str) -> bool:
    """Whether the last time that the words name is a part of the year.

    >>> is_part_of_year("上半年收到申请"), is_part_of_year("上半年开展自查,全年收到申请")
    (True, False)
    """
    part = last_match(one_of(guards().part_of_year), words)
    whole = last_match(one_of(guards().whole_year), words)
    return part is not None and (whole is None or whole.start() < part.start())


def explain(paragraph: Paragraph, mention: Mention) -> str | None:
    """Why no metric took a figure: its topic, else its unit, else the topic that it inherits."""
    amount = mention.amount
    own = last_topic(mention.lead) or last_topic(mention.tail)
    if reason := reason_of(own):
        return reason
    # 审结行政复议案件4件: a common word beside a topic that has metrics.
    if reason := next(filter(None, map(reason_of, topics_in(mention.lead + mention.tail))), None):
        return reason
    if one_of(guards().compared).search(mention.lead) and str(paragraph.report_year) not in mention.lead:
        return OTHER_YEAR
    if amount.unit in unit_reasons():
        return unit_reasons()[amount.unit]
    if own is None and (reason := reason_of(paragraph.topic_before(mention.start))):
        return reason
    if paragraph.is_row:
        return "表格数字"
    if not amount.unit and not mention.lead and not mention.tail:
        return "版面残留"
    return None

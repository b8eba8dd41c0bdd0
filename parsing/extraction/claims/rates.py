"""Percentages and multiples: rates of closing, growth of the total; everything else is named and left.

In: a mention in % or 倍 and its paragraph.  Out: a `Draft`, or the reason why the figure is none.  Refused: growth of
anything but the year's total of disclosed information.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.channels import is_generic, trim_label
from parsing.extraction.claims.drafts import Draft, Paragraph
from parsing.extraction.claims.guards import DIFFERENCE
from parsing.extraction.claims.segments import Mention
from parsing.extraction.claims.topics import last_topic, reason_of
from parsing.extraction.claims.wordings import load_words, one_of
from parsing.extraction.claims.years import year_of

SHARE, GROWTH, OTHER = "占比", "增长率", "其他比率"
TOTALS = ("disclosed_total", "disclosed_prev_total")
MULTIPLE_OF = ("增长", "增加", "上升", "提升")


@dataclass(frozen=True, slots=True)
class RateWords:
    """The lists of rates.toml, explained there."""

    share: tuple[str, ...]
    closed: tuple[str, ...]
    growth: tuple[str, ...]
    fall: tuple[str, ...]
    of_total: tuple[str, ...]


@cache
def rate_words() -> RateWords:
    return load_words("rates.toml", "rates", RateWords)


def make_rate(paragraph: Paragraph, mention: Mention, metric: str, value: int | float) -> Draft:
    amount = mention.amount
    year = year_of(paragraph.text, mention.sentence[0], amount.start, paragraph.report_year)
    return Draft(metric, value, "%", mention.start, amount.end, year=year, approx=amount.approx)


def is_growth_of_total(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether the rate's own words name the total disclosed, or the sentence's last figure before the rate is it.

    The difference, or last year's total, may stand between the two: 公开548条,上年公开516条,增加32条,增长6.2%.
    """
    if one_of(rate_words().of_total).search(mention.lead):
        return True
    own = one_of(rate_words().growth).split(mention.lead, 1)[0]
    if not is_generic(own[slice(*trim_label(own))]):
        # 其中民生类信息同比增长45%.
        return False
    before = next(paragraph.drafts_in(mention.sentence[0], mention.start), None)
    if before is None or before.metric not in TOTALS or total_said(paragraph, mention) is None:
        return False
    reasons = [
        paragraph.reasons.get(index)
        for index, one in enumerate(paragraph.figures.amounts)
        if before.end <= one.start < mention.amount.start
    ]
    return all(reason in (DIFFERENCE, SHARE) for reason in reasons)


def total_said(paragraph: Paragraph, mention: Mention) -> Draft | None:
    """The total of the year that the sentence said last before a rate."""
    drafts = paragraph.drafts_in(mention.sentence[0], mention.start)
    return next((one for one in drafts if one.metric == "disclosed_total"), None)


def read_growth(paragraph: Paragraph, mention: Mention) -> Draft | str:
    """Growth against the year before, negative for a fall; 增长1.4倍 is growth by 140 %."""
    value = mention.amount.value
    if not is_growth_of_total(paragraph, mention):
        return GROWTH
    if mention.amount.unit == "倍":
        if not any(word in mention.lead for word in MULTIPLE_OF):
            return GROWTH
        value = round(100 * value, 6)
    sign = -1 if one_of(rate_words().fall).search(mention.lead) else 1
    rate = make_rate(paragraph, mention, "disclosed_growth_pct", sign * value)
    said = paragraph.drafts_in(mention.sentence[0], mention.start)
    if (total := total_said(paragraph, mention)) and not any(one.metric == rate.metric for one in said):
        # The first growth is that of the total, though last year's total may stand between.
        rate.year = total.year
    return rate


def read_rate(paragraph: Paragraph, mention: Mention) -> Draft | str:
    """A claim, or why it is none.  The rate of answers to letters in a mailbox is not that of applications."""
    words = rate_words()
    if one_of(words.share).search(mention.lead):
        return SHARE
    if mention.amount.unit == "%" and one_of(words.closed).search(mention.lead):
        topic = last_topic(mention.lead) or paragraph.topic_before(mention.start)
        return reason_of(topic) or make_rate(paragraph, mention, "closed_rate_pct", mention.amount.value)
    if one_of(words.growth).search(mention.lead) and mention.amount.unit in ("%", "倍"):
        return read_growth(paragraph, mention)
    return OTHER

"""Why a figure is no claim, in words that a person sees.

In: a mention and its paragraph.  Out: a reason, or None where nothing explains the figure: it is then unclassified.
Nothing is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.drafts import Paragraph
from parsing.extraction.claims.segments import Mention
from parsing.extraction.claims.topics import last_topic, reason_of
from parsing.extraction.claims.wordings import load_words, one_of, read_file
from parsing.extraction.claims.years import year_of

OTHER_YEAR = "其他年份"


@dataclass(frozen=True, slots=True)
class Guards:
    """The lists of guards.toml, explained there."""

    frequency: tuple[str, ...]
    plans: tuple[str, ...]
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
    if one_of(guards().differences).search(mention.lead):
        return "与上年之差"
    year = year_of(paragraph.text, mention.sentence[0], mention.start + len(mention.lead), None)
    if year and paragraph.report_year and year > paragraph.report_year + 1:
        return OTHER_YEAR
    return None


def explain(paragraph: Paragraph, mention: Mention) -> str | None:
    """Why no metric took a figure: its topic, else its unit, else the topic that it inherits."""
    amount = mention.amount
    own = last_topic(mention.lead) or last_topic(mention.tail)
    if reason := reason_of(own):
        return reason
    if amount.unit in unit_reasons():
        return unit_reasons()[amount.unit]
    if own is None and (reason := reason_of(paragraph.topic_before(mention.start))):
        return reason
    if paragraph.is_row:
        return "表格数字"
    if not amount.unit and not mention.lead and not mention.tail:
        return "版面残留"
    return None

"""What one amount counts, by its own words, its topic and the list that it stands in.

In: a mention, its paragraph and the open list.  Out: `Reading`s: metric, dim and label; none where nothing fits.
Refused: figures whose words name a verb or a thing that no metric has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsing.extraction.claims import channels, disclosure
from parsing.extraction.claims.disclosure import Disclosed
from parsing.extraction.claims.drafts import Draft, Paragraph
from parsing.extraction.claims.lists import OpenList
from parsing.extraction.claims.rules import Rule, fitting_rules
from parsing.extraction.claims.segments import Mention
from parsing.extraction.claims.topics import is_weak, last_topic, reason_of, topics_in
from parsing.extraction.claims.wordings import one_of
from parsing.extraction.claims.years import year_of

FAMILIES = {
    "disclosed": "disclosure", "applications": "applications", "reviews": "review", "litigations": "litigation",
    "normative": "normative",
}  # fmt: skip
TAKEN_IN = re.compile("收到|受理|接收|新收|接到|收办|办理")
# 全区收到430件,我镇收到6件: the second figure is the reporting agency's own.
ITSELF = re.compile("[我本](?:[镇乡街县区市省州盟旗委办厅局院校所]|机关|单位|部门)")
CUMULATIVE, BY_ATTRIBUTE = "累计数,所属年度不明", "按公开属性计数"
RUNNING = {"disclosure": "disclosed_total", "applications": "applications_received"}
PARTS_OF_APPLICATIONS = ("applications_method", "applications_applicant")


class Reading(NamedTuple):
    """What a figure counts; `label` is the stretch of its own words that names it, None for all of them.

    `is_part` says that it was read as a part of the open list, `uses_tail` that the words behind the figure were
    needed.
    """

    metric: str
    dim: str | None = None
    label: str | None = None
    is_part: bool = False
    uses_tail: bool = False


Decision = Sequence[Reading] | str


def own_topic(mention: Mention) -> str | None:
    """The topic that a figure's own words name; what leads up to it counts before what follows."""
    for words in (mention.lead, mention.tail):
        if (topic := last_topic(words)) and not is_weak(topic):
            return topic
    return None


def topic_of(paragraph: Paragraph, mention: Mention, current: OpenList | None) -> str | None:
    """What a figure speaks of: its own words, else the list's total, else what was named before."""
    if own := own_topic(mention):
        return own
    if current and current.metric and (family := FAMILIES.get(current.metric.partition("_")[0])):
        return family
    return paragraph.topic_before(mention.start)


def decide(paragraph: Paragraph, mention: Mention, current: OpenList | None) -> Decision:
    """The readings of one figure, or the reason why it has none."""
    topic = topic_of(paragraph, mention, current)
    if disclosure.is_running_total(mention.lead, paragraph.own_stretch(mention)):
        return CUMULATIVE
    if of_year := year_of_running_total(paragraph, mention):
        return [of_year]
    if current and (part := read_list_part(mention, current)):
        return [part]
    if is_attribute_count(paragraph, mention):
        return BY_ATTRIBUTE
    if mention.amount.value == 0 and {"review", "litigation"} <= {*topics_in(mention.lead)}:
        return [Reading("reviews_total"), Reading("litigations_total")]
    for words in (mention.lead, mention.lead + mention.tail) if mention.tail else (mention.lead,):
        for rule in fitting_rules(words, mention.amount.unit, topic):
            if admits(paragraph, mention, current, rule):
                names_behind = last_topic(mention.lead) != topic and last_topic(mention.tail) == topic
                readings = readings_of(paragraph, mention, current, rule)
                if names_behind or words != mention.lead:
                    return [reading._replace(uses_tail=True) for reading in readings]
                return readings
    return decide_disclosure(paragraph, mention, current, topic)


def year_of_running_total(paragraph: Paragraph, mention: Mention) -> Reading | None:
    """累计公开846条,其中本年度214条: behind a running total, words for the year alone count the same of the year."""
    index = paragraph.figures.amounts.index(mention.amount)
    before = paragraph.mentions[index - 1] if paragraph.reasons.get(index - 1) == CUMULATIVE else None
    words = channels.words()
    if before is None or mention.amount.unit != before.amount.unit or not one_of(words.this_year).search(mention.lead):
        return None
    metric = RUNNING.get(topic_of(paragraph, before, None) or "")
    is_bare = channels.is_generic(mention.lead[slice(*channels.trim_label(mention.lead))])
    return Reading(metric) if metric and is_bare else None


def read_list_part(mention: Mention, current: OpenList) -> Reading | None:
    """A part of a list under a figure of disclosure."""
    total = current.total
    lead = mention.lead if channels.has_label(mention.lead) else mention.lead + mention.tail
    if total is None and current.is_disclosure and not channels.has_verb(lead):
        part = disclosure.read_part(lead, mention.amount.unit, None)
        return Reading(part.metric, part.dim, part.label, True) if part else None
    if total is None or not total.metric.startswith("disclosed"):
        return None
    if not current.is_marked and (
        mention.amount.unit != total.unit or channels.has_verb(lead) or own_topic(mention) not in (None, "disclosure")
    ):
        return None
    parent_dim = total.dim if total.metric == "disclosed_channel" else None
    part = disclosure.read_part(lead, mention.amount.unit, parent_dim, total.unit)
    return Reading(part.metric, part.dim, part.label, True) if part else None


def is_attribute_count(paragraph: Paragraph, mention: Mention) -> bool:
    """Documents made, counted by what may be published of them, are no applications."""
    if not disclosure.is_attribute_part(mention.lead):
        return False
    is_led = bool(one_of(channels.words().attribute_leads).search(paragraph.sentence_text(mention)))
    is_led = is_led or any(word in mention.lead for word in ("作为", "列为"))
    siblings = [one for one in paragraph.mentions if one.sentence == mention.sentence and one is not mention]
    same_unit = [one for one in siblings if one.amount.unit == mention.amount.unit]
    return is_led or (
        any("主动公开" in one.lead for one in same_unit)
        and any(disclosure.is_attribute_part(one.lead) for one in same_unit)
    )


def readings_of(paragraph: Paragraph, mention: Mention, current: OpenList | None, rule: Rule) -> list[Reading]:
    """A rule's reading, and what else the same words state."""
    readings = [Reading(rule.metric, rule.dim)]
    if rule.also:
        readings.append(Reading(rule.also))
    if rule.metric == "applications_received" and current is None and (part := part_behind(paragraph, mention)):
        readings.append(part)
    if rule.metric in PARTS_OF_APPLICATIONS and current is None and states_total(paragraph, mention, rule):
        readings.insert(0, Reading("applications_received"))
    return readings


def part_behind(paragraph: Paragraph, mention: Mention) -> Reading | None:
    """收到一件信函申请: the words behind the figure say how it came, or from whom."""
    rules = fitting_rules(mention.tail, mention.amount.unit, "applications") if mention.tail else iter(())
    rule = next((rule for rule in rules if rule.metric in PARTS_OF_APPLICATIONS), None)
    return Reading(rule.metric, rule.dim) if rule and states_total(paragraph, mention, rule) else None


def admits(paragraph: Paragraph, mention: Mention, current: OpenList | None, rule: Rule) -> bool:
    """Whether what stands around the figure lets a rule apply."""
    if rule.metric in PARTS_OF_APPLICATIONS:
        return speaks_of_applications(paragraph, mention, current)
    if rule.metric != "applications_received":
        return True
    if current and current.is_marked and current.metric == "applications_closed":
        # 办结13件,其中上年结转2件、本年新收11件: those of the year among the closed.
        return False
    if own_topic(mention) is None:
        return bool(ITSELF.search(mention.lead)) or not is_second(paragraph, mention)
    return True


def speaks_of_applications(paragraph: Paragraph, mention: Mention, current: OpenList | None) -> bool:
    """Whether the sentence itself, or the list, is about applications: a heading alone makes no way of applying."""
    if current and current.metric and current.metric.startswith("applications"):
        return True
    sentence = paragraph.sentence_text(mention) + mention.lead + mention.tail
    return "applications" in topics_in(sentence)


def states_total(paragraph: Paragraph, mention: Mention, rule: Rule) -> bool:
    """Whether 接收以网络方式提交的申请5件 states all that was received, not one of several ways."""
    if not TAKEN_IN.search(mention.lead):
        return False
    siblings = [one for one in paragraph.mentions if one.sentence == mention.sentence and one is not mention]
    others = (next(fitting_rules(one.lead, one.amount.unit, "applications"), None) for one in siblings)
    return not any(other and other.metric == rule.metric for other in others)


def is_second(paragraph: Paragraph, mention: Mention) -> bool:
    """Whether the sentence has already said how many were received: 收到57件,…,受理18件 is something else.

    Of another year it may say it once more: 2021年收到6件,2022年收到12件.
    """
    year = year_of(paragraph.text, mention.sentence[0], mention.amount.start, paragraph.report_year)
    said = paragraph.drafts_in(*mention.sentence)
    return any(one.metric == "applications_received" and one.year == year for one in said)


def decide_disclosure(paragraph: Paragraph, mention: Mention, current: OpenList | None, topic: str | None) -> Decision:
    """A figure that no rule took: proactive disclosure, or nothing."""
    before, verb, thing = channels.split_verb(mention.lead)
    is_led = bool(verb and channels.channels_in(before))
    # Behind a channel and its verb, what stands before the verb is the place: 网站公开目录发布26条信息.
    own = last_topic(thing + mention.tail) if is_led else own_topic(mention)
    if own and not is_weak(own) and reason_of(own):
        return []
    found = find_disclosed(paragraph, mention, topic)
    if found is None:
        return []
    if found.metric != "disclosed_category" and disclosure.is_cumulative(
        mention.lead, paragraph.sentence_text(mention)
    ):
        return CUMULATIVE
    if found.metric == "disclosed_total":
        if current and current.is_marked and current.total:
            return [Reading("disclosed_category", None, mention.lead, True)]
        return read_second_total(paragraph, mention, before)
    return [Reading(found.metric, found.dim, found.label)]


def read_second_total(paragraph: Paragraph, mention: Mention, subject: str) -> Decision:
    """A total, unless the sentence has one for the same year already: 市级部门公开40条,县区公开60条 are two shares.

    A share is never larger than the total: where the second figure is, the first was a share too.
    """
    start, end = channels.trim_label(subject)
    year = year_of(paragraph.text, mention.sentence[0], mention.amount.start, paragraph.report_year)
    totals = (one for one in paragraph.drafts_in(*mention.sentence) if one.metric == "disclosed_total")
    first = next((one for one in totals if one.year == year), None)
    if first is None or end == start or not isinstance(first.value, (int, float)):
        return [Reading("disclosed_total")]
    if mention.amount.value > first.value:
        become_share(paragraph, first)
    return [Reading("disclosed_category", None, subject[start:end])]


def become_share(paragraph: Paragraph, draft: Draft) -> None:
    """Turn what was taken for the total into the share of whoever its words name."""
    words = paragraph.text[draft.start : draft.end]
    subject, _, _ = channels.split_verb(words)
    start, end = channels.trim_label(subject)
    draft.metric, draft.dim = "disclosed_category", subject[start:end]
    draft.label = (draft.start + start, draft.start + end)


def channels_before(paragraph: Paragraph, mention: Mention) -> Sequence[str]:
    """The channels named in the sentence before a figure; those behind the last other figure count first."""
    before = paragraph.sentence_text(mention)
    ends = [one.end for one in paragraph.figures.amounts if mention.sentence[0] <= one.start < mention.start]
    near = paragraph.text[ends[-1] : mention.start] if ends else before
    return channels.channels_in(near) or channels.channels_in(before)


def find_disclosed(paragraph: Paragraph, mention: Mention, topic: str | None) -> Disclosed | None:
    """What the words say of disclosure; without its nouns only where the text speaks of it already."""
    is_followed = mention.tail.startswith("信息") and not mention.lead.endswith("信息")
    words = mention.lead + "信息" if is_followed else mention.lead
    unit = mention.amount.unit
    found = disclosure.read_disclosed(words, unit, channels_before(paragraph, mention))
    speaks = topic in (None, "disclosure") or "信息" in words or "主动公开" in words
    if found and not speaks and (found.metric == "disclosed_total" or not channels.has_verb(words)):
        return None
    if found is None and not channels.has_verb(words):
        before = next(paragraph.drafts_in(mention.sentence[0], mention.start), None)
        follows = before is not None and before.metric == "disclosed_category"
        label = disclosure.document_label(mention.lead, unit) if topic == "disclosure" or follows else None
        return Disclosed("disclosed_category", None, label) if label else None
    return found

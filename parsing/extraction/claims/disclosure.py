"""What a figure says of proactive disclosure: the total, a channel, a category.

In: a figure's own words and where it stands.  Out: a `Disclosed`, or None where the words say nothing of disclosure.
Refused: totals that run over several years, and figures of documents counted by attribute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from parsing.extraction.claims.channels import (
    QUOTED,
    channels,
    channels_in,
    is_generic,
    one_dim,
    split_verb,
    trim_label,
    words,
)
from parsing.extraction.claims.wordings import one_of, read_file

SHORTEST_LABEL = 2


class Disclosed(NamedTuple):
    """A reading: metric, dim, and the label as a stretch of the words given."""

    metric: str
    dim: str | None
    label: str


@cache
def counted_units() -> frozenset[str]:
    return frozenset(read_file("disclosure.toml")["units"]["counted"])


@cache
def listed_units() -> frozenset[str]:
    return frozenset(read_file("disclosure.toml")["units"]["only_listed"])


def is_running_total(lead: str, stretch: str = "") -> bool:
    """Whether a figure's own words say that it runs over many years: 历年累计4185件; 条例施行以来,累计收到63件.

    `stretch` is all that stands between the figure before it and this one.
    """
    is_long = one_of(words().cumulative).search(lead) or one_of(words().since).search(stretch)
    return bool(is_long) and not one_of(words().this_year).search(stretch or lead)


def is_cumulative(lead: str, before: str) -> bool:
    """Whether a sum of disclosure runs over more than the year: 截至目前,…累计公开44条."""
    if one_of(words().this_year).search(lead):
        return False
    context = before + lead
    return bool(
        one_of(words().cumulative_sum).search(lead)
        and (one_of(words().cumulative_until).search(context) or one_of(words().cumulative).search(context))
        and not one_of(words().this_year).search(before)
    )


@cache
def attribute_pattern() -> re.Pattern[str]:
    parts = "|".join(words().attribute_parts)
    return re.compile(rf"(?:累计|共|作为|列为|属于|属性为)*(?:{parts})(?:类|的|政府|信息|公文|文件|属性)*(?:数量?)?")


def is_attribute_part(lead: str) -> bool:
    """Whether a label names an attribute of documents: 依申请公开459件 of 3021 documents made."""
    return attribute_pattern().fullmatch(lead, *trim_label(lead)) is not None


@cache
def edge_pattern() -> re.Pattern[str]:
    verbs = "|".join(words().edge_verbs)
    return re.compile(rf"(?:共|累计|全年|已|均|依法|按期)*(?:{verbs})")


def is_foreign(text: str) -> bool:
    """Whether a label holds a verb of other work: 收到建议, 办理12件.

    >>> is_foreign("其中县长信箱受理"), is_foreign("调查征集和反馈"), is_foreign("组织机构")
    (True, False, False)
    """
    label = text[slice(*trim_label(text))]
    return bool(one_of(words().foreign_verbs).search(text) or edge_pattern().match(label))


def read_disclosed(lead: str, unit: str, back: Sequence[str]) -> Disclosed | None:
    """A figure that stands on its own: verb, channel and object decide.

    `back` are the channels named earlier in the sentence, for 微信公众号…,全年发布800条.
    """
    if unit not in counted_units() or (unit in listed_units() and not lead.endswith("信息")):
        return None
    before, verb, thing = split_verb(lead)
    found = channels_in(before) or (channels_in(thing) if verb else [])
    if not verb:
        return read_without_verb(lead)
    if found:
        label = before if channels_in(before) else thing
        return Disclosed("disclosed_channel", one_dim(found), label)
    is_enumeration = bool(one_of(words().enumeration).search(thing[slice(*trim_label(thing))]))
    if not is_generic(thing) and not is_enumeration:
        known = verb in ("公开", "主动公开", "公开发布", "公布", "公示", "发布")
        label = thing[slice(*trim_label(thing))]
        is_category = known and not is_foreign(thing) and not one_of(words().no_documents).search(label)
        return Disclosed("disclosed_category", None, label) if is_category else None
    if verb in words().channel_verbs:
        if back:
            return Disclosed("disclosed_channel", one_dim(back), "")
        return Disclosed("disclosed_total", None, "") if "信息" in lead else None
    return Disclosed("disclosed_total", None, "") if verb in ("公开", "主动公开", "公开发布") else None


def read_without_verb(lead: str) -> Disclosed | None:
    """A bare channel before the figure: 政务微博100条, 公众网信息161条; not 网站、微博办理66件."""
    found = channels_in(lead)
    if not found:
        return None
    places = (match.end() for channel in channels() for match in one_of(channel.words).finditer(lead))
    rest = QUOTED.sub("", lead[max(places) :])
    return Disclosed("disclosed_channel", one_dim(found), lead) if is_generic(rest) else None


def read_part(lead: str, unit: str, parent_dim: str | None, total_unit: str = "") -> Disclosed | None:
    """A part of a list whose total is a figure of disclosure: a channel where it names one, else a category.

    Within the list of one channel, its own name is part of a category's (公开专栏31条 on the website).
    """
    is_other = one_of(words().foreign_verbs).search(lead) if unit in ("", total_unit) else is_foreign(lead)
    if unit not in counted_units() | {""} or is_other or (unit == "次" and total_unit != unit):
        return None
    before, verb, thing = split_verb(lead)
    start, end = trim_label(lead)
    label = lead[start:end]
    if not verb:
        bare = read_without_verb(lead)
        if bare and bare.dim != parent_dim:
            return bare
        return Disclosed("disclosed_category", None, label) if label else None
    found = channels_in(before)
    if found and not label.endswith("类"):
        return Disclosed("disclosed_channel", one_dim(found), before)
    if parent_dim and found and parent_dim not in found:
        return None
    shorter = thing[slice(*trim_label(thing))]
    if before and len(shorter) > SHORTEST_LABEL and not is_generic(shorter):
        label = shorter
    return Disclosed("disclosed_category", None, label) if label else None


def document_label(lead: str, unit: str) -> str | None:
    """The label, where it has no verb and names documents: 管委会文件41件."""
    label = lead[slice(*trim_label(lead))]
    if is_generic(label) or is_foreign(label) or is_attribute_part(label):
        return None
    is_document = label.endswith(words().document_nouns)
    return label if is_document and unit in counted_units() - listed_units() else None

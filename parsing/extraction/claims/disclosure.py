"""What a figure says of proactive disclosure: the total, a channel, a category.

In: a figure's own words and where it stands.  Out: a `Disclosed`, a reason why it is none, or None where it says nothing
of disclosure.  Refused: totals that run over several years, and figures of documents counted by attribute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.wordings import last_match, load_entries, load_words, one_of, read_file

SOCIAL = frozenset({"wechat", "weibo", "weibo_wechat", "short_video", "new_media", "app"})
SHORTEST_LABEL = 2
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel and the words that name it."""

    dim: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of disclosure.toml, explained there."""

    verbs: tuple[str, ...]
    channel_verbs: tuple[str, ...]
    not_behind: tuple[str, ...]
    not_before: tuple[str, ...]
    generic: tuple[str, ...]
    label_heads: tuple[str, ...]
    label_tails: tuple[str, ...]
    foreign_verbs: tuple[str, ...]
    edge_verbs: tuple[str, ...]
    document_nouns: tuple[str, ...]
    cumulative: tuple[str, ...]
    cumulative_until: tuple[str, ...]
    cumulative_sum: tuple[str, ...]
    this_year: tuple[str, ...]
    name_of_account: tuple[str, ...]
    attribute_parts: tuple[str, ...]
    attribute_leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A reading: metric, dim, and the label as a stretch of the words given."""

    metric: str
    dim: str | None
    label: str


@cache
def words() -> Words:
    return load_words("disclosure.toml", "words", Words)


@cache
def channels() -> tuple[Channel, ...]:
    return load_entries("disclosure.toml", "channels", Channel)


@cache
def counted_units() -> frozenset[str]:
    return frozenset(read_file("disclosure.toml")["units"]["counted"])


@cache
def listed_units() -> frozenset[str]:
    return frozenset(read_file("disclosure.toml")["units"]["only_listed"])


@cache
def verb_pattern() -> re.Pattern[str]:
    """公开, 发布 … as verbs: not within 信息公开平台, 公开栏, 依申请公开."""
    behind = "".join(rf"(?<!{word})" for word in words().not_behind)
    others = "|".join(verb for verb in words().verbs if verb != "公开")
    before = "|".join(words().not_before)
    return re.compile(rf"(?:{others}|{behind}公开|(?<=信息)公开(?=数|量|共|了|$)|公开(?=了))(?!{before})")


@cache
def generic_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(words().generic, key=len, reverse=True))})*")


@cache
def trimming() -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads, tails = words().label_heads, words().label_tails
    by_length = {"key": len, "reverse": True}
    return (
        re.compile(f"(?:{'|'.join(sorted(heads, **by_length))})*"),  # type: ignore[call-overload]
        re.compile(f"(?:{'|'.join(sorted(tails, **by_length))})+$"),  # type: ignore[call-overload]
    )


def trim_label(text: str) -> tuple[int, int]:
    """Where the label proper begins and ends.

    >>> text = "其中:工作动态类共"
    >>> text[slice(*trim_label(text))]
    '工作动态类'
    """
    heads, tails = trimming()
    head = heads.match(text)
    start = head.end() if head else 0
    tail = tails.search(text, start)
    return (start, tail.start()) if tail else (start, len(text))


def channels_in(text: str) -> list[str]:
    """The channels that a text names; a general word gives way to the special one that it belongs to.

    >>> channels_in("“美丽某镇”微信公众号"), channels_in("官方微博、微信"), channels_in("融媒体平台")
    (['wechat'], ['wechat', 'weibo'], ['new_media'])
    """
    left, found = one_of(words().name_of_account).sub("", text), []
    for channel in channels():
        left, count = one_of(channel.words).subn("#", left)
        if count:
            found.append(channel.dim)
    if len(found) > 1:
        found = [dim for dim in found if dim not in ("other", "other_media")] or found[:1]
    return found


def one_dim(found: list[str]) -> str:
    """One code for the channels of one figure: several at once are `other`, save the groups that have a code.

    >>> one_dim(["wechat", "weibo"]), one_dim(["wechat", "short_video"]), one_dim(["website", "wechat"])
    ('weibo_wechat', 'new_media', 'other')
    """
    if len(found) == 1:
        return found[0]
    if set(found) <= {"wechat", "weibo", "weibo_wechat"}:
        return "weibo_wechat"
    return "new_media" if set(found) <= SOCIAL else "other"


def is_generic(text: str) -> bool:
    """Whether an object says no more than 信息.

    >>> is_generic("各类政府信息共"), is_generic("工作动态信息")
    (True, False)
    """
    match = generic_pattern().match(text)
    return bool(match) and match is not None and match.end() == len(text)


def split_verb(lead: str) -> tuple[str, str, str]:
    """Subject and channel, verb, object; without a verb all is object."""
    masked = QUOTED.sub(lambda match: "“" + "名" * (len(match.group()) - 2) + "”", lead)
    match = last_match(verb_pattern(), masked)
    if match is None:
        return "", "", lead
    return lead[: match.start()], match.group(), lead[match.end() :]


def is_cumulative(lead: str, before: str) -> bool:
    """Whether a sum runs over more than the year: 历年累计4185件, 截至目前累计公开44条."""
    if one_of(words().this_year).search(lead):
        return False
    if one_of(words().cumulative).search(lead):
        return True
    context = before + lead
    return bool(
        one_of(words().cumulative_sum).search(lead)
        and (one_of(words().cumulative_until).search(context) or one_of(words().cumulative).search(context))
        and not one_of(words().this_year).search(before)
    )


def is_attribute_part(lead: str) -> bool:
    """Whether a label names an attribute of documents: 依申请公开459件 of 3021 documents made."""
    parts = "|".join(words().attribute_parts)
    label = lead[slice(*trim_label(lead))]
    return bool(re.fullmatch(rf"(?:累计|共|作为|列为|属于|属性为)*(?:{parts})(?:类|的|政府|信息|公文|文件|属性)*(?:数量?)?", label))


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


def read_disclosed(lead: str, unit: str, back: list[str]) -> Disclosed | None:
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
    if not is_generic(thing):
        known = verb in ("公开", "主动公开", "公开发布", "公布", "公示", "发布")
        label = thing[slice(*trim_label(thing))]
        return Disclosed("disclosed_category", None, label) if known and not is_foreign(thing) else None
    if verb in words().channel_verbs:
        if back:
            return Disclosed("disclosed_channel", one_dim(back), "")
        return Disclosed("disclosed_total", None, "") if "信息" in lead else None
    return None if verb in ("制作", "产生", "转发") else Disclosed("disclosed_total", None, "")


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
    found = channels_in(before if verb else lead)
    start, end = trim_label(lead)
    label = lead[start:end]
    if found and not (parent_dim in found and not verb) and not label.endswith("类"):
        return Disclosed("disclosed_channel", one_dim(found), before if verb else lead)
    if parent_dim and found and verb and parent_dim not in found:
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


def has_label(lead: str) -> bool:
    """Whether anything is left of a lead when list words and connectives are taken away."""
    start, end = trim_label(lead)
    return end > start


def has_verb(lead: str) -> bool:
    return bool(split_verb(lead)[1])

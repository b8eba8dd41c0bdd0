"""The words of proactive disclosure: verbs, channels, labels.

In: a figure's own words.  Out: the channels that they name, the verb that parts them, the label without connectives.
Nothing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from parsing.extraction.claims.wordings import last_match, load_entries, load_words, one_of

SOCIAL = frozenset({"wechat", "weibo", "weibo_wechat", "short_video", "new_media", "app"})
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
    enumeration: tuple[str, ...]
    generic: tuple[str, ...]
    label_heads: tuple[str, ...]
    label_tails: tuple[str, ...]
    foreign_verbs: tuple[str, ...]
    edge_verbs: tuple[str, ...]
    document_nouns: tuple[str, ...]
    no_documents: tuple[str, ...]
    cumulative: tuple[str, ...]
    since: tuple[str, ...]
    cumulative_until: tuple[str, ...]
    cumulative_sum: tuple[str, ...]
    this_year: tuple[str, ...]
    name_of_account: tuple[str, ...]
    attribute_parts: tuple[str, ...]
    attribute_leads: tuple[str, ...]


@cache
def words() -> Words:
    return load_words("disclosure.toml", "words", Words)


@cache
def channels() -> tuple[Channel, ...]:
    return load_entries("disclosure.toml", "channels", Channel)


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


@lru_cache(maxsize=4096)
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


@cache
def any_channel() -> re.Pattern[str]:
    """The words of all channels: most texts name none."""
    return one_of(tuple(word for channel in channels() for word in channel.words))


@lru_cache(maxsize=4096)
def channels_in(text: str) -> tuple[str, ...]:
    """The channels that a text names; a general word gives way to the special one that it belongs to.

    >>> channels_in("“美丽某镇”微信公众号"), channels_in("官方微博、微信"), channels_in("融媒体平台")
    (('wechat',), ('wechat', 'weibo'), ('new_media',))
    """
    left = one_of(words().name_of_account).sub("", text)
    found: list[str] = []
    if not any_channel().search(left):
        return ()
    for channel in channels():
        left, count = one_of(channel.words).subn("#", left)
        if count:
            found.append(channel.dim)
    if len(found) > 1:
        found = [dim for dim in found if dim not in ("other", "other_media")] or found[:1]
    return tuple(found)


def one_dim(found: Sequence[str]) -> str:
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
    return match is not None and match.end() == len(text)


@lru_cache(maxsize=4096)
def split_verb(lead: str) -> tuple[str, str, str]:
    """Subject and channel, verb, object; without a verb all is object."""
    masked = QUOTED.sub(lambda match: "“" + "名" * (len(match.group()) - 2) + "”", lead)
    match = last_match(verb_pattern(), masked)
    if match is None:
        return "", "", lead
    return lead[: match.start()], match.group(), lead[match.end() :]


def has_label(lead: str) -> bool:
    """Whether anything is left of a lead when list words and connectives are taken away."""
    start, end = trim_label(lead)
    return end > start


def has_verb(lead: str) -> bool:
    return bool(split_verb(lead)[1])

"""Advertisements spliced into the name of an agency: 墨坪镇(加微信领红包)人民政府, 北京市手机彩票网民政局.

In: text.  Out: edits that take them away as a whole, with the letters and figures in them.  Left alone: everything
outside a name or a title; spam with figures in a line of prose, where a figure could be the report's; and words that
are only somewhat like spam.  The words are data (spam.toml).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from parsing.repairs.edits import Edit, digits

KIND = "spam"
MESSAGE = "夹在机关名称中的广告"

# A title or a line with a name is not longer than that.
LONGEST_LINE = 80
TITLE = re.compile(r"(?:信息|政务)公开[^。；]{0,16}(?:报告|年报)|(?:信息|政務)公開[^。；]{0,16}(?:報告|年報)")
HAN = r"[\u4e00-\u9fff]"
# An address of a government or a school is none; ASCII only, since \w has Chinese characters too.
ADDRESS = rf"(?<={HAN})(?:https?://|www\.)(?![A-Za-z0-9.-]*\.(?:gov|edu)\b)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?:/[A-Za-z0-9/.?=&%-]*)?(?={HAN})"
CONTACT = r"加?(?:微信号?|QQ群?|qq群?)[:：]?\s?[A-Za-z0-9_]{4,20}(?:领红包|进群|咨询)?"


@cache
def word_list(name: str) -> tuple[str, ...]:
    lists: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("spam.toml").read_text("utf-8"))
    return tuple(lists[name])


def one_of(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(word_list(name), key=len, reverse=True))


@cache
def spliced() -> re.Pattern[str]:
    """Spam between two parts of a name: in brackets, as an address, or as a phrase."""
    inside = r"[^()（）【】\[\]]{0,30}"
    bracketed = rf"[(（【\[]{inside}?(?:{one_of('signs')}){inside}[)）】\]]"
    phrase = rf"(?:(?<!\d)(?!(?:19|20)\d\d)\d{{3,6}})?(?:{one_of('phrases')})[A-Za-z0-9_.]{{0,20}}(?!站)"
    return re.compile(f"{bracketed}|{ADDRESS}|{CONTACT}|{phrase}")


@cache
def name_behind() -> re.Pattern[str]:
    """The rest of a name, up to the end of the line or what stands behind a name."""
    return re.compile(rf"{HAN}{{0,20}}?(?:{one_of('organs')})(?=$|[^\u4e00-\u9fff]|关于|關於|政府信息|信息公)")


@cache
def name_before() -> re.Pattern[str]:
    return re.compile(rf"{HAN}{{2,}}(?:{one_of('organs')})$")


def is_in_name(text: str, start: int, end: int) -> bool:
    """Whether the spam stands within a name, or directly behind one in a title."""
    if name_behind().match(text, end) and (start == 0 or not text[start - 1].isascii()):
        return True
    return TITLE.search(text) is not None and name_before().search(text[:start]) is not None


def opens_sentence(text: str, start: int, end: int) -> bool:
    """Whether the spam stands before a short name at the beginning of a sentence, as where a page repeats its name."""
    name = name_behind().match(text, end)
    is_first = not text[:start].strip() or text[start - 1] in "。，；：,;:"
    return is_first and name is not None and name.end() - end <= 8


def is_likely(text: str) -> bool:
    # 微信 stands in most reports, but in few of their lines.
    words = [word for word in word_list("triggers") if word in text]
    lines = text.split("\n") if words else []
    return any(spliced().search(line) for line in lines if any([word in line for word in words]))


def find(text: str) -> list[Edit]:
    """
    >>> find("墨坪镇www.abc88.com人民政府")
    [Edit(start=3, end=16, after='')]
    >>> find("福利彩票公益金使用情况")
    []
    """
    if not any([word in text for word in word_list("triggers")]):
        return []
    is_line = len(text.strip()) <= LONGEST_LINE and not re.search("[。；;，]", text)
    return [
        Edit(match.start(), match.end(), "", is_foreign=True)
        for match in spliced().finditer(text)
        if (is_in_name(text, *match.span()) if is_line else opens_sentence(text, *match.span()))
        and (is_line or not digits(match.group()))
    ]

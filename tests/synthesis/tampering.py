"""Damage done by programs that open, convert and filter pages, and by those who break into them.

In: the text of a whole report and a source of chance.  Out: the damaged text.  No figure is changed.  Refused: nothing;
a text that offers nothing to a kind comes back as it is.
"""

from __future__ import annotations

import re
from random import Random

# What converters choose wrongly, and the words of Taiwan for terms of the forms; in text in traditional characters.
VARIANTS = {
    "咨詢": "谘詢", "制度": "製度", "了解": "瞭解", "干部": "乾部", "回復": "回覆", "答復": "答覆",
    "政府信息": "政府資訊", "門戶網站": "入口網站", "真": "眞",
}  # fmt: skip
SPAM = ("(加微信xk{}领红包)", "www.yy{}.com", "手机彩票网", "（QQ群{}）", "时时彩平台", "{}彩票平台")
NAME = re.compile(r"(?m)^(?P<lead>[ 　]*)(?P<name>[\u4e00-\u9fff]{4,}?)(?P<organ>人民政府|档案局|财政局|教育局)")
MASKED = {
    "主动公开信息": "主动***息", "依申请公开信息": "依申***信息", "行政规范性文件": "行政规**文件",
    "不予公开": "不**开",
}  # fmt: skip
# A stretch of prose without figures, between two marks.
CLAUSE = re.compile(r"(?<=[，。])[\u4e00-\u9fff]{10,}(?=[，。])")
LABEL = re.compile(r"(?m)(?<=[\t ])[\u4e00-\u9fff]{5,}(?=$| \||\t)")


def use_variants(text: str, chance: Random) -> str:
    for right, wrong in VARIANTS.items():
        text = text.replace(right, wrong)
    return text


def add_spam(text: str, chance: Random) -> str:
    """An advertisement inside the name of the agency in the title, and in the signature."""
    number = str(chance.randint(30_000, 90_000))

    def spliced(match: re.Match[str]) -> str:
        return match["lead"] + match["name"] + chance.choice(SPAM).format(number) + match["organ"]

    return NAME.sub(spliced, text)


def write_letter_o(text: str, chance: Random) -> str:
    """The letter for every zero that stands alone in a cell."""
    return re.sub(r"(?m)(?<=\t)0(?=\t|$)|(?<=\| )0(?= \|)|^0(?= \|)", "O", text)


def mask_words(text: str, chance: Random) -> str:
    for word, masked in MASKED.items():
        text = text.replace(word, masked)
    return text


def misread(text: str, chance: Random, run: re.Pattern[str], encoding: str) -> str:
    """About half of the runs read as Latin-1."""

    def wrong(match: re.Match[str]) -> str:
        return match.group() if chance.random() < 0.5 else match.group().encode(encoding).decode("latin-1")

    return run.sub(wrong, text)


def misread_utf8(text: str, chance: Random) -> str:
    return misread(text, chance, re.compile(r"[\u4e00-\u9fff，。、]{4,}"), "utf-8")


def misread_gbk(text: str, chance: Random) -> str:
    return misread(text, chance, re.compile(r"[\u4e00-\u9fff，。、]{5,}"), "gbk")


def shift_inside(text: str, chance: Random) -> str:
    """Clauses of the prose of which a byte in the middle was lost, up to the next mark."""
    found = [*CLAUSE.finditer(text)]
    for match in sorted(chance.sample(found, min(3, len(found))), key=lambda one: -one.start()):
        data = match.group().encode("gbk", "replace")
        cut = chance.randrange(2, 7)
        text = text[: match.start()] + (data[:cut] + data[cut + 1 :]).decode("gbk", "replace") + text[match.end() :]
    return text

"""Leftovers of a web page in its text: entities, halves of tags, question marks for hard spaces.

In: text.  Out: edits that take them away.  Left alone: a question mark after a sentence, since it may be one.
"""

from __future__ import annotations

import re

from parsing.repairs.edits import Edit, digits

KIND = "leftover"
MESSAGE = "网页残留的标记、实体或代替空格的问号"

LEFTOVER = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|#160|#12288);?"
    r"|[?<]?/?(?<=[?</])(?:span|font|p|td|tr|br|div|strong|b|o:p)\b[^<>\u4e00-\u9fff]*>"
    r"|^[?\s]*\?(?=[?\s]*\S)"  # hard spaces before the first word
    r"|^[?\s]*\?[?\s]*$"  # a line of nothing but hard spaces
    r"|(?<=[)）、.．])\?+(?=[\u4e00-\u9fff])"  # between a number and the heading
    r"|(?<=[况況算项項])\?+\s*$"  # after a heading
    r"|(?<=\s)\?+(?=[\u4e00-\u9fff\s])"
)


def is_likely(text: str) -> bool:
    return any(mark in text for mark in "?&>")


def find(text: str) -> list[Edit]:
    """
    >>> [edit.after for edit in find("??其中:主動公開規范性文件數")]
    ['']
    """
    if not is_likely(text):
        return []
    found = (match.span() for match in LEFTOVER.finditer(text) if is_markup(match.group()))
    return [Edit(start, end, " " * parts_figures(text, start, end), is_foreign=True) for start, end in found]


def parts_figures(text: str, start: int, end: int) -> bool:
    """Whether figures on both sides would become one: a space takes the place of what stands between them."""
    return text[max(0, start - 1) : start].isdecimal() and text[end : end + 1].isdecimal()


def is_markup(leftover: str) -> bool:
    """Whether digits in it, if any, belong to an entity or to an attribute."""
    return not digits(leftover) or leftover.startswith("&") or "=" in leftover

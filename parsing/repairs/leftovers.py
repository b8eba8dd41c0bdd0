"""Leftovers of a web page in its text: entities, halves of tags, question marks for hard spaces.

In: text.  Out: edits that take them away.  Left alone: a question mark after a sentence, since it may be one.
"""

from __future__ import annotations

import re

from parsing.repairs.edits import Edit

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
    return [Edit(match.start(), match.end(), "") for match in LEFTOVER.finditer(text)]

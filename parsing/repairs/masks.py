"""Words that a filter masked: 主动***息 → 主动公开信息.

In: text.  Out: edits where one known word alone fits what is left, character for character.  Left alone: masked names,
figures and addresses, and masks that no word or more than one word fits.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from parsing.repairs.edits import Edit

KIND = "mask"
MESSAGE = "被过滤程序用星号遮住的词"

MASK = re.compile(r"([\u4e00-\u9fff]{0,8})([*＊]{2,6})([\u4e00-\u9fff]{0,8})")


@cache
def known_words() -> tuple[str, ...]:
    words: list[str] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))["masked"]
    return tuple(words)


def fits(word: str, before: str, size: int, after: str) -> int | None:
    """How many characters of the word stand before the mask; None where it does not fit.

    At least two characters of the word are left, and at least one on each side or three on one.
    """
    for left in range(len(word) - size + 1):
        right = len(word) - size - left
        is_known = left + right >= 2 and ((left and right) or left + right >= 3)
        if is_known and before.endswith(word[:left]) and after.startswith(word[left + size :]):
            return left
    return None


def is_likely(text: str) -> bool:
    return "**" in text or "＊＊" in text


def find(text: str) -> list[Edit]:
    """
    >>> find("(一)主动***息的数量")
    [Edit(start=5, end=8, after='公开信')]
    """
    edits = []
    for match in MASK.finditer(text) if is_likely(text) else ():
        before, mask, after = match.groups()
        found = {(word[left : left + len(mask)]) for word in known_words()
                 if (left := fits(word, before, len(mask), after)) is not None}  # fmt: skip
        if len(found) == 1:
            edits.append(Edit(match.start(2), match.end(2), found.pop()))
    return edits

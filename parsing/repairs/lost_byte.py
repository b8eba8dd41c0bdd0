"""A single byte of a two-byte character lost: the other half shows as a question mark and a letter.

In: text.  Out: edits where the two halves that are left give the characters back, or where a word is known
again beyond doubt.  Left alone: a question mark and a letter for which no known word, or more than one, fits.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from parsing.repairs.edits import Edit

KIND = "lost_byte"
MESSAGE = "一个汉字丢失一个字节，显示为问号加字母"

HALF = re.compile(r"\?([@-~])(?=([\u4e00-\u9fff]))")
# A full stop that lost its first byte: its second half and the next character's first make a comma, the
# next character's second half stays as a letter: `。現` → `?，F` (A1 A3 AC 46).
STOP = re.compile(r"\?[,，]([@-~])(?=[\u4e00-\u9fff])")


@cache
def words_by_half() -> dict[tuple[str, str], set[str]]:
    """Known words by the letter that their first character leaves and by their second character."""
    path = Path(__file__).with_name("words.toml")
    found: dict[tuple[str, str], set[str]] = {}
    for word in tomllib.loads(path.read_text("utf-8"))["words"]:
        letter = chr(word[0].encode("gbk")[1])
        found.setdefault((letter, word[1]), set()).add(word[0])
    return found


def read_halves(letter: str) -> str:
    """The full stop and the character of which `，` and `letter` are the last three bytes."""
    return (b"\xa1" + "，".encode("gbk") + letter.encode("ascii")).decode("gbk", "replace")


def is_likely(text: str) -> bool:
    return "?" in text


def find(text: str) -> list[Edit]:
    """
    >>> find("取得了較好的成效?,F將我鎮")
    [Edit(start=8, end=11, after='。現')]
    >>> find("成效?F將我鎮")
    [Edit(start=2, end=4, after='。現')]
    """
    edits = []
    for match in STOP.finditer(text):
        after = read_halves(match.group(1))
        if len(after) == 2 and "\ufffd" not in after:
            edits.append(Edit(match.start(), match.end(), after))
    for match in HALF.finditer(text):
        fitting = words_by_half().get((match.group(1), match.group(2)), set())
        if len(fitting) == 1:
            # The lost byte took the sentence's end with it when a sentence ran straight into the word.
            stop = "。" if match.start() and text[match.start() - 1] not in "。;；,，:：、" else ""
            edits.append(Edit(match.start(), match.end(), stop + next(iter(fitting))))
    return sorted(edits, key=lambda edit: edit.start)

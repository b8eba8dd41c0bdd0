"""GBK text that lost one byte, so that every following character is made of the halves of two.

In: text.  Out: edits that put the run right.  Left alone: everything in which a shifted reading does not show
clearly more of the characters that reports are made of.  The lost byte itself cannot be known, except before
punctuation (0xA1); where it belonged to a character, that one character shows as U+FFFD.
"""

from __future__ import annotations

import re
from functools import cache

from parsing.repairs.edits import Edit
from parsing.repairs.scripts import simplified

KIND = "gbk_shift"
MESSAGE = "GBK 编码丢失一个字节，其后的字整体错位"

HAN = re.compile(r"[\u4e00-\u9fff]")
# What the numbering of a row becomes when it is in step again.
NUMBERING = re.compile(r"　?（[一二三四五六七八九十]）")
LOST = "\ufffd"
PUNCTUATION = frozenset("　（）、。“”《》—，：；")


@cache
def rare_characters() -> frozenset[str]:
    """Chinese characters that, once simplified, are not of the first level of GB 2312."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    rare = set()
    for char, simple in zip(every, simplified(every), strict=True):
        code = simple.encode("gb2312", "replace")
        if len(code) < 2 or not 0xB0 <= code[0] <= 0xD7:
            rare.add(char)
    return frozenset(rare)


@cache
def strange() -> re.Pattern[str]:
    """Places that look shifted: a letter of another script beside Chinese, or two rare characters in a row."""
    rare = "".join(sorted(rare_characters()))
    other = r"\u00e0-\u01dd\u0370-\u04ff\u3040-\u30ff\u3105-\u3129\u2500-\u257f"
    return re.compile(f"[{other}](?=[{other}\u4e00-\u9fff])|[{rare}](?=[{rare}])")


def is_usual(char: str) -> bool:
    """Whether reports print a character often: Chinese of the first level, or plain punctuation."""
    if HAN.match(char):
        return char not in rare_characters()
    return char in PUNCTUATION or (char.isascii() and char.isprintable())


def usual_share(text: str) -> float:
    return sum(map(is_usual, text)) / len(text) if text else 0.0


def unshift(run: str) -> tuple[str, int]:
    """Read a run with one byte put before it; returns the text and how many characters of the run it took.

    Reading stops where a character begins at the same byte in both readings: from there the
    original is in step again.

    >>> unshift("。ㄒ唬┦盏缴暾垟?/span>")
    ('\u3000（一）收到申請', 8)
    """
    encoded = [char.encode("gbk", "replace") for char in run]
    ends, total = {}, 1
    for index, piece in enumerate(encoded):
        total += len(piece)
        ends[total] = index + 1
    data = b"\xa1" + b"".join(encoded)
    out: list[str] = []
    at = 0
    while at < len(data):
        if at in ends or (at and data[at] < 0x80):
            return "".join(out), ends.get(at, 0)
        pair = data[at : at + 2]
        try:
            out.append(pair.decode("gbk"))
            at += 2
        except UnicodeDecodeError:
            at += 1
    return "".join(out), len(run)


def reading_at(text: str, start: int) -> Edit | None:
    """The shifted run that begins at `start`, if the shifted reading is the better one beyond doubt."""
    after, taken = unshift(text[start:])
    before = text[start : start + taken]
    if taken < 4 or usual_share(before) > 0.7:
        return None
    # The byte put before it is that of an ideographic space; any other first character is not the one lost.
    if after[0] != "　":
        after = LOST + after[1:]
    is_better = NUMBERING.match(after) or usual_share(after[1:]) >= 0.95
    return Edit(start, start + taken, after) if is_better else None


def is_likely(text: str) -> bool:
    return strange().search(text) is not None


def find(text: str) -> list[Edit]:
    """Shifted runs of four characters or more.

    >>> find("??。ㄒ唬┦盏缴暾垟?/span>")[0].after
    '\u3000（一）收到申請'
    """
    edits: list[Edit] = []
    if text.isascii():
        return edits
    for match in strange().finditer(text):
        done = edits[-1].end if edits else 0
        starts = range(max(done, match.start() - 3), match.start() + 1)
        found = (reading_at(text, start) for start in starts if not text[start].isascii())
        edit = next(filter(None, found), None)
        if edit:
            edits.append(edit)
    return edits

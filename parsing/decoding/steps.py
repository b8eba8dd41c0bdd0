"""Two-byte characters out of step: which bytes to leave out so that the rest reads best.

In: bytes of one line and their encoding.  Out: `find_steps`, the characters with the bytes that each takes, or the text
(`resync`).  A byte that is left out shows as U+FFFD.  Refused: to leave out an ASCII byte.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parsing.decoding.likeness import weights

LOST = "\ufffd"
# What leaving a byte out costs, in the weight of characters: as much as two common ones.
COST = 4.0
FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")

# A character and how many bytes it takes.
Step = tuple[str, int]


def strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def is_before_bar(line: bytes, at: int) -> bool:
    """Whether the byte stands alone before a bar, with ASCII on both sides of them."""
    is_alone = (at == 0 or line[at - 1] < 0x40) and (at + 2 >= len(line) or line[at + 2] < 0x40)
    return is_alone and line[at + 1 : at + 2] == b"|"


@lru_cache(maxsize=65536)
def read_pair(pair: bytes, encoding: str) -> tuple[str, float]:
    """The character of two bytes and its weight; "" if they are none.

    A bar is taken for the second half of a usual character only.
    """
    char = strict(pair, encoding)
    if not char or ord(char[0]) < 0x80:
        return "", 0.0
    weight = sum(map(weights().__getitem__, char))
    return char, weight - 6.0 if pair[1] == 0x7C and weight < 0 else weight


def find_steps(line: bytes, encoding: str, cost: float = COST) -> list[Step]:
    """The characters of the line in order; the sum of their bytes is its length.  `cost` is that of a byte left out."""
    size = len(line)
    best = [0.0] * (size + 4)
    steps: list[Step] = [("", 1)] * size
    for at in range(size - 1, -1, -1):
        if line[at] < 0x80:
            best[at], steps[at] = best[at + 1], (chr(line[at]), 1)
            continue
        best[at], steps[at] = best[at + 1] - cost, (LOST, 1)
        char, weight = read_pair(line[at : at + 2], encoding) if not is_before_bar(line, at) else ("", 0.0)
        if char and best[at + 2] + weight >= best[at]:
            best[at], steps[at] = best[at + 2] + weight, (char, 2)
        elif encoding == "gb18030" and FOUR_BYTES.match(line, at):
            four = strict(line[at : at + 4], encoding)
            if four and best[at + 4] - 1.0 >= best[at]:
                best[at], steps[at] = best[at + 4] - 1.0, (four, 4)
    chosen, at = [], 0
    while at < size:
        chosen.append(steps[at])
        at += steps[at][1]
    return chosen


def resync(line: bytes, encoding: str) -> str:
    """A damaged line as well as it can be read.

    >>> resync("政府".encode("gbk") + b"\\xb5" + "信息公开".encode("gbk"), "gb18030")
    '政府\ufffd信息公开'
    """
    return "".join(char for char, _ in find_steps(line, encoding))

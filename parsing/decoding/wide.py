"""UTF-16: in step, or out of step where a byte was lost or put in.

In: bytes.  Out: the text, or None where the bytes are no UTF-16.  A line end shows where the bytes are in step again,
so damage costs one line at most.  Refused (None): bytes in which neither order reads as a report.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import accumulate

from parsing.decoding.likeness import weigh, weights

LINE_ENDS = {"utf-16-le": b"\n\x00", "utf-16-be": b"\x00\n"}
ORDERS = tuple(LINE_ENDS)
SAMPLE = 4096
PRINTABLE = re.compile(r"[\x20-\x7e\r\n\t]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# The least mean weight of the characters; wrong orders stay below zero.
LIKE_ENOUGH = 0.4


def weigh_char(char: str) -> float:
    return weights()[char] if ord(char) > 0x7F else 0.5 if PRINTABLE.match(char) else -1.0


def wide_likeness(text: str) -> float:
    """The mean weight of all characters, ASCII too: in the wrong order there is next to none."""
    weight = weigh(text) + 0.5 * len(PRINTABLE.findall(text)) - len(CONTROL.findall(text))
    return weight / len(text) if text else 0.0


def split_lines(data: bytes, order: str) -> Iterator[bytes]:
    """Lines with their ends, whichever byte they begin at."""
    end = LINE_ENDS[order]
    start = 0
    while (at := data.find(end, start)) >= 0:
        yield data[start : at + 2]
        start = at + 2
    yield data[start:]


def units(data: bytes, order: str) -> str:
    """One character for each two bytes, halves of surrogate pairs too."""
    size = len(data) // 2
    return "".join(map(chr, struct.unpack(f"{'<' if order == ORDERS[0] else '>'}{size}H", data[: 2 * size])))


def read_line(line: bytes, order: str) -> str:
    """A line; in one with an odd number of bytes the byte is skipped without which it reads best."""
    if len(line) % 2 == 0:
        return line.decode(order, "replace")
    front, back = units(line[:-1], order), units(line[1:], order)
    before = list(accumulate(map(weigh_char, front), initial=0.0))
    behind = list(accumulate(map(weigh_char, reversed(back)), initial=0.0))[::-1]
    cut = max(range(len(front) + 1), key=lambda at: before[at] + behind[at])
    joined = f"{front[:cut]}\ufffd{back[cut:]}"
    return joined.encode(order, "surrogatepass").decode(order, "replace")


def read_order(data: bytes, order: str) -> str:
    """The text in one byte order, line by line where it gets out of step."""
    end, at = LINE_ENDS[order], -1
    is_in_step = len(data) % 2 == 0
    while is_in_step and (at := data.find(end, at + 1)) >= 0:
        is_in_step = at % 2 == 0
    if is_in_step:
        return data.decode(order, "replace")
    return "".join(read_line(line, order) for line in split_lines(data, order))


def read_wide(data: bytes) -> tuple[str, str] | None:
    """Text and byte order of UTF-16 without a mark; None where neither order shows a report."""
    sample = data[:SAMPLE]
    best = max(ORDERS, key=lambda order: wide_likeness(read_order(sample, order)))
    if wide_likeness(read_order(sample, best)) < LIKE_ENOUGH:
        return None
    return read_order(data, best), best

"""What stands in a cell, read exactly or not at all.

In: the text of a cell and the field it belongs to.  Out: `Reading`: value, status and unit.  Refused, as
status unreadable: everything that is not one figure, one word for zero, or one sign for nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from parsing.extraction.folding import SPACE, fold
from parsing.model import CellStatus, UnitSource
from parsing.templates import Field

BLANKS = frozenset(("", "—", "——", "-", "--", "_", "－", "…"))
NOT_APPLICABLE = frozenset(("/", "\\", "N/A", "n/a", "不涉及", "不适用", "无此项"))
ZERO_WORDS = frozenset(("无", "零", "〇", "没有", "O", "o"))
UNITS = (
    *("万元", "亿元", "人次", "件次", "条次"),
    *("元", "件", "条", "次", "个", "项", "人", "篇", "份", "宗", "起", "场", "期"),
)
NUMBER = re.compile(rf"([+-]?)(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?(万|亿)?({'|'.join(UNITS)})?$")
CHANGE = re.compile(rf"(?:(增加?|\+|↑)|(减少?|-|↓))?(\d+)({'|'.join(UNITS)})?$")
PAIR = re.compile(r"(?:增加?|\+)?(\d+)/(?:减少?|-)?(\d+)$")
TORN = re.compile(r"\d[.．]?[\s\u00a0\u3000]+\d")
# Whole numbers below this are exact in a float, which is what tables are kept in; no report counts that far.
LARGEST = 10**15
# No figure that is one has more characters, and a longer run of digits is not even turned into a number.
LONGEST = 40
SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}


class Reading(NamedTuple):
    """Value in `unit` (None unless status is number or zero_word)."""

    value: int | float | None
    status: CellStatus
    unit: str | None
    unit_source: UnitSource


def exact(whole: str, fraction: str | None, scale: int) -> int | float:
    """The number as an int where it is one, else the nearest float of the decimal as printed."""
    digits = whole.replace(",", "") + (fraction or "")
    if fraction is None:
        return int(digits) * scale
    value = float(digits) * scale
    return int(value) if scale > 1 and value.is_integer() else value


def squeeze(raw: str) -> str:
    return SPACE.sub("", fold(raw))


def read_change(text: str) -> int | None:
    """本年增/减: +3, 增3, ↓2, 减少2, 3/0 (3 added, none taken away).

    >>> read_change("增3"), read_change("-5"), read_change("3/1")
    (3, -5, 2)
    """
    pair = PAIR.match(text)
    if pair:
        return int(pair.group(1)) - int(pair.group(2))
    one = CHANGE.match(text)
    if not one:
        return 0 if text == "无变化" else None
    return -int(one.group(3)) if one.group(2) else int(one.group(3))


def read_value(raw: str, field: Field, header_unit: str | None = None) -> Reading:
    """Read a cell.

    The unit is the cell's own, else the header's, else the form's.  A number with blanks inside
    is no number: "1 0" may be two cells run together, "1. 5" a figure behind a number of a list.
    """
    value, status, unit = read_figure(raw, field.is_signed)
    if unit:
        return Reading(value, status, unit, "cell")
    if header_unit:
        return Reading(value, status, header_unit, "header")
    return Reading(value, status, field.unit, "template" if field.unit else "unknown")


def is_no_count(value: int | float | None) -> bool:
    return value is None or not -LARGEST < value < LARGEST


@lru_cache(maxsize=65536)
def read_figure(raw: str, is_signed: bool) -> tuple[int | float | None, CellStatus, str | None]:
    """Value, status and printed unit; `is_signed` is for fields that say how much something grew or fell."""
    text = squeeze(raw)
    if text in BLANKS:
        return None, CellStatus.BLANK, None
    if len(text) > LONGEST:
        return None, CellStatus.UNREADABLE, None
    if text in NOT_APPLICABLE:
        return None, CellStatus.NOT_APPLICABLE, None
    if text in ZERO_WORDS:
        return 0, CellStatus.ZERO_WORD, None
    if TORN.search(raw):
        return None, CellStatus.UNREADABLE, None
    if is_signed:
        change = read_change(text)
        return (None, CellStatus.UNREADABLE, None) if is_no_count(change) else (change, CellStatus.NUMBER, None)
    match = NUMBER.match(text)
    if not match:
        return None, CellStatus.UNREADABLE, None
    sign, whole, fraction, scale, unit = match.groups()
    value = exact(whole, fraction, SCALE[scale or ""])
    if is_no_count(value):
        return None, CellStatus.UNREADABLE, None
    return -value if sign == "-" else value, CellStatus.NUMBER, unit


@lru_cache(maxsize=65536)
def looks_like_value(raw: str) -> bool:
    """Whether a text could stand in a cell of figures: a figure, a sign for nothing, a word for zero."""
    text = squeeze(raw)
    return (
        text in BLANKS
        or text in NOT_APPLICABLE
        or text in ZERO_WORDS
        or bool(NUMBER.match(text) or PAIR.match(text) or CHANGE.match(text))
    )

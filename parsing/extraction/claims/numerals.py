"""Figures as people write them, turned into numbers.

In: a numeral in Arabic or Chinese digits, with 万 and 亿.  Out: an int where the number is whole, else a float.
Refused: anything else, as ValueError; nothing is ever rounded.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
RANKS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = RANKS | MYRIADS
# Longer runs of digits, and all decimals, are left to Decimal.
MOST_PLAIN_DIGITS = 15


def whole(value: Decimal) -> int | float:
    """An int for a whole number: 1.53 万 is 15300, not 15300.0."""
    return int(value) if value == value.to_integral_value() else float(value)


def parse_arabic(digits: str, multiplier: str = "") -> int | float:
    """
    >>> parse_arabic("6,700"), parse_arabic("196.4", "万"), parse_arabic("6.2")
    (6700, 1964000, 6.2)
    """
    if len(digits) <= MOST_PLAIN_DIGITS and digits.isdecimal():
        return int(digits) * MULTIPLIERS.get(multiplier, 1)
    try:
        value = Decimal(digits.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"{digits!r} is no number") from error
    return whole(value * MULTIPLIERS.get(multiplier, 1))


def parse_section(text: str) -> int:
    """A Chinese numeral below ten thousand; a rank that stands first means one of it.

    >>> parse_section("一百二十"), parse_section("十二"), parse_section("百")
    (120, 12, 100)
    """
    total = digit = 0
    has_digit = False
    for char in text:
        if char in RANKS:
            total += (digit if has_digit else 1) * RANKS[char]
            digit, has_digit = 0, False
        else:
            digit, has_digit = DIGITS[char], True
    return total + digit


def parse_chinese(text: str) -> int:
    """
    >>> parse_chinese("十二"), parse_chinese("两千三百"), parse_chinese("一万二千"), parse_chinese("二〇二一")
    (12, 2300, 12000, 2021)
    """
    if not text or set(text) - DIGITS.keys() - MULTIPLIERS.keys():
        raise ValueError(f"{text!r} is no Chinese numeral")
    if len(text) > 1 and not set(text) & MULTIPLIERS.keys():
        return int("".join(str(DIGITS[char]) for char in text))
    for myriad in "亿万":
        if myriad in text:
            high, _, low = text.partition(myriad)
            return (parse_chinese(high) if high else 1) * MYRIADS[myriad] + (parse_chinese(low) if low else 0)
    return parse_section(text)

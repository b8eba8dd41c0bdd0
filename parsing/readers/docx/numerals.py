"""Numbers as Word counts them: 3 → 三, 叁, 丙, ③, III, c.

In: a count and the name of a number format (ST_NumberFormat of ISO/IEC 29500).  Out: what is printed.  Formats that are
not known here, and counts beyond what a format has signs for, print as decimal figures, as Word does.
"""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_uppercase

DIGITS = "〇一二三四五六七八九"
UNITS = ("", "十", "百", "千")
LEGAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
LEGAL_TRADITIONAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹貳參肆伍陸柒捌玖拾佰仟")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
ROMAN = "M CM D CD C XC L XL X IX V IV I"


def in_words(count: int) -> str:
    """Chinese figures with units, without the 一 before 十 in the teens.

    >>> [in_words(count) for count in (10, 12, 20, 101, 110)]
    ['十', '十二', '二十', '一百零一', '一百一十']
    """
    words = with_units(count)
    return words[1:] if words.startswith("一十") else words


def with_units(count: int) -> str:
    """Every digit with its unit, one 零 for a run of zeros inside.

    >>> with_units(12), with_units(1005)
    ('一十二', '一千零五')
    """
    if not 0 < count < 10_000:
        return str(count)
    words, is_gap = "", False
    for place, digit in zip(range(len(str(count)) - 1, -1, -1), map(int, str(count)), strict=True):
        if digit:
            words += ("零" if is_gap else "") + DIGITS[digit] + UNITS[place]
        is_gap = not digit
    return words


def by_digit(count: int) -> str:
    """Digit by digit: 12 → 一二."""
    return "".join(DIGITS[int(digit)] for digit in str(count)) if count > 0 else str(count)


def roman(count: int) -> str:
    """Upper case Roman.

    >>> roman(14)
    'XIV'
    """
    if not 0 < count < 4000:
        return str(count)
    words = ""
    for value, sign in zip(ROMAN_VALUES, ROMAN.split(), strict=True):
        words += sign * (count // value)
        count %= value
    return words


def letters(count: int) -> str:
    """A … Z, AA, BB, CC …"""
    return ascii_uppercase[(count - 1) % 26] * min(1 + (count - 1) // 26, 30) if count > 0 else str(count)


def from_list(signs: str) -> Callable[[int], str]:
    """A format with one sign for each count."""
    return lambda count: signs[count - 1] if 0 < count <= len(signs) else str(count)


def span(first: int, length: int) -> str:
    return "".join(map(chr, range(first, first + length)))


CIRCLED = from_list(span(0x2460, 20) + span(0x3251, 15) + span(0x32B1, 15))

FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": roman,
    "lowerRoman": lambda count: roman(count).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda count: letters(count).lower(),
    "chineseCounting": in_words,
    "chineseCountingThousand": in_words,
    "taiwaneseCounting": in_words,
    "taiwaneseCountingThousand": in_words,
    "japaneseCounting": in_words,
    "ideographDigital": by_digit,
    "japaneseDigitalTenThousand": by_digit,
    "taiwaneseDigital": by_digit,
    "chineseLegalSimplified": lambda count: with_units(count).translate(LEGAL),
    "ideographLegalTraditional": lambda count: with_units(count).translate(LEGAL_TRADITIONAL),
    "ideographTraditional": from_list("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": from_list("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": from_list(span(0x3280, 10)),
    "decimalEnclosedCircle": CIRCLED,
    "decimalEnclosedCircleChinese": CIRCLED,
    "decimalEnclosedParen": from_list(span(0x2474, 20)),
    "decimalEnclosedFullstop": from_list(span(0x2488, 20)),
    "decimalFullWidth": lambda count: str(count).translate(FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(FULL_WIDTH),
    "numberInDash": lambda count: f"- {count} -",
    "none": lambda count: "",
    "bullet": lambda count: "",
}


def print_count(count: int, format_name: str) -> str:
    """The count in the format."""
    return FORMATS.get(format_name, str)(count)

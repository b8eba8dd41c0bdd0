"""Numbers as Word writes them before a paragraph.

In: a number and the code of a number format (MSONFC, [MS-OSHARED] 2.2.1.3).  Out: the characters that are printed,
None for formats and numbers whose print is not known exactly.
"""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LARGEST_ROMAN = 3999
BULLET, WITHOUT_NUMBER = 23, 0xFF


def chinese(number: int) -> str | None:
    """一, 十, 十一, 二十; from a hundred on the formats differ.

    >>> chinese(10), chinese(21), chinese(100)
    ('十', '二十一', None)
    """
    if not 0 < number < 100:
        return None
    tens, ones = divmod(number, 10)
    front = "" if not tens else "十" if tens == 1 else DIGITS[tens] + "十"
    return front + (DIGITS[ones] if ones else "")


def formal(number: int) -> str | None:
    """壹, 壹拾, 贰拾壹.

    >>> formal(10), formal(21)
    ('壹拾', '贰拾壹')
    """
    if not 0 < number < 100:
        return None
    tens, ones = divmod(number, 10)
    return (FORMAL[tens] + "拾" if tens else "") + (FORMAL[ones] if ones else "")


def roman(number: int) -> str | None:
    """
    >>> roman(4), roman(19)
    ('iv', 'xix')
    """
    if not 0 < number <= LARGEST_ROMAN:
        return None
    printed = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        printed += letters * count
    return printed


def letter(number: int) -> str | None:
    """a to z, then aa, bb.

    >>> letter(2), letter(28)
    ('b', 'bb')
    """
    if not 0 < number <= 26 * 30:
        return None
    rounds, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (rounds + 1)


def from_list(signs: str) -> Callable[[int], str | None]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else None


def row_of_signs(first: str, count: int) -> Callable[[int], str | None]:
    """Numbers that are single characters, one behind the other in Unicode: ①, ⑴, ⒈."""
    return from_list("".join(chr(ord(first) + place) for place in range(count)))


def in_digits(digits: str) -> Callable[[int], str]:
    return lambda number: str(number).translate(str.maketrans("0123456789", digits))


def capital(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    return lambda number: printed.upper() if (printed := write(number)) else None


WIDE = in_digits("０１２３４５６７８９")
FORMATS: dict[int, Callable[[int], str | None]] = {
    0: str, 1: capital(roman), 2: roman, 3: capital(letter), 4: letter, 10: in_digits(DIGITS), 11: chinese, 14: WIDE,
    15: str, 18: row_of_signs("①", 20), 19: WIDE, 22: lambda number: f"{number:02}", 26: row_of_signs("⒈", 20),
    27: row_of_signs("⑴", 20), 28: row_of_signs("①", 10), 30: from_list(STEMS), 31: from_list(BRANCHES), 33: chinese,
    35: chinese, 37: chinese, 38: formal, 39: chinese,
}  # fmt: skip


def print_number(number: int, code: int) -> str | None:
    """A number in a format; bullets and "none" print nothing.

    >>> print_number(3, 37), print_number(12, 0), print_number(3, 5)
    ('三', '12', None)
    """
    if code in (BULLET, WITHOUT_NUMBER):
        return ""
    write = FORMATS.get(code)
    return write(number) if write and number >= 0 else None

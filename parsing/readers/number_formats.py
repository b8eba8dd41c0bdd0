"""What a workbook shows of a stored number: a figure, a percentage, a date or a time.

In: the number and the format of its cell.  Out: text, dates as ISO.  Excel shows 15 significant digits at most; what
a format rounds away of them is not followed, so that no figure loses its decimals.  Nothing is refused.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Kind = Literal["number", "percent", "date"]

# Built-in formats (ECMA-376, 18.8.30), those of Chinese and Japanese Excel among them.
PERCENT_IDS = frozenset((9, 10))
DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
# What of a format is printed as it stands, or says nothing of the kind: quoted and escaped text, colours, conditions.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]')
GENERAL = re.compile("G/通用格式|General", re.IGNORECASE)
DATE_LETTER = re.compile("[ymdhse]", re.IGNORECASE)
# Scientific notation is no era year.
EXPONENT = re.compile("e[+-]", re.IGNORECASE)
NUMBERS_SHOWN_WRONG = "#" * 8
FIRST_DAY, FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_SERIAL = 2_958_466


@lru_cache(maxsize=1024)
def kind_of(number: int, code: str | None) -> Kind:
    """What a format makes of a number; `code` is that of a format that the file defines itself.

    >>> kind_of(0, None), kind_of(164, '0"月"'), kind_of(165, 'yyyy"年"m"月"'), kind_of(166, "0.0%")
    ('number', 'number', 'date', 'percent')
    """
    if code is None:
        return "date" if number in DATE_IDS else "percent" if number in PERCENT_IDS else "number"
    bare = EXPONENT.sub("", GENERAL.sub("", LITERAL.sub("", code.partition(";")[0])))
    if "%" in bare:
        return "percent"
    # A letter beside placeholders for digits is a unit that was typed without quotes.
    return "date" if DATE_LETTER.search(bare) and not re.search("[0#?](?!0*$)", bare) else "number"


def plain(number: float) -> str:
    """The digits that are shown, without exponent.

    >>> plain(11.0), plain(2060387.04), plain(0.1 + 0.2), plain(1e20)
    ('11', '2060387.04', '0.3', '100000000000000000000')
    """
    return format(Decimal(format(number, ".15g")), "f")


def show_date(serial: float, is_1904: bool) -> str:
    """A date, with the time if there is one; a time alone; a row of # where no calendar has the day.

    >>> show_date(44624.0, False), show_date(44624.5, False), show_date(0.25, False), show_date(-1.0, False)
    ('2022-03-04', '2022-03-04 12:00:00', '06:00:00', '########')
    """
    if not 0 <= serial < LAST_SERIAL:
        return NUMBERS_SHOWN_WRONG
    # Excel counts 29 February 1900, a day that was not: before it every date is one later.
    day = serial if is_1904 or serial >= 60 or serial < 1 else serial + 1
    try:
        moment = (FIRST_DAY_1904 if is_1904 else FIRST_DAY) + timedelta(seconds=round(day * 86400))
    except OverflowError:
        return NUMBERS_SHOWN_WRONG
    if serial < 1:
        return moment.strftime("%H:%M:%S")
    return moment.date().isoformat() if moment.time().isoformat() == "00:00:00" else moment.isoformat(" ")


def show_number(stored: str, kind: Kind, is_1904: bool = False) -> str:
    """What is seen of a stored number; ValueError where it is none.

    >>> show_number("11", "number"), show_number("1.1E1", "number"), show_number("0.985", "percent")
    ('11', '11', '98.5%')
    """
    if kind == "number" and stored.isascii() and stored.isdigit() and len(stored) <= 15:
        return stored
    number = float(stored)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"{stored} is no number")
    if kind == "date":
        return show_date(number, is_1904)
    return plain(number * 100) + "%" if kind == "percent" else plain(number)

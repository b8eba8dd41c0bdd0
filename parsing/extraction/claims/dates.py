"""Dates as reports print them, whole or damaged.

In: folded text.  Out: `DateMention` objects in order: where each stands, its ISO date where it has exactly one reading.
Refused: days that no calendar has, and digits without 月 that allow no reading or more than one; both have no ISO
date, and `is_impossible` or `is_unclear` says which.  A lost 年 or 月 is no obstacle where one reading is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from parsing.extraction.claims.numerals import parse_chinese

YEAR = r"(?:19|20)\d\d"
CLOCK = r"(?: ?\d{1,2}:\d{2}(?::\d{2})?)?"
NUMERAL = "[零〇○一二三四五六七八九十]"

# One alternative per way of writing; the year is `y…`, month and day `m…`, `d…`, digits without 月 `r…`.
DATE = re.compile(
    rf"(?:"
    rf"(?P<y1>{YEAR})年(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})(?!\d)日?{CLOCK}"
    rf"|(?P<y2>{YEAR})(?P<sep>[-./])(?P<m2>\d{{1,2}})(?P=sep)(?P<d2>\d{{1,2}})(?!\d){CLOCK}"
    rf"|(?P<y3>{YEAR})(?P<m3>\d{{1,2}})月(?P<d3>\d{{1,2}})日"
    rf"|(?P<y4>{YEAR})年?(?P<r4>\d{{2,4}})日"
    rf"|(?P<y5>{YEAR})年(?P<m5>\d{{1,2}})月(?!\d)"
    rf"|(?P<m6>\d{{1,2}})月(?P<d6>\d{{1,2}})(?!\d)日?"
    rf"|(?<=[至到—-])(?P<r7>\d{{3,4}})日"
    rf"|(?P<m8>\d{{1,2}})月(?!\d)"
    rf"|(?P<y9>[二一][{NUMERAL[1:-1]}]{{3}})年(?P<m9>{NUMERAL}{{1,2}})月(?P<d9>{NUMERAL}{{1,3}})日)"
)
# Where a date may begin: at digits that one of its marks follows, or at a year in Chinese numerals.  Searching for
# these first is much faster, above all as one class of characters begins them all.  Only the first digit of a run is
# looked at: whatever stands behind the run, it stands behind all of its digits.
BEGINNING = re.compile(r"[\d二一](?:(?<=\d)(?<!\d\d)\d*+(?=[年月日./-])|(?<=[二一])(?=[零〇○九]))")


class DateMention(NamedTuple):
    """One date: text[start:end]; `iso` only where one reading is possible and the year is known.

    `month_day` is given where the text leaves the year out, so that the caller may know it.
    """

    start: int
    end: int
    iso: str | None = None
    month_day: tuple[int, int] | None = None
    is_impossible: bool = False
    is_unclear: bool = False

    def in_year(self, year: int | None) -> str | None:
        """The ISO date, the year taken from elsewhere where the text has none."""
        if self.iso or not self.month_day or not year:
            return self.iso
        return iso_date(year, *self.month_day)


def iso_date(year: int, month: int, day: int) -> str | None:
    """None for a day that the calendar does not have.

    >>> iso_date(2021, 2, 29), iso_date(2020, 2, 29)
    (None, '2020-02-29')
    """
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def split_run(year: int, digits: str) -> list[tuple[int, int]]:
    """The ways to read digits that lost their 月 as month and day.

    >>> split_run(2022, "1231"), split_run(2022, "11"), split_run(2022, "111"), split_run(2022, "231")
    ([(12, 31)], [(1, 1)], [(1, 11), (11, 1)], [])
    """
    pairs = ((digits[:cut], digits[cut:]) for cut in range(1, len(digits)))
    plain = [(int(month), int(day)) for month, day in pairs if month[0] != "0" and day[0] != "0" and len(day) < 3]
    return [(month, day) for month, day in plain if iso_date(year, month, day)]


def from_run(match: re.Match[str], year: int | None, digits: str) -> DateMention:
    """A date whose 月 is lost."""
    readings = split_run(year or 2000, digits)
    if len(readings) != 1:
        return DateMention(*match.span(), is_unclear=True)
    iso = iso_date(year, *readings[0]) if year else None
    return DateMention(*match.span(), iso, None if iso else readings[0])


def to_mention(match: re.Match[str]) -> DateMention:
    """What one match says."""
    groups = {name[0]: value for name, value in match.groupdict().items() if value and name != "sep"}
    number = parse_chinese if match["y9"] else int
    year = number(groups["y"]) if "y" in groups else None
    if "r" in groups:
        return from_run(match, year, groups["r"])
    if "d" not in groups:
        return DateMention(*match.span())
    month, day = number(groups["m"]), number(groups["d"])
    if iso_date(year or 2000, month, day) is None:
        return DateMention(*match.span(), is_impossible=True)
    return DateMention(*match.span(), iso_date(year, month, day) if year else None, None if year else (month, day))


def find_dates(text: str) -> Iterator[DateMention]:
    """All dates of a text, also those without day or year; bare years are none.

    >>> [one.iso for one in find_dates("自20231月1日至202312月31日,2022年11日,2024-01-22 17:11,二〇二一年一月二十日")]
    ['2023-01-01', '2023-12-31', '2022-01-01', '2024-01-22', '2021-01-20']
    >>> [(one.iso, one.month_day, one.is_impossible) for one in find_dates("2021年2月30日,12月31止")]
    [(None, None, True), (None, (12, 31), False)]
    """
    end = 0
    for beginning in BEGINNING.finditer(text):
        start = beginning.start()
        match = DATE.match(text, start) if start >= end and text[start - 1 : start] != "." else None
        if match:
            end = match.end()
            yield to_mention(match)

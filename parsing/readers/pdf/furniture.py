"""What a page prints around its text: page numbers, running heads and feet.

In: the lines of all pages outside tables.  Out: the lines that are furniture.  A mark that names itself (`- 3 -`, 第 3
页) is known in the margin; a bare number only where it counts up with the pages at the same place; a running head
where it stands at the same place of several pages.  A line amid the text is never furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsing.readers.pdf.lines import Line

# The margins, as shares of the page's height, and how many lines of a page may be furniture at each end.
MARGIN = 0.14
MOST_LINES = 3
# How far a head or a number may move from page to page, in points.
SAME_PLACE = 4.0
DIGITS = re.compile(r"\d+")
BARE = re.compile(r"\s*\d{1,3}\s*$")
MARK = re.compile(
    r"\s*(?:[-—–~·|.]{1,3}\s*\d{1,3}\s*[-—–~·|.]{1,3}|第\s*\d{1,3}\s*[页頁]\s*(?:[,，/]?\s*共\s*\d{1,3}\s*[页頁])?"
    r"|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d{1,3}(?:\s*of\s*\d{1,3})?)\s*$"
)
# Signs for a blank cell: a row of them is no running head.
SIGNS = re.compile(r"[\W\d_]*$")


def at_ends(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines in the margins of a page, from its top and from its bottom, as far as furniture may reach."""
    height = lines[0].page.height if lines else 0.0
    for line in lines[:MOST_LINES]:
        if line.y1 < MARGIN * height:
            yield line
    for line in lines[MOST_LINES:][-MOST_LINES:]:
        if line.y0 > (1 - MARGIN) * height:
            yield line
    for line in lines[:MOST_LINES]:
        if line.y0 > (1 - MARGIN) * height:
            yield line


def numbers(line: Line) -> list[int]:
    return [int(found) for found in DIGITS.findall(line.text) if len(found) < 10]


def is_same_place(one: Line, other: Line) -> bool:
    """At the same height; from the top, or from the bottom where pages differ in height."""
    below = one.page.height - one.y1, other.page.height - other.y1
    is_level = abs(one.y0 - other.y0) <= SAME_PLACE or abs(below[0] - below[1]) <= SAME_PLACE
    return is_level and abs(one.height - other.height) <= SAME_PLACE


def counts_up(one: Line, other: Line) -> bool:
    """Whether two lines differ by nothing but numbers that go with the pages."""
    if DIGITS.sub("#", one.text) != DIGITS.sub("#", other.text):
        return False
    step = other.page.number - one.page.number
    first, second = numbers(one), numbers(other)
    return len(first) == len(second) and all(b - a in (0, step) for a, b in zip(first, second, strict=True))


def are_repeated(one: Line, other: Line) -> bool:
    if not is_same_place(one, other) or not counts_up(one, other):
        return False
    first, second = numbers(one), numbers(other)
    if BARE.match(one.text):
        return first != second
    return SIGNS.match(one.text) is None


def is_mark(line: Line) -> bool:
    """A page mark that names itself, with a number that a page may have."""
    return MARK.match(line.text) is not None and all(0 < number < 1000 for number in numbers(line))


def find_furniture(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The identities of the lines that are furniture; `pages` hold the lines of each page from top to bottom."""
    ends = [list(at_ends(lines)) for lines in pages]
    found = {id(line) for lines in ends for line in lines if is_mark(line)}
    several = [lines for lines in ends if lines]
    for index, lines in enumerate(several):
        for line in lines:
            # Odd and even pages may have heads of their own.
            near = [*several[index + 1 : index + 3]]
            for other in (one for page in near for one in page):
                if are_repeated(line, other):
                    found.update((id(line), id(other)))
    return found

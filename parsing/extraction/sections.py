"""The headings of a report, and which part each passage stands in.

In: passages in reading order.  Out: `Section` objects and the same passages with their part filled in.
A heading is a short line with a Chinese numeral (一、 …), a line （一）… is one of the second rank; a heading that
its text follows on the same line is found too.  Nothing is refused: a heading that the form does not know has no code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parsing.extraction.labels import label_key
from parsing.extraction.passages import Passage
from parsing.model import Section
from parsing.templates import SectionTemplate, load_sections

TOP = re.compile(r"^(?:([一二三四五六七八九十]{1,3})[、.:]|第([一二三四五六七八九十]{1,3})部分[、.:]?)")
NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}
SECOND = re.compile(r"^\([一二三四五六七八九十]{1,3}\)[、.]?")
# The longest official heading has 27 characters; agencies put their name or the year before it.
LONGEST_HEADING = 45
SHORTEST_BARE_HEADING = 5
SENTENCE = re.compile(r"[。;!]")


@cache
def sections_by_key() -> dict[str, SectionTemplate]:
    """The parts of the form by the keys of their titles and aliases, the first that has a key."""
    keys = [(label_key(name), one) for one in load_sections() for name in (one.title, *one.aliases)]
    return dict(reversed(keys))


@cache
def sections_by_title() -> dict[str, SectionTemplate]:
    """The parts of the form by the keys of those titles that are long enough to need no number."""
    keys = [(label_key(one.title), one) for one in load_sections()]
    return {key: one for key, one in reversed(keys) if len(key) >= SHORTEST_BARE_HEADING}


def find_section(title: str) -> SectionTemplate | None:
    """The part of the form that a heading opens, by its title, else by the words that name the part."""
    key = label_key(title)
    if known := sections_by_key().get(key):
        return known
    return next((one for one in load_sections() if any(word in key for word in one.words)), None)


def heading_end(text: str, numbering: re.Pattern[str]) -> int | None:
    """The length of the heading at the start of a passage; None where there is none."""
    match = numbering.match(text)
    if not match:
        return None
    stop = SENTENCE.search(text, match.end())
    end = stop.start() if stop else len(text)
    return end if match.end() < end <= LONGEST_HEADING and "," not in text[match.end() : end] else None


def bare_heading(text: str) -> SectionTemplate | None:
    """A heading that lost its number: the whole line is an official title."""
    return sections_by_title().get(label_key(text)) if len(text) <= LONGEST_HEADING else None


def number_of(heading: str) -> int:
    """The number that a heading of the first rank carries; 0 where it lost its number.

    >>> number_of("十二、其他"), number_of("总体情况")
    (12, 0)
    """
    match = TOP.match(heading)
    if not match:
        return 0
    tens, _, ones = (match.group(1) or match.group(2)).rpartition("十")
    if "十" not in (match.group(1) or match.group(2)):
        return NUMERALS[ones] if len(ones) == 1 else 0
    return 10 * (NUMERALS.get(tens, 1)) + NUMERALS.get(ones, 0)


def read_sections(passages: Sequence[Passage]) -> tuple[list[Section], list[Passage]]:
    """Headings in order, and the passages each with the code of its part."""
    sections: list[Section] = []
    placed: list[Passage] = []
    current: str | None = None
    last = 0
    for passage in passages:
        if passage.is_row:
            placed.append(passage.placed("table" if sections else "meta"))
            continue
        end = heading_end(passage.text, TOP)
        known = bare_heading(passage.text) if end is None else find_section(passage.text[:end])
        number = number_of(passage.text)
        # Lists inside a part use the same numerals: they begin again at 一.
        if (end is not None and number > last) or (end is None and known):
            end = end or len(passage.text)
            last = max(last, number)
            current = known.code if known else None
            sections.append(Section(current, passage.quote(0, end).strip(), passage.where(0)))
        elif second := heading_end(passage.text, SECOND):
            sections.append(Section(None, passage.quote(0, second).strip(), passage.where(0), is_top=False))
            end = second
        is_heading = end is not None and end >= len(passage.text.rstrip("。"))
        placed.append(passage.placed(current, is_heading))
    return sections, placed

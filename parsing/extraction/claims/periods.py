"""The dates of a report: its period, cut-offs, publication, signature, and the number of parts it announces.

In: a `Paragraph` and where it stands in the report.  Out: drafts with ISO dates, and problems.  Refused: days that no
calendar has, and damaged digits with more than one reading, as problems; dates without a word that says what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from parsing.extraction.claims.dates import DateMention
from parsing.extraction.claims.drafts import Draft, Paragraph
from parsing.extraction.claims.numerals import parse_chinese
from parsing.extraction.claims.wordings import load_words, one_of

WHOLE_YEAR_DAYS = 360
PREFACE_PASSAGES = 12
LABEL_REACH = 14
SIGNATURE = re.compile(r"[\u4e00-\u9fff()]{0,40}")
PADDED = re.compile(r"\d{4}(?:[-./]|年0)")


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """The lists of periods.toml, explained there."""

    between: tuple[str, ...]
    names: tuple[str, ...]
    cutoff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that say what a date is, by metric."""

    published_date: tuple[str, ...]
    signed_date: tuple[str, ...]
    filled_date: tuple[str, ...]
    other: tuple[str, ...]
    page: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartWords:
    """Words around the number of parts."""

    subjects: tuple[str, ...]
    holds: tuple[str, ...]
    parts: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a passage stands: its number, how many follow, whether a heading of the report came before."""

    index: int
    following: int
    is_inside: bool


@dataclass(frozen=True, slots=True)
class BadDate:
    """A date that cannot be taken: text[start:end] and why."""

    start: int
    end: int
    kind: str


@cache
def period_words() -> PeriodWords:
    return load_words("periods.toml", "periods", PeriodWords)


@cache
def labels() -> Labels:
    return load_words("periods.toml", "labels", Labels)


@cache
def part_words() -> PartWords:
    return load_words("periods.toml", "sections", PartWords)


@cache
def number_of_parts() -> re.Pattern[str]:
    """The end of a number and the word for parts: without them nothing is announced."""
    return re.compile(rf"[\d一二三四五六七八九十](?:{'|'.join(part_words().parts)})")


@cache
def part_pattern() -> re.Pattern[str]:
    words = part_words()
    subjects, holds, parts, ends = map("|".join, (words.subjects, words.holds, words.parts, words.ends))
    return re.compile(
        rf"(?:{subjects})[^。]{{0,24}}?(?:{holds})[^。]{{0,240}}?"
        rf"(?P<quote>(?P<number>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:{parts})(?=(?:{ends})))"
    )


def date_draft(metric: str, iso: str, start: int, end: int) -> Draft:
    return Draft(metric, iso, "date", start, end, year=int(iso[:4]))


def pair_dates(paragraph: Paragraph) -> Iterator[tuple[DateMention, DateMention]]:
    """Two dates with nothing but 至 between them."""
    for first, second in pairwise(paragraph.figures.dates):
        if one_of(period_words().between).fullmatch(paragraph.text, first.end, second.start):
            yield first, second


def read_period(paragraph: Paragraph, first: DateMention, second: DateMention) -> Iterator[Draft | BadDate]:
    """The two ends of the report's period; the year may stand with one of them, or in the title."""
    start = max(0, paragraph.text.rfind("。", 0, first.start))
    is_named = bool(one_of(period_words().names).search(paragraph.text, start, first.start))
    unclear = [one for one in (first, second) if one.is_unclear or one.is_impossible]
    if unclear and is_named:
        kind = "date_impossible" if unclear[0].is_impossible else "date_unclear"
        yield BadDate(unclear[0].start, unclear[0].end, kind)
    year = int(first.iso[:4]) if first.iso else int(second.iso[:4]) if second.iso else paragraph.report_year
    ends = first.in_year(year), second.in_year(year)
    if unclear or not ends[0] or not ends[1]:
        return
    days = (date.fromisoformat(ends[1]) - date.fromisoformat(ends[0])).days
    if is_named or days >= WHOLE_YEAR_DAYS:
        yield date_draft("period_start", ends[0], first.start, first.end)
        yield date_draft("period_end", ends[1], second.start, second.end)


def label_of(text: str, at: int) -> str | None:
    """The metric that the word right before a date names; "other" for dates of something else."""
    before = text[max(0, at - LABEL_REACH) : at].rstrip(":|(")
    for metric in ("other", "filled_date", "signed_date", "published_date"):
        found = one_of(getattr(labels(), metric)).finditer(before)
        if any(match.end() == len(before) for match in found):
            return metric
    return None


def read_single(paragraph: Paragraph, one: DateMention, position: Position) -> Draft | None:
    """A cut-off, or a date of the page, the signature, the table's foot."""
    text = paragraph.text
    if one_of(period_words().cutoff).search(text[: one.start]):
        iso = one.in_year(paragraph.report_year)
        return date_draft("cutoff_date", iso, one.start, one.end) if iso else None
    if not one.iso:
        return None
    metric = label_of(text, one.start) or unlabelled(paragraph, one, position)
    return date_draft(metric, one.iso, one.start, one.end) if metric and metric != "other" else None


def unlabelled(paragraph: Paragraph, one: DateMention, position: Position) -> str | None:
    """What a date without a word is, by where it stands.

    Above the report, in a line that pages print: its publication.  Alone or behind a name, under the report or its
    title: the signature.  2021-01-20 alone above the report is how pages write, not how people sign.
    """
    text = paragraph.text
    is_above = not position.is_inside and position.index < PREFACE_PASSAGES
    if is_above and one_of(labels().page).search(text):
        return "published_date"
    if one.end < len(text.rstrip(")。")) or not SIGNATURE.fullmatch(text[: one.start]):
        return None
    if is_above and PADDED.match(text[one.start : one.end]):
        return "published_date" if not text[: one.start].strip("(") else None
    is_alone = not text[: one.start].strip("(")
    return "signed_date" if is_alone or position.following < PREFACE_PASSAGES else None


def read_dates(paragraph: Paragraph, position: Position) -> Iterator[Draft | BadDate]:
    """All dates that say something of the report."""
    used: set[int] = set()
    for first, second in pair_dates(paragraph):
        for found in read_period(paragraph, first, second):
            used |= {first.start, second.start}
            yield found
    for one in paragraph.figures.dates:
        if one.is_impossible and one.start not in used:
            yield BadDate(one.start, one.end, "date_impossible")
        elif one.start not in used and (draft := read_single(paragraph, one, position)):
            yield draft


def announces_parts(text: str, position: Position) -> bool:
    """Whether a passage is of the preface and has a number of parts."""
    return position.index < PREFACE_PASSAGES and number_of_parts().search(text) is not None


def read_section_count(paragraph: Paragraph, position: Position) -> Draft | None:
    """How many parts the preface announces: 本报告由…六个部分组成."""
    match = part_pattern().search(paragraph.text) if announces_parts(paragraph.text, position) else None
    if not match:
        return None
    number = int(match["number"]) if match["number"].isdigit() else parse_chinese(match["number"])
    start, end = match.span("quote")
    return Draft("section_count", number, "个", start, end, year=paragraph.report_year)

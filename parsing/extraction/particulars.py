"""Who reports, on which year: from the title, and from what else the report says of itself.

In: passages with their parts.  Out: `Particulars` with the place of each fact, and problems.  Refused: nothing is
inferred from the name of the file, from the form used or from the calendar; what the report does not say is None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsing.extraction.agencies import agency_in, core_of, level_of, region_of
from parsing.extraction.passages import Passage
from parsing.model import Locator, Particulars, Problem

SUBJECT = r"(?:政府|政务)?(?:信息|政务)公开"
REPORT = r"(?:报告|年报|告年度报)"
YEAR = r"(?P<year>20[0-4]\d)"
TITLES = (
    re.compile(
        rf"(?P<agency>[\u4e00-\u9fff()·“”]{{0,40}}?)(?:关于)?{YEAR}(?:年度|年|度)*"
        rf"(?P<after>[\u4e00-\u9fff]{{0,30}}?){SUBJECT}[\u4e00-\u9fff]{{0,12}}?{REPORT}"
    ),
    re.compile(rf"(?P<agency>[\u4e00-\u9fff]{{2,30}}?){SUBJECT}(?:工作)?{YEAR}(?:年度|年)*(?:工作)?{REPORT}"),
)
LONGEST_TITLE, LATEST_TITLE = 70, 6
# Every title has these; looking for them first spares most passages the search.
IN_EVERY_TITLE = ("公开", "报", "20")
TABLE_TITLE = re.compile(rf"^\(?{YEAR}年度?\)?$")
TABLE_AGENCY = re.compile(r"\A\((?P<agency>[\u4e00-\u9fff]{2,30})\)?政府信息公开情况统计表")
# The statistics begin with the year; 年 and 月 get lost beside figures (20231月1日至…, 2022年11日至…).
PERIOD = re.compile(rf"{YEAR}年?(?:1月?1日?|5月1日)起?,?(?:[至到—~]|-(?!\d{{1,2}}-\d))")
PREFACE = re.compile(rf"{YEAR}年度?(?:本级)?[\u4e00-\u9fff()]{{0,12}}?(?:{SUBJECT}|年报|年度报告)")
# Not a document number, not a full date, not the year that cases were carried over from.
MENTION = re.compile(r"(?<![\d〔\[])(20[0-4]\d)年(?!\d{1,2}月\d{1,2}日|结转|末?结转|底)")
CONTACT = re.compile(r"与(?P<agency>[\u4e00-\u9fff]{2,24}?(?:人民政府|街道办事处|委员会|局))[\u4e00-\u9fff]{0,14}联系")
# A label, a colon or the border of a cell, a name.  Searching for what stands between them first is much faster.
META_LABELS = (
    "发布机构", "发布单位", "发文机关", "公开单位", "责任单位", "所属机构", "制作单位", "来源", "(?i:source)",
    "(?i:publisher)", "(?i:article:author)",
)  # fmt: skip
META = re.compile(
    rf"[:|](?:{'|'.join(f'(?<={label}[:|])' for label in META_LABELS)})(?P<agency>[\u4e00-\u9fff]{{2,30}})"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One fact and its place; `rank` orders what may be believed first."""

    value: str
    where: Locator
    rank: int


def find_title(passage: Passage) -> re.Match[str] | None:
    """The title of a report, if the passage stands before its first part and is one or begins with one."""
    text = passage.text[:LONGEST_TITLE]
    if passage.section not in (None, "meta", "table") or not all(word in text for word in IN_EVERY_TITLE):
        return None
    places = [(pattern, start) for pattern in TITLES for start in range(LATEST_TITLE + 1)]
    return next((match for pattern, start in places if (match := pattern.match(text, start))), None)


def agencies_in_title(match: re.Match[str]) -> Iterator[str]:
    yield match.group("agency")
    if "after" in match.re.groupindex:
        yield match.group("after")


def agencies(passages: Sequence[Passage], titles: Sequence[re.Match[str] | None]) -> Iterator[Found]:
    """All names by which the report may call its author, each with its rank."""
    for index, (passage, title) in enumerate(zip(passages, titles, strict=True)):
        if title:
            for text in agencies_in_title(title):
                if name := agency_in(text):
                    yield Found(name, passage.where(title.start()), 0)
            if index and (name := agency_in(passages[index - 1].text)):
                yield Found(name, passages[index - 1].where(0), 1)
        if index >= len(passages) - 4 and (name := agency_in(passage.text)):
            yield Found(name, passage.where(0), 2)
        for rank, pattern in ((3, TABLE_AGENCY), (4, CONTACT), (5, META)):
            if (match := pattern.search(passage.text)) and (name := agency_in(match.group("agency"))):
                yield Found(name, passage.where(match.start("agency")), rank)
    if passages and (name := agency_in(passages[0].text)):
        yield Found(name, passages[0].where(0), 2)


def choose_agency(found: Sequence[Found]) -> Found | None:
    """The name believed most, in the fullest form that the report gives it.

    天目山镇 in the title and 杭州市临安区天目山镇人民政府 under the last line are one agency: the longer says more.
    """
    if not found:
        return None
    best = min(found, key=lambda one: one.rank)
    core = core_of(best.value)
    same = [one for one in found if core_of(one.value) == core and one.rank <= 4]
    longest = max(same, key=lambda one: len(one.value), default=best)
    return longest if len(longest.value) > len(best.value) else best


def years(passages: Sequence[Passage], titles: Sequence[re.Match[str] | None]) -> Iterator[Found]:
    for passage, title in zip(passages, titles, strict=True):
        is_front = passage.section in (None, "meta", "table", "s1")
        if title:
            yield Found(title.group("year"), passage.where(title.start("year")), 0)
        if passage.section == "table" and (match := TABLE_TITLE.match(passage.text.strip("|"))):
            yield Found(match.group("year"), passage.where(match.start("year")), 1)
        if is_front and (match := PERIOD.search(passage.text)):
            yield Found(match.group("year"), passage.where(match.start("year")), 2)
        if is_front and (match := PREFACE.search(passage.text)):
            yield Found(match.group("year"), passage.where(match.start("year")), 3)


def most_mentioned(passages: Sequence[Passage]) -> Found | None:
    """The year that most sentences speak of, where nothing names the report's: at least two of three mentions."""
    mentions = [
        (match.group(1), passage.where(match.start()))
        for passage in passages
        for match in MENTION.finditer(passage.text)
    ]
    if not mentions:
        return None
    year, count = Counter(year for year, _ in mentions).most_common(1)[0]
    where = next(where for mentioned, where in mentions if mentioned == year)
    return Found(year, where, 4) if 3 * count >= 2 * len(mentions) else None


def read_particulars(passages: Sequence[Passage]) -> tuple[Particulars, list[Problem]]:
    """Agency, level, region and year of a report; the date of publication is a claim and is added by the caller."""
    problems = []
    titles = [find_title(passage) for passage in passages]
    agency = choose_agency(list(agencies(passages, titles)))
    year = min(years(passages, titles), key=lambda one: one.rank, default=None) or most_mentioned(passages)
    if agency is None:
        message = "没有找到机关名称（标题、落款、统计表表头均未写明）。请补写完整的机关名称。"
        problems.append(Problem("agency_not_found", message))
    if year is None:
        message = "没有找到报告所属年度（标题、统计期限均未写明）。请补写年度；与年度有关的检查均未进行。"
        problems.append(Problem("year_not_found", message))
    evidence = {name: one.where for name, one in (("agency", agency), ("year", year)) if one}
    name = agency.value if agency else None
    level = level_of(name) if name else None
    region = region_of(name) if name else None
    return Particulars(name, level, region, int(year.value) if year else None, None, evidence), problems

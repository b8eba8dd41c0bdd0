"""Lists: a figure, and the parts that it is made of.

In: the text between two figures and the claims found so far.  Out: `OpenList`, one per bracket level, and claims marked
as total and parts of one list.  Refused: parts that the metric of the total cannot have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from parsing.extraction.claims.drafts import Draft, Paragraph
from parsing.extraction.claims.segments import Mention
from parsing.extraction.claims.wordings import last_match, load_words, one_of, read_file

# A colon opens a list, right behind the figure or after a clause: …条,内容如下:
COLON = re.compile(r"^:|[,;][^,;。]{0,12}:")


@dataclass(frozen=True, slots=True)
class ListWords:
    """The lists of lists.toml, explained there."""

    complete: tuple[str, ...]
    partial: tuple[str, ...]
    open_ended: tuple[str, ...]
    distributed: tuple[str, ...]


@dataclass(slots=True)
class OpenList:
    """A list being read: its total (None where that figure is no claim), where it ends, its parts so far.

    `is_marked` says that a word or a bracket opened it; without one, only figures in the unit of the total and without
    a verb are taken for parts.  `is_disclosure` marks a list of categories without a total (网站公开类别:…).
    """

    total: Draft | None
    sentence: tuple[int, int]
    is_marked: bool
    is_complete: bool
    is_disclosure: bool = False
    parts: list[Draft] = field(default_factory=list)

    @property
    def metric(self) -> str | None:
        return self.total.metric if self.total else None

    def takes(self, metric: str) -> bool:
        """Whether a claim of this metric may be a part; all parts of a list of applications are of one kind."""
        if self.metric is None or metric not in part_metrics().get(self.metric, ()):
            return False
        is_disclosure = metric.startswith("disclosed")
        return is_disclosure or not self.parts or self.parts[0].metric == metric


@cache
def list_words() -> ListWords:
    return load_words("lists.toml", "lists", ListWords)


@cache
def part_metrics() -> dict[str, frozenset[str]]:
    return {total: frozenset(parts) for total, parts in read_file("lists.toml")["parts"].items()}


@cache
def opener() -> re.Pattern[str]:
    """A list word that begins a clause, or stands alone before the first part."""
    words = list_words()
    return re.compile(
        rf"(?:^|(?<=[,;。:(、]))(?:(?P<complete>{'|'.join(words.complete)})|(?P<partial>{'|'.join(words.partial)}))"
        rf"(?P<more>[^,;:。]{{0,3}})"
    )


def read_opener(between: str) -> tuple[bool, bool]:
    """Whether a list opens between two figures, and whether its parts must add up.

    >>> read_opener("条,其中:"), read_opener("件(含"), read_opener("。其中主要有"), read_opener(",")
    ((True, True), (True, False), (True, False), (False, False))
    """
    match = last_match(opener(), between)
    if match is None:
        return bool(COLON.search(between)), False
    is_open_ended = one_of(list_words().open_ended).search(match.group("more") or "")
    return True, bool(match["complete"]) and not is_open_ended


def possible_totals(paragraph: Paragraph, mention: Mention) -> Iterator[Draft]:
    """Claims that a list may be a breakdown of, the nearest first; 其中 may stand sentences behind its total.

    Of what other sentences say, parts of lists are left out: 从类别看 goes back to their total.
    """
    here = paragraph.drafts_in(mention.sentence[0], mention.start)
    earlier = [*paragraph.drafts_in(0, mention.sentence[0]), *reversed(paragraph.before)]
    near = [*here, *(one for one in earlier if one.list_role != "part")]
    return (one for one in near if one.metric in part_metrics())


def host_draft(paragraph: Paragraph, mention: Mention) -> Draft | None:
    """The claim that the mention's bracket explains."""
    if mention.host is None:
        return None
    amount = paragraph.figures.amounts[mention.host]
    return next((one for one in paragraph.drafts if one.start <= amount.start < one.end), None)


def close_list(one: OpenList, list_id: int) -> None:
    """Mark the total and the parts; a single part promises no sum.

    A total that is itself a part of a sum stays one: a claim can carry only one list.
    """
    if one.total is None or not one.parts:
        return
    is_free = one.total.list_id is None or not one.total.is_exhaustive
    is_exhaustive = one.is_complete and len(one.parts) > 1 and is_free
    if is_free:
        one.total.list_id, one.total.list_role, one.total.is_exhaustive = list_id, "total", is_exhaustive
    for part in one.parts:
        if is_exhaustive or part.list_role != "total":
            part.list_id, part.list_role, part.is_exhaustive = list_id, "part", is_exhaustive


def distributed_labels(text: str, count: int) -> Sequence[tuple[int, int]]:
    """The last `count` names before 分别, as stretches of the text.

    >>> text = "政务微博、微信"
    >>> [text[a:b] for a, b in distributed_labels(text, 2)]
    ['政务微博', '微信']
    """
    names = [match.span() for match in re.finditer(r"[^、,;和与及]+", text)]
    return names[-count:] if len(names) >= count else ()

"""A claim while its passage is still being read.

In: nothing.  Out: `Draft`, mutable until the passage is done, and `Paragraph`, what all readers of one passage share.
Nothing is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from parsing.extraction.claims.figures import Figures
from parsing.extraction.claims.segments import Mention
from parsing.extraction.claims.topics import Naming, find_namings, is_weak

BEGINNING = attrgetter("start")
SENTENCES = re.compile(r"[^。!|]+")


@dataclass(slots=True)
class Draft:
    """One claim: text[start:end] states it, text[label[0]:label[1]] names it; `dim` is its code or its own wording."""

    metric: str
    value: int | float | str
    unit: str
    start: int
    end: int
    dim: str | None = None
    label: tuple[int, int] | None = None
    year: int | None = None
    approx: bool = False
    negated: bool = False
    list_id: int | None = None
    list_role: Literal["total", "part"] | None = None
    is_exhaustive: bool = False


@dataclass(slots=True)
class Paragraph:
    """One passage while it is read: its text, its figures, and the claims found so far.

    `carried_topic` is what the heading above, or the passage that led up to this one, speaks of; `before` are the
    claims of the passage before, where this one begins with 其中; `namings` the topics of each sentence that was asked
    for.  `reasons` holds, by the index of the amount, why it is no claim; `claimed` the amounts that became claims.
    """

    text: str
    figures: Figures
    mentions: list[Mention]
    report_year: int | None
    section: str | None = None
    is_row: bool = False
    carried_topic: str | None = None
    before: list[Draft] = field(default_factory=list)
    namings: dict[int, list[Naming]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)

    def has_amount(self, start: int, end: int) -> bool:
        """Whether an amount begins in a stretch of the text."""
        amounts = self.figures.amounts
        at = bisect_left(amounts, start, key=BEGINNING)
        return at < len(amounts) and amounts[at].start < end

    def sentence_text(self, mention: Mention) -> str:
        """The mention's sentence up to the mention's own words."""
        return self.text[mention.sentence[0] : mention.start]

    def own_stretch(self, mention: Mention) -> str:
        """What stands between the figure before it in the sentence and a mention's figure."""
        amounts = self.figures.amounts
        ends = [one.end for one in amounts if mention.sentence[0] <= one.start < mention.amount.start]
        return self.text[ends[-1] if ends else mention.sentence[0] : mention.amount.start]

    def topic_before(self, index: int) -> str | None:
        """The topic named last before a place, sentence by sentence; common words do not carry over."""
        for start, end in reversed([*sentences(self.text)]):
            if start >= index:
                continue
            if start not in self.namings:
                self.namings[start] = find_namings(self.text, start, end)
            before = (one.code for one in reversed(self.namings[start]) if one.end <= index and not is_weak(one.code))
            if topic := next(before, None):
                return topic
        return self.carried_topic

    def drafts_in(self, start: int, end: int) -> Iterator[Draft]:
        """The claims of a stretch of text, the last one first."""
        return (one for one in reversed(self.drafts) if start <= one.start < end)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends, its stop left out."""
    return (match.span() for match in SENTENCES.finditer(text))

"""Passage by passage: figures, what they count, what is denied, which dates — and where each stands.

In: passages and particulars.  Out: claims, figures and problems, each with its place in the original.  Nothing is
refused: what no rule takes is an unclassified figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from parsing.extraction.claims.counting import Counter
from parsing.extraction.claims.drafts import Draft, Paragraph
from parsing.extraction.claims.echoes import read_echoes
from parsing.extraction.claims.figures import NO_FIGURES, THOUSANDS, any_figure, find_figures
from parsing.extraction.claims.negations import Denial, denies, read_denial, read_negations
from parsing.extraction.claims.periods import BadDate, Position, announces_parts, read_dates, read_section_count
from parsing.extraction.claims.rules import METRIC_UNITS
from parsing.extraction.claims.segments import find_mentions
from parsing.extraction.claims.topics import SECTION_TOPICS, is_weak, last_topic
from parsing.extraction.passages import Passage
from parsing.model import Claim, Figure, Particulars, Problem

FigureOutcome = Literal["claimed", "ignored", "unclassified"]

GROUPED = re.compile(THOUSANDS)
# Without such a comma there are no groups; commas are few, digits many.
GROUPING_COMMA = re.compile(r",(?<=\d,)\d{3}")
CONTINUES = re.compile("其中|包括")
SUBHEADING = re.compile(r"\([一二三四五六七八九十]{1,3}\)[^。,:]{2,24}")
# A passage with more figures than any report has in all is no prose; what they count would cost their number squared.
MOST_FIGURES = 1000
CUT_OFF = "文件在此中断"
NONE_ALONE = re.compile(r"(?:暂)?(?:无|没有)(?:。|,|$)|无此(?:类|项)情况")
DATE_PROBLEMS = {
    "date_impossible": "日期“{}”在日历上不存在，未采信。请核对原文。",
    "date_unclear": "日期“{}”缺字，可有几种读法或没有读法，未采信。请核对原文。",
}


@dataclass(slots=True)
class Reader:
    """Reads passages in order; `topic` is what the last heading speaks of, `heading` its text.

    `before` are the claims of the passage before; `done` are the passages that may hold claims or figures;
    `open_line` is the number of a last line that nothing ends.
    """

    report_year: int | None
    open_line: int | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    topic: str | None = None
    heading: str = ""
    before: list[Draft] = field(default_factory=list)
    done: list[tuple[Passage, Paragraph]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, passage: Passage, position: Position) -> None:
        """One passage, unless there is nothing in it that a claim is made of."""
        drafts: list[Draft] = []
        if self.heading or may_state(passage.text, position):
            paragraph = self.open_paragraph(passage)
            self.fill(passage, paragraph, position)
            self.done.append((passage, paragraph))
            drafts = paragraph.drafts
        self.before = drafts
        self.follow(passage)

    def fill(self, passage: Passage, paragraph: Paragraph, position: Position) -> None:
        """The dates first, then what its amounts count, then what is denied and said of them."""
        self.read_dates(passage, paragraph, position)
        if paragraph.mentions:
            Counter(paragraph, lambda: next(self.numbers)).read_all()
        paragraph.drafts.extend([*read_negations(paragraph)])
        if paragraph.drafts:
            paragraph.drafts.extend([*read_echoes(paragraph)])
        paragraph.drafts.extend(self.read_none(passage))

    def open_paragraph(self, passage: Passage) -> Paragraph:
        text = passage.text
        figures = find_figures(hide_commas(passage)) if any_figure().search(text) else NO_FIGURES
        mentions = find_mentions(text, figures.amounts) if 0 < len(figures.amounts) <= MOST_FIGURES else []
        paragraph = Paragraph(text, figures, mentions, self.report_year)
        paragraph.section, paragraph.is_row = passage.section, passage.is_row
        paragraph.carried_topic = self.topic or SECTION_TOPICS.get(passage.section or "")
        if CONTINUES.match(text):
            paragraph.before = self.before
        if passage.pieces[-1].where.line == self.open_line and figures.amounts:
            last = len(figures.amounts) - 1
            if figures.amounts[last].digits_end == len(text):
                paragraph.reasons[last] = CUT_OFF
        return paragraph

    def read_dates(self, passage: Passage, paragraph: Paragraph, position: Position) -> None:
        for found in read_dates(paragraph, position) if paragraph.figures.dates else ():
            if isinstance(found, BadDate):
                place = passage.where(found.start)
                message = DATE_PROBLEMS[found.kind].format(passage.quote(found.start, found.end))
                self.problems.append(Problem(found.kind, message, place))
            else:
                paragraph.drafts.append(found)
        if parts := read_section_count(paragraph, position):
            paragraph.drafts.append(parts)
            amounts = enumerate(paragraph.figures.amounts)
            paragraph.claimed |= {index for index, one in amounts if parts.start <= one.start < parts.end}

    def read_none(self, passage: Passage) -> Iterator[Draft]:
        """无。 as the whole text under a heading denies what the heading names."""
        if not self.heading or not NONE_ALONE.fullmatch(passage.text):
            return
        for metric, dim in read_denial(Denial(0, len(passage.text), "", self.heading)):
            yield Draft(metric, 0, METRIC_UNITS[metric], 0, len(passage.text), dim, year=self.report_year, negated=True)

    def follow(self, passage: Passage) -> None:
        """What the next passage may rely on: a heading's subject, or a sentence that ends in a colon."""
        self.heading = passage.text if passage.is_heading else ""
        if passage.is_heading:
            self.topic = plain_topic(passage.text)
        elif match := SUBHEADING.match(passage.text):
            self.topic = plain_topic(match.group())
        elif passage.text.endswith(":"):
            self.topic = plain_topic(passage.text) or self.topic


def may_state(text: str, position: Position) -> bool:
    """Whether a text has a figure, a denial or a number of parts: most passages have none."""
    return any_figure().search(text) is not None or denies(text) or announces_parts(text, position)


def plain_topic(text: str) -> str | None:
    """The topic of a heading, unless only common words name one."""
    topic = last_topic(text)
    return topic if topic and not is_weak(topic) else None


def hide_commas(passage: Passage) -> str:
    """The text, with full-width commas between digits made recognisable: they part figures, not thousands."""
    text = passage.text
    for match in GROUPED.finditer(passage.text) if GROUPING_COMMA.search(text) else ():
        for index in range(*match.span()):
            if text[index] == ",":
                piece, place = passage.raw_place(index)
                if piece.raw[place] != ",":
                    text = text[:index] + "，" + text[index + 1 :]
    return text


def to_claim(passage: Passage, draft: Draft) -> Claim:
    """A draft with its words as printed and their place."""
    label = passage.quote(*draft.label).strip() if draft.label else None
    return Claim(
        metric=draft.metric, dim=draft.dim, label=label, value=draft.value, unit=draft.unit, year=draft.year,
        approx=draft.approx, negated=draft.negated, quote=passage.quote(draft.start, draft.end),
        section=passage.section, where=passage.where(draft.start), list_id=draft.list_id, list_role=draft.list_role,
        is_exhaustive=draft.is_exhaustive,
    )  # fmt: skip


def fates(paragraph: Paragraph) -> Iterator[tuple[int, int, FigureOutcome, str | None]]:
    """What became of every figure; a numeral in Chinese characters is a figure only where it became a claim."""
    for index, amount in enumerate(paragraph.figures.amounts):
        if index in paragraph.claimed:
            yield amount.start, amount.digits_end, "claimed", None
        elif not amount.is_word:
            reason = paragraph.reasons.get(index)
            yield amount.start, amount.digits_end, "ignored" if reason else "unclassified", reason
    for span in paragraph.figures.spans:
        yield span.start, span.end, "ignored", span.reason
    dated = [(one.start, one.end) for one in paragraph.drafts if one.unit == "date"]
    for one in paragraph.figures.dates:
        if (one.start, one.end) in dated:
            yield one.start, one.end, "claimed", None
        else:
            yield one.start, one.end, "ignored", "日期"


def to_figures(passage: Passage, paragraph: Paragraph, drafts: Sequence[Draft], first: int) -> Iterator[Figure]:
    """The figures of a passage in the order of the text; its claims count from `first`."""
    for start, end, outcome, reason in sorted(fates(paragraph), key=lambda one: one[:2]):
        stated = [first + at for at in stated_by(start, end, drafts)] if outcome == "claimed" else ()
        yield Figure(passage.quote(start, end), outcome, reason, passage.where(start), tuple(stated))


def stated_by(start: int, end: int, drafts: Sequence[Draft]) -> list[int]:
    """The claims that a figure states: a date those that are it, an amount those whose words hold it."""
    dates = [at for at, one in enumerate(drafts) if one.unit == "date" and (one.start, one.end) == (start, end)]
    return dates or [at for at, one in enumerate(drafts) if one.unit != "date" and one.start <= start < one.end]


def read_claims(
    passages: Sequence[Passage], particulars: Particulars, open_line: int | None = None
) -> tuple[tuple[Claim, ...], tuple[Figure, ...], tuple[Problem, ...]]:
    """Claims, figures and problems of all passages, in the order of the text."""
    reader = Reader(particulars.year, open_line)
    is_inside = False
    for index, passage in enumerate(passages):
        is_inside = is_inside or (passage.section is not None and not passage.is_row)
        reader.read(passage, Position(index, len(passages) - 1 - index, is_inside))
    claims: list[Claim] = []
    figures: list[Figure] = []
    for passage, paragraph in reader.done:
        drafts = sorted(paragraph.drafts, key=lambda one: (one.start, one.end))
        figures += to_figures(passage, paragraph, drafts, len(claims))
        claims += [to_claim(passage, draft) for draft in drafts]
    return tuple(claims), tuple(figures), tuple(reader.problems)

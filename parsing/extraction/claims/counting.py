"""Decides for every amount of a passage what it counts.

In: a `Paragraph` with its amounts.  Out: the paragraph with a claim or a reason for every amount that has one; what has
neither is unclassified.  Refused: amounts whose own words fit no rule, however near a metric they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from parsing.extraction.claims.channels import has_verb, trim_label
from parsing.extraction.claims.deciding import Reading, decide
from parsing.extraction.claims.drafts import Draft, Paragraph
from parsing.extraction.claims.guards import explain, guard
from parsing.extraction.claims.lists import (
    OpenList,
    close_list,
    distributed_labels,
    host_draft,
    list_words,
    possible_totals,
    read_opener,
)
from parsing.extraction.claims.rates import read_rate
from parsing.extraction.claims.rules import METRIC_UNITS
from parsing.extraction.claims.segments import Mention
from parsing.extraction.claims.wordings import has_any, one_of
from parsing.extraction.claims.years import year_of

MEASURES = frozenset({"%", "‰", "倍", "个百分点"})
HEAD = re.compile(r"(?:[、,;:和及与并或?]|其中|分别|另有|此外|另外)*")
# What needs no label: the metric says it all.
TOTALS = frozenset({
    "disclosed_total", "disclosed_prev_total", "applications_received", "applications_closed", "reviews_total",
    "litigations_total", "carried_in", "carried_out",
})  # fmt: skip
TWICE_MEASURED = "同一事项的另一种计数"


@dataclass(slots=True)
class Counter:
    """Reads the amounts of one paragraph in order; `open_lists` by the bracket that holds them (-1 for none)."""

    paragraph: Paragraph
    number_list: Callable[[], int]
    open_lists: dict[int, OpenList] = field(default_factory=dict)

    def read_all(self) -> None:
        join_twins(self.paragraph)
        share_labels(self.paragraph.mentions)
        for index, mention in enumerate(self.paragraph.mentions):
            if index not in self.paragraph.reasons and index not in self.paragraph.claimed:
                self.read(index, mention)
        for bracket in list(self.open_lists):
            self.leave_list(bracket)

    def read(self, index: int, mention: Mention) -> None:
        """One amount: a claim, a reason, or nothing."""
        paragraph = self.paragraph
        if mention.amount.unit in MEASURES:
            rate = read_rate(paragraph, mention)
            if isinstance(rate, Draft):
                self.add(index, rate)
            else:
                paragraph.reasons[index] = rate
            return
        current = self.list_at(index, mention)
        decision = guard(paragraph, mention) or decide(paragraph, mention, current)
        if isinstance(decision, str) or not decision:
            if reason := decision or explain(paragraph, mention):
                paragraph.reasons[index] = str(reason)
            return
        for reading in decision:
            draft = self.draft(mention, reading)
            self.add(index, draft)
            self.put_in_list(mention, draft, reading.is_part)

    def add(self, index: int, draft: Draft) -> None:
        self.paragraph.drafts.append(draft)
        self.paragraph.claimed.add(index)

    def draft(self, mention: Mention, reading: Reading) -> Draft:
        """A claim of one figure, its place and its year."""
        paragraph, amount = self.paragraph, mention.amount
        year = year_of(paragraph.text, mention.sentence[0], amount.start, paragraph.report_year)
        metric = reading.metric
        if metric == "disclosed_total" and year and paragraph.report_year and year == paragraph.report_year - 1:
            metric = "disclosed_prev_total"
        start, label = place(paragraph.text, mention, reading)
        end = amount.end + len(mention.tail) if reading.uses_tail or not mention.lead else amount.end
        value, unit = amount.value, amount.unit or METRIC_UNITS[metric]
        if metric == "admin_fees_wan":
            value, unit = (value / 10_000 if unit == "元" and value else value), "万元"
        elif metric == "fee_yuan" and unit == "万元":
            value, unit = value * 10_000, "元"
        dim = reading.dim
        if metric == "disclosed_category":
            dim = (reading.label or "").strip("“”") or None
        return Draft(metric, value, unit, start, end, dim, label, year, amount.approx)

    def list_at(self, index: int, mention: Mention) -> OpenList | None:
        """The list that a mention may be a part of; opens one where words, a bracket or the order say so."""
        amounts = self.paragraph.figures.amounts
        start = amounts[index - 1].end if index else mention.sentence[0]
        between = self.paragraph.text[start : mention.start] + mention.lead
        opened, complete = read_opener(between)
        current = self.open_lists.get(mention.opens)
        is_over = current is not None and current.sentence != mention.sentence
        if current is not None and (is_over or (current.parts and self.ends_list(current, mention))):
            self.leave_list(mention.opens)
            current = None
        if opened or (current is None and (mention.host is not None or names_disclosure(between))):
            self.leave_list(mention.opens)
            total = self.find_total(mention)
            current = OpenList(total, mention.sentence, True, complete, names_disclosure(between))
            self.open_lists[mention.opens] = current
        elif current is None and (total := self.total_before(index, mention)):
            current = self.open_lists[mention.opens] = OpenList(total, mention.sentence, False, False)
        return current

    def find_total(self, mention: Mention) -> Draft | None:
        if mention.host is not None:
            return host_draft(self.paragraph, mention)
        return next(possible_totals(self.paragraph, mention), None)

    def total_before(self, index: int, mention: Mention) -> Draft | None:
        """The figure right before, where parts may follow it without a word: 公开信息70条,工作动态66条,其他4条."""
        before = next(self.paragraph.drafts_in(mention.sentence[0], mention.start), None)
        if before is None or mention.opens >= 0 or before.metric not in ("disclosed_total", "disclosed_channel"):
            return None
        return before if before.end == self.paragraph.figures.amounts[index - 1].end else None

    def leave_list(self, bracket: int) -> None:
        one = self.open_lists.pop(bracket, None)
        if one and one.parts:
            text, end = self.paragraph.text, one.parts[-1].end
            one.is_complete &= not text.startswith("等", end) and promises_sum(text, one)
            close_list(one, self.number_list())

    def put_in_list(self, mention: Mention, draft: Draft, is_part: bool) -> None:
        """Make a claim a part of the open list, where it can be one; another total ends the list."""
        current = self.open_lists.get(mention.opens)
        if current is None:
            return
        if current.is_marked and current.total and not current.parts and not current.takes(draft.metric):
            totals = (one for one in possible_totals(self.paragraph, mention) if one is not draft)
            lists = (replace(current, total=one) for one in totals)
            current = next((one for one in lists if one.takes(draft.metric)), current)
            self.open_lists[mention.opens] = current
        if current.takes(draft.metric) and (is_part or current.is_marked):
            current.parts.append(draft)
            draft.year = current.total.year if current.total else draft.year
        elif current.parts or not current.is_marked:
            self.leave_list(mention.opens)

    def ends_list(self, current: OpenList, mention: Mention) -> bool:
        """Whether a semicolon and a verb begin something new: its figure is too large for a part.

        …40条次,其中中央媒体10条次,省级媒体20条次;公众号推送信息90条.
        """
        text, total = self.paragraph.text, current.total
        if total is None or not text[current.parts[-1].end : mention.start].endswith(";"):
            return False
        values = [float(one.value) for one in (total, *current.parts)]
        return has_verb(mention.lead) and sum(values[1:]) + mention.amount.value > values[0]


def promises_sum(text: str, one: OpenList) -> bool:
    """Channels add up to their total only where the rest is named: the same item may stand on several of them."""
    channels = [part for part in one.parts if part.metric == "disclosed_channel"]
    return not channels or any(has_any(text[part.start : part.end], ("其他", "其它", "其余")) for part in channels)


def names_disclosure(between: str) -> bool:
    """Whether what leads up to a list without total speaks of publishing: 网站公开类别:政策文件4条."""
    head, colon, _ = between.rpartition(":")
    return bool(colon) and has_any(head[-16:], ("公开", "发布"))


def place(text: str, mention: Mention, reading: Reading) -> tuple[int, tuple[int, int] | None]:
    """Where a claim's words begin, and where its label stands."""
    start, end = mention.start, mention.amount.start
    head = HEAD.match(text, start, end)
    start = min(head.end() if head else start, end)
    if reading.metric in TOTALS:
        return start, None
    at = text.find(reading.label, mention.start, end) if reading.label else -1
    stretch = (at, at + len(reading.label or "")) if at >= 0 else (start, end)
    first, last = trim_label(text[slice(*stretch)])
    return start, (stretch[0] + first, stretch[0] + last) if last > first else None


def join_twins(paragraph: Paragraph) -> None:
    """1人2次, 294期1014条: the second figure counts, the first is another measure of the same."""
    for index, mention in enumerate(paragraph.mentions):
        if mention.twin is not None:
            first = paragraph.mentions[mention.twin]
            paragraph.reasons[mention.twin] = TWICE_MEASURED
            paragraph.mentions[index] = mention._replace(lead=first.lead, start=first.start)


def share_labels(mentions: list[Mention]) -> None:
    """微信公众号、抖音号分别发布255条、63条: each figure gets its own name."""
    for index, mention in enumerate(mentions):
        match = one_of(list_words().distributed).search(mention.lead)
        if not match:
            continue
        followers = [index]
        for at in range(index + 1, len(mentions)):
            if mentions[at].sentence != mention.sentence or mentions[at].lead.strip("、,和及与;"):
                break
            followers.append(at)
        names = mention.lead[: match.start()]
        for at, (first, last) in zip(followers, distributed_labels(names, len(followers)), strict=False):
            mentions[at] = mentions[at]._replace(lead=names[first:last] + mention.lead[match.end() :])

"""Decides for every amount of a passage what it counts.

In: a `Paragraph` with its amounts.  Out: the paragraph with a claim or a reason for every amount that has one; what has
neither is unclassified.  Refused: amounts whose own words fit no rule, however near a metric they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from parsing.extraction.claims.deciding import Reading, decide
from parsing.extraction.claims.disclosure import trim_label
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
from parsing.extraction.claims.wordings import one_of
from parsing.extraction.claims.years import year_of

MEASURES = frozenset({"%", "‰", "倍", "个百分点"})
HEAD = re.compile(r"(?:[、,;:和及与并或?]|其中|分别|另有|此外|另外)*")
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
            if index not in self.paragraph.reasons:
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
            self.put_in_list(mention, draft)

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
        end = amount.end if mention.lead or not mention.tail else amount.end + len(mention.tail)
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
        """The list that a mention may be a part of; opens one where the words say so."""
        amounts = self.paragraph.figures.amounts
        between = self.paragraph.text[amounts[index - 1].end : mention.amount.start] if index else ""
        opened, complete = read_opener(between)
        current = self.open_lists.get(mention.opens)
        if opened or (current is None and mention.host is not None):
            total = host_draft(self.paragraph, mention) if mention.host is not None else None
            total = total or next(possible_totals(self.paragraph, mention), None)
            self.enter_list(mention, OpenList(total, mention.sentence, True, complete))
        elif current is not None and current.sentence != mention.sentence:
            self.leave_list(mention.opens)
        elif current is None and mention.opens < 0 and index and not between.strip("、,;:"):
            self.enter_list(mention, None)
        return self.open_lists.get(mention.opens) or self.unmarked_list(index, mention)

    def unmarked_list(self, index: int, mention: Mention) -> OpenList | None:
        """A list that no word opens: 公开信息70条,工作动态66条,其他信息4条."""
        before = next(self.paragraph.drafts_in(mention.sentence[0], mention.start), None)
        if before is None or mention.opens >= 0 or before.metric not in ("disclosed_total", "disclosed_channel"):
            return None
        if before.end != self.paragraph.figures.amounts[index - 1].end:
            return None
        return OpenList(before, mention.sentence, False, False)

    def enter_list(self, mention: Mention, one: OpenList | None) -> None:
        self.leave_list(mention.opens)
        if one:
            self.open_lists[mention.opens] = one

    def leave_list(self, bracket: int) -> None:
        one = self.open_lists.pop(bracket, None)
        if one and one.parts:
            end = one.parts[-1].end
            close_list(one, self.number_list(), self.paragraph.text[end : end + 1])

    def put_in_list(self, mention: Mention, draft: Draft) -> None:
        """Make a claim a part of the open list, where it can be one; a new total ends the list."""
        current = self.open_lists.get(mention.opens)
        if current is None:
            if (unmarked := self.last_unmarked(mention)) and unmarked.takes(draft.metric):
                unmarked.parts.append(draft)
                self.open_lists[mention.opens] = unmarked
            return
        if not current.parts and not current.takes(draft.metric):
            others = (one for one in possible_totals(self.paragraph, mention) if one is not draft)
            fitting = (OpenList(one, mention.sentence, True, current.is_complete) for one in others)
            current = next((one for one in fitting if one.takes(draft.metric)), current)
            self.open_lists[mention.opens] = current
        if current.takes(draft.metric):
            current.parts.append(draft)
            draft.year = current.total.year if current.total else draft.year

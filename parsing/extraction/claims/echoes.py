"""Clauses without a figure that say something of the figure before them.

In: a `Paragraph` whose figures are decided.  Out: further drafts: 均按期答复 closes as many as were received;
均为网络申请 says how they came; 尚未审结 how the review stands; 与上年持平 that nothing grew.  Refused: clauses about
the rest of them (其余均已回复), and about figures of another sentence unless they say that they mean all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.drafts import Draft, Paragraph, sentences
from parsing.extraction.claims.negations import CLAUSE
from parsing.extraction.claims.rules import Rule, rules_for
from parsing.extraction.claims.wordings import load_words, one_of

TITLE = re.compile("《[^》]*》")
SAID_OF_APPLICATIONS = ("applications_applicant", "applications_method", "outcome")
DISPUTES = {"reviews_total": "review", "litigations_total": "litigation"}
# Of other claims no clause says anything.
ECHOED = frozenset({"applications_received", "applications_closed", "disclosed_total", *DISPUTES})
# What has no figure counts cases.
UNIT = "件"


@dataclass(frozen=True, slots=True)
class EchoWords:
    """The lists of echoes.toml, explained there."""

    all: tuple[str, ...]
    fillers: tuple[str, ...]
    done: tuple[str, ...]
    exceptions: tuple[str, ...]
    leads: tuple[str, ...]
    method_needs: tuple[str, ...]
    level: tuple[str, ...]
    roughly: tuple[str, ...]


@cache
def echo_words() -> EchoWords:
    return load_words("echoes.toml", "echoes", EchoWords)


@cache
def closing_pattern() -> re.Pattern[str]:
    fillers, done = "|".join(echo_words().fillers), "|".join(echo_words().done)
    return re.compile(rf"(?:{fillers})*(?:{done})(?:{done}|{fillers})*")


@cache
def lead_pattern() -> re.Pattern[str]:
    return re.compile("|".join(echo_words().leads))


@cache
def rules_of(topic: str, metric: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules_for(topic, UNIT) if rule.metric == metric)


def derive(base: Draft, metric: str, dim: str | None, start: int, end: int) -> Draft:
    """A claim with the value of another."""
    return Draft(metric, base.value, base.unit, start, end, dim, (start, end), base.year, base.approx)


def fitting(clause: str, topic: str, metric: str) -> Rule | None:
    return next((rule for rule in rules_of(topic, metric) if rule.fits(clause)), None)


def is_positive(draft: Draft) -> bool:
    return isinstance(draft.value, (int, float)) and draft.value > 0


@dataclass(slots=True)
class Echoes:
    """Reads the clauses of one sentence; `before` are the claims of the sentence before."""

    paragraph: Paragraph
    before: Sequence[Draft]
    here: list[Draft]

    def read(self, start: int, end: int) -> Iterator[Draft]:
        for clause in CLAUSE.finditer(self.paragraph.text, start, end):
            if self.paragraph.has_amount(*clause.span()):
                continue
            for draft in (*self.closed(clause), *self.described(clause), *self.ended(clause), *self.levelled(clause)):
                self.here.append(draft)
                yield draft

    def last(self, at: int, *metrics: str) -> Draft | None:
        """The last claim of these metrics in the sentence before a place."""
        return next((one for one in reversed(self.here) if one.metric in metrics and one.start < at), None)

    def closed(self, clause: re.Match[str]) -> Iterator[Draft]:
        """均按期答复: as many closed as received, unless some were carried on or counted already."""
        here = self.last(clause.start(), "applications_received")
        base = here or next((one for one in reversed(self.before) if one.metric == "applications_received"), None)
        if base is None or not is_positive(base):
            return
        words, content = echo_words(), TITLE.sub("", clause.group())
        if not closing_pattern().fullmatch(content) or one_of(words.exceptions).search(content):
            return
        says_all = bool(one_of(words.all).search(content))
        if here is None and not says_all:
            return
        counted = [*self.here] if base in self.here else [*self.before, *self.here]
        others = [one for one in counted if one.metric in ("applications_closed", "carried_out")]
        carried = [one for one in counted if one.metric == "carried_in" and one.list_role != "part" and one.value]
        if not others and not carried:
            yield derive(base, "applications_closed", None, *clause.span())
        if says_all and not any(one.metric == "closed_rate_pct" for one in counted):
            yield Draft("closed_rate_pct", 100, "%", *clause.span(), year=base.year)

    def described(self, clause: re.Match[str]) -> Iterator[Draft]:
        """均为网络申请, 决定不予公开: how all came, who applied, what became of all."""
        base = self.last(clause.start(), "applications_closed", "applications_received")
        if base is None or not is_positive(base) or not lead_pattern().match(clause.group()):
            return
        words, content = echo_words(), clause.group()
        if one_of(words.exceptions).search(content):
            return
        for metric in SAID_OF_APPLICATIONS:
            if self.last(clause.start(), metric):
                continue
            if metric == "applications_method" and not one_of(words.method_needs).search(content):
                continue
            if rule := fitting(content, "applications", metric):
                yield derive(base, metric, rule.dim, *clause.span())

    def ended(self, clause: re.Match[str]) -> Iterator[Draft]:
        """行政复议1件,尚未审结: the outcome of the case or cases just counted."""
        base = self.last(clause.start(), *DISPUTES)
        if base is None or not is_positive(base):
            return
        metric = base.metric.replace("reviews_total", "review_outcome").replace(
            "litigations_total", "litigation_outcome"
        )
        says_all = one_of(echo_words().all).search(clause.group())
        rule = fitting(clause.group(), DISPUTES[base.metric], metric)
        if rule and (base.value == 1 or says_all or rule.dim == "pending") and not self.last(clause.start(), metric):
            yield derive(base, metric, rule.dim, *clause.span())

    def levelled(self, clause: re.Match[str]) -> Iterator[Draft]:
        """与上年持平, said of the total disclosed."""
        words, content = echo_words(), clause.group()
        base = self.here[-1] if self.here else None
        if base is None or base.metric != "disclosed_total" or base.start > clause.start():
            return
        if one_of(words.level).search(content) and not one_of(words.roughly).search(content):
            yield Draft("disclosed_growth_pct", 0, "%", *clause.span(), year=base.year)


def read_echoes(paragraph: Paragraph) -> Iterator[Draft]:
    """All claims that clauses without a figure make."""
    if all(one.metric not in ECHOED for one in paragraph.drafts):
        return
    before: list[Draft] = []
    for start, end in sentences(paragraph.text):
        here = [one for one in paragraph.drafts if start <= one.start < end and not one.negated]
        if any(one.metric in ECHOED for one in (*before, *here)):
            yield from Echoes(paragraph, before, here).read(start, end)
        before = here

"""Which words make a figure which claim: the rules of rules.toml, applied to one figure.

In: a figure's own words, its unit, its topic and the metric of the list that it is a part of.  Out: the first rule that
fits, or None.  Refused: a rule with an unknown topic, metric or group of units.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parsing.extraction.claims.topics import load_topics, topics_in
from parsing.extraction.claims.wordings import WordingError, Wordings, load_entries, read_file

NO_TOPIC = "none"
NO_WORDINGS = Wordings()
METRIC_UNITS = {
    "disclosed_total": "条", "disclosed_category": "条", "disclosed_channel": "条", "disclosed_prev_total": "条",
    "disclosed_growth_pct": "%", "applications_received": "件", "applications_method": "件",
    "applications_applicant": "件", "applications_closed": "件", "closed_rate_pct": "%", "outcome": "件",
    "carried_in": "件", "carried_out": "件", "reviews_total": "件", "litigations_total": "件", "review_outcome": "件",
    "litigation_outcome": "件", "normative_issued": "件", "normative_repealed": "件", "normative_in_force": "件",
    "licence_decisions": "件", "penalty_decisions": "件", "coercion_decisions": "件", "admin_fees_wan": "万元",
    "fee_yuan": "元", "responses_total": "次", "interpretations_total": "篇", "press_conferences": "次",
    "meetings": "次", "training_sessions": "次", "trainees": "人次", "staff_full_time": "人", "staff_part_time": "人",
    "period_start": "date", "period_end": "date", "cutoff_date": "date", "published_date": "date",
    "signed_date": "date", "filled_date": "date", "section_count": "个",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the meaning of every field stands at the head of rules.toml."""

    metric: str
    words: Wordings
    units: str
    dim: str | None = None
    without: Wordings = NO_WORDINGS
    topics: tuple[str, ...] = ()
    own: bool = False
    also: str | None = None

    def may_count(self, topic: str | None, unit: str) -> bool:
        """Whether figures of a topic and in a unit are any of this rule's business."""
        return (not self.topics or (topic or NO_TOPIC) in self.topics) and unit in unit_groups()[self.units]

    def fits(self, words: str) -> bool:
        """Whether the words of such a figure say what the rule wants."""
        return self.words.pattern.search(words) is not None and self.admits(words)

    def admits(self, words: str) -> bool:
        """Whether nothing speaks against words in which the rule has found its own."""
        if self.without and self.without.pattern.search(words):
            return False
        return not self.own or any(one in self.topics for one in topics_in(words))


@cache
def unit_groups() -> dict[str, frozenset[str]]:
    return {name: frozenset(units) for name, units in read_file("rules.toml")["units"].items()}


@cache
def load_rules() -> tuple[Rule, ...]:
    rules = load_entries("rules.toml", "rules", Rule)
    for rule in rules:
        unknown = {*rule.topics} - load_topics().keys() - {NO_TOPIC}
        unknown |= {rule.metric, rule.also or rule.metric} - METRIC_UNITS.keys()
        unknown |= {rule.units} - unit_groups().keys()
        if unknown:
            raise WordingError(f"rules.toml, {rule.metric} {rule.words[0]}: unknown {', '.join(sorted(unknown))}")
    return rules


@cache
def rules_for(topic: str | None, unit: str) -> tuple[Rule, ...]:
    """The rules that a figure of this topic and in this unit may fit, in order."""
    return tuple(rule for rule in load_rules() if rule.may_count(topic, unit))


def fitting_rules(words: str, unit: str, topic: str | None) -> Iterator[Rule]:
    """The rules that fit, in order.

    >>> rule = next(fitting_rules("其中当面申请", "件", "applications"))
    >>> rule.metric, rule.dim
    ('applications_method', 'in_person')
    """
    return (rule for rule in rules_for(topic, unit) if rule.words.pattern.search(words) and rule.admits(words))

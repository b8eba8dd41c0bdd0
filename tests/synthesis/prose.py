"""The figures of a report in words, drawn from the phrase bank.

In: facts and a source of chance.  Out: sentences; the same facts and seed give the same words.  Refused: a bank or a
slot that the phrase bank does not have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from tests.synthesis.facts import Facts, Share

REFERENCE = re.compile(r"<(\w+)>")
NUMERALS = "零一二三四五六七八九十"


@cache
def load_phrases() -> dict[str, tuple[str, ...]]:
    """The phrase bank: bank → variants."""
    entries = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))
    return {bank: tuple(variants) for bank, variants in entries.items()}


def print_date(iso: str) -> str:
    """2021-01-20 → 2021年1月20日."""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(slots=True)
class Wording:
    """Draws sentences; `slots` are the words that hold for the whole report."""

    chance: Random
    slots: dict[str, object]
    used: dict[str, list[str]] = field(default_factory=dict)

    def draw(self, bank: str) -> str:
        """A variant of a bank; none comes twice before all of them have come."""
        variants = load_phrases()[bank]
        left = [one for one in variants if one not in self.used.get(bank, ())]
        if not left:
            self.used[bank], left = [], list(variants)
        variant = self.chance.choice(left)
        self.used.setdefault(bank, []).append(variant)
        return variant

    def fill(self, variant: str, **slots: object) -> str:
        """A variant with every reference and slot replaced."""
        while match := REFERENCE.search(variant):
            bank = f"field_{self.slots['level']}" if match.group(1) == "field" else match.group(1)
            variant = variant[: match.start()] + self.draw(bank) + variant[match.end() :]
        return variant.format_map({**self.slots, **slots})

    def say(self, bank: str, **slots: object) -> str:
        return self.fill(self.draw(bank), **slots)

    def several(self, bank: str, count: int) -> str:
        """So many whole sentences of a bank, one after the other."""
        return "".join(self.say(bank) for _ in range(count))

    def listing(self, lead: str, item: str, shares: Sequence[Share]) -> str:
        """其中 and its items, joined by one mark; a bracket that the lead opens is closed."""
        if lead.endswith("通过"):
            item = "through_item"
        variant, mark = self.draw(item), self.draw("list_mark")
        items = (self.fill(variant, label=share.label, n=share.count) for share in shares)
        return self.fill(lead) + mark.join(items) + ("）" if lead.startswith("（") else "")


def wording_for(facts: Facts) -> Wording:
    """The words of one report."""
    agency = facts.agency
    slots: dict[str, object] = {
        "year": facts.year, "last_year": facts.year - 1, "next_year": facts.year + 1, "agency": agency.name,
        "short": agency.short, "region": agency.region, "self": agency.calls_itself,
        "level": agency.level,
    }  # fmt: skip
    return Wording(Random(f"words|{facts.seed}|{agency.name}|{facts.year}"), slots)


def close(text: str) -> str:
    """End a statement with a full stop."""
    return text if text.endswith("。") else text + "。"


def say_disclosed(words: Wording, facts: Facts) -> str:
    """The total, its growth, and the lists by channel and by subject."""
    figures = facts.narrative
    if figures.disclosed_total is None:
        return ""
    text = words.say("disclosed_total", n=figures.disclosed_total)
    if figures.growth_pct:
        text += words.say("growth_up" if figures.growth_pct > 0 else "growth_down", n=f"{abs(figures.growth_pct):g}")
    if figures.channels:
        text += words.listing(words.draw("channel_lead"), "channel_item", figures.channels)
    if figures.categories:
        lead = words.draw("category_lead")
        while figures.channels and not lead.startswith("。"):
            lead = words.draw("category_lead")
        text += words.listing(lead, "category_item", figures.categories)
    text = close(text)
    if figures.previous_total is not None:
        text += words.say("previous_total", n=figures.previous_total)
    return text


def say_documents(words: Wording, facts: Facts) -> str:
    """Normative documents: those made, or issued, repealed and in force."""
    counts = facts.narrative.normative
    if not counts:
        return ""
    if len(counts) == 1:
        return words.say("normative_made", made=counts[0])
    return words.say("normative_stock", issued=counts[0], repealed=counts[1], in_force=counts[2])


def say_closed(words: Wording, facts: Facts) -> Iterable[str]:
    """How many were closed, at what rate and how, and what is left."""
    figures = facts.narrative
    if figures.closed is not None:
        text = words.say("closed", n=figures.closed)
        if figures.closed_rate_pct is not None:
            text += words.say("closed_rate", n=f"{figures.closed_rate_pct:g}")
        if figures.outcomes:
            text += words.listing(words.draw("outcome_lead"), "outcome_item", figures.outcomes)
        yield close(text)
    if figures.carried_out is not None:
        yield words.say("carried_out", n=figures.carried_out)


def say_applications(words: Wording, facts: Facts) -> str:
    """Applications received, how, with what was carried in; then what became of them."""
    figures = facts.narrative
    if figures.applications is None:
        return ""
    if not figures.applications:
        text = words.say("applications_none")
    else:
        text = words.say("applications_received", n=figures.applications)
        if figures.methods:
            text += words.listing(words.draw("method_lead"), "method_item", figures.methods)
    if figures.carried_in is not None:
        text = text.rstrip("。") + words.say("carried_in", n=figures.carried_in)
    return close(text) + "".join(say_closed(words, facts))


def say_again(words: Wording, facts: Facts, count: int | None) -> str:
    """The applications once more, in another part."""
    if count is None:
        return ""
    return words.say("applications_none") if not count else close(words.say("applications_received", n=count))


def say_bystander(words: Wording, facts: Facts) -> str:
    """A figure about something else, which must not be taken for one of the report's."""
    count = facts.narrative.bystander
    return "" if count is None else words.say("bystander", n=count)


def say_disputes(words: Wording, facts: Facts) -> str:
    """Reviews and lawsuits, or that there were none."""
    reviews, litigations = facts.narrative.reviews, facts.narrative.litigations
    if reviews is None or litigations is None:
        return ""
    bank = {
        (False, False): "disputes_none",
        (True, False): "reviews_only",
        (False, True): "litigations_only",
        (True, True): "disputes_both",
    }[bool(reviews), bool(litigations)]
    return words.say(bank, reviews=reviews, litigations=litigations)


def say_problems(words: Wording) -> tuple[str, str]:
    """What is wrong, and what will be done about it: two paragraphs of three points each."""
    points = []
    for lead, bank in (("problem_lead", "problem"), ("remedy_lead", "remedy")):
        items = [f"{NUMERALS[number]}是{words.say(bank)}" for number in (1, 2, 3)]
        points.append(words.say(lead) + "；".join(items) + "。")
    return points[0], points[1]


def say_preface(words: Wording, facts: Facts, titles: Sequence[str]) -> str:
    """Why the report is made, what parts it has, what time it covers."""
    figures = facts.narrative
    text = words.say("preface")
    if figures.section_count is not None:
        parts = "、".join(titles)
        text += words.say("parts_announced", parts=parts, count=NUMERALS[figures.section_count])
    if figures.period is not None:
        start, end = map(print_date, figures.period)
        text += words.say("period", start=start, end=end, end_short=end.split("年")[1])
    return text + words.say("access") + "".join(figures.extra.get("preface", ()))

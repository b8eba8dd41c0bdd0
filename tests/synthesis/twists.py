"""What sets a report against others: what a year begins with, the form it uses, what it quotes of the year before,
a year unlike all others, a total that leaves other agencies out.

In: the opening or the facts of a report in which everything agrees.  Out: the same, twisted.  What the twists must
raise stands with the other plants.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.synthesis.facts import Facts
from tests.synthesis.forms import Opening


def carry_one_more(opening: Opening) -> Opening:
    carried = {**opening.carried, "natural_person": opening.carried.get("natural_person", 0) + 1}
    return replace(opening, carried=carried)


def stock_three_more(opening: Opening) -> Opening:
    return replace(opening, in_force=(opening.in_force or 0) + 3)


# Contradictions between two years: the year begins otherwise than the one before ended, and goes on from there.
TWISTED_OPENINGS: dict[tuple[str, int], Callable[[Opening], Opening]] = {
    ("教育局", 2023): carry_one_more,
    ("青岚区", 2023): stock_three_more,
}
# The form of another year.
WRONG_LAYOUTS: dict[tuple[str, int], Mapping[str, str]] = {("霁月镇", 2023): {"t2": "C", "t3": "C", "t4": "CD"}}

# The applications of a year in which many came in at once.
BUSY_YEARS = {("杏帘街道", 2022): 160}
# The years in which the district counts under applications those of its own office alone.
OFFICE_ALONE = {2018}
OF_APPLICATIONS = ("b.apply_", "b.applications_", "b.closed_", "b.replies_", "b.reply_", "b.denied_")


def quote_wrongly(facts: Facts, before: Facts) -> Facts:
    """The figures that are quoted from, or compared with, the report of the year before."""
    total, last = facts.narrative.disclosed_total or 0, before.narrative.disclosed_total or 1
    if facts.year == 2023:
        return facts.with_narrative(previous_total=last - 18, growth_pct=None)
    return facts.with_narrative(growth_pct=round((total / last - 1) * 100 + 12, 1))


QUOTED_WRONGLY = {("秋棠街道", 2023), ("竹声街道", 2020)}

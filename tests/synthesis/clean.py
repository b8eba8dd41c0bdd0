"""A plausible report in which everything agrees: the tables, the prose with the tables, each year with the one before.

In: an invented agency, a year, a seed.  Out: `Facts`, the same on every machine.  Refused: a year before 2008, when
there was no duty to report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from parsing.templates import load_templates, template_due
from tests.synthesis.applications import (
    APPLICANTS,
    METHODS,
    fill_applications,
    fill_old_applications,
    fill_provincial_applications,
)
from tests.synthesis.facts import Agency, Facts, Narrative, Share, Value
from tests.synthesis.forms import (
    POWER_ROWS,
    Opening,
    around,
    fill_current_form,
    fill_disputes,
    fill_old_form,
    fill_provincial_form,
    fill_trial_form,
)
from tests.synthesis.mentions import mention_tables

FIRST_YEAR = 2008


def layouts_due(year: int, provincial: str | None = None) -> dict[str, str]:
    """The layouts of the form due for a year; before 2014 the provincial one given, or none (text only)."""
    due = template_due(year)
    if due is None:
        raise ValueError(f"no report was due for {year}")
    if due == load_templates()[0]:
        return {"indicators": provincial} if provincial else {}
    return {table.group: table.layout for table in due.tables}


def opening_after(before: Facts) -> Opening:
    """What a report leaves to the next year's."""
    cells, narrative = before.cells, before.narrative
    rows = (*POWER_ROWS, "t2_art20_8.admin_fees")
    return Opening(
        carried={column: before.count(f"t3.carried_out.{column}") for column in APPLICANTS},
        items={
            row: before.count(f"{row}.prev_year_items") + before.count(f"{row}.net_change")
            for row in rows
            if f"{row}.prev_year_items" in cells
        },
        documents=before.count("t2_art20_1.normative_docs.disclosed_total"),
        in_force=before.count(address) if (address := "t2_art20_1.normative_docs.in_force") in cells else None,
        disclosed=narrative.disclosed_total,
        reviews=before.count("t4.review_total"),
    )


def fill_tables(
    chance: Random, agency: Agency, year: int, layouts: Mapping[str, str], disclosed: int, opening: Opening,
    ends_clear: bool,
) -> dict[str, Value]:  # fmt: skip
    """All cells of the tables that the layouts name."""
    received = around(chance, agency.applications, 0.4)
    indicators = layouts.get("indicators")
    if indicators == "B":
        return {**fill_old_form(chance, agency, disclosed, received), **fill_old_applications(chance, received)}
    if indicators:
        form = fill_provincial_form(chance, indicators, disclosed)
        return {**form, **fill_provincial_applications(chance, indicators, received)}
    if not layouts:
        return {}
    fill_form = {"C": fill_trial_form, "D": fill_current_form}[layouts["t2"]]
    applications = fill_applications(chance, layouts["t3"], received, opening.carried, ends_clear)
    load = received + sum(opening.carried.values())
    disputes = fill_disputes(chance, year, load, opening)
    return {**fill_form(chance, agency, opening), **applications, **disputes}


def split_total(chance: Random, total: int, labels: Mapping[str, tuple[str, int]]) -> tuple[Share, ...]:
    """Split a total over labelled dimensions (label, weight); the shares add up to it and none is zero."""
    weight = sum(weight for _, weight in labels.values())
    shares = {dim: around(chance, total * part / weight, 0.2) for dim, (_, part) in labels.items()}
    last = list(labels)[-1]
    shares[last] = total - sum(count for dim, count in shares.items() if dim != last)
    if shares[last] <= 0:
        return ()
    return tuple(Share(dim, labels[dim][0], shares[dim]) for dim in labels if shares[dim] > 0)


CHANNELS = {
    "website": ("政府网站", 10),
    "wechat": ("政务微信", 6),
    "weibo": ("政务微博", 3),
    "other": ("其他方式", 3),
}
# The government accounts of weibo and wechat begin in 2012.
OLD_CHANNELS = {"website": ("政府网站", 8), "board": ("政务公开栏", 3), "other": ("其他方式", 2)}
CATEGORIES = {
    name: (name, weight)
    for name, weight in {
        "政策文件": 3,
        "财政预决算": 3,
        "机构职能": 1,
        "公告公示": 5,
        "民生保障": 4,
        "工作动态": 12,
        "其他": 3,
    }.items()
}


def state_lists(chance: Random, facts: Facts) -> Narrative:
    """The lists of channels and categories, exhaustive; those of 2014–2018 are the channels of the table."""
    narrative = facts.narrative
    total = narrative.disclosed_total or 0
    if facts.layouts.get("indicators") == "B":
        counts = {dim: facts.count(f"b.channel_{dim}") for dim in CHANNELS}
        channels = tuple(Share(dim, CHANNELS[dim][0], count) for dim, count in counts.items() if count)
        is_whole = sum(share.count for share in channels) == total
        return replace(narrative, channels=channels if is_whole else ())
    labels = OLD_CHANNELS if "t3" not in facts.layouts else CHANNELS
    channels = split_total(chance, total, labels) if chance.random() < 0.7 else ()
    categories = split_total(chance, total, CATEGORIES) if not channels or chance.random() < 0.3 else ()
    return replace(narrative, channels=channels, categories=categories)


def choose_dates(chance: Random, agency: Agency, year: int) -> tuple[str, str]:
    """Signed and published: in January of the next year, a government before 31 March."""
    first = date(year + 1, 3, 1) if agency.level == "county" else date(year + 1, 1, 8)
    signed = first + timedelta(chance.randint(0, 12))
    return signed.isoformat(), (signed + timedelta(chance.randint(0, 8))).isoformat()


def next_facts(
    agency: Agency,
    year: int,
    seed: int,
    opening: Opening,
    layouts: Mapping[str, str] | None = None,
    ends_clear: bool = False,
) -> Facts:
    """The report of a year that begins with what the year before left.

    `layouts` are those of the form that is due unless others are given; `ends_clear` leaves no application open.
    """
    chance = Random(f"{seed}|{agency.name}|{year}")
    layouts = layouts_due(year) if layouts is None else layouts
    usual = opening.disclosed or agency.disclosed
    disclosed = around(chance, 0.5 * usual + 0.5 * agency.disclosed, 0.12)
    cells = fill_tables(chance, agency, year, layouts, disclosed, opening, ends_clear)
    signed, published = choose_dates(chance, agency, year)
    return tell(
        Facts(
            agency,
            year,
            layouts,
            cells,
            Narrative(disclosed_total=disclosed),
            signed_date=signed,
            published_date=published if chance.random() < 0.65 else None,
            filled_date=signed if layouts.get("indicators") else None,
            seed=seed,
        ),
        opening.disclosed,
    )


def tell(facts: Facts, before: int | None) -> Facts:
    """Choose what the prose states: always the totals, the applications and the disputes, the rest by chance.

    `before` is the total of the year before, for the growth.
    """
    chance = Random(f"tell|{facts.seed}|{facts.agency.name}|{facts.year}")
    year, total = facts.year, facts.narrative.disclosed_total or 0
    facts = facts.with_narrative(
        disclosed_again=total if chance.random() < 0.4 else None,
        period=(f"{year}-01-01", f"{year}-12-31") if chance.random() < 0.8 else None,
        section_count=(6 if "t3" in facts.layouts else 7) if chance.random() < 0.5 else None,
        bystander=chance.randint(30, 4000) if chance.random() < 0.6 else None,
    )
    facts = replace(facts, narrative=state_lists(chance, facts))
    if before and chance.random() < 0.4:
        facts = facts.with_narrative(growth_pct=round((total / before - 1) * 100, 1) or None)
    return mention_tables(chance, facts, METHODS)


@cache
def clean_facts(agency: Agency, year: int, seed: int, provincial: str | None = None) -> Facts:
    """The report of one year of an agency whose every year is made from the same seed."""
    if year < FIRST_YEAR:
        raise ValueError(f"no report was due for {year}")
    opening = Opening() if year == FIRST_YEAR else opening_after(clean_facts(agency, year - 1, seed))
    return next_facts(agency, year, seed, opening, layouts_due(year, provincial))

"""Plausible figures of all tables of one year but the one on applications.

In: the agency, what last year left (`Opening`), a source of chance.  Out: cells of tables 2 and 4 and of the older
tables that satisfy the identities of the forms.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from parsing.templates import find_table
from tests.synthesis.facts import Agency

# The rows of the power list of the trial form, and how many items and decisions an agency has of each, relative to
# its licences.
POWER_ROWS = {
    "t2_art20_5.admin_license": (0.01, 1.0),
    "t2_art20_5.other_public_services": (0.012, 0.6),
    "t2_art20_6.admin_penalty": (0.02, 0.3),
    "t2_art20_6.admin_coercion": (0.005, 0.04),
}
# How many normative documents an agency issues, and repeals, in a year: at least and at most.
ISSUERS = {"county": (5, 9), "department": (0, 1), "township": (0, 0)}
# A refusal goes to administrative review first since 2024 (行政复议法 2023, article 23).
REVIEW_FIRST = 2024


@dataclass(frozen=True, slots=True)
class Opening:
    """What the year before left: by applicant, by row of the power list, and in documents."""

    carried: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, int] = field(default_factory=dict)
    documents: int = 0
    in_force: int | None = None
    disclosed: int | None = None
    reviews: int = 0


def zeros(layout: str, code: str) -> dict[str, int | float]:
    return dict.fromkeys(find_table(layout, code).addresses(), 0)


def around(chance: Random, usual: float, spread: float = 0.15) -> int:
    """A count near the usual one."""
    return round(usual * chance.uniform(1 - spread, 1 + spread))


def fill_power_rows(chance: Random, agency: Agency, opening: Opening) -> dict[str, int]:
    """Blocks 5 and 6 of the trial form: items of last year, change, decisions."""
    cells = {}
    for row, (items_share, decisions_share) in POWER_ROWS.items():
        # A township has no power list of its own; it acts for the district.
        usual = 0 if agency.level == "township" else agency.decisions * items_share
        before = opening.items.get(row, around(chance, usual))
        change = max(-before, chance.choice((-1, 0, 0, 0, 1, 2))) if before else 0
        decisions = around(chance, agency.decisions * decisions_share)
        if before and decisions == before + change:
            decisions += 1
        cells |= {f"{row}.prev_year_items": before, f"{row}.net_change": change, f"{row}.decisions": decisions}
    return cells


def fill_trial_form(chance: Random, agency: Agency, opening: Opening) -> dict[str, int | float]:
    """Table 2 of the trial form (2019–2020)."""
    codes = ("t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8", "t2_art20_9")
    cells = {address: value for code in codes for address, value in zeros("C", code).items()}
    made = chance.randint(*ISSUERS[agency.level])
    cells["t2_art20_1.normative_docs.made"] = made
    cells["t2_art20_1.normative_docs.newly_disclosed"] = made
    cells["t2_art20_1.normative_docs.disclosed_total"] = opening.documents + made
    cells |= fill_power_rows(chance, agency, opening)
    fees = opening.items.get("t2_art20_8.admin_fees", agency.decisions // 400)
    cells["t2_art20_8.admin_fees.prev_year_items"] = fees
    projects = around(chance, 6 + agency.disclosed / 60, 0.4)
    cells["t2_art20_9.gov_procurement.project_count"] = projects
    cells["t2_art20_9.gov_procurement.amount_total"] = round(projects * chance.uniform(20000, 60000), 2)
    return cells


def fill_current_form(chance: Random, agency: Agency, opening: Opening) -> dict[str, int | float]:
    """Table 2 of the form in use since 2021; the stock of documents follows from last year's."""
    codes = ("t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8")
    cells = {address: value for code in codes for address, value in zeros("D", code).items()}
    usual = ISSUERS[agency.level]
    before = opening.in_force if opening.in_force is not None else usual[1] * chance.randint(3, 6)
    issued, repealed = chance.randint(*usual), min(before, chance.randint(*usual))
    documents = {"issued": issued, "repealed": repealed, "in_force": before + issued - repealed}
    cells |= {f"t2_art20_1.normative_docs.{code}": count for code, count in documents.items()}
    for row, (_, share) in POWER_ROWS.items():
        if f"{row}.decisions" in cells:
            cells[f"{row}.decisions"] = around(chance, agency.decisions * share)
    if agency.decisions > 500:
        cells["t2_art20_8.admin_fees.amount_wan"] = round(agency.decisions * chance.uniform(0.05, 0.06), 2)
    return cells


def fill_disputes(chance: Random, year: int, load: int, opening: Opening) -> dict[str, int]:
    """Table 4: about one application in thirty leads to a review, fewer to a lawsuit; all are decided in the year."""
    cells = {address: 0 for address in find_table("CD", "t4").addresses()}
    reviews = sum(chance.random() < 0.03 for _ in range(load))
    direct = 0 if year >= REVIEW_FIRST else sum(chance.random() < 0.008 for _ in range(load))
    after = min(reviews + opening.reviews, sum(chance.random() < 0.006 for _ in range(load)))
    for group, count in (("review", reviews), ("lit_direct", direct), ("lit_after", after)):
        upheld = sum(chance.random() < 0.75 for _ in range(count))
        cells |= {
            f"t4.{group}_upheld": upheld,
            f"t4.{group}_other": count - upheld,
            f"t4.{group}_total": count,
        }
    return cells


def fill_old_form(chance: Random, agency: Agency, disclosed: int, received: int) -> dict[str, int | float]:
    """The table of 2014–2018 but for its rows on applications."""
    cells = zeros("B", "b")
    wechat, weibo = around(chance, disclosed * 0.3), around(chance, disclosed * 0.12)
    website = around(chance, disclosed * 0.5)
    responses = chance.randint(3, 30)
    full_time, part_time = chance.randint(1, 2), chance.randint(1, 4)
    sessions = chance.randint(1, 3)
    reviews = sum(chance.random() < 0.03 for _ in range(received))
    documents = chance.randint(*ISSUERS[agency.level])
    figures = {
        "disclosed_total": disclosed, "disclosed_normative_docs": documents, "normative_docs_made": documents,
        "channel_website": website, "channel_wechat": wechat, "channel_weibo": weibo,
        "channel_other": max(0, disclosed - website - wechat - weibo),
        "responses_total": responses, "interpretation_articles": chance.randint(1, 12),
        "weibo_wechat_responses": responses, "other_responses": chance.randint(0, 4),
        "reviews_total": reviews, "reviews_upheld": reviews,
        "dedicated_units": 1, "reading_points": chance.randint(1, 3),
        "staff_total": full_time + part_time, "staff_full_time": full_time, "staff_part_time": part_time,
        "special_funds_wan": chance.choice((0, 1, 1.5, 2, 3)),
        "meetings": chance.randint(1, 4), "training_sessions": sessions, "trainees": sessions * chance.randint(12, 40),
    }  # fmt: skip
    return cells | {f"b.{code}": figure for code, figure in figures.items()}


def fill_provincial_form(chance: Random, layout: str, disclosed: int) -> dict[str, int | float]:
    """A provincial table of 2008–2013 but for its rows on applications."""
    cells = zeros(layout, "a")
    full_time, part_time = 1, chance.randint(1, 3)
    fulltext = around(chance, disclosed * 0.8, 0.1)
    budget = chance.choice((1, 2, 2.5, 4))
    figures = {
        "a_disclosed_total": disclosed, "a_disclosed_fulltext": fulltext,
        "a_doc_info": round(fulltext * 0.4), "a_new_normative_docs": chance.randint(0, 4),
        "a_service_info": around(chance, disclosed * 0.2), "a_page_views": around(chance, disclosed * 40),
        "a_onsite_visitors": chance.randint(20, 90), "a_online_consult": chance.randint(5, 40),
        "a_phone_consult": chance.randint(30, 200), "a_on_request_catalog": chance.randint(3, 30),
        "a_staff": full_time + part_time, "a_staff_full": full_time, "a_staff_part": part_time,
        "a_budget_wan": budget, "a_spend_wan": budget,
    }  # fmt: skip
    return cells | {address: figures[code] for code in figures if (address := f"a.{code}") in cells}

"""What the prose says of the tables, read off the tables themselves.

In: facts with tables.  Out: the same facts whose narrative states applications, methods, outcomes, disputes, documents
and fees as the tables have them.  Refused: nothing; without a table the applications are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from parsing.templates import find_table
from tests.synthesis.applications import draw_counts
from tests.synthesis.facts import Facts, Share

METHOD_LABELS = {"online": "网络申请", "letter": "信函申请", "in_person": "当面申请", "fax": "传真申请"}
OUTCOME_GROUPS = {
    "granted": ("予以公开", ("granted",)),
    "partial": ("部分公开", ("partial",)),
    "denied": ("不予公开", ("denied_",)),
    "unable": ("无法提供", ("unable_",)),
    "not_processed": ("不予处理", ("notproc_",)),
    "other": ("其他处理", ("other_",)),
}


def group_total(facts: Facts, prefixes: tuple[str, ...]) -> int:
    """The sum over the rows of table 3 whose code begins so, total column."""
    rows = find_table(facts.layouts["t3"], "t3").rows
    return sum(facts.count(f"t3.{row.code}.total") for row in rows if row.code.startswith(prefixes))


def outcomes_of(facts: Facts) -> tuple[Share, ...]:
    """The outcomes by group as the form names them, those that occurred."""
    counts = {dim: group_total(facts, prefixes) for dim, (_, prefixes) in OUTCOME_GROUPS.items()}
    return tuple(Share(dim, OUTCOME_GROUPS[dim][0], count) for dim, count in counts.items() if count)


def share_methods(counts: Mapping[str, int]) -> tuple[Share, ...]:
    return tuple(Share(dim, METHOD_LABELS[dim], counts[dim]) for dim in METHOD_LABELS if counts.get(dim))


def mention_applications(chance: Random, facts: Facts, methods: Mapping[str, int]) -> Facts:
    """Applications, ways, outcomes and carry-over as table 3 has them."""
    received, closed = facts.count("t3.new_received.total"), facts.count("t3.result_total.total")
    load = received + facts.count("t3.carried_in.total")
    facts = facts.with_narrative(applications=received)
    if received:
        facts = facts.with_narrative(methods=share_methods(draw_counts(chance, methods, received)))
    if not load:
        return facts.with_narrative(applications_again=0 if chance.random() < 0.5 else None)
    return facts.with_narrative(
        applications_again=received if chance.random() < 0.3 else None,
        closed=closed,
        closed_rate_pct=round(100 * closed / load, 1) if chance.random() < 0.4 else None,
        outcomes=outcomes_of(facts) if chance.random() < 0.6 else (),
        carried_in=facts.count("t3.carried_in.total") or None,
        carried_out=facts.count("t3.carried_out.total") or None,
    )


def mention_documents(chance: Random, facts: Facts) -> Facts:
    """Normative documents of table 2: those made (trial form), or issued, repealed and in force."""
    if chance.random() < 0.5:
        return facts
    row = "t2_art20_1.normative_docs"
    columns = ("made",) if facts.layouts["t2"] == "C" else ("issued", "repealed", "in_force")
    return facts.with_narrative(normative=tuple(facts.count(f"{row}.{column}") for column in columns))


def mention_old_table(chance: Random, facts: Facts) -> Facts:
    """Applications and disputes, and for 2014–2018 the supporting work, as an older table has them."""
    if facts.layouts["indicators"] != "B":
        disputes = {"reviews": facts.count("a.a_reviews"), "litigations": facts.count("a.a_litigations")}
        return facts.with_narrative(applications=facts.count("a.a_applications"), **disputes)
    counts = {dim: facts.count(f"b.apply_{dim}") for dim in METHOD_LABELS}
    training = ("meetings", "training_sessions", "trainees")
    return facts.with_narrative(
        applications=facts.count("b.applications_received"),
        methods=share_methods(counts),
        closed=facts.count("b.applications_closed") or None,
        reviews=facts.count("b.reviews_total"),
        litigations=facts.count("b.litigations_total"),
        responses=facts.count("b.responses_total") if chance.random() < 0.5 else None,
        training=tuple(facts.count(f"b.{code}") for code in training) if chance.random() < 0.6 else None,
        fee_yuan=0,
    )


def mention_tables(chance: Random, facts: Facts, methods: Mapping[str, int]) -> Facts:
    """The narrative completed from whatever tables the report has."""
    if "t3" in facts.layouts:
        facts = mention_documents(chance, mention_applications(chance, facts, methods))
        litigations = facts.count("t4.lit_direct_total") + facts.count("t4.lit_after_total")
        fee = 0 if facts.layouts["t3"] == "D" else None
        return facts.with_narrative(reviews=facts.count("t4.review_total"), litigations=litigations, fee_yuan=fee)
    if facts.layouts:
        return mention_old_table(chance, facts)
    received = chance.randint(0, max(1, facts.agency.applications // 2))
    return facts.with_narrative(applications=received, closed=received or None, reviews=0, litigations=0, fee_yuan=0)

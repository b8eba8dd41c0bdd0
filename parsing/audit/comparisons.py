"""What each claim of a report can mean in the tables, and how the two compare.

In: the view of a report.  Out: `Binding`s, claim by claim, from the same declaration that the checks read.  Refused: a
claim of a year that no report at hand is about, amounts of money in two units, and shares that no table can give.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsing.audit.agreements import Interval, meets
from parsing.audit.bindings import Meaning, Meant, find_meaning, list_meant
from parsing.audit.operands import Number, Operand, Sum, SumOfCells
from parsing.audit.results import plain
from parsing.audit.statements import IN_TIME, is_printed_as
from parsing.audit.views import ReportView
from parsing.extraction.folding import fold
from parsing.findings import Binding, Likeness
from parsing.model import Claim

# Figures that a report gives for the year before, and what they are called in that year's own report.
QUOTED = {"disclosed_prev_total": "disclosed_total"}
# With a blank or unread cell among them the cells come to no figure, unless it makes them agree or denies a denial.
UNDECIDED = frozenset(("blank", "unread"))
LAST_YEAR = (-1,)
MONEY = frozenset(("元", "万元", "亿元"))


def bind_claims(view: ReportView) -> tuple[Binding, ...]:
    """All claims that cells of a table can confirm or contradict, each with every reading that it may have."""
    return tuple(binding for at, claim in enumerate(view.report.claims) for binding in bind_claim(view, at, claim))


def bind_past_claims(view: ReportView) -> tuple[Binding, ...]:
    """Those of the claims that the cells of the report of the year before can confirm or contradict."""
    if view.previous is None:
        return ()
    past = [
        (at, claim)
        for at, claim in enumerate(view.report.claims)
        if claim.metric in QUOTED or (claim.year is not None and view.is_of_year(claim, LAST_YEAR))
    ]
    return tuple(one for at, claim in past for one in bind_claim(view, at, claim) if one.report_id)


def bind_claim(view: ReportView, at: int, claim: Claim) -> Iterator[Binding]:
    """The readings of one claim; none where the forms have no cell for it."""
    meaning = find_meaning(QUOTED.get(claim.metric, claim.metric), claim.dim)
    if meaning is None or not isinstance(claim.value, int | float) or is_rate_in_time(claim):
        return
    counted_in = report_meant(view, claim, meaning)
    if counted_in is None:
        return
    parts = parts_together(view, claim, meaning)
    for meant in readings_of(counted_in, claim, meaning):
        outcome = compare(view.statement(claim), parts, meant)
        yield Binding(
            claim=at,
            reading=meant.reading.name,
            cells=addresses_of(meant.counted),
            per=addresses_of(meant.base) if meant.base else (),
            value=None if outcome in UNDECIDED else value_of(meant),
            outcome=outcome,
            report_id=None if counted_in is view else counted_in.report_id,
        )


def is_rate_in_time(claim: Claim) -> bool:
    return claim.unit == "%" and bool(IN_TIME.search(claim.quote))


def report_meant(view: ReportView, claim: Claim, meaning: Meaning) -> ReportView | None:
    """The report whose tables count what a claim says: this one, or that of the year before where it is at hand."""
    if claim.metric in QUOTED:
        is_quoted = claim.year is None or view.is_of_year(claim, LAST_YEAR)
    elif view.is_of_year(claim, meaning.years):
        return view
    else:
        is_quoted = view.is_of_year(claim, LAST_YEAR)
    return view.previous if is_quoted else None


def names_group(claim: Claim, meaning: Meaning) -> bool:
    """Whether a claim uses the form's own word for a group, and so means all of it."""
    return bool(meaning.group) and meaning.group in fold(claim.quote)


def is_none(claim: Claim) -> bool:
    return claim.value == 0 and claim.unit != "%"


def readings_of(view: ReportView, claim: Claim, meaning: Meaning) -> list[Meant]:
    """The readings of one claim: a figure of 0 has the first one and those that it alone has."""
    meant = [one for one in list_meant(view, meaning) if one.base is None or one.base.has_unread or one.base.value]
    if is_none(claim):
        counts = [one for one in meant if not one.reading.denied]
        return counts[:1] + [one for one in meant if one.reading.denied]
    whole = names_group(claim, meaning)
    return [
        one for one in meant if not one.reading.denied and not (one.reading.each and whole) and in_one_unit(claim, one)
    ]


def in_one_unit(claim: Claim, meant: Meant) -> bool:
    """Whether an amount of money and its cells are given in the same unit; counts are, whatever they count."""
    if claim.unit not in MONEY:
        return True
    units = {claim.unit, *(term.cell.unit for term in meant.counted.terms if term.cell)} & MONEY
    return len(units) < 2


def parts_together(view: ReportView, claim: Claim, meaning: Meaning) -> Interval | None:
    """What the different figures of the prose come to, where they may be parts of one figure of the table."""
    if not meaning.adds_up or names_group(claim, meaning) or not view.is_of_year(claim):
        return None
    said = [one for one in view.said(claim.metric, claim.dim) if one.claim and not names_group(one.claim, meaning)]
    different = {one.value: one for one in said if one.value}
    return Sum(tuple(different.values())).bounds if claim.value in different and len(different) > 1 else None


def sums_in(meant: Meant) -> list[SumOfCells]:
    return [meant.counted, meant.base] if meant.base else [meant.counted]


def share_of(meant: Meant) -> Number:
    """What is compared with the claim: the sum, or the share in per cent."""
    counted, base = meant.counted.value, meant.base
    return 100 * counted / base.value if base and base.value else counted


def value_of(meant: Meant) -> Number:
    """The figure of the tables, a share to two decimals."""
    return plain(round(share_of(meant), 2)) if meant.base else meant.counted.value


def compare(said: Operand, parts: Interval | None, meant: Meant) -> Likeness:
    """How a claim and a reading compare; a blank counts 0 where that makes them agree, else it decides nothing."""
    sums, counted = sums_in(meant), meant.counted
    is_denial = said.claim is not None and is_none(said.claim)
    if is_denial and counted.value > 0:
        return "differs"
    if any(one.has_unread for one in sums):
        return "unread"
    if any(one.is_blank for one in sums):
        return "blank"
    is_same = is_printed_as(share_of(meant), said.value or 0) if meant.base else meets(said.bounds, counted.bounds, 0)
    if is_same:
        return "same"
    if parts and meets(parts, counted.bounds, 0):
        return "together"
    return "blank" if any(one.has_blanks for one in sums) else "differs"


def addresses_of(one: SumOfCells) -> tuple[str, ...]:
    """The addresses of a sum, one after `-` that is taken away."""
    if not one.signs:
        return one.addresses
    return tuple(f"-{cell}" if sign < 0 else cell for sign, cell in zip(one.signs, one.addresses, strict=True))

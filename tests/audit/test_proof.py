"""Every check is proved: where it turns, what blank, unread and inferred cells do to it, a mutant with all it breaks.

The cases are made of the loud example of the check by `proof`, so a new check has them as soon as it has its example;
what cannot be made of it needs a reason in `Example.without`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest

from parsing.audit import CHECKS, Check, audit_reports
from parsing.findings import AuditedReport
from parsing.model import CellStatus, Report
from tests.audit.building import say
from tests.audit.example import CURRENT, Example
from tests.audit.examples import EXAMPLES
from tests.audit.proof import (
    Loud,
    blank,
    find_turn,
    loud_of,
    turn_of,
    unread,
    wrongs_of_a_gap,
    wrongs_of_doubt,
    wrongs_of_the_turn,
)
from tests.audit.test_mutants import MUTANTS
from tests.narrative.test_sentences import FALSE

BLANK_OUTCOMES, UNREAD_OUTCOMES = ("pass_assumed_zero", "undecidable"), ("undecidable",)


def raised_on(reports: list[Report]) -> set[str]:
    return {flag.check for flag in audit_reports(reports)[-1].flags}


@cache
def mutated() -> frozenset[str]:
    """The checks that a mutant of a clean report breaks, or a sentence beside clean tables."""
    by_cell = {check for mutant in MUTANTS for check in mutant[3]}
    return frozenset(by_cell | {flag[0] for case in FALSE for flag in case.flags})


def wrongs_of_the_mutant(check: Check) -> list[str]:
    """Neither a mutant nor a contradiction is listed, and the sides of the example differ by more than is said."""
    if check.id in mutated():
        return []
    example = EXAMPLES[check.id]
    changed = raised_on(example.quiet_reports()) ^ raised_on(example.loud_reports())
    more = sorted(changed - {check.id} - example.also)
    less = sorted(({check.id} | example.also) - changed)
    wrong = f"between its quiet and its loud side {more} change as well and {less} do not: name exactly them in `also`"
    return [wrong] if more + less else []


def wrongs_of_blanks(check: Check) -> list[str]:
    loud = loud_of(check.id)
    return [wrong for place in loud.cells() for wrong in wrongs_of_a_gap(loud, place, blank, BLANK_OUTCOMES)]


def wrongs_of_unread_cells(check: Check) -> list[str]:
    loud = loud_of(check.id)
    return [wrong for place in loud.cells() for wrong in wrongs_of_a_gap(loud, place, unread, UNREAD_OUTCOMES)]


def wrongs_of_inferred_cells(check: Check) -> list[str]:
    loud = loud_of(check.id)
    return [wrong for place in loud.cells() for wrong in wrongs_of_doubt(loud, place)]


PARTS: dict[str, Callable[[Check], list[str]]] = {
    "boundary": wrongs_of_the_turn,
    "blank": wrongs_of_blanks,
    "unread": wrongs_of_unread_cells,
    "inferred": wrongs_of_inferred_cells,
    "mutant": wrongs_of_the_mutant,
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_part_of_the_proof_is_there(check: Check, part: str) -> None:
    wrongs, reason = PARTS[part](check), EXAMPLES[check.id].without.get(part)
    if reason is None:
        said = f"{check.id} has no {part} case that holds: mend the check or its example, or say why in `without`"
        assert wrongs == [], said
    else:
        assert wrongs, f"{check.id} has a {part} case after all: take its reason out of `without`"


def test_reasons_are_given_for_parts_of_the_proof() -> None:
    reasons = {part: reason for example in EXAMPLES.values() for part, reason in example.without.items()}
    assert reasons.keys() <= PARTS.keys()
    assert all(len(reason) > 20 for reason in reasons.values())


def test_a_sum_turns_at_equality_and_a_date_at_its_day() -> None:
    balance, town = turn_of("T3.BALANCE"), turn_of("X.DEADLINE.TOWN")
    assert balance is not None and (balance.quiet, balance.loud) == (12, 13)
    assert town is not None and (town.quiet, town.loud) == ("2023-01-31", "2023-02-01")


def test_a_tolerance_is_part_of_the_turn() -> None:
    fees = turn_of("A.FEES")
    assert fees is not None and (fees.quiet, fees.loud) == (0.49, 0.48)


def test_no_step_of_a_cell_that_decides_nothing_turns_a_check() -> None:
    loud = loud_of("T4.SUM.REVIEW")
    place = loud.cells()[0]
    elsewhere = replace(place, evidence=replace(place.evidence, address="t4.lit_after_upheld"))
    assert find_turn(loud, elsewhere) is None


class Careless(Loud):
    """A check that takes every blank for a zero."""

    def says(self, reports: Sequence[Report]) -> AuditedReport:
        filled = [
            cell._replace(value=0, status=CellStatus.NUMBER) if cell.status is CellStatus.BLANK else cell
            for cell in reports[-1].cells
        ]
        return super().says([*reports[:-1], replace(reports[-1], cells=tuple(filled))])


def test_a_check_that_takes_blanks_for_zeros_is_found_out() -> None:
    careful = loud_of("T4.SUM.REVIEW")
    careless = Careless(careful.check, careful.reports, careful.flag)
    place = careful.cells()[-2]
    assert place.name == "t4.review_pending"
    assert wrongs_of_a_gap(careful, place, blank, BLANK_OUTCOMES) == []
    assert wrongs_of_a_gap(careless, place, blank, BLANK_OUTCOMES) == [
        "t4.review_pending is blank: accused although 2 would do"
    ]


def test_an_example_that_breaks_more_than_it_says_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.audit.test_proof.mutated", frozenset)
    check = next(one for one in CHECKS if one.id == "X.APP_METHODS_SUM")
    assert wrongs_of_the_mutant(check) == []
    monkeypatch.setitem(EXAMPLES, check.id, Example(15, 13, CURRENT, loud_claims=(say("applications_received", 15),)))
    assert wrongs_of_the_mutant(check) == [
        "between its quiet and its loud side ['X.APP_COUNT_VS_TABLE'] change as well and ['X.APP_METHODS_SUM'] do not: "
        "name exactly them in `also`"
    ]


def test_a_check_without_an_amount_or_a_date_has_no_step() -> None:
    check = next(one for one in CHECKS if one.id == "X.TEMPLATE_YEAR")
    assert not loud_of(check.id).has_steps()
    assert wrongs_of_the_turn(check) == []
    assert loud_of("X.DEADLINE.GOV").has_steps() and loud_of("T3.BALANCE").has_steps()

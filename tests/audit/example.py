"""The shape of an example: what two reports share, and what makes one of them wrong.

In: arguments of `make_report`.  Out: `Example`, which makes the quiet and the loud report, and the clean figures that
most examples start from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parsing.model import Claim, Report
from tests.audit.building import Value, make_report, table_three

Cells = Mapping[str, Value]


@dataclass(frozen=True)
class Example:
    """`base` are arguments of `make_report`; the cells and claims of one side are added to its own.

    `before` is the report of the year before, for checks across years, `beside` are other reports of the corpus.
    `flags` says how many places fail.  `also` are
    the other checks that the loud report breaks where the quiet one breaks none.  `without` says of a part of the proof
    that is not made of this example why not: `boundary`, `blank`, `unread`, `inferred` or `mutant`.
    """

    expected: Any
    actual: Any
    base: Mapping[str, Any] = field(default_factory=dict)
    quiet: Cells = field(default_factory=dict)
    loud: Cells = field(default_factory=dict)
    quiet_claims: tuple[Claim, ...] = ()
    loud_claims: tuple[Claim, ...] = ()
    loud_base: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    beside: tuple[Mapping[str, Any], ...] = ()
    flags: int = 1
    also: frozenset[str] = frozenset()
    without: Mapping[str, str] = field(default_factory=dict)

    def quiet_reports(self) -> list[Report]:
        return self.reports(self.quiet, self.quiet_claims, {})

    def loud_reports(self) -> list[Report]:
        return self.reports(self.loud, self.loud_claims, self.loud_base)

    def reports(self, cells: Cells, claims: tuple[Claim, ...], more: Mapping[str, Any]) -> list[Report]:
        """The report, after that of the year before and those of other agencies where there are such."""
        base = {**self.base, **more}
        own_cells = {**base.pop("cells", {}), **cells}
        own_claims = (*base.pop("claims", ()), *claims)
        report = make_report(cells=own_cells, claims=own_claims, **base)
        before = [make_report(**self.before)] if self.before is not None else []
        return [*before, *(make_report(**one) for one in self.beside), report]


LOAD = table_three({
    "new_received": {"natural_person": 10, "legal_commercial": 2},
    "carried_in": {"natural_person": 1},
    "granted": {"natural_person": 5, "legal_commercial": 1},
    "denied_third_party": {"natural_person": 3, "legal_commercial": 1},
    "unable_not_held": {"natural_person": 1},
    "result_total": {"natural_person": 9, "legal_commercial": 2},
    "carried_out": {"natural_person": 2},
})  # fmt: skip
TRIAL, CURRENT, OLD, FIRST = {"year": 2020}, {"year": 2022}, {"year": 2016}, {"year": 2011}
LATER_PROVINCIAL = {**FIRST, "layouts": {"t2": None, "t3": None, "t4": None, "indicators": "A2"}}
SHORT_PROVINCIAL = {**FIRST, "layouts": {"t2": None, "t3": None, "t4": None, "indicators": "A3"}}
WITH_LOAD = {**CURRENT, "cells": LOAD}
DOCS = "t2_art20_1.normative_docs"

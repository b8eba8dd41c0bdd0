"""What proves a check, made of its loud example: where it turns, what a blank, an unread and an inferred cell do to it.

In: a check's example.  Out: reports that differ from the loud one in one operand, what the check says of them, and what
is missing for a proof, in words.  Refused: nothing; what cannot be made of an example must be given a reason in
`WITHOUT`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from parsing.audit import Check, audit_reports
from parsing.audit.corpora import join_years
from parsing.audit.evaluators import Relation
from parsing.findings import AuditedReport, Evidence, Flag
from parsing.model import Cell, CellStatus, Report
from tests.audit.examples import EXAMPLES

Value = float | int | str
HOLDS = ("pass", "pass_assumed_zero")
# Money in 万元 and shares in per cent have decimals; everything else is counted.
FINE_STEP = 0.01
PROBES: tuple[float, ...] = (0, 1, 2, 10, 100, 100_000)


@dataclass(frozen=True)
class Place:
    """One operand of a flag: in which of the reports it stands, and what it is there."""

    report: int
    evidence: Evidence

    @property
    def is_cell(self) -> bool:
        return self.evidence.address is not None

    @property
    def name(self) -> str:
        return str(self.evidence.address or self.evidence.metric)


@dataclass(frozen=True)
class Turn:
    """Two values of one operand, a step apart: with one the check is quiet, with the other it is loud."""

    name: str
    quiet: Value
    loud: Value


def key_of(flag: Flag) -> tuple[str, ...]:
    """What a flag is about, whatever its figures."""
    return tuple(f"{one.address or one.metric}@{one.report_id}" for one in flag.evidence if one.role != "context")


@dataclass(frozen=True)
class Loud:
    """The loud reports of an example, and the first flag of the check on the last of them."""

    check: str
    reports: tuple[Report, ...]
    flag: Flag

    def says(self, reports: Sequence[Report]) -> AuditedReport:
        return audit_reports(reports)[-1]

    def flags(self, reports: Sequence[Report]) -> list[Flag]:
        """The flags of the check that are about the same operands."""
        found = [flag for flag in self.says(reports).flags if flag.check == self.check]
        return [flag for flag in found if key_of(flag) == key_of(self.flag)]

    def outcome(self, reports: Sequence[Report]) -> str:
        return next(entry.outcome for entry in self.says(reports).ledger if entry.check == self.check)

    def is_loud(self, reports: Sequence[Report]) -> bool:
        return bool(self.flags(reports))

    def is_quiet(self, reports: Sequence[Report]) -> bool:
        """No flag on these operands, because they were looked at and agree."""
        flags = [flag for flag in self.says(reports).flags if flag.check == self.check]
        return self.outcome(reports) in HOLDS or (bool(flags) and not self.is_loud(reports))

    def places(self) -> Iterator[Place]:
        """The operands of the flag with a value: cells and statements, not what only names the report."""
        ids = [report.report_id for report in self.reports]
        for one in self.flag.evidence:
            is_operand = one.role != "context" and (one.address or one.metric)
            if is_operand and one.value is not None and one.report_id in ids:
                yield Place(ids.index(one.report_id), one)

    def cells(self) -> list[Place]:
        return [place for place in self.places() if place.is_cell]

    def has_steps(self) -> bool:
        """Whether any operand is an amount or a date, which can be moved step by step."""
        values = [place.evidence.value for place in self.places()]
        return any(isinstance(value, int | float) or is_date(value) for value in values)

    def changed(self, place: Place, change: Callable[[Cell], Cell]) -> list[Report]:
        """The reports with another cell at a place."""
        report = self.reports[place.report]
        cells = tuple(change(cell) if cell.address == place.evidence.address else cell for cell in report.cells)
        return [*self.reports[: place.report], replace(report, cells=cells), *self.reports[place.report + 1 :]]

    def valued(self, place: Place, value: Value) -> list[Report]:
        """The reports with another value at a place: of a cell, a statement or a date of the page."""
        if place.is_cell:
            number, raw = CellStatus.NUMBER, str(value)
            return self.changed(place, lambda cell: cell._replace(value=value, status=number, raw=raw))
        report, old = self.reports[place.report], place.evidence
        same = [claim.metric == old.metric and claim.quote == old.snippet for claim in report.claims]
        claims = tuple(
            replace(claim, value=value, quote=f"{claim.metric} {value}") if is_same else claim
            for claim, is_same in zip(report.claims, same, strict=True)
        )
        facts = report.particulars
        if not any(same) and old.metric == "published_date":
            facts = replace(facts, published_date=str(value))
        made = replace(report, claims=claims, particulars=facts)
        return [*self.reports[: place.report], made, *self.reports[place.report + 1 :]]


@cache
def loud_of(check: str) -> Loud:
    """The loud side of the example of a check."""
    reports = tuple(EXAMPLES[check].loud_reports())
    flag = next(flag for flag in audit_reports(reports)[-1].flags if flag.check == check)
    return Loud(check, reports, flag)


def to_scale(value: Value, step: float) -> int:
    """A value as a number of steps, a date as a number of days."""
    return date.fromisoformat(value).toordinal() if isinstance(value, str) else round(value / step)


def from_scale(steps: int, like: Value, step: float) -> Value:
    if isinstance(like, str):
        return date.fromordinal(steps).isoformat()
    return steps if step == 1 else round(steps * step, 6)


def is_date(value: Any) -> bool:
    return isinstance(value, str) and len(value) == len("2020-01-01") and value[:4].isdigit()


def probes(loud: Loud, value: Value) -> Iterator[Value]:
    """Values with which the check may be quiet: what it expects, what would close the gap, and a few round ones."""
    expected, actual, difference = loud.flag.expected, loud.flag.actual, loud.flag.difference
    if is_date(value):
        yield from (side for side in (expected, actual) if is_date(side) and side != value)
        yield from ((date.fromisoformat(str(value)) + timedelta(days)).isoformat() for days in (-400, -40, 40, 400))
    elif isinstance(value, int | float):
        if difference is not None:
            yield from (value - difference, value + difference)
        yield from (side for side in (expected, actual) if isinstance(side, int | float))
        yield from PROBES


def find_turn(loud: Loud, place: Place) -> Turn | None:
    """Where the check turns as one operand moves from a quiet value to the loud one."""
    value = place.evidence.value
    if not (is_date(value) or isinstance(value, int | float)):
        return None
    assert value is not None
    quiet = next((one for one in probes(loud, value) if one != value and loud.is_quiet(loud.valued(place, one))), None)
    if quiet is None:
        return None
    is_whole = is_date(value) or (float(value) == int(value) and float(quiet) == int(quiet))
    step = 1 if is_whole else FINE_STEP
    near, far = to_scale(quiet, step), to_scale(value, step)
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if loud.is_quiet(loud.valued(place, from_scale(middle, value, step))):
            near = middle
        else:
            far = middle
    turn = Turn(place.name, from_scale(near, value, step), from_scale(far, value, step))
    return turn if loud.is_loud(loud.valued(place, turn.loud)) else None


@cache
def turn_of(check: str) -> Turn | None:
    """The first operand of the example with which a step turns the check from quiet to loud."""
    loud = loud_of(check)
    return next((turn for place in loud.places() if (turn := find_turn(loud, place))), None)


def blank(cell: Cell) -> Cell:
    return cell._replace(value=None, status=CellStatus.BLANK, raw="")


def unread(cell: Cell) -> Cell:
    return cell._replace(value=None, status=CellStatus.UNREADABLE)


def inferred(cell: Cell) -> Cell:
    return cell._replace(confidence="doubtful")


def could_agree(loud: Loud, place: Place) -> list[Value]:
    """The amounts that would satisfy the check if they stood at a place: what an empty cell may stand for."""
    value = place.evidence.value
    assert isinstance(value, int | float)
    amounts = {one for one in probes(loud, value) if isinstance(one, int | float) and one >= 0}
    return [one for one in sorted(amounts) if loud.is_quiet(loud.valued(place, one))]


def wrongs_of_a_gap(loud: Loud, place: Place, empty: Callable[[Cell], Cell], outcomes: Sequence[str]) -> list[str]:
    """What is wrong with the check where a cell has no figure: it accuses although some amount would satisfy it, or it
    claims to have decided."""
    reports = loud.changed(place, empty)
    if loud.is_loud(reports):
        cures = could_agree(loud, place)
        return [f"{place.name} is {empty.__name__}: accused although {one} would do" for one in cures[:1]]
    outcome = loud.outcome(reports)
    is_elsewhere = outcome == "fail" and len(loud.says(loud.reports).flags) > 1
    return [] if outcome in outcomes or is_elsewhere else [f"{place.name} is {empty.__name__}: {outcome}"]


def wrongs_of_doubt(loud: Loud, place: Place) -> list[str]:
    """A flag on an inferred cell asks to look at the original and demands nothing."""
    flags = loud.flags(loud.changed(place, inferred))
    asking = [flag for flag in flags if flag.doubtful and "先核对原文" in flag.message and "更正" not in flag.message]
    return [] if flags and asking == flags else [f"{place.name} is inferred: the flag does not say 请先核对原文"]


def wrongs_of_the_turn(check: Check) -> list[str]:
    """Equal is quiet and a step off is loud: on both sides where the example breaks an equation."""
    turn = turn_of(check.id)
    if turn is None and not loud_of(check.id).has_steps():
        return []
    if turn is None:
        return ["no operand of the loud example turns the check from loud to quiet, step by step"]
    loud = loud_of(check.id)
    view = list(join_years(loud.reports))[-1]
    failing = [one for one in check.body(view) if one.decide(check.tolerance).outcome == "fail"]
    if not isinstance(failing[0], Relation) or failing[0].sign != "==":
        return []
    place = next(place for place in loud.places() if place.name == turn.name and find_turn(loud, place) == turn)
    assert isinstance(turn.quiet, int | float) and isinstance(turn.loud, int | float)
    # Beyond the tolerance on the other side; the quiet value stands at its edge.
    width = 1 + round(2 * check.tolerance / FINE_STEP) if check.tolerance else 1
    beyond = round(turn.quiet + (turn.quiet - turn.loud) * width, 6)
    is_loud = loud.is_loud(loud.valued(place, beyond))
    return [] if is_loud else [f"{turn.name} is {beyond}: quiet, though it is a step off the other way"]

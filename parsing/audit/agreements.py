"""What the prose says against the readings that it can legitimately have.

In: claims, and the sums that each reading stands for.  Out: a `Verdict`.  Refused, as undecidable: a table whose
figures are blank or unread, where another reading might have fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.audit.evaluators import all_evidence, names, why_unread
from parsing.audit.operands import Operand, Sum
from parsing.audit.results import PASSED, PASSED_ASSUMING_ZERO, Finding, Verdict, failed, show, undecidable

Interval = tuple[float | int, float | int]


def meets(one: Interval, other: Interval, tolerance: float) -> bool:
    return one[0] <= other[1] + tolerance and other[0] <= one[1] + tolerance


def unique_operands(readings: Sequence[Sum]) -> list[Operand]:
    """The operands of all readings, each once, in order."""
    found: dict[object, Operand] = {}
    for reading in readings:
        for term in reading.terms:
            found.setdefault(term.address or id(term.claim), term)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Denial:
    """The prose says that there was none; then the table counts none.

    A figure in one cell is enough to contradict it, whatever became of the other cells.
    """

    said: Sequence[Operand]
    counted: Sum
    subject: str

    def decide(self, tolerance: float) -> Verdict:
        counted = self.counted
        if counted.value > tolerance:
            return failed(self.finding())
        if counted.unread:
            return undecidable(why_unread(counted.unread))
        if counted.is_blank:
            return undecidable(f"表中{names(counted.blanks)}空白")
        return PASSED_ASSUMING_ZERO if counted.has_blanks else PASSED

    def finding(self) -> Finding:
        first, counted = self.said[0], self.counted
        return Finding(
            f"{first.label('full')}，即没有{self.subject}；表中{counted.title('full')}却为 {show(counted.value)}。",
            (first.evidence("left"), *counted.evidence("right"), *all_evidence(list(self.said[1:]))),
            expected=0,
            actual=counted.value,
            formula=f"正文 0 ≠ {counted.written_out('full')}",
            is_doubtful=counted.is_doubtful,
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """A figure of the prose equals one of the readings; where it is said several times, one saying that fits is enough.

    `readings` are tried in order; a finding names the one that comes nearest.  With `adds_up` the different figures
    may also be parts: two websites, two accounts, two reasons of one group.
    """

    said: Sequence[Operand]
    readings: Sequence[Sum]
    subject: str
    adds_up: bool = False

    def meanings(self) -> list[Interval]:
        """What the prose can mean: each figure alone, or the different ones together."""
        different = {one.value: one for one in self.said}
        together = [Sum(tuple(different.values())).bounds] if self.adds_up and len(different) > 1 else []
        return [*(one.bounds for one in self.said), *together]

    def decide(self, tolerance: float) -> Verdict:
        meanings = self.meanings()
        for reading in self.readings:
            if reading.has_unread or reading.is_blank:
                continue
            if any(meets(meaning, reading.bounds, tolerance) for meaning in meanings):
                return PASSED_ASSUMING_ZERO if reading.has_blanks else PASSED
        operands = unique_operands(self.readings)
        missing = [term for reading in self.readings for term in reading.unread + reading.blanks]
        if missing or not operands:
            return undecidable(f"{names(missing)}空白或没有读出" if missing else "没有可以对照的数")
        return failed(self.finding(operands))

    def finding(self, operands: list[Operand]) -> Finding:
        pairs = [(one, reading) for reading in self.readings for one in self.said]
        one, nearest = min(pairs, key=lambda pair: abs((pair[0].value or 0) - pair[1].value))
        stated = one.value or 0
        others = [operand for operand in self.said if operand is not one]
        tried = f"；已对照 {len(self.readings)} 种口径，这一种最接近" if len(self.readings) > 1 else ""
        return Finding(
            f"{one.label('full')}，{self.subject}为 {show(stated)}；{nearest.title('full')}为 {show(nearest.value)}，"
            f"相差 {show(abs(stated - nearest.value))}{tried}。",
            (one.evidence("left"), *(term.evidence("right") for term in operands), *all_evidence(others)),
            expected=stated,
            actual=nearest.value,
            formula=f"正文 {show(stated)} ≠ {nearest.written_out('full')}",
            # Every reading was rejected, so the finding rests on the cells of all.
            is_doubtful=any(term.is_doubtful for term in operands),
        )

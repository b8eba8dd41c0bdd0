"""The few kinds of demand that checks make: an equation or inequality, and an implication from zero.

In: sums of operands.  Out: a `Verdict`.  Refused, as undecidable: an operand that was not read, a total left blank
beside figures, figures left blank beside a total that is not zero, anything that is blank altogether, and a relation
that some figure in a blank would make hold: blank is not zero, so what rests on its being zero accuses nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

from parsing.audit.operands import Axis, Number, Operand, Sum
from parsing.audit.results import PASSED, PASSED_ASSUMING_ZERO, Finding, Verdict, failed, plain, show, undecidable
from parsing.findings import Consequence, Evidence, Severity

Sign = Literal["==", "<=", ">="]
BROKEN = {"==": "≠", "<=": ">", ">=": "<"}
WORDS = {"==": "应当相等", "<=": "前者不应大于后者", ">=": "前者不应小于后者"}
Weight = tuple[Severity, Consequence]


def names(operands: list[Operand], axis: Axis = "full") -> str:
    """The first three labels, and how many there are when there are more."""
    shown = "、".join(f"“{one.label(axis)}”" for one in operands[:3])
    return shown if len(operands) <= 3 else f"{shown}等 {len(operands)} 处"


def why_unread(operands: list[Operand], axis: Axis = "full") -> str:
    return f"{names(operands, axis)}没有读出"


def remark_on_blanks(*sums: Sum, axis: Axis) -> str:
    blanks = [term for each in sums for term in each.blanks]
    return f"（{names(blanks, axis)}空白，按 0 计）" if blanks else ""


def holds(left: Number, sign: Sign, right: Number, tolerance: float) -> bool:
    """Whether two numbers stand in the relation, give or take the tolerance and the dust of binary fractions."""
    gap = plain(left - right)
    return (gap <= tolerance or sign == ">=") and (gap >= -tolerance or sign == "<=")


class Relation(NamedTuple):
    """left = right, left ≤ right or left ≥ right at one place.

    For an equation the left side is what the right must be (parts and their total); for an inequality the right
    side bounds the left.  `axis` says which labels tell the addends apart.  `shortfall` is the weight of a finding
    when the left side is only too small.
    """

    left: Sum
    sign: Sign
    right: Sum
    place: str
    axis: Axis = "full"
    shortfall: Weight | None = None

    def decide(self, tolerance: float) -> Verdict:
        left, right = self.left, self.right
        if left.is_plain and right.is_plain:
            return PASSED if holds(left.value, self.sign, right.value, tolerance) else failed(self.finding())
        if left.has_unread or right.has_unread:
            return undecidable(f"{self.place}：{why_unread(left.unread + right.unread, self.axis)}")
        if left.is_blank and right.is_blank:
            return undecidable(f"{self.place}：全部空白")
        is_met = self.is_met(tolerance)
        if right.is_blank:
            return undecidable(f"{self.place}：{right.title(self.axis)}空白，另一方有数")
        if left.is_blank and not is_met:
            return undecidable(f"{self.place}：{left.title(self.axis)}空白，另一方有数")
        if is_met:
            return PASSED_ASSUMING_ZERO if left.has_blanks or right.has_blanks else PASSED
        if self.is_met(tolerance, are_blanks_open=True):
            gap = show(abs(plain(left.value - right.value)))
            blanks = names(left.blanks + right.blanks, self.axis)
            return undecidable(f"{self.place}：{blanks}空白，按 0 计则相差 {gap}")
        return failed(self.finding())

    def is_met(self, tolerance: float, are_blanks_open: bool = False) -> bool:
        """Whether the relation can hold for some of the values that the two sides can stand for.

        A blank counts 0; where blanks are open it can stand for any amount.
        """
        low, high = self.left.reach if are_blanks_open else self.left.bounds
        least, greatest = self.right.reach if are_blanks_open else self.right.bounds
        if self.sign == "==":
            return low <= greatest + tolerance and high >= least - tolerance
        small, large = (low, greatest) if self.sign == "<=" else (least, high)
        return small == -inf or large == inf or holds(small, "<=", large, tolerance)

    def finding(self) -> Finding:
        left, right, axis = self.left, self.right, self.axis
        gap = show(abs(plain(left.value - right.value)))
        if right.terms:
            other = f"{right.title(axis)}为 {show(right.value)}，{WORDS[self.sign]}，相差 {gap}"
        else:
            other = f"不应小于 {right.name}"
        message = f"{self.place}：{left.title(axis)}为 {show(left.value)}，{other}"
        message += f"{remark_on_blanks(left, right, axis=axis)}。"
        is_equation = self.sign == "=="
        return Finding(
            message,
            (*left.evidence("left"), *right.evidence("right")),
            expected=left.value if is_equation else right.value,
            actual=right.value if is_equation else left.value,
            formula=f"{left.written_out(axis)} {BROKEN[self.sign]} {right.written_out(axis)}",
            is_doubtful=left.is_doubtful or right.is_doubtful,
            weight=self.shortfall if left.value < right.value else None,
        )


@dataclass(frozen=True, slots=True)
class NothingFromNothing:
    """Where the premise is zero the conclusion must be zero too; a premise with a blank decides nothing."""

    premise: Sum
    conclusion: Sum
    place: str

    def decide(self, tolerance: float) -> Verdict:
        if unread := self.premise.unread:
            return undecidable(why_unread(unread))
        if self.premise.value > tolerance:
            return PASSED
        if self.premise.has_blanks:
            return undecidable(f"{names(self.premise.blanks)}空白")
        if self.conclusion.value > tolerance:
            return failed(self.finding())
        if unread := self.conclusion.unread:
            return undecidable(why_unread(unread))
        if self.conclusion.is_blank:
            return undecidable(f"{names(self.conclusion.blanks)}空白")
        return PASSED_ASSUMING_ZERO if self.conclusion.has_blanks else PASSED

    def finding(self) -> Finding:
        premise, conclusion = self.premise, self.conclusion
        return Finding(
            f"{self.place}：{premise.title('full')}为 0，{conclusion.title('full')}却为 {show(conclusion.value)}。",
            (*premise.evidence("left"), *conclusion.evidence("right")),
            expected=0,
            actual=conclusion.value,
            formula=f"{premise.written_out('full')}；{conclusion.written_out('full')} > 0",
            is_doubtful=premise.is_doubtful or conclusion.is_doubtful,
        )


def all_evidence(operands: list[Operand]) -> tuple[Evidence, ...]:
    """Operands that only show the circumstances of a finding."""
    return tuple(operand.evidence("context") for operand in operands)


def both_known(*sums: Sum) -> Verdict | None:
    """A verdict when an operand is blank or unread, so that nothing may be concluded from it."""
    if not any([each.has_unread or each.has_blanks for each in sums]):
        return None
    missing = [term for each in sums for term in each.unread + each.blanks]
    return undecidable(f"{why_unread(missing)}或空白")

"""What one test of a check comes to.

In: nothing.  Out: `Verdict`, one per place that a check looked at, with a `Finding` where the report contradicts
itself.  Refused: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from parsing.findings import Consequence, Evidence, Severity

Decision = Literal["pass", "pass_assumed_zero", "fail", "undecidable", "not_applicable"]
Side = float | int | str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction at one place: what is wrong in words, both sides with their places, the sum written out.

    `weight` replaces severity and consequence of the check where this finding is weaker than most of its kind.
    """

    message: str
    evidence: tuple[Evidence, ...]
    expected: Side = None
    actual: Side = None
    formula: str = ""
    is_doubtful: bool = False
    weight: tuple[Severity, Consequence] | None = None

    @property
    def difference(self) -> float | int | None:
        """Actual less expected, where both are numbers; to six decimals, so that 0.3 less 0.1 is 0.2."""
        if isinstance(self.actual, int | float) and isinstance(self.expected, int | float):
            return plain(self.actual - self.expected)
        return None


class Verdict(NamedTuple):
    """The outcome at one place, and why where it is neither pass nor fail."""

    outcome: Decision
    reason: str = ""
    finding: Finding | None = None

    def decide(self, tolerance: float) -> Verdict:
        """A verdict stands among demands as one that is decided."""
        return self


PASSED = Verdict("pass")
PASSED_ASSUMING_ZERO = Verdict("pass_assumed_zero", "空白按 0 计")


def failed(finding: Finding) -> Verdict:
    return Verdict("fail", "", finding)


def undecidable(reason: str) -> Verdict:
    return Verdict("undecidable", reason)


def not_applicable(reason: str) -> Verdict:
    return Verdict("not_applicable", reason)


def plain(number: float | int) -> float | int:
    """A number without the dust of binary fractions; whole numbers as int.

    >>> plain(0.1 + 0.2), plain(613.0)
    (0.3, 613)
    """
    if isinstance(number, int):
        return number
    rounded = round(number, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def show(number: float | int) -> str:
    """A number as it is written in a message."""
    return str(plain(number))

"""How often each check was right where people know the answer.

In: `measured.toml`, which `make precision` writes.  Out: a `Tally` for every check and kind of material, shares with
their intervals.  Refused (`TypeError`): a kind of answer that a tally does not count.  A check that the file does not
name was never measured, and its tally is empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("measured.toml")
# A check that is right less often may not accuse anybody: it ships as a note.
LEAST_PRECISION = 0.95
# The quantile of the normal distribution that leaves 5 % outside on both sides together.
TWO_SIDED_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `value` is None where there is nothing to take a share of."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval after Wilson, which stays sensible for few cases and for shares of all and of none.

        >>> tuple(round(end, 3) for end in Share(10, 10).interval)
        (0.722, 1.0)
        """
        if not self.whole:
            return None
        share, weight = self.part / self.whole, TWO_SIDED_95**2 / self.whole
        middle = share + weight / 2
        reach = TWO_SIDED_95 * sqrt(share * (1 - share) / self.whole + weight / self.whole / 4)
        # Where the share is all or none the end is exact; the dust of binary fractions must not move it.
        low = 0.0 if self.part == 0 else (middle - reach) / (1 + weight)
        high = 1.0 if self.part == self.whole else (middle + reach) / (1 + weight)
        return low, high


@dataclass(frozen=True, slots=True)
class Tally:
    """Reports by what a check did on them: raised rightly, raised wrongly, silent where it should have spoken, and
    decided and rightly silent."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    quiet: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.quiet + other.quiet,
        )

    @property
    def precision(self) -> Share:
        """Of what was raised, what was right."""
        return Share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Share:
        """Of what should have been raised, what was."""
        return Share(self.right, self.right + self.missed)

    @property
    def is_trusted(self) -> bool:
        """Whether the check may say more than a note: it was not found to be wrong too often."""
        precision = self.precision.value
        return precision is None or precision >= LEAST_PRECISION


def add_up(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


@cache
def load_file() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def count_reports() -> Mapping[str, int]:
    """How many labelled reports there are of each kind of material."""
    counts: Mapping[str, int] = load_file()["reports"]
    return counts


@cache
def load_measured() -> Mapping[str, Mapping[str, Tally]]:
    """Check → kind of material → tally, as they stand in the file."""
    return {
        check: {source: Tally(**counts) for source, counts in sources.items()}
        for check, sources in load_file()["checks"].items()
    }


def measured(check_id: str) -> Mapping[str, Tally]:
    """The tallies of one check by kind of material; empty where nothing was measured."""
    return load_measured().get(check_id, {})

"""Which of the cells behind a label are the figures of its row.

In: the tokens behind a label, the number of columns and what other rows of the table taught.  Out: exactly
that many tokens, or None.  Merged label cells leave empty cells before the figures (`（七）总计 ⇥ ⇥ 1 …`), page
converters pad rows with empty cells behind them (`… | 4 | ||`); a row that could be read both ways is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from parsing.extraction.tokens import Token

Side = Literal["lead", "tail"]
# The forms have three columns of labels: more empty cells before the figures are a torn row, not merged labels.
MOST_BEFORE = 3


@dataclass(slots=True)
class Padding:
    """What rows that can be read in one way only say about the empty cells of a table, by shape of the row."""

    by_shape: dict[tuple[int, int], set[Side]] = field(default_factory=dict)

    def learn(self, shape: tuple[int, int], side: Side) -> None:
        self.by_shape.setdefault(shape, set()).add(side)

    def side_of(self, shape: tuple[int, int]) -> Side | None:
        sides = self.by_shape.get(shape, set())
        return next(iter(sides)) if len(sides) == 1 else None


def blanks_at_ends(values: Sequence[Token]) -> tuple[int, int]:
    """How many empty cells stand before the first and behind the last cell that is not empty."""
    filled = [index for index, token in enumerate(values) if not token.is_blank]
    if not filled:
        return len(values), len(values)
    return filled[0], len(values) - 1 - filled[-1]


def certain_side(values: Sequence[Token], size: int) -> Side | None:
    """The side on which the surplus empty cells must stand, if only one is possible."""
    surplus = len(values) - size
    lead, tail = blanks_at_ends(values)
    if lead < surplus <= tail and lead == 0:
        return "tail"
    if tail < surplus <= min(lead, MOST_BEFORE) and tail == 0:
        return "lead"
    return None


def window(values: Sequence[Token], size: int, padding: Padding, shape: tuple[int, int]) -> list[Token] | None:
    """The `size` tokens that are the row's figures; None where that cannot be told."""
    surplus = len(values) - size
    if surplus <= 0:
        return list(values) if surplus == 0 else None
    lead, tail = blanks_at_ends(values)
    if lead == len(values):
        return list(values[:size])
    lead = min(lead, MOST_BEFORE)
    side = certain_side(values, size) or padding.side_of(shape)
    if side == "lead" and lead >= surplus:
        return list(values[surplus:])
    if side == "tail" and tail >= surplus:
        return list(values[:size])
    # Padding fills up to the width of the table, so an end with exactly the surplus is the padding,
    # unless the other end could be it as well.
    if tail == surplus and lead != surplus:
        return list(values[:size])
    return list(values[surplus:]) if lead == surplus and tail != surplus else None

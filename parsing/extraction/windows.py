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
    """What rows that can be read in one way only say about the empty cells of a table.

    `by_shape` has the side of the padding by the shape of the row: cells before its label, and behind it.
    `widths` has the lengths of rows without any padding: if all are alike, the table has one width.
    """

    by_shape: dict[tuple[int, int], set[Side]] = field(default_factory=dict)
    widths: set[int] = field(default_factory=set)

    def learn(self, values: Sequence[Token], size: int, shape: tuple[int, int]) -> None:
        side = certain_side(values, size)
        if side:
            self.by_shape.setdefault(shape, set()).add(side)
        elif len(values) == size:
            self.widths.add(sum(shape))

    def side_of(self, shape: tuple[int, int]) -> Side | None:
        sides = self.by_shape.get(shape, set())
        return next(iter(sides)) if len(sides) == 1 else None

    def fills_width(self, shape: tuple[int, int]) -> bool:
        """Whether a row of this shape is as long as all rows without padding: its surplus is merged labels."""
        return self.widths == {sum(shape)}


def blanks_at_ends(values: Sequence[Token]) -> tuple[int, int]:
    """How many empty cells stand before the first and behind the last cell that is not empty."""
    filled = [index for index, token in enumerate(values) if not token.is_blank]
    if not filled:
        return len(values), len(values)
    return filled[0], len(values) - 1 - filled[-1]


def certain_side(values: Sequence[Token], size: int) -> Side | None:
    """The side on which the surplus empty cells must stand, if only one is possible."""
    surplus = len(values) - size
    if surplus <= 0:
        return None
    lead, tail = blanks_at_ends(values)
    if lead == len(values):
        return None
    if lead == 0 and tail >= surplus:
        return "tail"
    return "lead" if tail == 0 and lead == surplus <= MOST_BEFORE else None


def window(values: Sequence[Token], size: int, padding: Padding, shape: tuple[int, int]) -> list[Token] | None:
    """The `size` tokens that are the row's figures; None where that cannot be told."""
    surplus = len(values) - size
    if surplus <= 0:
        return list(values) if surplus == 0 else None
    lead, tail = blanks_at_ends(values)
    if lead == len(values):
        return list(values[:size])
    side = certain_side(values, size) or padding.side_of(shape)
    if side is None and tail == 0 and padding.fills_width(shape):
        side = "lead"
    # Padding fills a row up, so exactly the surplus at the far end is padding, unless the near end could be it too.
    if side is None and tail == surplus and lead != surplus:
        side = "tail"
    if side == "lead" and surplus <= min(lead, MOST_BEFORE):
        return list(values[surplus:])
    return list(values[:size]) if side == "tail" and tail >= surplus else None

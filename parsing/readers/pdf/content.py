"""What stands on a page, whoever found it: characters with their boxes, and the lines that are drawn.

In: nothing, this module imports no other of the package.  Out: `PageContent`, which a pdf's text and the words that a
recogniser finds in a picture fill alike, so that one layout code reads both.  Nothing is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parsing.model import Locator

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page as it is displayed; points, origin top left.

    `text` has one character for each row of `boxes` (x0, y0, x1, y1), in the order of the file; white space in it
    parts words, its boxes mean nothing.  `across` holds the horizontal lines (y, x0, x1), `down` the vertical ones
    (x, y0, y1).  `turns` is how many quarter turns clockwise the displayed page was given, so that its text stands
    upright; sizes, boxes and lines are those of the turned page.  `is_picture` says that a scan covers the page, with
    no text or only that of a recogniser.
    """

    number: int
    width: float
    height: float
    text: str
    boxes: Floats
    across: Floats
    down: Floats
    turns: int = 0
    is_picture: bool = False

    def place(self, box: Box) -> Locator:
        """Where a box lies in the file; all fields are given, since names for two of them take five times as long."""
        return Locator(None, None, None, None, None, None, None, self.number, self.displayed(box))

    def displayed(self, box: Box) -> Box:
        """A box of the page as it was turned, on the page as it is displayed; in tenths of a point, as it comes."""
        if not self.turns:
            return box
        x0, y0, x1, y1 = box
        wide, high = self.width, self.height
        for _ in range(self.turns):
            x0, y0, x1, y1 = y0, wide - x1, y1, wide - x0
            wide, high = high, wide
        return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


def turn_once(boxes: Floats, height: float) -> Floats:
    """Boxes after one quarter turn clockwise of a page of this height: what stood at the left stands at the top."""
    return columns_of(height - boxes[:, 3], boxes[:, 0], height - boxes[:, 1], boxes[:, 2])


def columns_of(*values: Floats) -> Floats:
    """Values of equal length beside each other, as numpy's `column_stack`, which takes four times as long."""
    found = np.empty((len(values[0]), len(values)))
    for index, column in enumerate(values):
        found[:, index] = column
    return found


def lines_of(segments: Floats) -> tuple[Floats, Floats]:
    """Boxes of thin lines as (across, down)."""
    if not len(segments):
        return np.empty((0, 3)), np.empty((0, 3))
    x0, y0, x1, y1 = segments.T
    is_across = x1 - x0 >= y1 - y0
    across = columns_of((y0 + y1) / 2, x0, x1)[is_across]
    return across, columns_of((x0 + x1) / 2, y0, y1)[~is_across]

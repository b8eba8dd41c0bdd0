"""How wide the columns of a table are drawn on paper.

In: a grid.  Out: the share of each column in the width of the text.  Refused: nothing.
"""

from __future__ import annotations

from tests.synthesis.grids import Grid

LABEL = 0.4
# The two columns of groups, the labels and seven columns of figures of table 3.
APPLICATIONS = (0.08, 0.08, 0.21, *[0.09] * 7)
NARROW_TABLE = 5


def column_shares(grid: Grid) -> list[float]:
    """Labels take the most room; the shares add up to 1."""
    if grid.width == len(APPLICATIONS):
        return list(APPLICATIONS)
    if 1 < grid.width < NARROW_TABLE:
        return [LABEL, *[(1 - LABEL) / (grid.width - 1)] * (grid.width - 1)]
    return [1 / grid.width] * grid.width

"""Lists over a table of the store whose rows have a `rank`: any page of them is found without sorting those before it.

In: the chosen reports, and the table.  Out: a `Listing`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pages.ui.chosen import Selection
from pages.ui.listing import Listing


@dataclass(frozen=True, slots=True)
class Ranked(Listing):
    """A list that is cut by `cutting`, which takes the number of rows and the place of the first one last."""

    cutting: str = ""

    def cut(self, first: int, rows: int) -> pd.DataFrame:
        """Only the ranks are sorted, and only the rows with these ranks are read as a whole."""
        return self.selection.ask(self.cutting, (*self.parameters, rows, first))


def rank_rows(
    chosen: Selection,
    table: str,
    columns: str,
    condition: str = "true",
    parameters: tuple[object, ...] = (),
    *,
    ranks_of: str = "",
) -> Ranked:
    """The chosen rows of a table for which a condition holds, by their rank.

    Where several rows have one rank, `ranks_of` is the table with one row a rank, by which they are counted and cut.
    """
    found = f"FROM {table} WHERE {{chosen}} AND {condition}"
    ranked = f"FROM {ranks_of or table} WHERE {{chosen}} AND {condition}"
    ranks = f"SELECT rank {ranked} ORDER BY rank LIMIT ? OFFSET ?"
    return Ranked(
        chosen,
        f"SELECT {columns} {found} ORDER BY rank",
        parameters,
        counting=f"SELECT count(*) {ranked}",
        cutting=f"SELECT {columns} FROM {table} WHERE rank IN ({ranks}) ORDER BY rank",
    )

"""Reports made by hand: only what a test looks at.

In: cells and statements.  Out: a `Report`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from parsing.model import Cell, CellStatus, Claim, Locator, Particulars, Report, Source

# Value and status of a cell; the fields of a statement that differ from those of a plain one.
Seen = tuple[float | None, str]
Said = Mapping[str, object]


def make_report(
    agency: str | None, year: int | None, cells: Mapping[str, Seen], claims: Sequence[Said] = (), file: str = ""
) -> Report:
    """A report with these cells, by address, and statements; its file is called after agency and year unless told."""
    name = file or f"{agency}_{year}.txt"
    read = [
        Cell(address, value, CellStatus(status), "件", "template", "", "label", "sure", None)
        for address, (value, status) in cells.items()
    ]
    common = {"dim": None, "label": None, "unit": "件", "year": year, "approx": False, "negated": False, "quote": ""}
    common |= {"section": None, "where": Locator(1, 1)}
    said = [Claim(**{**common, **claim}) for claim in claims]
    source = Source(name, "txt", None, sha256(name.encode()).hexdigest(), 0)
    return Report(source, Particulars(agency, year=year), {}, cells=tuple(read), claims=tuple(said))

"""What the corpus knows beyond one report: the other agencies of its level, and the agencies of its region.

In: all reports of a corpus.  Out: for the particulars of a report, the plain numbers of its peers and of its units in
the same year, each with its cell.  Nothing is looked at before a check asks, and only totals, decisions and indicators
are kept, so that views can be let go.  Of several versions of one report the one published last counts.  Refused: a
number that is not plainly there, units where two governments of one name could be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import log1p
from statistics import median
from typing import NamedTuple

from parsing.audit.operands import Number, Operand
from parsing.extraction.agencies import core_of, region_of
from parsing.extraction.identity import plain_name
from parsing.model import Cell, CellStatus, Particulars, Report
from parsing.templates import TableTemplate

UNITS, GOVERNMENTS = ("township", "department"), ("county", "city")
COMPARED = (".total", ".decisions")
INDICATORS = "b."


class Figure(NamedTuple):
    """One plain number of another report."""

    value: Number
    agency: str
    report_id: str
    cell: Cell

    def operand(self, table: TableTemplate) -> Operand:
        """The number as an operand that is called by its agency."""
        cell = self.cell
        is_doubtful, origin = cell.confidence == "doubtful", f"{self.agency}的"
        return Operand(
            self.value, cell.status, is_doubtful, self.report_id, None, cell.address, table, cell, origin=origin
        )


class Member:
    """An agency that reports on a year: the full name of its region, its own name, its numbers by address."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.agency = report.particulars.agency or ""
        name = plain_name(self.agency)
        self.region, self.core = region_of(name) or "", core_of(name)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        report_id, number = self.report.report_id, CellStatus.NUMBER
        return {
            cell.address: Figure(cell.value, self.agency, report_id, cell)
            for cell in self.report.cells
            if cell.address.endswith(COMPARED) or cell.address.startswith(INDICATORS)
            if cell.status is number and cell.value is not None
        }


class Peers:
    """The agencies of one level that report on one year."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        self._ranked: dict[str, list[Figure]] = {}
        self._spreads: dict[str, tuple[float, float]] = {}
        self._totals: dict[tuple[str, ...], Number] = {}

    def ranked(self, address: str) -> list[Figure]:
        """The numbers at an address, from the least to the greatest."""
        if address not in self._ranked:
            found = [one.figures[address] for one in self.members if address in one.figures]
            self._ranked[address] = sorted(found, key=lambda figure: figure.value)
        return self._ranked[address]

    def spread(self, address: str) -> tuple[float, float]:
        """The median and the median absolute deviation of log(1 + number); there must be a number."""
        if address not in self._spreads:
            logs = [log1p(max(figure.value, 0)) for figure in self.ranked(address)]
            middle = median(logs)
            self._spreads[address] = middle, median(abs(one - middle) for one in logs)
        return self._spreads[address]

    def total(self, addresses: tuple[str, ...]) -> Number:
        """The sum of the numbers at some addresses over all agencies."""
        if addresses not in self._totals:
            self._totals[addresses] = sum(figure.value for one in addresses for figure in self.ranked(one))
        return self._totals[addresses]


class Companions:
    """The reports of one corpus, by level and year."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports

    @cached_property
    def _groups(self) -> Mapping[tuple[str | None, int | None], Peers]:
        """One report an agency, of each level and year."""
        latest: dict[tuple[str | None, int | None], dict[tuple[str, str], Member]] = defaultdict(dict)
        for report in sorted(self._reports, key=lambda one: one.particulars.published_date or ""):
            particulars = report.particulars
            if particulars.agency and particulars.level and particulars.year and report.cells:
                member = Member(report)
                latest[particulars.level, particulars.year][member.region, member.core] = member
        return {key: Peers(tuple(members.values())) for key, members in latest.items()}

    def peers(self, particulars: Particulars) -> Peers | None:
        """The agencies of the level and year, this one among them; None where the corpus has no others."""
        if len(self._reports) < 2:
            return None
        return self._groups.get((particulars.level, particulars.year))

    def units(self, particulars: Particulars) -> list[Member]:
        """The towns and departments of a government that report on its year."""
        year = particulars.year
        if len(self._reports) < 2 or particulars.level not in GOVERNMENTS or not particulars.agency or not year:
            return []
        name = plain_name(particulars.agency)
        core = core_of(name)
        whole = (region_of(name) or "") + core
        governments = [one for level in GOVERNMENTS for one in self._members(level, year)]
        if len({one.region for one in governments if one.core == core}) > 1:
            return []
        units = (one for level in UNITS for one in self._members(level, year) if is_below(one.region, whole, core))
        # One report may name the city above the county, another version of it not.
        return list({one.core: one for one in units}.values())

    def _members(self, level: str, year: int) -> Sequence[Member]:
        group = self._groups.get((level, year))
        return group.members if group else ()


def is_below(region: str, whole: str, core: str) -> bool:
    """Whether an agency with this region before its name belongs to a government; either may leave out what is above.

    >>> is_below("某某区", "某市某某区", "某某区"), is_below("某市", "某市某某区", "某某区")
    (True, False)
    """
    return region.endswith(core) and (whole.endswith(region) or region.endswith(whole))

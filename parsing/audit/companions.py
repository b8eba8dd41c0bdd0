"""What the corpus knows beyond one report: the other agencies of its level, and the agencies of its region.

In: all reports of a corpus, or one row a report (`members.py`).  Out: for the particulars of a report, the plain
numbers of its peers and of its units in the same year, each with its cell.  Nothing is looked at before a check asks.
Of several versions of one report the one published last counts.  Refused: units where two governments of one name
could be meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import log1p
from statistics import median

from parsing.audit.members import Figure, Group, Member, OpenCell, Row, compared_cells, row_of
from parsing.audit.operands import Number
from parsing.extraction.agencies import core_of, region_of
from parsing.extraction.identity import plain_name
from parsing.model import Cell, Particulars, Report

UNITS, GOVERNMENTS = ("township", "department"), ("county", "city")


class Ranking:
    """The numbers of some agencies at one address, from the least to the greatest; equal ones in their order."""

    def __init__(self, members: Sequence[Member], address: str) -> None:
        self.address = address
        found = [(value, one) for one in members if (value := one.number(address)) is not None]
        found.sort(key=lambda pair: pair[0])
        self.values = [value for value, _ in found]
        self._middle = found[len(found) // 2][1] if found else None

    def __len__(self) -> int:
        return len(self.values)

    def middle(self) -> Figure:
        """The number in the middle, of two the greater; `ValueError` where there is none."""
        figure = self._middle.figure(self.address) if self._middle else None
        if figure is None:
            raise ValueError(f"no agency has a number at {self.address}")
        return figure


class Peers:
    """The agencies of one level that report on one year."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        self._ranked: dict[str, Ranking] = {}
        self._spreads: dict[str, tuple[float, float]] = {}
        self._totals: dict[tuple[str, ...], Number] = {}

    def ranked(self, address: str) -> Ranking:
        """The numbers at an address in their order."""
        if address not in self._ranked:
            self._ranked[address] = Ranking(self.members, address)
        return self._ranked[address]

    def spread(self, address: str) -> tuple[float, float]:
        """The median and the median absolute deviation of log(1 + number); there must be a number."""
        if address not in self._spreads:
            logs = [log1p(max(value, 0)) for value in self.ranked(address).values]
            middle = median(logs)
            self._spreads[address] = middle, median(abs(one - middle) for one in logs)
        return self._spreads[address]

    def total(self, addresses: tuple[str, ...]) -> Number:
        """The sum of the numbers at some addresses over all agencies."""
        if addresses not in self._totals:
            self._totals[addresses] = sum(value for one in addresses for value in self.ranked(one).values)
        return self._totals[addresses]

    @cached_property
    def regions_of(self) -> Mapping[str, set[str]]:
        """The regions of the agencies of one own name."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.members:
            found[one.core].add(one.region)
        return dict(found)

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where the agencies of a region stand among the members."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.members):
            found[one.region].append(place)
        return dict(found)

    @cached_property
    def _backwards(self) -> list[str]:
        """The names of the regions read backwards, in order: those of one ending stand together."""
        return sorted(region[::-1] for region in self._places)

    def below(self, whole: str, core: str) -> list[Member]:
        """The agencies of a government: of this full and own name."""
        regions = [region for region in self._ending(core) if is_below(region, whole, core)]
        return [self.members[place] for place in sorted(place for one in regions for place in self._places[one])]

    def _ending(self, ending: str) -> Iterator[str]:
        for at in range(bisect_left(self._backwards, ending[::-1]), len(self._backwards)):
            region = self._backwards[at][::-1]
            if not region.endswith(ending):
                return
            yield region


class Companions:
    """The reports of one corpus, by level and year."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        # A report that is alone has no companions, and shall cost nothing.
        self._rows: Iterable[Row] = map(row_of, reports) if len(reports) > 1 else ()
        self._open_cell: OpenCell = self._find_cell

    @classmethod
    def from_rows(cls, rows: Iterable[Row], open_cell: OpenCell) -> Companions:
        """From one row for each report of the corpus; they are gone through once and not kept."""
        companions = cls(())
        companions._rows, companions._open_cell = rows, open_cell
        return companions

    def _find_cell(self, report_id: str, address: str) -> Cell:
        """The cell of a report that is at hand."""
        return next(compared_cells(one)[address] for one in self._reports if one.report_id == report_id)

    @cached_property
    def _groups(self) -> Mapping[tuple[str, int], Peers]:
        """The agencies of each level and year; none where there is but one report."""
        groups: dict[tuple[str, int], Group] = defaultdict(lambda: Group(self._open_cell))
        names: dict[str, tuple[str, str]] = {}
        count = 0
        for row in self._rows:
            count += 1
            if row.agency and row.level and row.year and row.figures is not None:
                if row.agency not in names:
                    names[row.agency] = split_name(row.agency)
                groups[row.level, row.year].add(row, *names[row.agency])
        return {key: Peers(group.members()) for key, group in groups.items()} if count > 1 else {}

    def peers(self, particulars: Particulars) -> Peers | None:
        """The agencies of the level and year, this one among them; None where the corpus has no others."""
        return self._of(particulars.level, particulars.year)

    def _of(self, level: str | None, year: int | None) -> Peers | None:
        return self._groups.get((level, year)) if level and year else None

    def units(self, particulars: Particulars) -> list[Member]:
        """The towns and departments of a government that report on its year."""
        if particulars.level not in GOVERNMENTS or not particulars.agency or not particulars.year:
            return []
        region, core = split_name(particulars.agency)
        governments, units = ([self._of(level, particulars.year) for level in some] for some in (GOVERNMENTS, UNITS))
        if len(set().union(*(group.regions_of.get(core, ()) for group in governments if group))) > 1:
            return []
        found = (one for group in units if group for one in group.below(region + core, core))
        # One report may name the city above the county, another version of it not.
        return list({one.core: one for one in found}.values())


def split_name(agency: str) -> tuple[str, str]:
    """The full name of an agency's region, "" without one, and its own name.

    >>> split_name("样本市示例县青山镇人民政府")
    ('样本市示例县', '青山镇')
    """
    name = plain_name(agency)
    return region_of(name) or "", core_of(name)


def is_below(region: str, whole: str, core: str) -> bool:
    """Whether an agency with this region before its name belongs to a government; either may leave out what is above.

    >>> is_below("某某区", "某市某某区", "某某区"), is_below("某市", "某市某某区", "某某区")
    (True, False)
    """
    return region.endswith(core) and (whole.endswith(region) or region.endswith(whole))

"""Who has the shingles of a report: the reports of one year and the one before, by their sampled hashes.

In: the sampled hashes of all reports.  Out: for a report of the year, how many of its hashes each other one has.
Refused: reports of other years.

Whoever copies a paragraph has all its shingles, so most hashes are had by exactly the same reports as their neighbours
in the text.  Such hashes are one `unit` with one list of reports, and hashes that one report alone has are dropped.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parsing.audit.ragged import Ragged, is_new, spread

# Of the candidates that share most hashes so many are measured.
MEASURED = 4
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
ALONE = -1
Positions = NDArray[np.int64]


class Window:
    """The reports of a year and the one before (`members`, positions in the corpus; `is_now`: of the year itself)."""

    def __init__(self, members: Positions, is_now: NDArray[np.bool_], sampled: Ragged) -> None:
        self.members = members
        owners, is_first = list_owners(members, sampled)
        firsts = np.flatnonzero(is_first)
        units = self._unite(firsts, np.diff(firsts, append=len(owners)), owners)
        # What is asked for are the hashes of this year's reports, in their order.
        asked = np.flatnonzero(is_now[owners]).astype(np.int32)
        asked = asked[np.argsort(owners[asked], kind="stable")]
        numbers = np.cumsum(is_first, dtype=np.int32)
        numbers -= 1
        self._units = units[numbers[asked]]
        self._stops = np.concatenate(([0], np.cumsum(np.bincount(owners[asked], minlength=len(members)))))
        self._tally, self._last = np.zeros(len(members), dtype=np.int64), np.zeros(len(members), dtype=np.int64)

    def _unite(self, firsts: Positions, sizes: Positions, owners: NDArray[np.int32]) -> NDArray[np.int32]:
        """The unit of each hash; `firsts` and `sizes` say where the owners of each stand."""
        chance = np.random.default_rng(0).integers(0, 1 << 64, len(self.members), dtype=np.uint64)
        # Two sets of reports with one sum of 64 random bits are the same set.
        sums = np.add.reduceat(chance[owners], firsts) if len(firsts) else np.empty(0, dtype=np.uint64)
        shared = np.flatnonzero(sizes > 1)
        shared = shared[np.argsort(sums[shared])]
        is_example = is_new(sums[shared])
        examples = shared[is_example]
        units = np.full(len(firsts), ALONE, dtype=np.int32)
        units[shared] = np.cumsum(is_example) - 1
        self._sizes = sizes[examples]
        self._firsts = np.cumsum(self._sizes) - self._sizes
        self._owners = owners[spread(firsts[examples], self._sizes)]
        return units

    def count_shared(self, position: int, kept: NDArray[np.bool_] | None) -> tuple[Positions, Positions]:
        """The reports that share sampled hashes with one of the year, in any order, and how many each.

        `kept` says which of its different hashes count, in ascending order; None that all do.
        """
        own = int(np.searchsorted(self.members, position))
        units = self._units[self._stops[own] : self._stops[own + 1]]
        units = np.sort(units[units != ALONE] if kept is None else units[kept & (units != ALONE)])
        firsts = np.flatnonzero(is_new(units))
        weights, units = np.diff(firsts, append=len(units)), units[firsts]
        sizes = self._sizes[units]
        owners = self._owners[spread(self._firsts[units], sizes)]
        # Counted in arrays that are kept and cleared, so that nothing is done for the reports that share nothing.
        np.add.at(self._tally, owners, np.repeat(weights, sizes))
        steps = np.arange(len(owners))
        self._last[owners] = steps
        found = owners[self._last[owners] == steps]
        shared = self._tally[found]
        self._tally[owners] = 0
        return self.members[found], shared


def list_owners(members: Positions, sampled: Ragged) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The owners of every hash, by number among the members, hash by hash; and where those of another one begin."""
    hashes, sizes = sampled.take(members)
    entries = hashes.astype(np.uint64)
    entries <<= HALF
    entries |= np.repeat(np.arange(len(members), dtype=np.uint32), sizes)
    entries.sort()
    entries = entries[is_new(entries)]
    owners = (entries & LOW).astype(np.int32)
    entries >>= HALF
    return owners, is_new(entries)

"""Arrays of many lengths, kept one after the other, and what is worked out with such.

In: arrays.  Out: `Ragged`, which gives each of them back as a view.  Refused: nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Ragged:
    """A list of arrays of one type in two buffers, so that many small ones cost no more than what they hold."""

    def __init__(self, kind: type[np.generic]) -> None:
        self.dtype: np.dtype[Any] = np.dtype(kind)
        self._content = bytearray()
        self._stops = array("q", [0])

    @classmethod
    def join(cls, kind: type[np.generic], arrays: Iterable[Array]) -> Ragged:
        joined = cls(kind)
        for one in arrays:
            joined.append(one)
        return joined

    def append(self, one: Array) -> None:
        self._content += one.astype(self.dtype, copy=False).tobytes()
        self._stops.append(self._stops[-1] + len(one))

    def __len__(self) -> int:
        return len(self._stops) - 1

    def __getitem__(self, at: int) -> Array:
        first, stop = self._stops[at], self._stops[at + 1]
        return np.frombuffer(self._content, self.dtype, stop - first, first * self.dtype.itemsize)

    @property
    def values(self) -> Array:
        return np.frombuffer(self._content, self.dtype)

    @property
    def sizes(self) -> NDArray[np.int64]:
        stops = np.frombuffer(self._stops, np.int64)
        return stops[1:] - stops[:-1]

    def take(self, positions: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
        """What the arrays at these positions hold, one after the other, and how much each of them holds."""
        firsts, sizes = np.frombuffer(self._stops, np.int64)[positions], self.sizes[positions]
        return self.values[spread(firsts, sizes)], sizes


def spread(firsts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The indices of runs that begin at `firsts` and are so long.

    >>> spread(np.array([7, 2]), np.array([2, 3])).tolist()
    [7, 8, 2, 3, 4]
    """
    ends = np.cumsum(sizes)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(firsts - ends + sizes, sizes)


def is_new(ordered: Array) -> NDArray[np.bool_]:
    """Which of some values in order are not the same as the one before.

    >>> is_new(np.array([2, 2, 5])).tolist()
    [True, False, True]
    """
    return np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]


def distinct(values: Array) -> Array:
    """The different values in order; by sorting, which is many times faster than the hashing of `numpy.unique`.

    >>> distinct(np.array([5, 2, 5])).tolist()
    [2, 5]
    """
    ordered = np.sort(values)
    return np.asarray(ordered[is_new(ordered)])


def is_in(some: Array, others: Array) -> NDArray[np.bool_]:
    """Which of the values are among others, in any order; for a few hundred, of which `numpy.isin` makes more fuss.

    >>> is_in(np.array([3, 1, 3]), np.array([5, 3])).tolist()
    [True, False, True]
    """
    if not len(others):
        return np.zeros(len(some), dtype=bool)
    ordered = np.sort(others)
    at = np.searchsorted(ordered, some)
    at[at == len(ordered)] = 0
    return np.asarray(ordered[at] == some)


def length_of(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> int:
    """How much all these stretches cover together.

    >>> length_of(np.array([0, 4, 20]), np.array([5, 9, 21]))
    10
    """
    order = np.argsort(starts)
    starts, ends = starts[order], ends[order]
    reached = np.maximum.accumulate(np.concatenate(([0], ends[:-1]))) if len(ends) else ends
    return int(np.maximum(ends - np.maximum(starts, reached), 0).sum())

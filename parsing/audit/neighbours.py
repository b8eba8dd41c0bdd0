"""Which reports of a corpus share most text with one of them, found from their prints alone.

In: prints, names of agencies, years and ids of reports.  Out: for a report, the few of other agencies, of its year or
the one before, that share most sampled shingles with it, and an estimate of the share.  Refused: nothing.

A hundred thousand reports take about 2 KB each and 0.1 ms a report, for nothing is looked up that only one report has,
and shingles that the very same reports have, as those of a copied paragraph, are counted as one (`windows.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from parsing.audit.prints import SHINGLE, Common, Print
from parsing.audit.ragged import Ragged, distinct, is_in, is_new, length_of
from parsing.audit.windows import MEASURED, Window
from parsing.extraction.identity import agency_id, corpus_ids, region_stem

# A sentence that half of the agencies print, and at least so many, is nobody's own.
COMMON_SHARE, FEWEST_AGENCIES = 0.5, 5
# How far a share may lie above its estimate: so much for one character, less with the root of the own characters.  Of
# made-up pairs that share just as much as is asked for, with 200 to 2,000 own characters, no pair of whole sentences
# lay further, of stretches of 40 characters and more 1 in 10,000, of 30 one in 1,000, of 20 one in 16.
MARGIN = 4.0
# The hashes of sentences are first counted by so many of their bits.
BUCKET_BITS = 20


def group_agencies(names: Sequence[str | None]) -> NDArray[np.int32]:
    """A number for each report, the same for the reports of one agency; one without a name is on its own."""
    ids = corpus_ids(name for name in names if name)
    numbers: dict[str, int] = {}
    keys = (ids[name] if name else f"#{at}" for at, name in enumerate(names))
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int32)


def common_sentences(prints: Iterable[Print], groups: NDArray[np.int32]) -> Common:
    """The sentences that most agencies print, in whatever year; `groups` as `group_agencies` numbers them."""
    printed = Ragged.join(np.uint64, (one.sentences for one in prints))
    sentences, agencies = printed.values, np.repeat(groups, printed.sizes)
    least = max(FEWEST_AGENCIES, COMMON_SHARE * len(distinct(groups)))
    # Whatever most agencies print fills its bucket; only what does is worth sorting.
    buckets = (sentences >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)
    is_frequent = (np.bincount(buckets, minlength=1) >= least)[buckets]
    sentences, agencies = sentences[is_frequent], agencies[is_frequent]
    order = np.lexsort((agencies, sentences))
    sentences, agencies = sentences[order], agencies[order]
    printed_by = sentences[is_new(sentences) | is_new(agencies)]
    firsts = np.flatnonzero(is_new(printed_by))
    return frozenset(printed_by[firsts[np.diff(firsts, append=len(printed_by)) >= least]].tolist())


class Neighbours:
    """The own prose of the reports of a corpus as far as their prints show it, by their position in the corpus.

    All lists have an entry a report.  `common` are the common sentences of the corpus, which may be larger than what
    is given here: a window of two years is enough to find the neighbours of the later one.  It is all arrays, so that
    a process that is forked shares it; the windows of the years are made when they are first asked for.
    """

    def __init__(
        self, prints: Iterable[Print], names: Sequence[str | None], years: Sequence[int | None],
        report_ids: Sequence[str], common: Common, groups: NDArray[np.int32] | None = None,
    ) -> None:  # fmt: skip
        self.common = common
        self.groups = group_agencies(names) if groups is None else groups
        self.years = np.array([year or 0 for year in years], dtype=np.int32)
        self.cores, self.stems = number_names(names)
        self.ranks = np.empty(len(names), dtype=np.int32)
        self.ranks[np.argsort(np.array(report_ids, dtype=str), kind="stable")] = np.arange(len(names), dtype=np.int32)
        self.hashes, self.places = Ragged(np.uint32), Ragged(np.int32)
        self.sentences, self.ends = Ragged(np.uint64), Ragged(np.int32)
        for one in prints:
            kept = one.without(common)
            self.hashes.append(kept.hashes)
            self.places.append(kept.places)
            self.sentences.append(kept.sentences)
            self.ends.append(np.cumsum(kept.lengths))
        self._windows: dict[int, Window] = {}

    def size(self, position: int) -> int:
        """The characters of a report's own sentences."""
        ends = self.ends[position]
        return int(ends[-1]) if len(ends) else 0

    def nearest(self, position: int, but: int | None = None) -> list[int]:
        """The reports of other agencies that share most, without what a third one (`but`) has; the nearest first.

        At most `MEASURED`; of equal ones this year's stand before last year's, and then the lesser id.
        """
        window = self.window(int(self.years[position]))
        hashes = distinct(self.hashes[position])
        found, shared = window.count_shared(position, None if but is None else ~is_in(hashes, self.hashes[but]))
        is_foreign = self.groups[found] != self.groups[position]
        found, shared = found[is_foreign], shared[is_foreign]
        if len(found) > MEASURED:
            most = shared >= np.partition(shared, -MEASURED)[-MEASURED]
            found, shared = found[most], shared[most]
        is_other = self.are_others(position, found)
        found, shared = found[is_other], shared[is_other]
        age = (self.years[position] - self.years[found]).astype(np.int64)
        order = (-shared << 33) + (age << 32) + self.ranks[found]
        first = np.argpartition(order, MEASURED)[:MEASURED] if len(order) > MEASURED else np.arange(len(order))
        return [int(one) for one in found[first[np.argsort(order[first])]]]

    def rank(self, position: int, other: int) -> tuple[int, int]:
        """Among equals this year's stand before last year's, and then the lesser id."""
        return int(self.years[position] - self.years[other]), int(self.ranks[other])

    def window(self, year: int) -> Window:
        """The reports of a year and of the one before."""
        if year not in self._windows:
            members = np.flatnonzero((self.years == year) | (self.years == year - 1))
            self._windows[year] = Window(members, self.years[members] == year, self.hashes)
        return self._windows[year]

    def are_others(self, position: int, found: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which reports are of different agencies, as far as names tell (`may_be_same`); one without a name is none."""
        core, stem = self.cores[position], self.stems[position]
        cores, stems = self.cores[found], self.stems[found]
        may_be_same = (cores == core) & ((stems == stem) | (stems == 0) | (stem == 0))
        return np.asarray((core >= 0) & (cores >= 0) & ~may_be_same)

    def estimate(self, position: int, other: int, but: int | None = None) -> float:
        """About how much of a report another one has too, in favour of more.

        Counted is every sentence that both have, and every stretch in which all sampled shingles are shared, as far as
        it can reach: to the next shingle that is not.  For a stretch that only one sampled shingle shows there is about
        one, of the length of a shingle, that none shows.
        """
        size = self.size(position)
        if not size:
            return 0.0
        hashes, places = self.hashes[position], self.places[position]
        is_shared, is_same = (is_in(mine[position], mine[other]) for mine in (self.hashes, self.sentences))
        if but is not None:
            is_shared &= ~is_in(hashes, self.hashes[but])
            is_same &= ~is_in(self.sentences[position], self.sentences[but])
        edges = np.flatnonzero(np.diff(is_shared, prepend=False, append=False))
        bounds = np.concatenate(([-1], places, [size - SHINGLE + 1]))
        starts, ends = bounds[edges[::2]] + 1, bounds[edges[1::2] + 1] + SHINGLE - 1
        sentence_ends = self.ends[position]
        sentence_starts = np.concatenate(([0], sentence_ends[:-1]))
        starts = np.concatenate((starts, sentence_starts[is_same]))
        ends = np.concatenate((ends, sentence_ends[is_same]))
        unseen = SHINGLE * np.count_nonzero(np.diff(edges)[::2] == 1)
        return min((length_of(starts, ends) + unseen) / size, 1.0)

    def may_share(self, position: int, other: int, share: float, but: int | None = None) -> bool:
        """Whether the share may be as great as this one, by its estimate and the margin of that."""
        size = self.size(position)
        return size > 0 and self.estimate(position, other, but) + MARGIN / sqrt(size) >= share


def number_names(names: Sequence[str | None]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The own name and the nearest region of each agency as numbers: -1 without a name, 0 without a region."""
    cores: dict[str, int] = {}
    stems = {"": 0}
    known: dict[str | None, tuple[int, int]] = {None: (-1, 0), "": (-1, 0)}
    for name in names:
        if name not in known and name:
            stem = stems.setdefault(region_stem(name), len(stems))
            known[name] = cores.setdefault(agency_id(name), len(cores)), stem
    numbers = np.array([known[name] for name in names], dtype=np.int32).reshape(-1, 2)
    return numbers[:, 0].copy(), numbers[:, 1].copy()
